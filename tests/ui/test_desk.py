#!/usr/bin/python3
"""Choosing the desk: the first run leads to a shared one by its address, the window opens again with it and stays with it,
and when its server is not there the next start says so in a sentence and tries again."""
import os
import sys

import display

display.enter()
sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
import postgres  # noqa: E402
from desk import Desk, Tap, page, skip_all  # noqa: E402


def reads(window, words):
    return display.wait(lambda: words in window.texts(), f"“{words}”")


def check_test(tap, window, desk):
    """What the test says of one address after the other."""
    version = desk.query("SELECT max (version) FROM schema_version")[0][0]
    for address, says in (
            ("library.example", "An address looks like postgresql://name@server.example/library; whoever runs the server knows it."),
            (desk.library.replace("library_", "nothing_"),
             "There is no such library on the server; check the end of the address, or ask whoever runs the server"),
            (desk.library, f"It can be reached: a Reprint library of version {version} with 1 article.")):
        window.write("Address", address)
        window.press("Test")
        tap.ok(reads(window, says), f"the test says what is there: {says[:40]}")


def main():
    if postgres.missing():
        skip_all("PostgreSQL is not installed")
    tap, server, desk, own = Tap(), postgres.Server(), Desk(), Desk()
    desk.library = desk.environment["REPRINT_LIBRARY"] = server.make_database()
    desk.run("import", desk.write("page.html", page("Boats on the hour", "boats")))
    del own.environment["REPRINT_LIBRARY"]
    own.environment.update(GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=own.folder,
                           XDG_DATA_HOME=os.path.join(own.folder, "data"), XDG_CACHE_HOME=os.path.join(own.folder, "cache"))
    with display.watched(tap, own) as window:
        window.press("Use a Shared Desk…")
        check_test(tap, window, desk)
        window.press("Use This Library")
        tap.ok(reads(window, "Boats on the hour"), "the window opens again with the shared desk")
    server.stop()
    with display.watched(tap, own) as window:
        tap.ok(reads(window, "No server answers at this address; check it, or ask whoever runs the server"),
               "the next start takes the same desk, and says that it is not there")
        server.start()
        window.press("Try Again")
        tap.ok(reads(window, "Boats on the hour"), "and opens it when it is")
        display.xdo("key", "ctrl+comma")
        display.wait(lambda: any(node.act() for top in window.program.windows() if top.name == "Preferences"
                                 for node in top.walk() if node.name == "Change…" and node.is_("sensitive")), "the way to another")
        tap.ok(window.wait_for("Use This Library"), "Preferences lead to another one, too")
    server.close()
    return tap.done()


raise SystemExit(main())
