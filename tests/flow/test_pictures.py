#!/usr/bin/python3
"""A picture arrives at the partner with its rights in the file, once, and the desk's own copy stays as it came."""
import base64
import hashlib
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import PICTURE, SOURCE, Desk, Site, Tap, page  # noqa: E402


PNG = b"\x89PNG"


def files(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as handle:
                yield handle.read()


def story():
    """A page with a picture that was saved without any words in it."""
    with open(os.path.join(SOURCE, "tests", "render", "pictures", "quay.png"), "rb") as handle:
        return page("The timetable is out").replace(PICTURE, base64.b64encode(handle.read()).decode())


def pictures(folder):
    return [data for data in files(folder) if data.startswith(PNG)]


def pixels(data):
    """The chunks of a PNG that are neither text nor metadata."""
    kept, at = [], 8
    while at < len(data):
        length = int.from_bytes(data[at:at + 4], "big")
        if data[at + 4:at + 8] in (b"IHDR", b"PLTE", b"IDAT"):
            kept.append(data[at + 8:at + 8 + length])
        at += 12 + length
    return kept


def main():
    tap = Tap()
    desk, site = Desk(), Site()
    try:
        row = desk.json("import", desk.write("story.html", story()))[0]
        desk.run("licence", "confirm", row["article"])
        image = desk.json("show", row["article"])[0]["images"][0]
        desk.add_ninjs_partner("practice", site)
        status, out, err = desk.run("publish", row["article"], "--to", "practice", "--wait")
        tap.ok(status == 0, "an article with a picture is published", out + err)
        sent, own = pictures(site.folder), [data for data in desk.originals() if data.startswith(PNG)]
        tap.ok(len(sent) == 1, "the partner has the picture once", len(sent))
        tap.ok(image["credit"].encode() in sent[0], "with its credit in the file", image)
        tap.ok(b"https://creativecommons.org/licenses/by/4.0/" in sent[0], "and its licence")
        came = [data for data in own if hashlib.sha256(data).hexdigest() == image["sha256"]]
        tap.ok(len(came) == 1 and came[0] != sent[0], "the desk's copy is the one that came")
        tap.ok(sent[0] in own, "and what was sent is kept, too", len(own))
        tap.ok(pixels(sent[0]) == pixels(came[0]), "no pixel differs")
        desk.run("set", row["article"], "subheadline=Two boats more")
        status, out, err = desk.run("publish", row["article"], "--to", "practice", "--wait")
        tap.ok(status == 0 and len(site.items()) == 1, "a new version replaces the first", out + err)
        tap.ok(pictures(site.folder) == sent, "and its picture is not sent again")
    finally:
        desk.close()
        site.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
