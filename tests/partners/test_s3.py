#!/usr/bin/python3
"""The whole life of an article in an S3 bucket: at a real server (s3rver), behind the fault kit, and at a strict one of
our own that works every signature out again and keeps If-Match and If-None-Match, which s3rver does not."""
import contextlib
import hashlib
import hmac
import http.server
import os
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import faults  # noqa: E402
import s3  # noqa: E402
from desk import Tap  # noqa: E402
from publishing import (add_partner, check_broken, check_certificates, check_refused, import_page, opened,  # noqa: E402
                        publish, receipt, withdraw)

KEY, SECRET, REGION = "AKIDSTRICT", "strict/secret+key", "eu-central-1"
SIGNED = ("host", "x-amz-content-sha256", "x-amz-date")


def signature(method, path, query, headers, body):
    """As the documentation of version 4 describes it; the whole header Authorization."""
    assert headers["x-amz-content-sha256"] == hashlib.sha256(body).hexdigest()
    moment = headers["x-amz-date"]
    canonical = "\n".join([method, path, query, *(f"{name}:{headers[name]}" for name in SIGNED), "", ";".join(SIGNED),
                           headers["x-amz-content-sha256"]])
    scope = f"{moment[:8]}/{REGION}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return (f"AWS4-HMAC-SHA256 Credential={KEY}/{scope}, SignedHeaders={';'.join(SIGNED)}, Signature="
            + hmac.new(key, text.encode(), "sha256").hexdigest())


class Strict(http.server.BaseHTTPRequestHandler):
    """Objects in memory, at /bucket/key."""

    protocol_version = "HTTP/1.1"
    objects, caches, refused = {}, set(), []

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", tag=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def error(self, status, code):
        self.answer(status, f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode())

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        if f"Credential={KEY}/" not in self.headers.get("Authorization", ""):
            return self.error(403, "InvalidAccessKeyId")
        if self.headers["Authorization"] != signature(self.command, path, query, self.headers, body):
            self.refused.append(self.path)
            return self.error(403, "SignatureDoesNotMatch")
        if not path.startswith("/strict/"):
            return self.error(404, "NoSuchBucket")
        if query:
            return self.answer(200, b"<ListBucketResult/>")
        return getattr(self, "on_" + self.command.lower())(path, body)

    do_GET = do_PUT = do_DELETE = handle_any

    def on_get(self, path, _):
        if path not in self.objects:
            return self.error(404, "NoSuchKey")
        body = self.objects[path]
        return self.answer(200, body, tag(body))

    def on_put(self, path, body):
        there = self.objects.get(path)
        if self.headers.get("If-None-Match") == "*" and there is not None:
            return self.error(412, "PreconditionFailed")
        if self.headers.get("If-Match") not in (None, tag(there or b"")):
            return self.error(412, "PreconditionFailed")
        self.objects[path] = body
        self.caches.add(self.headers.get("Cache-Control"))
        return self.answer(200, tag=tag(body))

    def on_delete(self, path, _):
        self.objects.pop(path, None)
        return self.answer(204)


def tag(body):
    return f'"{hashlib.md5(body).hexdigest()}"'


@contextlib.contextmanager
def strict_server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Strict)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def check_strict(tap):
    with strict_server() as url, opened() as desk:
        add_partner(desk, "s3", url, {"secret_key": SECRET}, username=KEY, bucket="strict", region=REGION,
                    cache="public, max-age=60")
        status, out, err = desk.run("partner", "test", "daily")
        tap.ok(status == 0 and "strict" in out, "the connection test names key and bucket", out + err)
        article = import_page(desk, "Boats on the hour")
        row = publish(desk, article)
        tap.ok(row["state"] == "delivered" and not Strict.refused, "every signature is right", (row, Strict.refused))
        tap.ok(Strict.caches == {"public, max-age=60"}, "Cache-Control is set", Strict.caches)
        names = sorted(Strict.objects)
        desk.run("set", article, "headline=Boats on the half hour")
        row = publish(desk, article)
        page = Strict.objects["/strict/" + receipt(desk, article)["remote_id"]]
        tap.ok(row["state"] == "delivered" and b"half hour" in page, "updated under If-Match", row)
        tap.ok(sorted(Strict.objects) == names and len(names) == 4, "page, picture, licence, feed", Strict.objects)
        row = publish(desk, import_page(desk, "Wrong secret"), REPRINT_SECRET_DAILY_SECRET_KEY="wrong")
        tap.ok(row["state"] == "parked" and "secret key" in row["message"], "a wrong secret is told", row)
        desk.run("partner", "test", "daily")
        row = withdraw(desk, article)
        tap.ok(row["state"] == "delivered" and not any("boats" in name for name in Strict.objects), "withdrawn", row)
    with strict_server() as url, opened() as desk:
        add_partner(desk, "s3", url, {"secret_key": SECRET}, username=KEY, bucket="another", region=REGION)
        row = publish(desk, import_page(desk, "No bucket"))
        tap.ok(row["state"] == "failed" and "no bucket" in row["message"], "a missing bucket is named", row)


