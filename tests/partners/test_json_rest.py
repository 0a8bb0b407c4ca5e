#!/usr/bin/python3
"""The whole life of an article in a real Directus, by the preset and by settings of one's own; refusals, a rate limit,
and the fault kit in front of it."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import directus  # noqa: E402
import faults  # noqa: E402
from desk import Tap, skip_all  # noqa: E402
from publishing import (add_partner, again, check_broken, check_certificates, check_refused, import_page, last,  # noqa: E402
                        opened, publish, receipt, settle, withdraw)
from server import ask, bearer  # noqa: E402

FIELDS = ('{"id": "{{marker}}", "status": "{{status}}", "title": "{{headline}}", "body": "{{body_html}}", '
          '"source_guid": "{{guid}}", "licence": "{{licence_url}}"}')
# The same system without the preset, and without pictures.
OWN = {"preset": "custom", "fields": FIELDS, "create_path": "items/articles", "update_path": "items/articles/{{id}}",
       "delete_path": "items/articles/{{id}}", "answer_at": "data", "exists_code": "RECORD_NOT_UNIQUE",
       "find_path": "items/articles?filter%5Bid%5D%5B_eq%5D={{key}}", "withdraw_fields": '{"status": "archived"}'}


def add(site, desk, url=None, token=None, **settings):
    add_partner(desk, "json-rest", url or site.url, {"token": token or site.tokens["admin"]}, **settings)


def titled(site, title):
    return [row for row in site.ask("GET", "/items/articles?limit=-1").json()["data"] if row["title"] == title]


def files(site):
    return site.ask("GET", "/files?limit=-1").json()["data"]


def check_life(tap, site):
    with opened() as desk:
        add(site, desk, public_url="https://www.example/{{slug}}")
        status, out, err = desk.run("partner", "test", "daily")
        tap.ok(status == 0, "the connection test", out + err)
        print("#", out.strip(), flush=True)
        article = import_page(desk, "Boats on the hour")
        row = publish(desk, article)
        kept = titled(site, "Boats on the hour")
        tap.ok(row["state"] == "delivered" and len(kept) == 1, "published", (row, kept))
        item, pictures = kept[0], files(site)
        tap.ok(item["status"] == "published" and item["slug"] == "boats-on-the-hour" and item["tags"] ==
               ["ferries", "harbours"], "status, slug and tags", item)
        tap.ok("Runa Teal" in item["credit"] and "creativecommons.org/licenses/by/4.0" in item["licence"]
               and item["canonical_url"].startswith("https://gazette.example/"), "credit, licence and original", item)
        tap.ok("creativecommons.org" in item["body"] and "<script" not in item["body"], "licence in the text", item)
        tap.ok(len(pictures) == 1 and pictures[0]["id"] == item["image"] and pictures[0]["title"] == "A grey square"
               and "Joris Halm" in pictures[0]["description"], "picture with alternative text and credit", pictures)
        tap.ok(f"/assets/{item['image']}" in item["body"], "the text shows the partner's copy", item["body"])
        tap.ok(receipt(desk, article)["public_url"] == "https://www.example/boats-on-the-hour", "its address")

        desk.run("set", article, "headline=Boats on the half hour")
        row = publish(desk, article)
        kept = titled(site, "Boats on the half hour")
        tap.ok(row["state"] == "delivered" and [row["id"] for row in kept] == [item["id"]], "updated", (row, kept))
        tap.ok(kept[0]["publish_at"] == item["publish_at"] and len(files(site)) == 1, "as old as it was", kept)
        site.ask("PATCH", "/items/articles/" + item["id"], {"title": "By hand"})
        desk.run("set", article, "headline=Boats on the quarter hour")
        row = publish(desk, article)
        tap.ok(row["state"] == "failed" and "changed the article" in row["message"], "an edit is told", row)
        row = again(desk, article)
        tap.ok(row["state"] == "delivered" and not titled(site, "By hand"), "and then replaced", row)
        row = withdraw(desk, article)
        tap.ok(row["state"] == "delivered" and not titled(site, "Boats on the quarter hour") and not files(site),
               "withdrawn, with its picture", (row, files(site)))

        article = import_page(desk, "Only a draft")
        publish(desk, article, "--status", "draft")
        tap.ok(titled(site, "Only a draft")[0]["status"] == "draft", "a draft", titled(site, "Only a draft"))
        site.ask("DELETE", "/items/articles/" + titled(site, "Only a draft")[0]["id"])
        desk.run("set", article, "headline=Was a draft")
        row = publish(desk, article)
        tap.ok(row["state"] == "failed" and "deleted the article" in row["message"], "a deleted one is told", row)
        site.ask("POST", "/items/articles", {"title": "Theirs", "slug": "taken-name"})
        row = publish(desk, import_page(desk, "Taken name"))
        tap.ok(row["state"] == "failed" and "another article" in row["message"], "a name that is taken is told", row)


def check_own_settings(tap, site):
    with opened() as desk:
        add(site, desk, **OWN)
        article = import_page(desk, "By settings")
        row = publish(desk, article)
        tap.ok(row["state"] == "delivered" and titled(site, "By settings"), "by settings of one's own", row)
        withdraw(desk, article)
        tap.ok(titled(site, "By settings")[0]["status"] == "archived", "archived instead of deleted")
    with opened() as desk:
        add(site, desk, **{**OWN, "fields": FIELDS.replace('"licence"', '"rights_of_use"')})
        article = import_page(desk, "Dropped field")
        publish(desk, article)
        told = str(desk.json("show", article)[0])
        tap.ok("rights_of_use" in told, "a field that Directus drops without a word is told", told[-1500:])


def make_reader(site):
    """A user who may read articles and no more; the token."""
    def make(path, body):
        return site.ask("POST", path, body).json()["data"]

    policy = make("/policies", {"name": "reader", "app_access": True})["id"]
    role = make("/roles", {"name": "reader"})["id"]
    make("/access", {"role": role, "policy": policy})
    make("/permissions", {"policy": policy, "collection": "articles", "action": "read", "fields": ["*"],
                          "permissions": {}, "validation": {}})
    make("/users", {"email": "reader@example.com", "password": "reader-pass", "role": role, "token": "reader-token",
                    "status": "active"})
    return "reader-token"


def check_refusals(tap, site):
    with opened() as desk:
        add(site, desk)
        article = import_page(desk, "Never to be seen")
        row = publish(desk, article, REPRINT_SECRET_DAILY_TOKEN="wrong")
        tap.ok(row["state"] == "parked" and "sign-in" in row["message"], "a wrong token parks it and says so", row)
        tap.ok(desk.run("partner", "test", "daily")[0] == 0, "with the right one the partner is back")
        tap.ok(settle(desk, article)["state"] == "delivered", "and what was parked goes out", last(desk, article))
    with opened() as desk:
        add(site, desk, token=make_reader(site))
        told = ask("GET", site.url + "/permissions/me", headers=bearer("reader-token")).json()["data"]
        tap.ok(told["articles"]["create"]["access"] == "none", "Directus tells the rights as the test reads them", told)
        tap.ok(desk.run("partner", "test", "daily")[0] == 0, "a reader's connection works")
        row = publish(desk, import_page(desk, "May not"))
        tap.ok(row["state"] == "failed" and "permission" in row["message"], "a missing right is named", row)


def check_kit(tap, site, kit):
    def add_behind(desk, address, prefix):
        add(site, desk, f"{address}/{prefix}".rstrip("/"))

    def add_own(desk, address, prefix):
        add(site, desk, f"{address}/{prefix}".rstrip("/"), **OWN)

    def count(headline):
        rows = titled(site, headline)
        pictures = [row["id"] for row in files(site)]
        whole = all(row["image"] is None or row["image"] in pictures for row in rows)
        twice = len(pictures) != len(set(pictures))
        return len(rows) if whole and not twice else (rows, pictures)

    before = len(files(site))
    check_broken(tap, kit, add_behind, ("post",), count)
    tap.ok(len(files(site)) - before == 6, "six articles, six pictures", files(site))
    check_items(tap, kit, add_own, count)
    check_certificates(tap, kit, add_own)
    check_refused(tap, kit, add_behind)


def check_items(tap, kit, add_own, count):
    """The same for the article's own request, and for its update."""
    for method in ("post", "patch"):
        for mode in ("lostreply", "cutreply", "rstreply", "dupe", "badchunk", "okafter3"):
            headline = f"Own {mode} {method}"
            with opened() as desk:
                add_own(desk, kit.chaos, f"{mode}-{method}-1-own{method}{mode}")
                article = import_page(desk, headline)
                publish(desk, article)
                settle(desk, article)
                if method == "patch":
                    headline += " again"
                    desk.run("set", article, "headline=" + headline)
                    publish(desk, article)
                row = settle(desk, article)
                tap.ok(row["state"] == "delivered" and count(headline) == 1, f"{headline}: once", (row, count(headline)))


def check_rate_limit(tap):
    """Two requests in ten seconds."""
    site = directus.Directus(limited=True)
    try:
        with opened() as desk:
            add(site, desk)
            article = import_page(desk, "In a queue")
            row = publish(desk, article)
            for _ in range(6):
                if row["state"] == "delivered":
                    break
                tap.ok(row["state"] in ("waiting", "unknown") and "later" in row["message"], "429 is told", row)
                time.sleep(10.5)
                desk.run("outbox", "retry", row["delivery"])
                desk.run("outbox", "run", "--until-empty")
                row = last(desk, article)
            time.sleep(10.5)
            tap.ok(row["state"] == "delivered" and len(titled(site, "In a queue")) == 1, "once in the end", row)
    finally:
        site.close()


def main():
    if lacks := directus.missing() + faults.missing():
        skip_all("needs " + ", ".join(lacks))
    tap = Tap()
    site = directus.Directus()
    kit = faults.Faults(site.url)
    try:
        check_life(tap, site)
        check_own_settings(tap, site)
        check_refusals(tap, site)
        check_kit(tap, site, kit)
    finally:
        kit.close()
        site.close()
    check_rate_limit(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
