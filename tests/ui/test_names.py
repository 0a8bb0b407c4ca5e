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
    return bool(node.get_name()) and not CLASS.fullmatch(node.get_name())


def path_to(node):
    parts = []
    while node is not None and len(parts) < 8:
        parts.append(f"{node.get_role_name()} “{node.get_name()}”")
        node = node.get_parent()
    return " < ".join(parts)


def is_unnamed(node):
    return node.get_role_name() in NAMED and not has_name(node)


def check(tap, window, page):
    unnamed = [path_to(node) for node in window.walk() if is_unnamed(node)]
    tap.ok(not unnamed, f"{page}: every control has a name", "\n".join(unnamed))


def is_chosen(window, page):
    selected = window.atspi.StateType.SELECTED
    return any(node.get_role_name() == "page tab" and node.get_name() == page
               and node.get_state_set().contains(selected) for node in window.walk())


def main():
    tap, desk = Tap(), Desk()
    window = display.Window(desk)
    try:
        window.wait_for("Drop an article here")
        check(tap, window, "first run")
        window.press("Try the Sample")
        window.wait_for("Publish")
        check(tap, window, "article")
        for page, keys in (("Preview", "alt+2"), ("History", "alt+4")):
            display.xdo("key", keys)
            display.wait(lambda: is_chosen(window, page), page)
            check(tap, window, page.lower())
        tap.ok(not window.said(), "the toolkit had nothing to complain about", "\n".join(window.said()))
    except (TimeoutError, AssertionError) as error:
        tap.ok(False, str(error), "\n".join(window.texts() + window.said()))
    finally:
        tap.ok(window.close() == 0, "the window ends well when it is told to")
        desk.close()
    return tap.done()


raise SystemExit(main())
