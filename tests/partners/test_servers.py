#!/usr/bin/python3
"""Each real server by itself, by plain HTTP: it starts, keeps what it is given, and forgets it again. So a failing
test of a connector is never the server's fault. With names, only those: test_servers.py webdav s3"""
import base64
import http.client
import http.server
import os
import ssl
import subprocess
import sys
import threading
import time
from urllib.parse import quote

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import faults  # noqa: E402
import servers  # noqa: E402
from desk import PICTURE, Tap, skip_all  # noqa: E402
from server import ask, multipart, wait_until  # noqa: E402

PNG = base64.b64decode(PICTURE)

LOCK = b"""<?xml version="1.0"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope>
<D:locktype><D:write/></D:locktype></D:lockinfo>"""
ENTRY = """<?xml version="1.0" encoding="utf-8"?><entry xmlns="http://www.w3.org/2005/Atom"><id>urn:uuid:1</id>
<title>Boats on the hour</title><updated>2026-03-01T08:00:00Z</updated><author><name>Ada Tern</name></author>
<rights>CC BY 4.0</rights><content type="html">&lt;p&gt;Now.&lt;/p&gt;</content></entry>"""


def check_webdav(tap, site):
    tap.ok(site.ask("OPTIONS", "/").headers["DAV"] == "1,2", "class 1 and 2")
    tap.ok(ask("PUT", site.url + "/a.html", b"x").status == 401, "not without a password")
    tap.ok(site.ask("MKCOL", "/news/").status == 201, "a collection")
    tap.ok(site.ask("PUT", "/news/a.html", b"one", {"If-None-Match": "*"}).status == 201, "a new page")
    tap.ok(site.ask("PUT", "/news/a.html", b"two", {"If-None-Match": "*"}).status == 412, "only one of the name")
    tap.ok(site.ask("GET", "/news/a.html").body == b"one", "it is read back")
    tap.ok(site.ask("PUT", "/news/a.html", b"two", {"If-Match": '"other"'}).status == 412, "not over another version")
    token = site.ask("LOCK", "/news/a.html", LOCK).headers["Lock-Token"]
    tap.ok(site.ask("PUT", "/news/a.html", b"three").status == 423, "locked")
    tap.ok(site.ask("UNLOCK", "/news/a.html", headers={"Lock-Token": token}).status == 204, "unlocked")
    tap.ok(site.ask("PUT", "/news/big.html", b"x" * 2_000_000).status == 413, "too large")
    tap.ok(site.ask("DELETE", "/news/a.html").status == 204, "deleted")
    tap.ok(site.ask("GET", "/news/a.html").status == 404, "and gone")


def check_micropub(tap, site):
    tap.ok('rel="micropub"' in ask("HEAD", site.url + "/").headers["Link"], "the page names the endpoint")
    tap.ok(site.ask("GET", "/micropub?q=config").json()["media-endpoint"] == site.media, "which names that for media")
    tap.ok(ask("POST", site.endpoint, {}).status == 401, "not without a token")
    picture = site.ask("POST", "/media", *multipart("file", "grey.png", "image/png", PNG))
    tap.ok(picture.status == 201 and ask("GET", picture.headers["Location"]).body == PNG, "a picture", picture)
    entry = {"type": ["h-entry"], "properties": {"name": ["Boats"], "content": [{"html": "<p>Now.</p>"}],
                                                 "uid": ["urn:uuid:1"], "mp-slug": ["boats"]}}
    created = site.ask("POST", body=entry, token="create-only")
    tap.ok(created.status in (201, 202), "a post", created)
    address = created.headers["Location"]
    tap.ok("<p>Now.</p>" in ask("GET", address).text, "its page")
    source = site.ask("GET", "/micropub?q=source&url=" + quote(address, safe="")).json()["properties"]
    tap.ok(source["name"] == ["Boats"], "its source, as the page has it", source)
    found = site.ask("GET", "/micropub?q=source&filter=urn:uuid:1").json()["items"]
    tap.ok([item["properties"]["url"] for item in found] == [[address]], "it is found by our mark", found)
    update = {"action": "update", "url": address, "replace": {"content": [{"html": "<p>Later.</p>"}]}}
    tap.ok(site.ask("POST", body=update, token="create-only").status in (401, 403), "no update without the right")
    tap.ok(site.ask("POST", body=update).status == 200 and "Later" in ask("GET", address).text, "updated")
    tap.ok(site.ask("POST", body={"action": "delete", "url": address}).status == 200, "deleted")
    tap.ok(ask("GET", address).status == 404, "and gone")


