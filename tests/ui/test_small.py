#!/usr/bin/python3
"""A narrow window, and letters half as large again: what has to be at hand stands in the window, and the toolkit is content."""
import contextlib

import display

display.enter()
from desk import Desk, Tap  # noqa: E402

ARTICLE = "Tide mills: a thousand years of power from the moon"
TABS = ("Edit", "Preview", "Compare", "History")
ALWAYS = (*TABS, "Publish", "Minimize", "Close")
NARROW = (*ALWAYS, "Back to the List")
LARGE = (*ALWAYS, "Import", "Main Menu", "Inbox", "Trash", "Outbox", "Sources", "Licences", "Change…", "Show Inspector")


def resize(width, height):
    """Asked for again while columns that are on their way out still take their place."""
    window = display.xdo("search", "--onlyvisible", "--name", "^Reprint$").splitlines()[0]

    def reached():
        display.xdo("windowsize", window, width, height)
        return f"WIDTH={width}\nHEIGHT={height}" in display.xdo("getwindowgeometry", "--shell", window)

    display.wait(reached, f"a window of {width} by {height}")


def shrink(width):
    """As a hand pulls: columns go one after the other."""
    for step in (1000, 800, 600, width):
        resize(step, 720)


def is_within(node, top):
    box = node.box()
    _, _, width, height = top.box() or (0, 0, 0, 0)
    return box is not None and min(box[:2]) >= 0 and box[0] + box[2] <= width and box[1] + box[3] <= height


def find_outside(window, names):
    """Of what has to be at hand, what does not stand in the main window. Columns and pages that are away have the places where
    they stood last; so it is enough that one of the name is there."""
    top = next(one for one in window.program.windows() if one.name == "Reprint")
    within = {node.name for node in top.walk() if node.name in names and is_within(node, top)}
    return sorted(set(names) - within)


def check(tap, window, what, names):
    """Columns and pages that slide are given the time to come to rest."""
    found = []

    def fits():
        found[:] = find_outside(window, names)
        return not found

    with contextlib.suppress(TimeoutError):
        display.wait(fits, "the end of the movement", 10)
    tap.ok(not found, f"{what}: everything is within reach", "\n".join(found))


def check_dialog(tap, window, title, what):
    """Whatever it shows, sideways; the rest is reached by turning the wheel."""
    top = display.wait(lambda: next((one for one in window.program.windows() if one.name == title and one.box()), None), title)
    _, _, width, _ = top.box()
    boxes = {node.name: node.box() for node in top.walk() if node.name and node.role in ("label", "switch", *display.BUTTONS)}
    outside = {name: box for name, box in boxes.items() if box and (box[0] < 0 or box[0] + box[2] > width)}
    tap.ok(len(boxes) > 5 and not outside, f"{what}: nothing sticks out", (width, outside or boxes))


def is_chosen(window, name):
    return any(node.name == name and node.role == "page tab" and node.is_("selected") for node in window.walk())


def check_pages(tap, window, what, names):
    for keys, name in (("alt+2", "Preview"), ("alt+3", "Compare"), ("alt+4", "History"), ("alt+1", "Edit")):
        display.xdo("key", keys)
        display.wait(lambda: is_chosen(window, name), name)
        check(tap, window, f"{what}, {name}", names)


def check_narrow(tap):
    """From an empty desk on: its list is not there yet when the columns go."""
    desk = Desk()
    with display.watched(tap, desk) as window:
        window.wait_for("Drop an article here")
        shrink(400)
        check(tap, window, "narrow, first run", ("Import", "Main Menu", "Inbox", "Add Partner…", "Outbox"))
        window.press("Try the Sample")
        window.wait_for("Publish")
        check_pages(tap, window, "narrow", NARROW)
        x, y, width, height = next(node.box() for node in window.walk() if node.name == "Back to the List" and node.box())
        display.xdo("mousemove", x + width // 2, y + height // 2, "click", 1)
        window.choose(ARTICLE)
        check(tap, window, "narrow, from the list", NARROW)
        for width in (600, 1440, 600, 400):
            resize(width, 720)
        check(tap, window, "narrow again", NARROW)
    desk.close()


def check_large(tap):
    desk = Desk()
    desk.environment["XENVIRONMENT"] = desk.write("letters", "Xft.dpi: 144\n")
    with display.watched(tap, desk, "--sample") as window:
        window.wait_for(ARTICLE)
        resize(1440, 860)
        window.choose(ARTICLE)
        check_pages(tap, window, "large letters", LARGE)
        resize(1000, 720)
        check(tap, window, "large letters, less room", ALWAYS)
        display.xdo("key", "ctrl+comma")
        window.wait_for("Notifications")
        check_dialog(tap, window, "Preferences", "large letters, preferences")
    desk.close()


def main():
    tap = Tap()
    check_narrow(tap)
    check_large(tap)
    return tap.done()


raise SystemExit(main())
