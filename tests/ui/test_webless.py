#!/usr/bin/python3
"""A computer without WebKit, or with one that does not fit: the window says what is missing and what to do, and whatever
does not show an article goes on working."""
import os
import re
import shutil

import display

display.enter()
from desk import Desk, Site, Tap, fetch  # noqa: E402

HEADLINE = "Slate quarry reopens as a school for roofers"
NAMES = ("libwebkitgtk-6.0.so.4", "libwebkitgtk-6.0.so")
TITLE = "Articles Cannot Be Shown"
ADVICE = "WebKitGTK 6.0 is missing on this computer. Install it and open Reprint again."
TABS = (("alt+2", "Preview"), ("alt+3", "Compare"), ("alt+1", "Edit"))


def make_empty(path):
    with open(path, "wb"):
        pass


def make_foreign(path):
    """A library, but of something else: one that this program has loaded."""
    with open("/proc/self/maps", encoding="utf-8") as handle:
        loaded = re.findall(r"\S+/lib(?:z|expat)\.so\S*", handle.read())
    shutil.copy(loaded[0], path)


def break_webkit(desk, make):
    folder = os.path.join(desk.folder, "broken")
    os.mkdir(folder)
    for name in NAMES:
        make(os.path.join(folder, name))
    desk.environment["LD_LIBRARY_PATH"] = folder


def check_tabs(tap, window, case):
    """Every view of the article says so, or has nothing to do with it."""
    window.choose(HEADLINE)
    window.wait_for(TITLE)
    tap.ok(window.find(ADVICE) is not None, f"{case}: the editor says what is missing and what to do", window.texts()[-60:])
    for keys, name in TABS:
        display.xdo("key", keys)
        display.wait(lambda: any(node.name == name and (node.is_("selected") or node.is_("checked") or node.is_("pressed"))
                                 for node in window.walk()), f"the tab {name}")
        window.wait_for(ADVICE)
        tap.ok(True, f"{case}: so does “{name}”")


def check_commands(tap, window, case):
    """What a hand does in a text finds none: nothing happens."""
    display.xdo("key", "--clearmodifiers", "ctrl+b", "ctrl+shift+v", "ctrl+z", "shift+F10", "Escape", "F7", "ctrl+f")
    window.wait_for("Find in page")
    display.xdo("key", "--clearmodifiers", "Escape")
    window.act("Insert", *display.BUTTONS)
    items = [window.wait_for(name, "menu item") for name in ("Picture…", "Table")]
    usable = [node.name for node in [*items, window.find("Bold"), window.find("Bulleted List")] if node.is_("sensitive")]
    tap.ok(not usable, f"{case}: nothing that changes a text can be chosen", usable)
    display.xdo("key", "Escape")
    display.wait(lambda: window.find("Table", "menu item") is None, "the end of the menu")


def check_publishing(tap, desk, window, case):
    window.press("New Agreement…")
    window.press("Save")
    window.press("Publish")
    display.wait(lambda: desk.json("outbox") and desk.json("outbox")[-1]["state"] == "delivered", "the delivery")
    window.wait_for("Local, Published")
    status, text = fetch(desk.json("outbox")[-1]["public_url"])
    tap.ok(status == 200 and HEADLINE in text and "Published under licen" in text,
           f"{case}: its licence is settled in the inspector, and it is published", text[:2000])


def run_case(tap, case, make):
    site = Site()
    desk = Desk(REPRINT_SECRET_SECRET=site.ready["secret"])
    desk.add_ninjs_partner("Local", site)
    break_webkit(desk, make)
    status, _, err = desk.run("import", os.path.join(display.HERE, "slate-quarry.txt"))
    assert status == 0, err
    with display.watched(tap, desk) as window:
        check_tabs(tap, window, case)
        check_commands(tap, window, case)
        check_publishing(tap, desk, window, case)
    site.close()
    desk.close()


def main():
    tap = Tap()
    run_case(tap, "an empty file", make_empty)
    run_case(tap, "another library", make_foreign)
    return tap.done()


raise SystemExit(main())
