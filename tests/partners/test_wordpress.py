#!/usr/bin/python3
"""The whole life of an article at a real WordPress: first delivery, page, update, draft, withdrawal, a wrong
password, a missing right; and being killed at every fault point."""
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import wordpress  # noqa: E402
from desk import Desk, Tap, fetch, page, skip_all  # noqa: E402
from test_connectors import Recorder, check_secrets  # noqa: E402


def import_page(desk, headline):
    desk.run("import", desk.write("page.html", page(headline, headline.lower().replace(" ", "-"))))
    return desk.json("list")[0]["article"]


def check_page(tap, url):
    status, text = fetch(url)
    tap.ok(status == 200, "the page is public")
    tap.ok("Gull Holm Gazette" in text and "Runa Teal" in text, "credit line with source and author", text[-3000:])
    tap.ok(re.search(r'<link rel="canonical" href="https://gazette.example/', text), "canonical is the original")
    tap.ok(re.search(r'<a[^>]+href="https://gazette.example/[^"]+"', text), "a link back to the original")
    tap.ok(re.search(r'<a[^>]+rel="[^"]*license[^"]*"', text), "a licence link")
    tap.ok("creativecommons.org/licenses/by/4.0" in text, "the licence's address")
    tap.ok('"@type":"NewsArticle"' in text, "schema.org data", text[-3000:])
    tap.ok("You may also like" not in text and "Cookie Policy" not in text, "no clutter")
    tap.ok('alt="A grey square"' in text, "the picture with its alternative text")


def check_first_delivery(tap, site, desk):
    article = import_page(desk, "Boats on the hour")
    status, out, err = desk.run("publish", article, "--to", "daily", "--wait")
    tap.ok(status == 0, "published", out + err)
    receipt = desk.json("show", article)[0]["receipts"][0]
    check_page(tap, receipt["public_url"])
    tags = site.query("select t.name from wp_terms t join wp_term_taxonomy x using (term_id) join "
                      f"wp_term_relationships r using (term_taxonomy_id) where x.taxonomy='post_tag' and "
                      f"r.object_id={receipt['remote_id']}")
    tap.ok(sorted(row[0] for row in tags) == ["ferries", "harbours"], "tags became terms", tags)
    thumbnail = site.query("select p.post_excerpt from wp_postmeta m join wp_posts p on p.ID = m.meta_value where "
                           f"m.meta_key='_thumbnail_id' and m.post_id={receipt['remote_id']}")
    tap.ok(thumbnail and "quay at noon" in thumbnail[0][0] and "Joris Halm" in thumbnail[0][0],
           "featured picture with caption and credit", thumbnail)
    return article, receipt


def check_update(tap, site, desk, article, receipt):
    desk.run("set", article, "headline=Boats on the half hour", "summary=A new timetable.")
    tap.ok(desk.run("publish", article, "--to", "daily", "--wait")[0] == 0, "updated")
    rows = site.query("select ID, post_title, post_excerpt from wp_posts where post_type='post' and "
                      "post_title like 'Boats%' and post_status='publish'")
    tap.ok(rows == [[receipt["remote_id"], "Boats on the half hour", "A new timetable."]],
           "the same post was changed", rows)
    pictures = site.query("select count(*) from wp_posts where post_type='attachment'")
    tap.ok(pictures == [["1"]], "the picture was not sent again", pictures)


def check_withdrawal(tap, site, desk, article, receipt):
    tap.ok(desk.run("withdraw", article, "--wait")[0] == 0, "withdrawn")
    tap.ok(fetch(receipt["public_url"])[0] == 404, "the page is gone")
    tap.ok(desk.json("show", article)[0]["receipts"][0]["state"] == "withdrawn", "and Reprint knows it")


def check_draft(tap, site, desk):
    article = import_page(desk, "Only a draft")
    tap.ok(desk.run("publish", article, "--to", "daily", "--status", "draft", "--wait")[0] == 0, "sent as a draft")
    rows = site.query("select post_status from wp_posts where post_title='Only a draft' and post_type='post'")
    tap.ok(rows == [["draft"]], "it is a draft there", rows)


