#!/usr/bin/python3
"""What the button of a finding does: each is run, the finding is gone, and the history says so. What our own renditions
always carry must not be found missing at all."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Tap  # noqa: E402

NOW = "2026-05-04T08:00:00Z"
FIRST = ("The harbour office adds a boat on Monday mornings, so that the school class from the far shore arrives dry and on "
         "time, and the baker, too.")
SECOND = ("Nobody had asked for it, the harbour master said, but the queue had grown every week since the bridge was closed "
          "for repairs in the autumn.")
LINKED = f'<p>{FIRST}</p><p>{SECOND} <a href="https://quay.example/table">The new table</a> hangs at the quay.</p>'
UNLINKED = LINKED.replace('<a href="https://quay.example/table">The new table</a>', "The new table")
OTHER = "<p>Something else was written here by our own desk, and not one line of the former text is to be seen any more.</p>"
COUNTER = "https://count.example/pixel.gif?id=7"
TOP = {"credit_position": "top", "mandatory_line": "With thanks to {source}."}

# name, licence, facts of the article, what the editor sets, rule, arguments of the fix, words that the check no longer says
ROWS = [
    ("restore-headline", {"derivatives": []}, {}, ["headline=Ours"], "C303", []),
    ("restore-body", {"derivatives": []}, {}, ["body_html=" + OTHER], "C301", []),
    ("restore-links", {"preserve_links": True}, {}, ["body_html=" + UNLINKED], "C308", []),
    ("restore-links by the whole text", {"preserve_links": True}, {}, ["body_html=" + OTHER], "C308", []),
    ("trim-body", {"max_words": 40}, {}, ["canonical_url=https://quay.example/boats"], "C304", []),
    ("trim-body within a block", {"max_words": 15, "derivatives": ["shorten"]}, {}, ["canonical_url=https://quay.example/boats"], "C304", []),
    ("set-copy-licence", {"share_alike": True, "licence_on_copy": "CC-BY-SA-4.0"}, {},
     ["body_html=" + OTHER, "copy_licence=CC-BY-4.0"], "C307", []),
    ("set-noindex", {"noindex": "required"}, {}, [], "A409", []),
    ("insert-counter", {"tracking_required": "required"}, {}, [], "A410", ["--value", COUNTER]),
    ("insert-title", {"spdx": "CC-BY-3.0", "url": "https://creativecommons.org/licenses/by/3.0/"}, {}, ["headline="], "A411",
     ["--value", "About the boats"]),
    ("set-canonical", {"canonical": "required"}, {"uri": None}, ["canonical_url="], "A407",
     ["--value", "https://quay.example/boats"]),
]


def article(**facts):
    one = {"uri": "https://quay.example/boats", "version": "1", "type": "text", "pubstatus": "usable", "language": "en",
           "headline": "About the boats", "byline": "By Ada Reeve", "body_html": LINKED, **facts}
    return {key: value for key, value in one.items() if value is not None}


def begin(licence, facts, changes):
    desk = Desk()
    desk.environment["REPRINT_NOW"] = NOW
    deal = {"id": "deal", "name": "Quay deal", "licensor": "Quay Media", "permission": "yes", **licence}
    assert desk.run("licence", "add", desk.write("deal.json", json.dumps(deal)))[0] == 0
    status, out, err = desk.run("partner", "add", "Herald", "--connector", "ninjs-push", "--set", "url=http://127.0.0.1:9/",
                                "--set", "commercial=false", "--set", "channels=web")
    assert status == 0, (out, err)
    status, out, err = desk.run("import", "--licence", "deal", desk.write("boats.json", json.dumps(article(**facts))))
    assert status == 0, (out, err)
    identity = json.loads(desk.run("list", "--json")[1])["article"]
    if changes:
        status, out, err = desk.run("set", identity, *changes)
        assert status == 0, (out, err)
    return desk, identity


def rules(desk, identity):
    lines = desk.run("check", identity, "--json")[1].splitlines()
    return {finding["rule"]: finding for line in lines for finding in json.loads(line)["findings"]}


def check_row(tap, name, licence, facts, changes, rule, arguments):
    desk, identity = begin(licence, facts, changes)
    before = rules(desk, identity)
    tap.ok(rule in before, f"{name}: {rule} is found", before)
    status, out, err = desk.run("fix", identity, rule, *arguments)
    after = rules(desk, identity)
    tap.ok(status == 0 and rule not in after, f"{name}: it is gone", (status, out, err, after))
    if name.startswith("trim-body"):
        shown = desk.run("render", identity, "--as", "html")[1]
        tap.ok("Read the full article at" in shown and "C301" not in after, f"{name}: it leads on to the original", (shown, after))
    if name == "restore-links":
        tap.ok("C301" not in after and "C302" not in after, f"{name}: without another change", after)
    desk.close()


def check_always(tap):
    """Lines that the licence prescribes are in every rendition of ours."""
    licence = {"spdx": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/", "tracking_required": "required",
               "tracking_html": f'<img src="{COUNTER}"/>', **TOP}
    desk, identity = begin(licence, {}, ["body_html=" + OTHER, "site_name=Quay Media"])
    found = rules(desk, identity)
    for rule in ("A401", "A402", "A403", "A404", "A405", "A406", "A410", "A411", "C309"):
        tap.ok(rule not in found, f"{rule} cannot be missing", found)
    desk.close()
    desk, identity = begin({"share_alike": True, "licence_on_copy": "CC-BY-SA-4.0"}, {}, ["body_html=" + OTHER])
    tap.ok("C307" not in rules(desk, identity), "a changed version says its licence by itself")
    tap.ok("creativecommons.org/licenses/by-sa/4.0/" in desk.run("render", identity, "--as", "html")[1], "with a link")
    desk.close()


def check_confirm(tap):
    desk, _ = begin({}, {}, [])
    page = (f"<html><head><title>Lamps</title><link rel=canonical href='https://news.kff.org/lamps'></head><body><article>"
            f"<h1>About the lamps</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>")
    status, out, err = desk.run("import", "--json", desk.write("lamps.html", page))
    identity = json.loads(out)["article"]
    found = rules(desk, identity)
    tap.ok(found.get("R011", {}).get("message", "").startswith("“KFF Health News republication rules” is a template."),
           "what comes from an outlet is proposed with its template, which a person confirms", (found, err))
    tap.ok(desk.run("publish", identity, "--to", "Herald")[0] == 3, "and does not leave before")
    tap.ok(desk.run("fix", identity, "r011")[0] == 0 and "R011" not in rules(desk, identity), "a word confirms it")
    desk.close()


def check_refused(tap):
    desk, identity = begin({"tracking_required": "required", "notify": {"required": True, "email": "desk@quay.example"}}, {}, [])
    status, out, err = desk.run("fix", identity, "A410")
    tap.ok(status == 1 and "--value" in err, "a counter that nobody knows has to be told", (out, err))
    status, out, err = desk.run("fix", identity, "A410", "--value", "javascript:1")
    tap.ok(status != 0 and "A410" in rules(desk, identity), "and must be an address", (out, err))
    found = rules(desk, identity)
    tap.ok(found["O701"]["fix"]["action"] == "tell-owner", "the owner is told by a mail", found)
    status, out, err = desk.run("fix", identity, "O701")
    tap.ok(status == 1 and "desk@quay.example" in err, "which a person sends", (out, err))
    status, _, err = desk.run("fix", identity, "C304")
    tap.ok(status == 1 and "C304" in err, "what is not found cannot be fixed", err)
    tap.ok(desk.run("fix", identity)[0] == 2, "the rule has to be named")
    desk.close()


def main():
    tap = Tap()
    for row in ROWS:
        check_row(tap, *row)
    check_always(tap)
    check_confirm(tap)
    check_refused(tap)
    tap.done()


main()