def check_s3(tap, site):
    tap.ok(site.ask("PUT", "news/a b.html", b"<p>one</p>", {"Content-Type": "text/html"}).status == 200, "put")
    kept = site.ask("GET", "news/a b.html")
    tap.ok(kept.body == b"<p>one</p>" and kept.headers["Content-Type"] == "text/html", "it is read back", kept)
    listed = site.ask("GET", query={"list-type": "2", "prefix": "news/"})
    tap.ok("<Key>news/a b.html</Key>" in listed.text, "it is listed", listed)
    tap.ok(site.ask("DELETE", "news/a b.html").status == 204, "deleted")
    gone = site.ask("GET", "news/a b.html")
    tap.ok(gone.status == 404 and "NoSuchKey" in gone.text, "and gone", gone)
    site.access_key = "NOBODY"
    tap.ok("InvalidAccessKeyId" in site.ask("PUT", "b.html", b"x").text, "not with another key")


def check_atompub(tap, site):
    created = site.post(ENTRY, Slug="boats")
    address = created.headers["Location"]
    tap.ok(created.status == 201 and address.startswith(site.collection), "an entry", created)
    kept = ask("GET", address)
    tap.ok(kept.status == 200 and "Boats on the hour" in kept.text, "it is read back", kept)
    tap.ok("Tern" not in kept.text and "CC BY" not in kept.text, "without author and rights: so it is here", kept)
    mark = {"If-None-Match": kept.headers["ETag"]}
    tap.ok(ask("GET", address, headers=mark).status == 304, "it has not changed since")
    tap.ok(address.rsplit("/", 1)[1] in ask("GET", site.collection).text, "it is in the feed")
    tap.ok(site.post("<entry").status >= 400, "no nonsense")
    tap.ok(ask("DELETE", address).status == 404, "it cannot be deleted: so it is here")


def check_wordpress(tap, site):
    print(f"# WordPress {site.version}", flush=True)
    rights = site.ask("GET", "/users/me?context=edit").json()["capabilities"]
    tap.ok(rights.get("publish_posts") and rights.get("upload_files"), "an editor may publish", rights)
    tap.ok(ask("POST", site.url + "/wp-json/wp/v2/posts", {}).status == 401, "not without a password")
    picture = site.ask("POST", "/media", PNG, {"Content-Type": "image/png",
                                               "Content-Disposition": 'attachment; filename="grey.png"'})
    tap.ok(picture.status == 201 and ask("GET", picture.json()["source_url"]).body == PNG, "a picture", picture)
    created = site.ask("POST", "/posts", {"title": "Boats", "content": "<p>Now.</p><!-- reprint:1 -->",
                                          "status": "publish", "slug": "boats"})
    tap.ok(created.status == 201, "a post", created)
    number = created.json()["id"]
    tap.ok("<p>Now.</p>" in ask("GET", created.json()["link"]).text, "its page", ask("GET", created.json()["link"]))
    found = site.ask("GET", "/posts?search=reprint:1&status=any&context=edit").json()
    tap.ok([post["id"] for post in found] == [number], "it is found by our mark", found)
    rows = site.query(f"select post_title, post_status from wp_posts where ID={number}")
    tap.ok(rows == [["Boats", "publish"]], "it is in the database", rows)
    tap.ok(site.ask("DELETE", f"/posts/{number}").json()["status"] == "trash", "into the bin")
    tap.ok(site.ask("DELETE", f"/posts/{number}").status == 410, "only once")
    tap.ok(site.ask("DELETE", f"/posts/{number}?force=true").json()["deleted"], "deleted")
    tap.ok(site.ask("GET", f"/posts/{number}").status == 404, "and gone")


