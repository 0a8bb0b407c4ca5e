#!/usr/bin/python3
"""The ten seconds: a file is dragged in, its licence is settled in two clicks, it is published, and the
page at the partner is right."""
import json
import os
import re

import display

display.enter()
from desk import SOURCE, Desk, Site, Tap, fetch  # noqa: E402

SEED = os.path.join(SOURCE, "..", "shared", "seed", "betanews-page.txt")
CASES = [
    {
        "name": "own page",
        "file": os.path.join(display.HERE, "slate-quarry.txt"),
        "headline": "Slate quarry reopens as a school for roofers",
        "credit": "Published under licen[cs]e from CarrowCourier.example, a Vale Ledger Ltd publication",
        "clutter": ["Responses to", "Privacy Policy", "NorthLight", "800px"],
    },
    {
        "name": "seed page",
        "file": SEED,
        "headline": "China bans Kaspersky and Symantec antivirus",
        "credit": "Published under licen[cs]e from ITProPortal.com, a Net Communities Ltd publication",
        "clutter": ["Responses to", "Privacy Policy", "contentfullwidth"],
    },
]


def drag_in(window, path, headline):
    source = display.drop((900, 450), "file", path)
    try:
        window.wait_for(headline)
    finally:
        source.terminate()


def read_page(desk, site):
    """The article's page at the partner, by the address that the receipt names."""
    row = desk.json("outbox")[-1]
    status, page = fetch(row["public_url"])
    assert status == 200, (status, row)
    return page


def check_page(tap, case, page):
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    graph = json.loads(data.group(1)) if data else {}
    text = re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.S)
    tap.ok(case["headline"] in text, f"{case['name']}: the headline is on the page", page[:2000])
    words = re.sub(r"<[^>]+>", "", text)
    tap.ok(re.search(case["credit"], words, re.I), f"{case['name']}: the credit line is on the page", words[-2000:])
    tap.ok('rel="canonical"' in page, f"{case['name']}: the page names the address that counts", page[:2000])
    tap.ok(case["headline"] in json.dumps(graph), f"{case['name']}: the page says as data what it is", page[:3000])
    left = [word for word in case["clutter"] if word in text]
    tap.ok(not left, f"{case['name']}: nothing of the old site is on the page", left)


def run_case(tap, case):
    site = Site()
    desk = Desk(REPRINT_SECRET_SECRET=site.ready["secret"])
    desk.add_ninjs_partner("Local", site)
    with display.watched(tap, desk) as window:
        window.wait_for("Drop an article here")
        drag_in(window, case["file"], case["headline"])
        tap.ok(True, f"{case['name']}: the article that was dragged in is on the screen")
        window.press("New Agreement…")
        window.press("Save")
        window.press("Publish")
        display.wait(lambda: desk.json("outbox") and desk.json("outbox")[-1]["state"] == "delivered", "the delivery")
        window.wait_for("Local, Published")  # the partner's row in the inspector; the toast may be gone by now
        tap.ok(True, f"{case['name']}: it was published and the window said so")
        check_page(tap, case, read_page(desk, site))
    site.close()
    desk.close()


def main():
    tap = Tap()
    for case in CASES:
        if os.path.exists(case["file"]):
            run_case(tap, case)
    return tap.done()


raise SystemExit(main())
