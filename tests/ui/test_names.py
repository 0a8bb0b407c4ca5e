#!/usr/bin/python3
"""Everything that can be pressed or typed into has a name, on every page of the window."""
import re

import display

display.enter()
from desk import Desk, Tap  # noqa: E402

NAMED = {"push button", "button", "toggle button", "check box", "entry", "text", "combo box", "menu button", "switch",
         "password text", "spin button", "link"}


CLASS = re.compile("(Gtk|Adw|Rp|WebKit)[A-Z][A-Za-z]+")  # what GTK says of an object without a name


def has_name(node):
    return bool(node.name) and not CLASS.fullmatch(node.name)


def path_to(node):
    parts = []
    while node is not None and len(parts) < 8:
        parts.append(f"{node.role} “{node.name}”")
        node = node.parent
    return " < ".join(parts)


def is_unnamed(node):
    return node.role in NAMED and not has_name(node)


def check(tap, window, page):
    unnamed = [path_to(node) for node in window.walk() if is_unnamed(node)]
    tap.ok(not unnamed, f"{page}: every control has a name", "\n".join(unnamed))


def is_chosen(window, page):
    return any(node.role == "page tab" and node.name == page and node.is_("selected") for node in window.walk())


def main():
    tap, desk = Tap(), Desk()
    with display.watched(tap, desk) as window:
        window.wait_for("Drop an article here")
        check(tap, window, "first run")
        window.press("Try the Sample")
        window.wait_for("Publish")
        check(tap, window, "article")
        for page, keys in (("Preview", "alt+2"), ("History", "alt+4")):
            display.xdo("key", keys)
            display.wait(lambda: is_chosen(window, page), page)
            check(tap, window, page.lower())
    desk.close()
    return tap.done()


raise SystemExit(main())
