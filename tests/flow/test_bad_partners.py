#!/usr/bin/python3
"""Partners on a bad day. A server in this process plays a WordPress site that answers one request wrongly; each
time the delivery must end in the right state with a message that names the cause, and nothing may be lost or doubled."""
import http.server
import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Tap, page  # noqa: E402

RIGHTS = {"edit_posts": True, "publish_posts": True, "upload_files": True}


class Bad:
    """What the site does with the request that creates the post."""

    def __init__(self, status=200, body="{}", content_type="application/json", headers=None, arrives=False,
                 cut=False, times=10**6):
        self.status, self.body, self.content_type = status, body, content_type
        self.headers, self.arrives, self.cut, self.times = headers or {}, arrives, cut, times


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, content_type="application/json", headers=None):
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        site = self.server.site
        path = self.path.split("?")[0]
        if path == "/":
            link = {"Link": f'<{site.url}/wp-json/>; rel="https://api.w.org/"'}
            self.answer(200, "<html></html>", "text/html", link)
        elif path.endswith("/users/me"):
            self.answer(200, json.dumps({"id": 1, "name": "Editor", "capabilities": RIGHTS}))
        elif path.endswith("/posts"):
            found = [{"id": i + 1, "link": f"{site.url}/{i + 1}"} for i, post in enumerate(site.posts)
                     if site.marker_in(self.path, post)]
            self.answer(200, json.dumps(found))
        else:
            self.answer(200, "[]")

    def do_POST(self):
        site = self.server.site
        body = self.rfile.read(int(self.headers["Content-Length"]))
        path = self.path.split("?")[0]
        if path.endswith("/media"):
            self.answer(201, json.dumps({"id": 7, "source_url": site.url + "/7.png"}))
        elif "/posts" in path:
            self.take_post(site, body)
        else:
            self.answer(200, '{"id": 7}')

    def take_post(self, site, body):
        bad = site.bad if site.bad and site.bad.times > 0 else None
        if bad:
            bad.times -= 1
        if not bad or bad.arrives:
            site.posts.append(json.loads(body))
        if not bad:
            self.answer(201, json.dumps({"id": len(site.posts), "link": f"{site.url}/{len(site.posts)}"}))
        elif bad.cut:
            self.send_response(201)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b'{"id": 1, "li')
            self.close_connection = True
        else:
            self.answer(bad.status, bad.body, bad.content_type, bad.headers)


class FakeSite:
    def __init__(self, bad=None, certificate=None):
        self.bad, self.posts = bad, []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.site = self
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            scheme = "https"
        self.url = f"{scheme}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def marker_in(path, post):
        return "search=" in path and path.split("search=")[1].split("&")[0] in post["content"]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def desk_with(site_url):
    desk = Desk(REPRINT_SECRET_PASSWORD="abcd efgh")
    status, _, err = desk.run("partner", "add", "daily", "--connector", "wordpress", f"--set=url={site_url}",
                              "--set=username=editor", "--set=channels=web", "--set=commercial=false")
    assert status == 0, err
    desk.run("import", desk.write("page.html", page("Boats on the hour")))
    return desk, desk.json("list")[0]["article"]


HTML = "<html><body><h1>Please sign in</h1></body></html>"
CASES = [
    # name, what goes wrong, state, exit status, a word of the message
    ("401", Bad(401, '{"code":"rest_cannot_create","message":"Sorry"}'), "parked", 75, "sign-in"),
    ("403", Bad(403, '{"code":"rest_cannot_publish","message":"Sorry"}'), "failed", 1, "does not allow"),
    ("403 of a firewall", Bad(403, HTML, "text/html"), "failed", 1, "firewall"),
    ("404", Bad(404, '{"code":"rest_no_route","message":"No route"}'), "failed", 1, "address"),
    ("409", Bad(409, '{"message":"Changed"}'), "failed", 1, "changed the article"),
    ("413", Bad(413, HTML, "text/html"), "failed", 1, "too large"),
    ("429", Bad(429, "{}", headers={"Retry-After": "120"}), "waiting", 75, "come back later"),
    ("500", Bad(500, HTML, "text/html"), "unknown", 75, "looked up"),
    ("503", Bad(503, HTML, "text/html"), "waiting", 75, "come back later"),
    ("web page instead of data", Bad(200, HTML, "text/html"), "failed", 1, "web page instead of data"),
    ("half of the data", Bad(201, '{"id": 1, "li'), "unknown", 75, "only part"),
    ("cut off", Bad(cut=True), "unknown", 75, "looked up"),
    ("an answer about nothing", Bad(200, "{}"), "unknown", 75, "looked up"),
    ("redirect to another host", Bad(301, "", headers={"Location": "https://elsewhere.example/"}), "failed", 1,
     "elsewhere.example"),
]


