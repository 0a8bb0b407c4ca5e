#!/usr/bin/python3
"""Icons by name: what today's icon themes have, or the program brings."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import SOURCE, Tap  # noqa: E402

# Adwaita has kept two emblems and given up the others; what is not found is drawn as a broken picture.
KEPT = {"emblem-important-symbolic", "emblem-system-symbolic"}
BROUGHT = re.compile(r'alias="icons/\w+/\w+/([\w.-]+)\.svg">([^<]+)<')


def read(*path):
    with open(os.path.join(SOURCE, *path), encoding="utf-8") as handle:
        return handle.read()


def find_names():
    """Each name of an icon, and the files that use it."""
    found = {}
    for folder, _, names in os.walk(os.path.join(SOURCE, "src", "ui")):
        for name in names:
            if name.endswith((".c", ".h", ".ui")):
                for icon in re.findall(r"\b[a-z0-9]+(?:-[a-z0-9]+)*-symbolic\b", read(folder, name)):
                    found.setdefault(icon, set()).add(name)
    return found


def main():
    tap, names = Tap(), find_names()
    gone = {icon: files for icon, files in names.items() if icon.startswith("emblem-") and icon not in KEPT}
    tap.ok(not gone, "no icon is used that themes have given up", gone)
    brought = dict(BROUGHT.findall(read("src", "ui", "reprint.gresource.xml.in")))
    own = {icon for icon in names if icon.startswith("rp-")}
    tap.ok(own and own <= set(brought), "every icon of our own is in the program", own - set(brought))
    places = [os.path.join(SOURCE, "data"), os.path.join(SOURCE, "src", "ui")]
    absent = [path for path in brought.values() if not any(os.path.exists(os.path.join(place, path)) for place in places)]
    tap.ok(not absent, "and is drawn", absent)
    return tap.done()


raise SystemExit(main())