def check_ghost(tap, site):
    tap.ok(ask("GET", site.admin + "posts/").status == 403, "not without a token")
    late = {"Authorization": "Ghost " + site.token(age=600)}
    tap.ok(site.ask("GET", "posts/", headers=late).status == 401, "not with an old token")
    picture = site.ask("POST", "images/upload/", *multipart("file", "grey.png", "image/png", PNG, ref="1"))
    tap.ok(picture.status == 201 and ask("GET", picture.json()["images"][0]["url"]).status == 200, "a picture", picture)
    created = site.ask("POST", "posts/?source=html", {"posts": [{
        "title": "Boats", "html": "<p>Now.</p>", "status": "published", "canonical_url": "https://gazette.example/1"}]})
    tap.ok(created.status == 201, "a post", created)
    post = created.json()["posts"][0]
    text = ask("GET", post["url"]).text
    tap.ok("<p>Now.</p>" in text and 'rel="canonical" href="https://gazette.example/1"' in text, "its page")
    found = site.ask("GET", "posts/?filter=" + quote("canonical_url:'https://gazette.example/1'")).json()["posts"]
    tap.ok([row["id"] for row in found] == [post["id"]], "it is found by its canonical address", found)
    address = f"posts/{post['id']}/?source=html"
    change = {"title": "Boats later", "updated_at": post["updated_at"]}
    tap.ok(site.ask("PUT", address, {"posts": [change]}).status == 200, "updated")
    stale = {"title": "Boats never", "updated_at": "2020-01-01T00:00:00.000Z"}
    tap.ok(site.ask("PUT", address, {"posts": [stale]}).status == 409, "not over another version")
    tap.ok(site.ask("DELETE", f"posts/{post['id']}/").status == 204, "deleted")
    tap.ok(site.ask("GET", f"posts/{post['id']}/").status == 404 and ask("GET", post["url"]).status == 404, "and gone")


def check_directus(tap, site):
    tap.ok(ask("POST", site.items, {"title": "x"}).status == 403, "not without a token")
    picture = site.ask("POST", "/files", *multipart("file", "grey.png", "image/png", PNG, title="Grey"))
    tap.ok(picture.status == 200, "a picture", picture)
    article = {"id": "6f0c3c5e-9d0a-4d8c-9a52-6f3e1f7f0001", "title": "Boats", "body": "<p>Now.</p>",
               "status": "published", "source_guid": "urn:uuid:1", "image": picture.json()["data"]["id"]}
    created = site.ask("POST", body=article)
    tap.ok(created.status == 200, "an article", created)
    address = "/items/articles/" + article["id"]
    kept = site.ask("GET", address).json()["data"]
    tap.ok({key: kept[key] for key in article} == article, "it is read back", kept)
    again = site.ask("POST", body={**article, "id": None})
    tap.ok(again.status == 400 and "RECORD_NOT_UNIQUE" in again.text, "only once", again)
    found = site.ask("GET", "/items/articles?filter[source_guid][_eq]=urn:uuid:1").json()["data"]
    tap.ok([row["id"] for row in found] == [article["id"]], "it is found by our mark", found)
    tap.ok(site.ask("PATCH", address, {"title": "Later"}).json()["data"]["title"] == "Later", "updated")
    tap.ok(site.ask("DELETE", address).status == 204, "deleted")
    tap.ok(site.ask("GET", address).status == 403, "and gone")


def broken(method, url, **options):
    """What goes wrong with a request; None = nothing."""
    try:
        ask(method, url, **options)
    except (OSError, http.client.HTTPException) as error:
        return type(getattr(error, "reason", error)).__name__
    return None


def check_certificates(tap, kit):
    trust = kit.trust()
    for name in ("tls", "tls12", "client_cert"):
        tap.ok(ask("GET", getattr(kit, name) + "/", context=trust).status == 200, f"{name} is good")
    for name in ("expired", "wrong_host", "self_signed"):
        wrong = broken("GET", getattr(kit, name) + "/", context=trust)
        tap.ok(wrong == "SSLCertVerificationError", f"{name} is not", wrong)
    tap.ok(broken("GET", kit.tls + "/") == "SSLCertVerificationError", "the authority is known to nobody else")
    nobody = ssl.create_default_context(cafile=kit.ca)
    tap.ok(ask("GET", kit.client_cert + "/", context=nobody).status == 400, "no entry without a certificate")


def check_refusals(tap, kit):
    for path, status in (("429", 429), ("429date", 429), ("503", 503), ("500html", 500), ("200html", 200),
                         ("dead", 502), ("timeout", 504), ("r301", 301), ("r308", 308), ("loop", 302),
                         ("https", 301)):
        answer = ask("POST", f"{kit.plain}/{path}/", b"{}")
        tap.ok(answer.status == status, f"/{path}/ answers {status}", answer)
    tap.ok(broken("GET", kit.plain + "/reset/") is not None, "/reset/ closes")
    tap.ok(broken("GET", kit.plain + "/stall/", timeout=1) == "TimeoutError", "/stall/ says nothing")
    tap.ok(ask("PUT", kit.plain + "/big", b"x" * 1_100_000).status == 413, "more than 1 MB is too much")
    tap.ok([ask("GET", kit.plain + "/rate/").status for _ in range(2)] == [200, 429], "/rate/ allows one a second")


