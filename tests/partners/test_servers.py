#!/usr/bin/python3
"""Each real server by itself, by plain HTTP: it starts, keeps what it is given, and forgets it again. So a failing
test of a connector is never the server's fault. With names, only those: test_servers.py webdav s3"""
import base64
import os
import sys
import time
from urllib.parse import quote

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import micropub  # noqa: E402
import s3  # noqa: E402
import webdav  # noqa: E402
from desk import PICTURE, Tap, skip_all  # noqa: E402
from server import ask, multipart  # noqa: E402

PNG = base64.b64decode(PICTURE)

LOCK = b"""<?xml version="1.0"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope>
<D:locktype><D:write/></D:locktype></D:lockinfo>"""


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


SERVERS = {
    "micropub": (micropub, micropub.Micropub, check_micropub),
    "s3": (s3, s3.S3, check_s3),
    "webdav": (webdav, lambda: webdav.WebDav(limit=1_000_000), check_webdav),
}


def check(tap, name):
    """Starts one server, goes through it, and ends it."""
    _, start, conversation = SERVERS[name]
    began = time.monotonic()
    site = start()
    print(f"# {name} started in {time.monotonic() - began:.1f} s", flush=True)
    try:
        conversation(tap, site)
    finally:
        site.close()
    tap.ok(not os.path.exists(site.folder), f"nothing is left of {name}")


def main():
    tap = Tap()
    names = sys.argv[1:] or list(SERVERS)
    for name in names:
        if lacks := SERVERS[name][0].missing():
            if len(names) == 1:
                skip_all(f"{name} needs " + ", ".join(lacks))
            tap.ok(True, f"{name} # SKIP needs " + ", ".join(lacks))
            continue
        check(tap, name)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
