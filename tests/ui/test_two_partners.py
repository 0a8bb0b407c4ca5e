#!/usr/bin/python3
"""One click, two partners: a page is dragged in and published to a practice partner and to a real WordPress; both
pages then carry credit, link back, canonical address, licence link and schema.org data, and no clutter."""
import os
import re
import subprocess
import sys

import display

display.enter()
sys.path.insert(0, os.path.join(display.SOURCE, "tests", "partners"))
import wordpress  # noqa: E402
from desk import Desk, Site, Tap, fetch, page, skip_all  # noqa: E402

HEADLINE = "Boats leave on the hour again"
ORIGINAL = "https://gazette.example/boats"


def check_page(tap, name, url):
    text = fetch(url)[1]
    shown = re.sub(r"<script.*?</script>|<style.*?</style>", "", text, flags=re.S)
    words = re.sub(r"<[^>]+>", "", shown)
    tap.ok(HEADLINE in words and "Gull Holm Gazette" in words and "Runa Teal" in words,
           f"{name}: headline and credit line", words[-1500:])
    tap.ok(re.search(rf'<a[^>]+href="{ORIGINAL}"', shown), f"{name}: a link back")
    tap.ok(re.search(rf'<link rel="canonical" href="{ORIGINAL}"', text), f"{name}: the canonical address")
    tap.ok(re.search(r'rel="[^"]*license[^"]*"', text) and "creativecommons.org/licenses/by/4.0" in text,
           f"{name}: the licence link")
    tap.ok(re.search(r'<script type="application/ld\+json">.*"NewsArticle"', text, re.S), f"{name}: schema.org data")
    left = [word for word in ("You may also like", "Ten quays", "Cookie Policy") if word in words]
    tap.ok(not left, f"{name}: no clutter", left)


def drag_in(window, path):
    """The source stays until the article is there: it hands over what was dropped."""
    source = subprocess.Popen([os.path.join(display.HERE, "drag-source.py"), "file", path])
    try:
        display.place("Drag Source", 1500, 700)
        display.drag((1560, 770), (900, 450))
        window.wait_for(HEADLINE)
    finally:
        source.terminate()


def run(tap, desk, window):
    window.wait_for("Drop an article here")
    drag_in(window, desk.write("boats.html", page(HEADLINE, "boats")))
    window.press("Publish")
    display.wait(lambda: {row["state"] for row in desk.json("outbox")} == {"delivered"}
                 and len(desk.json("outbox")) == 2, "both deliveries", 60)
    for row in desk.json("outbox"):
        check_page(tap, row["partner"], row["public_url"])
    tap.ok(not window.said(), "the toolkit had nothing to complain about", "\n".join(window.said()))


def main():
    if wordpress.missing():
        skip_all("needs " + ", ".join(wordpress.missing()))
    tap = Tap()
    site, blog = Site(), wordpress.WordPress()
    desk = Desk()
    desk.add_ninjs_partner("local", site)
    blog.add_to(desk)
    with display.watched(tap, desk) as window:
        run(tap, desk, window)
    site.close()
    blog.close()
    desk.close()
    return tap.done()


raise SystemExit(main())