def check_chaos(tap, kit, kept):
    """KEPT tells the sizes of what the server got so far."""
    body = b"x" * 8000
    for mode in ("lostreply", "stall", "dupe", "cutreply", "rstreply"):
        before = len(kept())
        wrong = broken("POST", f"{kit.chaos}/{mode}/echo", body=body, timeout=1)
        tap.ok((wrong is None) == (mode == "dupe"), f"the client's end of /{mode}/", wrong)
        tap.ok(kept()[before:] == [8000] * (2 if mode == "dupe" else 1), f"the server's end of /{mode}/", kept())
    before = len(kept())
    for mode in ("cutupload", "hang", "badchunk", "badstatus", "hugeheader"):
        tap.ok(broken("POST", f"{kit.chaos}/{mode}/echo", body=body, timeout=1) is not None, f"/{mode}/ breaks")
    tap.ok(8000 not in kept()[before:], "and the server has nothing", kept())
    statuses = [ask("GET", kit.chaos + "/okafter3/").status for _ in range(4)]
    tap.ok(statuses == [503, 503, 503, 200], "/okafter3/ relents", statuses)
    tap.ok(ask("GET", kit.chaos + "/lostreply-post-1-a/").status == 200, "another method passes")
    tap.ok(broken("POST", kit.chaos + "/lostreply-post-1-a/echo", body=body) is not None, "the first POST is lost")
    tap.ok(ask("POST", kit.chaos + "/lostreply-post-1-a/echo", body).status == 200, "the second passes")
    tap.ok(kit.broken()[-1] == "lostreply POST /echo HTTP/1.1", "the kit tells what it broke", kit.broken())


class Echo(http.server.BaseHTTPRequestHandler):
    """Gives back what it gets, and remembers how much that was."""
    sizes = []

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"hello"
        self.sizes.append(len(body))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_GET

    def log_message(self, *_):
        pass


class EchoServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Broken connections are what this is about."""


class FaultsAtEcho(faults.Faults):
    """The fault kit in front of a server that tells what reached it."""

    def __init__(self):
        self.echo = EchoServer(("127.0.0.1", 0), Echo)
        threading.Thread(target=self.echo.serve_forever, daemon=True).start()
        super().__init__(f"127.0.0.1:{self.echo.server_port}")

    def close(self):
        super().close()
        self.echo.shutdown()
        self.echo.server_close()


def check_faults(tap, kit):
    check_certificates(tap, kit)
    check_refusals(tap, kit)
    check_chaos(tap, kit, lambda: list(Echo.sizes))


def check_killed(tap):
    """A test that is killed leaves neither processes nor folders."""
    program = "import webdav; site = webdav.WebDav(); print(site.url, site.folder, flush=True); input()"
    process = subprocess.Popen([sys.executable, "-c", program], cwd=HERE, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    url, folder = process.stdout.readline().split()
    process.kill()
    process.communicate()
    wait_until(lambda: not os.path.exists(folder), 10)
    wait_until(lambda: broken("GET", url + "/") == "ConnectionRefusedError", 10)
    tap.ok(True, "a server ends with who started it")


CHECKS = {
    "atompub": check_atompub,
    "directus": check_directus,
    "faults": check_faults,
    "ghost": check_ghost,
    "micropub": check_micropub,
    "s3": check_s3,
    "webdav": check_webdav,
    "wordpress": check_wordpress,
    "wordpress_npm": check_wordpress,
}


def start(name):
    if name == "faults":
        return FaultsAtEcho()
    return servers.start(name, **({"limit": 1_000_000} if name == "webdav" else {}))


def check(tap, name):
    """Starts one server, goes through it, and ends it."""
    begun = time.monotonic()
    site = start(name)
    print(f"# {name} started in {time.monotonic() - begun:.1f} s", flush=True)
    try:
        CHECKS[name](tap, site)
    finally:
        site.close()
    tap.ok(not os.path.exists(site.folder), f"nothing is left of {name}")


def main():
    tap = Tap()
    names = sys.argv[1:] or list(CHECKS)
    for name in names:
        if lacks := servers.missing(name):
            if len(names) == 1:
                skip_all(f"{name} needs " + ", ".join(lacks))
            tap.ok(True, f"{name} # SKIP needs " + ", ".join(lacks))
            continue
        check(tap, name)
        if name == "webdav":
            check_killed(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
