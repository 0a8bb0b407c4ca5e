#!/usr/bin/python3
"""The window shows a reader and an editor what they may do on a shared desk, and nothing else. (All other tests are
of one who may do everything.)"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import display  # noqa: E402

display.enter()
import desk as desks  # noqa: E402
from desk import Desk, Site, Tap, page  # noqa: E402

# What is on the screen for whom.
PUBLISH, ADD_PARTNER, IMPORT, CHANGE = "Publish", "Add Partner…", "Import", "Change…"
READ_ONLY = "You can read this desk. Whoever looks after it can let you change it."
SHOWN = {
    "reader": (READ_ONLY,),
    "editor": (IMPORT, CHANGE),
}


def is_shown(window, name):
    return any(node.box() for node in window.walk() if node.name == name)


def look(tap, desk, role):
    with display.watched(tap, desk) as window:
        window.wait_for("Boats at noon")
        window.choose("Boats at noon")
        window.wait_for("Credit Line")
        for name in (IMPORT, CHANGE, ADD_PARTNER, PUBLISH, READ_ONLY):
            tap.ok(is_shown(window, name) == (name in SHOWN[role]), f"{role}: “{name}”", "\n".join(window.texts()[:40]))
        language = window.find("Language", "list item")
        tap.ok(language.is_("sensitive") == (role != "reader"), f"{role}: the language of the article")


def main():
    tap, desk, site = Tap(), Desk(), Site()
    desk.add_ninjs_partner("quay", site)
    assert desk.run("import", desk.write("story.html", page("Boats at noon", "boats")))[0] == 0
    owner = desk.library
    for role in SHOWN:
        account = f"{role.replace('-', '_')}_{os.getpid()}"
        desks.query(owner, f"CREATE ROLE {account} LOGIN")
        assert desk.run("library", "role", account, role, "--library", owner)[0] == 0
        desk.environment["REPRINT_LIBRARY"] = owner.replace("user=desk", f"user={account}")
        look(tap, desk, role)
    desk.environment["REPRINT_LIBRARY"] = owner
    site.close()
    desk.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
