#!/usr/bin/python3
"""The whole life of an article in a real WebDAV folder: page, picture, licence file, feed, update, somebody else's
changes, withdrawal, refusals; and the same behind the fault kit."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import faults  # noqa: E402
import webdav  # noqa: E402
from desk import Tap, fetch, skip_all  # noqa: E402
from publishing import (add_partner, again, check_broken, check_certificates, check_refused, import_page,  # noqa: E402
                        opened, publish, receipt, settle, withdraw)


def add(site, desk, url=None, **settings):
    add_partner(desk, "webdav", (url or site.url) + "/", {"password": site.passwords["partner"]}, username="partner",
                public_url=site.url + "/", **settings)


def read(site, path):
    with open(os.path.join(site.documents, path), encoding="utf-8") as handle:
        return handle.read()


def files(site):
    """Of the folder, without going round by the addresses of the fault kit, which are links."""
    return sorted(os.path.relpath(os.path.join(folder, name), site.documents)
                  for folder, _, names in os.walk(site.documents) for name in names)


def check_life(tap, site):
    with opened() as desk:
        add(site, desk)
        status, out, err = desk.run("partner", "test", "daily")
        tap.ok(status == 0 and "partner" in out, "the connection test names the account", out + err)
        article = import_page(desk, "Boats on the hour")
        row = publish(desk, article)
        tap.ok(row["state"] == "delivered", "published", row)
        kept = receipt(desk, article)
        status, text = fetch(kept["public_url"])
        tap.ok(status == 200 and "Runa Teal" in text and "Gull Holm Gazette" in text, "a page with its credit", text)
        tap.ok('rel="canonical" href="https://gazette.example/' in text, "canonical is the original", text)
        tap.ok("creativecommons.org/licenses/by/4.0" in text and 'alt="A grey square"' in text, "licence and picture")
        names = files(site)
        tap.ok(sorted(name.rsplit(".", 1)[1] for name in names) == ["html", "json", "png", "xml"],
               "page, picture, licence, feed; nothing else", names)
        tap.ok("creativecommons.org/licenses/by/4.0" in read(site, kept["remote_id"].replace(".html", ".licence.json")),
               "the licence for programs")
        feed = read(site, "feed.xml")
        tap.ok(feed.count("<entry") == 1 and kept["public_url"] in feed and "creativecommons.org" in feed, "the feed",
               feed)

        desk.run("set", article, "headline=Boats on the half hour")
        time.sleep(1.1)  # the feed's tag is strong by then
        row = publish(desk, article)
        tap.ok(row["state"] == "delivered" and "half hour" in fetch(kept["public_url"])[1], "updated in its place", row)
        tap.ok(files(site) == names, "no file more", files(site))
        feed = read(site, "feed.xml")
        tap.ok(feed.count("<entry") == 1 and "half hour" in feed, "once in the feed", feed)

        with open(os.path.join(site.documents, kept["remote_id"]), "a", encoding="utf-8") as handle:
            handle.write("<!-- by hand -->")
        desk.run("set", article, "headline=Boats on the quarter hour")
        row = publish(desk, article)
        tap.ok(row["state"] == "failed" and "changed the article" in row["message"], "an edit is told", row)
        row = again(desk, article)
        tap.ok(row["state"] == "delivered" and "by hand" not in read(site, kept["remote_id"]), "and then replaced", row)

        second = import_page(desk, "Boats on the hour again")
        publish(desk, second)
        row = settle(desk, second)
        tap.ok(row["state"] == "delivered", "a second one at once, although the feed is a second old", row)
        tap.ok(read(site, "feed.xml").count("<entry") == 2, "both in the feed", read(site, "feed.xml"))
        row = withdraw(desk, article)
        tap.ok(row["state"] == "delivered" and fetch(kept["public_url"])[0] == 404, "withdrawn", row)
        tap.ok(len(files(site)) == 4, "picture and licence went with it", files(site))
        tap.ok(read(site, "feed.xml").count("<entry") == 1, "and it left the feed")
        withdraw(desk, second)


def check_other_pages(tap, site):
    """What others have there is never overwritten."""
    with opened() as desk:
        add(site, desk, path="{slug}.html")
        with open(os.path.join(site.documents, "taken.html"), "w", encoding="utf-8") as handle:
            handle.write("<p>Theirs</p>")
        article = import_page(desk, "Taken")
        publish(desk, article)
        settle(desk, article)
        tap.ok(read(site, "taken.html") == "<p>Theirs</p>", "somebody else's page stays")
        kept = receipt(desk, article)
        beside = kept["remote_id"].startswith("taken-") and fetch(kept["public_url"])[0] == 200
        tap.ok(beside, "ours is beside it", kept)
        with open(os.path.join(site.documents, kept["remote_id"]), "w", encoding="utf-8") as handle:
            handle.write("<p>Theirs now</p>")
        row = withdraw(desk, article)
        tap.ok(row["state"] == "failed" and "left alone" in row["message"], "nor is theirs deleted", row)
        os.unlink(os.path.join(site.documents, kept["remote_id"]))
        desk.run("set", article, "headline=Taken again")
        row = publish(desk, article)
        tap.ok(row["state"] == "failed" and "deleted the article" in row["message"], "a deleted page is told", row)


def check_refusals(tap, site):
    with opened() as desk:
        add(site, desk)
        article = import_page(desk, "Never to be seen")
        row = publish(desk, article, REPRINT_SECRET_DAILY_PASSWORD="wrong")
        tap.ok(row["state"] == "parked" and "password" in row["message"], "a wrong password parks it and says so", row)
        tap.ok(desk.run("partner", "test", "daily", REPRINT_SECRET_DAILY_PASSWORD="wrong")[0] == 1, "so does the test")
        tap.ok(desk.run("partner", "test", "daily")[0] == 0, "with the right one the partner is back")
        row = settle(desk, article)
        tap.ok(row["state"] == "delivered", "and what was parked goes out", row)
        withdraw(desk, article)
    os.mkdir(os.path.join(site.documents, "closed"))  # belongs to root
    with opened() as desk:
        add_partner(desk, "webdav", site.url + "/closed/", {"password": "dav-secret"}, username="partner")
        row = publish(desk, import_page(desk, "Not allowed"))
        tap.ok(row["state"] in ("failed", "waiting"), "a folder that cannot be written", row)
        print("#", row["message"], flush=True)
    with opened() as desk:
        add_partner(desk, "webdav", site.url + "/nowhere/", {"password": "dav-secret"}, username="partner")
        row = publish(desk, import_page(desk, "Nowhere"))
        tap.ok(row["state"] == "failed" and "no folder" in row["message"], "a missing folder is named", row)
        tap.ok(desk.run("partner", "test", "daily")[0] == 1, "by the test, too")


def check_kit(tap, site, kit):
    def add_behind(desk, address, prefix):
        name = prefix.split("/")[0]
        if name and not os.path.lexists(os.path.join(site.documents, name)):
            os.symlink(".", os.path.join(site.documents, name))  # where a move says it goes
        add(site, desk, f"{address}/{name}".rstrip("/"), path="{slug}.html")

    def count(headline):
        pages = [name for name in files(site) if name.endswith(".html") and f"<h1>{headline}</h1>" in read(site, name)]
        left = [name for name in files(site) if name.endswith(".part")]
        entries = read(site, "feed.xml").count(f">{headline}</title>")
        pictures = [name for name in files(site) if name.startswith(headline.lower().replace(" ", "-"))
                    and name.endswith(".png")]
        return len(pages) if entries == len(pictures) == 1 and not left else (pages, pictures, left, entries)

    check_broken(tap, kit, add_behind, ("put", "move", "get"), count)
    check_certificates(tap, kit, add_behind)
    check_refused(tap, kit, add_behind)


def main():
    if lacks := webdav.missing() + faults.missing():
        skip_all("needs " + ", ".join(lacks))
    tap = Tap()
    site = webdav.WebDav(public=True, limit=1_000_000)
    kit = faults.Faults(site.url)
    try:
        check_life(tap, site)
        check_other_pages(tap, site)
        check_refusals(tap, site)
        check_kit(tap, site, kit)
    finally:
        kit.close()
        site.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