def check_schedule(tap, site, desk):
    """The partner is to show it by itself, an update leaves the time alone, and the time can be moved."""
    article = import_page(desk, "For tomorrow")
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 86400))
    status, out, err = desk.run("publish", article, "--to", "daily", "--at", at, "--status", "schedule", "--wait")
    tap.ok(status == 0, "handed over for a later time", out + err)

    def row():
        return site.query("select post_status, post_date_gmt from wp_posts where post_title like 'For tomorrow%' and "
                          "post_type='post'")
    tap.ok(row() == [["future", at[:10] + " " + at[11:19]]], "it waits there", row())
    shown = desk.json("show", article)[0]
    tap.ok(shown["state"] == "scheduled" and shown["receipts"][0]["state"] == "scheduled", "the desk knows it", shown["receipts"])
    desk.run("set", article, "headline=For tomorrow, corrected")
    status, out, err = desk.run("publish", article, "--to", "daily", "--wait")
    tap.ok(status == 0 and row()[0][0] == "future", "an update does not publish it early", (row(), out, err))
    tap.ok(desk.run("withdraw", article, "--wait")[0] == 0 and row()[0][0] == "trash", "it can be called off", row())


def check_categories(tap, site):
    desk = Desk()
    site.add_to(desk, "filed", "editor", categories="Sea & Harbour, Uncategorized")
    article = import_page(desk, "In its category")
    status, out, err = desk.run("publish", article, "--to", "filed", "--wait")
    receipt = desk.json("show", article)[0]["receipts"][0]
    names = site.query("select t.name from wp_terms t join wp_term_taxonomy x using (term_id) join "
                       f"wp_term_relationships r using (term_taxonomy_id) where x.taxonomy='category' and "
                       f"r.object_id={receipt['remote_id']}")
    tap.ok(status == 0 and sorted(row[0] for row in names) == ["Sea &amp; Harbour", "Uncategorized"],
           "categories are found or made", (names, out, err))
    desk.close()


def check_conflict(tap, site, desk):
    """What an editor there has changed is not overwritten without a word."""
    article = import_page(desk, "Changed by them")
    desk.run("publish", article, "--to", "daily", "--wait")
    receipt = desk.json("show", article)[0]["receipts"][0]
    desk.run("set", article, "headline=Changed by us")
    site.query(f"update wp_posts set post_title='Changed over there', post_modified_gmt='2031-01-01 00:00:00', "
               f"post_modified='2031-01-01 00:00:00' where ID={receipt['remote_id']}")
    status, out, err = desk.run("publish", article, "--to", "daily", "--wait")
    tap.ok(status == 1 and "Somebody has changed" in out + err, "a change there is told", out + err)
    delivery = desk.json("outbox")[0]["delivery"]
    desk.run("outbox", "retry", delivery)
    desk.run("outbox", "run", "--until-empty")
    rows = site.query(f"select post_title from wp_posts where ID={receipt['remote_id']}")
    tap.ok(rows == [["Changed by us"]], "and replaced when the editor insists", rows)


def check_verify(tap, site, desk):
    """What the partner shows, what it has lost, and that it is gone."""
    article = import_page(desk, "Looked at")
    desk.run("publish", article, "--to", "daily", "--wait")
    row = desk.json("verify", article)[0]
    tap.ok(row["verdict"] == "whole" and row["credit"] and row["canonical"] and row["licence_link"] and row["images"],
           "everything is there", row)
    receipt = desk.json("show", article)[0]["receipts"][0]
    site.query("update wp_posts set post_content=replace(post_content, 'Gull Holm Gazette', 'somebody') "
               f"where ID={receipt['remote_id']}")
    row = desk.json("verify", article)[0]
    tap.ok(row["verdict"] == "broken" and "credit" in row["stripped"] and row["remedies"], "a lost credit line is found", row)
    tap.ok(desk.json("show", article)[0]["state"] == "attention", "and the article needs attention", desk.json("show", article)[0]["state"])
    site.query(f"delete from wp_posts where ID={receipt['remote_id']}")
    row = desk.json("verify", article)[0]
    tap.ok(row["verdict"] == "gone", "an article that was deleted there is missed", row)