def check_case(tap, name, bad, state, exit_status, word):
    site = FakeSite(bad)
    desk, article = desk_with(site.url)
    status, out, err = desk.run("publish", article, "--to", "daily", "--wait")
    row = desk.json("show", article)[0]["deliveries"][0]
    good = row["state"] == state and status == exit_status and word in row.get("message", "")
    tap.ok(good, f"{name}: {state}, and the message says so", f"exit {status} {row} {err}")
    if name == "429":
        wait = time.mktime(time.strptime(row["next"], "%Y-%m-%dT%H:%M:%SZ")) - time.mktime(time.gmtime())
        tap.ok(100 <= wait <= 121, "Retry-After is honoured", row["next"])
    desk.close()
    site.close()


def check_recovery(tap, name, bad, posts):
    """The first try goes wrong, the second is right: exactly one article there."""
    bad.times = 1
    site = FakeSite(bad)
    desk, article = desk_with(site.url)
    desk.run("publish", article, "--to", "daily", "--wait")
    delivery = desk.json("outbox")[0]["delivery"]
    desk.run("outbox", "retry", delivery)
    desk.run("outbox", "run", "--until-empty")
    row = desk.json("outbox")[0]
    tap.ok(row["state"] == "delivered" and len({json.dumps(post["title"]) for post in site.posts}) == 1,
           f"{name}: delivered at last", row)
    tap.ok(len(site.posts) == posts, f"{name}: nothing twice", f"{len(site.posts)} writes")
    desk.close()
    site.close()


def check_down(tap):
    site = FakeSite()
    desk, article = desk_with(site.url)
    site.close()
    status, out, _ = desk.run("publish", article, "--to", "daily", "--wait")
    row = desk.json("outbox")[0]
    tap.ok(status == 75 and row["state"] == "waiting" and "could not be reached" in row["message"],
           "down: waits and says so", row)
    tap.ok("next" in row, "down: says when it tries again", row)
    desk.close()


def check_self_signed(tap):
    if not shutil.which("openssl"):
        tap.ok(True, "self-signed certificate # SKIP needs openssl")
        return
    desk = Desk()
    key = os.path.join(desk.folder, "site.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                    "/CN=127.0.0.1", "-keyout", key, "-out", key + ".crt"], check=True, capture_output=True)
    with open(key + ".crt", encoding="ascii") as crt, open(key, "a", encoding="ascii") as both:
        both.write(crt.read())
    site = FakeSite(certificate=key)
    other, article = desk_with(site.url)
    status, out, _ = other.run("publish", article, "--to", "daily", "--wait")
    row = other.json("outbox")[0]
    tap.ok(row["state"] == "parked" and "not safe" in row["message"] and not site.posts,
           "self-signed certificate: nothing is sent, a person is asked", row)
    other.close()
    desk.close()
    site.close()


def check_secrets(tap):
    site = FakeSite(Bad(500, '{"message":"abcd efgh"}'))
    desk, article = desk_with(site.url)
    desk.run("publish", article, "--to", "daily", "--wait")
    found = subprocess.run(["grep", "-rl", "-e", "abcd efgh", "-e", "ZWRpdG9yOmFiY2QgZWZnaA", desk.folder],
                           capture_output=True, text=True).stdout
    tap.ok(not found, "no secret is kept in the library or its transcripts", found)
    desk.close()
    site.close()


def main():
    tap = Tap()
    for case in CASES:
        check_case(tap, *case)
    check_recovery(tap, "500 although it arrived", Bad(500, "{}", arrives=True), 2)
    check_recovery(tap, "500 and it did not arrive", Bad(500, "{}"), 1)
    check_recovery(tap, "cut off although it arrived", Bad(cut=True, arrives=True), 2)
    check_recovery(tap, "429", Bad(429, "{}", headers={"Retry-After": "60"}), 1)
    check_down(tap)
    check_self_signed(tap)
    check_secrets(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
