#!/usr/bin/python3
"""What scripts rely on: forms, exit statuses, one JSON object a line; and bad input of every kind, which gets a
clear message and loses nothing."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import SERVER, SOURCE, Desk, Site, Tap, page  # noqa: E402

SCALE = int(os.environ.get("REPRINT_TEST_SCALE", "1"))  # smaller inputs where the build is slow on purpose

TEXT = """Harbour opens early

By Runa Teal

The harbour office opens at six from Monday on, an hour before the first boat, and sells tickets at two windows.

"We have found a second window," the harbour master said. "It was behind the calendar."

Published under license from QuayPost.example, a Gull Holm Media Ltd Publication. All rights reserved.

7 Responses to Harbour opens early

© 1999-2026 Reader, Inc. All Rights Reserved. Privacy Policy - Cookie Policy.
"""

FEED_HEAD = ('<?xml version="1.0"?><rss version="2.0"><channel><title>Gull Holm Gazette</title>'
             "<link>https://gazette.example/</link>")


def feed(count):
    items = "".join(f"<item><title>Note {i}</title><guid>https://gazette.example/{i}</guid><description>"
                    f"&lt;p&gt;Text number {i} of the feed.&lt;/p&gt;</description></item>" for i in range(count))
    return FEED_HEAD + items + "</channel></rss>"


BOMB = ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 20}">' for i in range(9))
        + ']><rss version="2.0"><channel><title>&j;</title><item><title>Boats</title><description>&j;</description>'
          "</item></channel></rss>")
XXE = ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
       "<title>T</title><item><title>Boats</title><description>before &x; after</description></item></channel></rss>")


def write_bytes(desk, name, data):
    path = os.path.join(desk.folder, name)
    with open(path, "wb") as handle:
        handle.write(data)
    return path


def check_usage(tap, desk):
    for arguments in ((), ("nonsense",), ("inspect",), ("publish", "x"), ("licence", "rule", "a"), ("list", "--wrong"),
                      ("rights", "check"), ("outbox", "retry"), ("library",), ("set", "x"), ("partner", "add", "x")):
        status, out, err = desk.run(*arguments)
        tap.ok(status == 2 and not (out and arguments), f"usage: {' '.join(arguments) or '(nothing)'}", (status, out, err))
    status, out, _ = desk.run("help")
    tap.ok(status == 0 and "publish" in out and "outbox" in out, "help lists the commands")


def check_reference(tap, desk):
    names = [desk.write("pasted.txt", TEXT)]
    seed = os.path.join(SOURCE, "..", "shared", "seed", "betanews-page.txt")
    if os.path.exists(seed):
        names.append(seed)
    for name in names:
        article = desk.json("inspect", name)[0]
        licence, body = article["licence"], article["body_text"]
        holder = "Gull Holm Media Ltd" if name.endswith("pasted.txt") else "Net Communities Ltd"
        tap.ok(licence["kind"] == "licensed" and licence["rights_holder"] == holder and licence["reserved"] is True,
               "the licence statement became data", licence)
        clutter = [words for words in ("Published under", "Responses to", "Privacy Policy", "contentfullwidth")
                   if words in body]
        tap.ok(not clutter, "no clutter in the body", clutter)
        tap.ok(article["file"] == name and article["headline"] and len(body.split("\n\n")) >= 2,
               "file, headline and block breaks")


def check_bad_files(tap, desk):
    cases = [
        ("empty.txt", b"", 2, "empty"),
        ("report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), 2, "DOCX"),
        ("program", b"\x7fELF" + bytes(range(256)) * 40, 2, ""),
    ]
    for name, data, expected, word in cases:
        status, out, err = desk.run("inspect", "--json", write_bytes(desk, name, data))
        tap.ok(status == expected and not out and word in err and len(err) > 20, f"{name}: says what and why",
               (status, out, err))
    good = desk.write("good.html", page("Boats"))
    status, out, err = desk.run("inspect", "--json", os.path.join(desk.folder, "empty.txt"), good, "/no/such/file")
    tap.ok(status == 4 and len(out.splitlines()) == 1 and len(err.splitlines()) >= 2,
           "one bad file does not stop the rest", (status, err))


def check_hostile(tap, desk):
    status, out, err = desk.run("inspect", "--json", desk.write("xxe.xml", XXE))
    tap.ok("root:" not in out, "no file is read through a document", out)
    status, out, err = desk.run("inspect", "--json", desk.write("bomb.xml", BOMB))
    tap.ok(status in (0, 2) and len(out) < 5_000_000, "entity bombs stay small", (status, len(out)))
    status, out, _ = desk.run("inspect", "--json", desk.write(
        "broken.html", "<html><body><article><h1>Boats<p>One paragraph that is never closed, and long enough to keep"
                       "<script>alert(1)</script><b>bold <i>both</b> italic<img src=x onerror=alert(1)>" + "<div>" * 5000))
    tap.ok(status == 0 and "alert" not in out, "broken markup is read and made inert", out[:500])
    wrong = page("Bötchen").replace('charset="utf-8"', 'charset="iso-8859-1"')
    tap.ok(desk.json("inspect", desk.write("wrong.html", wrong))[0]["headline"] == "Bötchen",
           "a wrong encoding declaration is seen through")
    big = ("Boats\n\n" + "A paragraph about boats and the people who wait for them. " * 20 + "\n\n") * 40000
    status, out, _ = desk.run("inspect", "--json", desk.write("big.txt", big[:50_000_000 // SCALE]))
    tap.ok(status in (0, 2), "50 MB of text come to an end", status)
    status, out, _ = desk.run("inspect", "--json", desk.write("feed.xml", feed(100_000 // SCALE)))
    tap.ok(status == 0 and len(out.splitlines()) == 100_000 // SCALE, "a feed of 100,000 items is read whole", status)


def check_import(tap, desk):
    name = desk.write("story.txt", TEXT)
    first, again = desk.json("import", name)[0], desk.json("import", name)[0]
    tap.ok(first["status"] == "imported" and again["status"] == "duplicate" and first["article"] == again["article"],
           "the same file again is a duplicate", again)
    with open(name, encoding="utf-8") as handle:
        tap.ok(desk.run("show", first["article"], "--source")[1] == handle.read(), "the original bytes are kept")
    story = page("Boats", "boats")
    one = desk.json("import", desk.write("page.html", story))[0]
    two = desk.json("import", desk.write("page.html", story.replace("eight in the evening", "nine at night")))[0]
    tap.ok(two["status"] == "updated" and two["article"] == one["article"], "a new version updates its article", two)
    tap.ok("nine at night" in desk.run("show", one["article"], "--text")[1], "and is taken over")
    headless = desk.json("import", desk.write("plain.txt", "no headline here, just a few words of text that go on and on."))
    tap.ok(headless[0]["status"] == "imported" and headless[0]["headline"], "no headline: one is made", headless)
    status, _, err = desk.run("import", "--licence", "no-such-licence", name)
    tap.ok(status == 2 and "no-such-licence" in err, "an unknown licence is refused", err)


def check_licence(tap, desk):
    article = desk.json("list", 'source:QuayPost')[0]["article"]
    status, out, _ = desk.run("check", article, "--json")
    finding = json.loads(out)["findings"][0]
    tap.ok(status == 3 and finding["rule"] == "R010" and finding["fix"]["action"], "no licence blocks, with a fix", out)
    deal = {"id": "quay-post", "name": "Quay Post agreement", "permission": "yes", "licensor": "QuayPost.example",
            "rights_holder": "Gull Holm Media Ltd", "match": ["licensor:QuayPost.example"],
            "credit_template": "Published under licence from {source}, a {holder} publication."}
    added = desk.json("licence", "add", desk.write("deal.json", json.dumps(deal)))[0]
    tap.ok(added["licence"] == "quay-post", "an agreement is added", added)
    other = desk.json("import", desk.write("other.txt", TEXT.replace("early", "late")))[0]
    tap.ok(other["licence"] == "Quay Post agreement", "the book proposes the agreement that matches", other)
    desk.run("licence", "set", article, "quay-post")
    tap.ok(desk.run("check", article)[0] == 0, "with it the article is allowed")
    text = desk.run("render", article, "--as", "html")[1]
    tap.ok("Published under licence from QuayPost.example, a Gull Holm Media Ltd publication." in text,
           "the credit line is built from its template", text)
    status, _, err = desk.run("licence", "add", desk.write("bad.json", '{"id": "x", "permission": 3}'))
    tap.ok(status == 2 and err, "a wrong profile names the field", err)


def check_commons(tap, desk):
    for kind in ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"):
        for version in ("3.0", "4.0"):
            text = page(f"Boats {kind} {version}", f"{kind}-{version}").replace("licenses/by/4.0", f"licenses/{kind}/{version}", 1)
            row = desk.json("import", desk.write("cc.html", text))[0]
            tap.ok(row.get("licence") == f"CC {kind.upper()} {version}", f"CC {kind.upper()} {version}", row)
    for address, name in (("publicdomain/zero/1.0", "CC0"), ("publicdomain/mark/1.0", "Public")):
        text = page(f"Boats {name}", name).replace("licenses/by/4.0", address, 1)
        row = desk.json("import", desk.write("cc.html", text))[0]
        tap.ok((row.get("licence") or "").startswith(name), address, row)


def check_denied(tap, desk):
    site = Site()
    desk.add_ninjs_partner("shop", site)
    desk.run("partner", "remove", "shop")
    desk.add_ninjs_partner("shop", site, paywalled="true", ads="around")
    status, out, err = desk.run("partner", "add", "shop", "--connector", "ninjs-push", f"--set=url={site.ready['push']}")
    tap.ok(status == 1 and "already" in err, "two partners of one name are refused", err)
    article = desk.json("import", desk.write("free.txt", TEXT.replace("early", "now").replace("Published under license from QuayPost.example, a Gull Holm Media Ltd Publication. All rights reserved.", "")))[0]["article"]
    status, out, err = desk.run("publish", article, "--to", "shop", "--json")
    tap.ok(status == 3 and json.loads(out)["decision"] == "block" and not site.items(), "what is blocked is not sent",
           (status, out, err))
    tap.ok(desk.run("outbox", "--json")[1] == "", "and not queued")
    site.close()


def check_schedule(tap, desk):
    site = Site()
    desk.add_ninjs_partner("later", site)
    article = desk.json("list", "Boats")[0]["article"]
    status, out, _ = desk.run("publish", article, "--to", "later", "--at", "2100-01-01T00:00:00Z", "--wait", "--json")
    row = json.loads(out)
    tap.ok(status == 75 and row["state"] == "queued" and not site.items(), "a scheduled article waits", row)
    tap.ok(desk.json("list", "state:scheduled")[0]["article"] == article, "and is listed as scheduled")
    desk.run("outbox", "run", "--until-empty", REPRINT_NOW="2100-01-01T00:00:01Z")
    tap.ok(len(site.items()) == 1, "and goes out when its time has come")
    tap.ok(desk.run("publish", article, "--to", "later", "--dry-run")[1].count("urn:uuid") >= 1, "a dry run shows it")
    delivery = desk.json("outbox")[0]["delivery"]
    tap.ok("POST" in desk.run("outbox", "show", delivery)[1], "what was sent can be read")
    tap.ok(desk.run("outbox", "cancel", delivery)[0] == 1, "what is delivered cannot be cancelled")
    site.close()


def check_restore(tap, desk, copy, before):
    desk.json("import", desk.write("extra.txt", TEXT.replace("early", "twice")))
    status, out, err = desk.run("library", "restore", copy)
    tap.ok(status == 0 and len(desk.json("list")) == before, "a backup is restored", out + err)
    kept = out.strip().rstrip(".").split(" ")[-1]
    tap.ok(os.path.exists(kept) and len(desk.json("list", "--library", kept)) == before + 1,
           "and what was there is kept", out)


def check_library(tap, desk):
    copy = os.path.join(desk.folder, "copy.db")
    tap.ok(desk.run("library", "check")[0] == 0, "the library is in order")
    tap.ok(desk.run("library", "backup", copy)[0] == 0 and os.path.getsize(copy) > 0, "a backup is written")
    tap.ok(desk.run("library", "backup", copy)[0] == 1, "and not overwritten")
    tap.ok(len(desk.json("list")) == len(desk.json("list", "--library", copy)), "the copy holds the same articles")
    before = len(desk.json("list"))
    if SERVER:
        tap.ok(desk.run("library", "restore", copy)[0] != 0, "nothing is put over a library on a server")
    else:
        check_restore(tap, desk, copy, before)
    tap.ok(desk.run("library", "optimise")[0] == 0 and len(desk.json("list")) == before, "it can be compacted")
    tap.ok(desk.run("library", "restore", desk.write("no.db", "no library"))[0] != 0, "junk is not restored")
    junk = desk.write("junk.db", "not a library at all, only some text that is long enough")
    status, _, err = desk.run("list", "--library", junk)
    tap.ok(status == 1 and "damaged or is no library" in err, "a file that is no library is left alone", err)
    status, _, err = desk.run("list", "colour:blue")
    tap.ok(status == 2 and "colour" in err, "a wrong filter word is named", err)


def main():
    tap = Tap()
    desk = Desk()
    try:
        for check in (check_usage, check_reference, check_bad_files, check_hostile, check_import, check_licence,
                      check_commons, check_denied, check_schedule, check_library):
            check(tap, desk)
    finally:
        desk.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