def check_author(tap, site):
    desk = Desk()
    site.add_to(desk, "author", "author")
    article = import_page(desk, "By an author")
    status, out, err = desk.run("publish", article, "--to", "author", "--wait")
    tap.ok(status == 0, "an author's account may publish", out + err)
    text = fetch(desk.json("show", article)[0]["receipts"][0]["public_url"])[1]
    tap.ok("schema.org" not in re.sub(r"<head.*?</head>", "", text, flags=re.S),
           "no leftovers of data that the account may not carry")
    desk.close()


def check_refusals(tap, site):
    desk = Desk()
    site.add_to(desk, "daily", "editor")
    article = import_page(desk, "Never to be seen")
    key = "REPRINT_SECRET_DAILY_PASSWORD"
    status, out, _ = desk.run("publish", article, "--to", "daily", "--wait", **{key: "wrong"})
    tap.ok(status == 75 and "password" in out, "a wrong password parks the delivery and says so", out)
    tap.ok(desk.run("partner", "test", "daily", **{key: "wrong"})[0] == 1, "the test tells it, too")
    status, out, err = desk.run("partner", "test", "daily")
    tap.ok(status == 0, "with the right password the partner is back", out + err)
    desk.run("outbox", "run", "--until-empty")
    tap.ok(desk.json("show", article)[0]["deliveries"][0]["state"] == "delivered", "and what was parked goes out")
    desk.close()

    desk = Desk()
    site.add_to(desk, "contributor", "contributor")
    article = import_page(desk, "May not be published")
    status, out, _ = desk.run("publish", article, "--to", "contributor", "--wait")
    tap.ok(status == 1 and "may not" in out, "a missing right is named", out)
    desk.close()


def kill_at(site, number):
    """Whether it was killed, and what is wrong (None = nothing)."""
    desk = Desk()
    try:
        site.add_to(desk)
        headline = f"Killed at {number}"
        article = import_page(desk, headline)
        command = ("publish", article, "--to", "daily", "--wait")
        killed = desk.run(*command, REPRINT_FAULT=str(number))[0] == -9
        desk.run("outbox", "run", "--until-empty")
        if not desk.json("show", article)[0]["deliveries"]:
            desk.run(*command)
        states = [row["state"] for row in desk.json("show", article)[0]["deliveries"]]
        rows = site.query(f"select ID, post_status from wp_posts where post_title='{headline}' and post_type='post'")
        wrong = None if len(rows) == 1 and rows[0][1] == "publish" and states == ["delivered"] else (rows, states)
        return killed, wrong
    finally:
        desk.close()


def check_kills(tap, site):
    """Every point in the second half of the run is a request on its way or just answered."""
    number, kills = 0, 0
    while number < 400:
        number += 1
        killed, wrong = kill_at(site, number)
        kills += killed
        tap.ok(wrong is None, f"killed at point {number}" if killed else "not killed", wrong)
        if not killed:
            break
    tap.ok(kills >= 50, f"{kills} places to be killed at")


def main():
    if wordpress.missing():
        skip_all("needs " + ", ".join(wordpress.missing()))
    tap = Tap()
    site = wordpress.WordPress()
    desk = Recorder(site.passwords["editor"])
    try:
        site.add_to(desk)
        status, out, err = desk.run("partner", "test", "daily")
        tap.ok(status == 0 and "editor" in out, "the connection test names the account", out + err)
        article, receipt = check_first_delivery(tap, site, desk)
        check_update(tap, site, desk, article, receipt)
        check_draft(tap, site, desk)
        check_withdrawal(tap, site, desk, article, receipt)
        check_schedule(tap, site, desk)
        check_categories(tap, site)
        check_conflict(tap, site, desk)
        check_verify(tap, site, desk)
        check_secrets(tap, desk, pictures=True)
        check_author(tap, site)
        check_refusals(tap, site)
        check_kills(tap, site)
    finally:
        desk.close()
        site.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