def add(site, desk, url=None, key=None, **settings):
    add_partner(desk, "s3", url or site.url, {"secret_key": site.secret_key}, username=key or site.access_key,
                bucket=site.bucket, public_url=f"{site.url}/{site.bucket}/", **settings)


def check_life(tap, site):
    with opened() as desk:
        add(site, desk)
        tap.ok(desk.run("partner", "test", "daily")[0] == 0, "the connection test")
        article = import_page(desk, "Boats on the hour")
        row = publish(desk, article)
        kept = receipt(desk, article)
        page = site.ask("GET", kept["remote_id"])
        tap.ok(row["state"] == "delivered" and page.headers["Content-Type"].startswith("text/html"), "published", row)
        tap.ok("Runa Teal" in page.text and 'rel="canonical" href="https://gazette.example/' in page.text
               and "creativecommons.org/licenses/by/4.0" in page.text, "credit, original and licence", page)
        listed = site.ask("GET", query={"list-type": "2"}).text
        tap.ok(listed.count("<Key>") == 4 and ".png<" in listed and ".licence.json<" in listed, "what is there", listed)
        desk.run("set", article, "headline=Boats on the half hour")
        row = publish(desk, article)
        feed = site.ask("GET", "feed.xml").text
        tap.ok(row["state"] == "delivered" and "half hour" in site.ask("GET", kept["remote_id"]).text
               and feed.count("<entry") == 1 and "half hour" in feed, "updated", feed)
        row = withdraw(desk, article)
        listed = site.ask("GET", query={"list-type": "2"}).text
        tap.ok(row["state"] == "delivered" and listed.count("<Key>") == 1 and "feed.xml" in listed, "withdrawn", listed)
    with opened() as desk:
        add(site, desk, key="NOBODY")
        row = publish(desk, import_page(desk, "Wrong key"))
        tap.ok(row["state"] == "parked" and "access key" in row["message"], "a wrong key is told", row)


def check_kit(tap, site, kit):
    def add_behind(desk, address, prefix):
        add(site, desk, f"{address}/{prefix}".rstrip("/"), path="{slug}.html")

    def count(headline):
        listed = site.ask("GET", query={"list-type": "2"}).text
        name = headline.lower().replace(" ", "-")
        pages = listed.count(f"<Key>{name}.html</Key>") + listed.count(f"<Key>{name}-")  # a picture is no page
        entries = site.ask("GET", "feed.xml").text.count(f">{headline}</title>")
        whole = site.ask("GET", name + ".html").text.rstrip().endswith("</html>")
        return 1 if entries == 1 and whole and pages == 2 else (pages, entries, whole, listed)

    check_broken(tap, kit, add_behind, ("put", "get"), count)
    check_certificates(tap, kit, add_behind)
    check_refused(tap, kit, add_behind)


def main():
    tap = Tap()
    check_strict(tap)
    if lacks := s3.missing() + faults.missing():
        tap.ok(True, "s3rver # SKIP needs " + ", ".join(lacks))
        return tap.done()
    site = s3.S3()
    kit = faults.Faults(site.url)
    try:
        check_life(tap, site)
        check_kit(tap, site, kit)
    finally:
        kit.close()
        site.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
