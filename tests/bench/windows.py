#!/usr/bin/python3
"""20 real windows on one shared desk: after each change of a headline, how long until every window shows it, as a screen
reader sees it; and what the windows ask the server for while nothing happens."""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "ui"))
import display  # noqa: E402

display.enter()
import desk as desks  # noqa: E402
import postgres  # noqa: E402
from desk import Desk, page  # noqa: E402

WINDOWS, CHANGES, CALM, REST = 20, 20, 45, 10  # the last two in seconds


def find_label(window, words):
    return display.wait(lambda: window.find(words, "label"), f"“{words}” in a window", 120)


def read_name(window, label):
    return window.program.call(label.path, "org.freedesktop.DBus.Properties", "Get",
                               display.GLib.Variant("(ss)", ("org.a11y.atspi.Accessible", "Name")))[0]


def count_questions(server, database):
    return int(server.sql(f"SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '{database}'"))


def main():
    server, writer = postgres.Server(max_connections="200"), Desk()
    library = writer.environment["REPRINT_LIBRARY"] = server.make_database()
    database = library.split("?")[0].rsplit("/", 1)[1]
    assert writer.run("import", writer.write("story.html", page("Boats 0", "boats")))[0] == 0
    article = json.loads(writer.run("list", "--json")[1])["article"]
    all_windows = [(window, find_label(window, "Boats 0"))
                   for window in (display.Window(Desk(), "--library", library) for _ in range(WINDOWS))]
    slowest = []
    for change in range(1, CHANGES + 1):
        words = f"Boats {change}"
        start = time.monotonic()
        assert writer.run("set", article, f"headline={words}")[0] == 0
        left = list(all_windows)
        while left:
            left = [(window, label) for window, label in left if read_name(window, label) != words]
        slowest.append(time.monotonic() - start)
    time.sleep(CALM)  # until what the changes have set in motion has come to rest
    before = count_questions(server, database)
    time.sleep(REST)
    asked = count_questions(server, database) - before
    slowest.sort()
    print(f"{len(all_windows)} windows show a change of one: median {1000 * slowest[len(slowest) // 2]:.0f} ms,"
          f" slowest {1000 * slowest[-1]:.0f} ms from the command on; asked of the server in {REST} s of rest: {asked}")
    for window, _ in all_windows:
        window.process.terminate()
    for window, _ in all_windows:
        window.process.wait(60)
    server.close()


if __name__ == "__main__":
    main()
