#!/usr/bin/python3
"""A folder that is imported: its files in the order of their names, what is in folders in it, and what cannot be read,
which is told and not left out."""
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Tap, page  # noqa: E402

LONG = "f" * 250


def dig(folder, depth):
    """Folders in folders, until the whole path is longer than the system takes; a page lies in the last but one."""
    home = os.getcwd()
    os.chdir(folder)
    for _ in range(depth):
        os.mkdir(LONG)
        os.chdir(LONG)
    with open("boats.html", "w", encoding="utf-8") as handle:
        handle.write(page("Boats at the bottom", "bottom"))
    os.chdir(home)


def main():
    tap, desk = Tap(), Desk()
    folder = os.path.join(desk.folder, "wire")
    os.makedirs(os.path.join(folder, "b"))
    for name, headline in (("c.html", "Third story"), ("b/b.html", "Second story"), ("a.html", "First story"), (".hidden.html", "Hidden")):
        desk.write(os.path.join("wire", name), page(headline, name))
    dig(folder, 17)
    rows = desk.json("import", folder)
    tap.ok([row.get("headline") for row in rows if row["status"] == "imported"] == ["First story", "Second story", "Third story"],
           "the files of a folder and of those in it are read by name, hidden ones are not", rows)
    failed = [row for row in rows if row["status"] == "failed"]
    tap.ok(len(failed) == 1 and "too long" in failed[0]["message"], "what cannot be read has a row that says why", failed)
    shutil.rmtree(folder)
    empty = os.path.join(desk.folder, "empty")
    os.mkdir(empty)
    tap.ok(desk.json("import", empty) == [], "an empty folder has nothing to tell")
    desk.close()
    return tap.done()


raise SystemExit(main())
