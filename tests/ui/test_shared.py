#!/usr/bin/python3
"""Two people at one desk, each at a window of their own: they see each other, what one changes the other has within a
second, two changes of one article join or wait for a choice, and the server goes away while somebody types."""
import contextlib
import glob
import os
import signal
import sys
import time

import display

display.enter()
sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
import postgres  # noqa: E402
from desk import Desk, Tap, page, skip_all  # noqa: E402

TOOLBAR_TO_HEADLINE = 79
# What the outbox says of it is no complaint of the toolkit.
AWAY = ("does not answer", "broke off", "No server answers")


class Person:
    """Somebody with a window."""

    def __init__(self, server_desk, name):
        self.name = name
        self.desk = Desk()
        self.desk.library = self.desk.environment["REPRINT_LIBRARY"] = server_desk.library
        settings = os.path.join(self.desk.folder, "glib-2.0", "settings")
        os.makedirs(settings)
        with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as handle:
            handle.write(f"[app/reprint/Reprint]\nperson='{name}'\n")
        self.desk.environment.update(GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=self.desk.folder,
                                     XDG_DATA_HOME=os.path.join(self.desk.folder, "data"))

    def take(self, window):
        self.window = window
        found = display.wait(lambda: display.xdo("search", "--all", "--onlyvisible", "--pid", window.process.pid, "--name", "^Reprint$"),
                             f"the window of {self.name}")
        self.id = found.splitlines()[-1]
        display.xdo("windowsize", "--sync", self.id, 1440, 900)
        self.front()
        return self

    def front(self):
        display.xdo("windowactivate", "--sync", self.id, "windowmove", self.id, 0, 0)

    def sees(self, words, patience=10):
        return display.wait(lambda: words in self.window.texts(), f"“{words}” at {self.name}'s", patience)

    def lacks(self, words, patience=15):
        return display.wait(lambda: words not in self.window.texts(), f"no “{words}” at {self.name}'s", patience)

    def sees_start(self, words, patience=10):
        return display.wait(lambda: next((text for text in self.window.texts() if text.startswith(words)), None),
                            f"“{words}…” at {self.name}'s", patience)

    def type_headline(self, words):
        """At its end, if it stands on one line. The page takes the click when it comes to it."""
        self.front()

        def typing():
            button = self.window.find("Insert") or self.window.find("Bold")
            _, y, _, height = button.box()
            display.xdo("mousemove", 800, y + height // 2 + TOOLBAR_TO_HEADLINE, "click", 1, "key", "End")
            return self.window.find("Undo") is not None
        display.wait(typing, "the caret in the headline")
        display.xdo("type", "--delay", 5, words)

    def journal(self):
        """What is typed and not in the library yet."""
        found = ""
        for path in glob.glob(os.path.join(self.desk.folder, "data", "reprint", "typing", "*", "*.typed")):
            with contextlib.suppress(OSError):
                with open(path, encoding="utf-8") as handle:
                    found += handle.read()
        return found


def headline(desk, article):
    return desk.json("show", article)[0]["headline"]


def check_company(tap, maria, ben):
    maria.front()
    maria.window.choose("Boats on the hour")
    tap.ok(ben.sees("Maria Lopez has this open."), "the list shows who has an article open")
    ben.front()
    ben.window.choose("Boats on the hour")
    tap.ok(ben.sees("Maria Lopez has this open, too.") and maria.sees("Ben Reed has this open, too."),
           "and so does the article, to both")


def check_lease(tap, desk, article, maria, ben):
    maria.type_headline(" today")
    ben.front()
    tap.ok(ben.sees_start("Maria Lopez has been editing this since"), "who types has the article")
    ben.sees("Maria Lopez is editing this.")
    display.wait(lambda: headline(desk, article) == "Boats on the hour today", "the headline in the library")
    tap.ok(ben.sees("Boats on the hour today"), "what she types is at the other's without being asked for")
    ben.window.press("Take Over")
    tap.ok(maria.sees_start("Ben Reed took over at"), "who loses the article is told by whom")
    ben.lacks("Take Over")


def check_seen_at_once(tap, desk, article, maria, ben):
    """From the end of the change to the row in both lists."""
    desk.run("set", article, "headline=Boats hourly")
    since = time.monotonic()
    for person in (maria, ben):
        person.sees("Boats hourly", 3)
    seen = time.monotonic()
    for person in (maria, ben):
        person.window.texts()
    looking = time.monotonic() - seen  # one look may begin just before it is there
    tap.ok(seen - since - 2 * looking < 1, "both windows show a change within a second", f"{seen - since:.2f} s, {looking:.2f} to look")


def check_join(tap, desk, article, maria, ben):
    ben.type_headline(" now")
    desk.run("set", article, "subheadline=All day long")
    maria.front()  # who turns to another window saves at once
    display.wait(lambda: headline(desk, article) == "Boats hourly now", "the headline in the library")
    shown = desk.json("show", article)[0]
    tap.ok(shown.get("subheadline") == "All day long", "changes of two fields join", shown)


def check_clash(tap, desk, article, maria, ben):
    ben.type_headline(" then")
    desk.run("set", article, "headline=Boats when they like")
    maria.front()
    ben.front()
    ben.window.press("Compare…")
    ben.window.wait_for("You Both Changed")
    tap.ok(headline(desk, article) == "Boats when they like" and "then" in ben.journal(),
           "the same field waits for a choice: nothing is overwritten, nothing is lost")
    ben.window.press("Save")
    display.wait(lambda: headline(desk, article) == "Boats hourly now then", "the headline that was chosen")
    kept = desk.query(f"SELECT document FROM revisions WHERE article_id = '{article}'")
    tap.ok(any("Boats when they like" in row[0] for row in kept), "the one that was not chosen is in the history")
    ben.lacks("Compare…")


def check_away(tap, desk, article, server, ben):
    words = ("The server with the library does not answer. What you type is kept on this computer, and saved when the server is"
             " back.")
    server.stop()
    ben.sees(words)
    ben.sees("The server with the library does not answer: this list may not be up to date.")
    ben.type_headline(" again")
    display.wait(lambda: "then again" in ben.journal(), "what is typed on this computer")
    tap.ok(True, "a server that goes is told at once, and what is typed is kept")
    server.start()
    display.wait(lambda: headline(desk, article).endswith("then again"), "the headline in the library")
    ben.lacks(words)
    tap.ok(display.wait(lambda: not ben.journal(), "an empty journal"), "the window goes on by itself when the server is back")


def check_asleep(tap, desk, article, maria, ben):
    """His computer sleeps while he has the article and something unsaved; she does not wait for him."""
    desk.run("set", article, "headline=Boats")
    ben.sees("Boats")
    ben.type_headline(" soon")
    display.wait(lambda: headline(desk, article) == "Boats soon", "his headline in the library")
    maria.sees_start("Ben Reed took over at")
    display.xdo("type", "--delay", 5, "er")
    display.wait(lambda: "sooner" in ben.journal(), "what he typed on his computer")
    ben.window.process.send_signal(signal.SIGSTOP)
    maria.front()
    maria.window.press("Take Over")
    maria.lacks("Take Over")
    maria.type_headline(" late")
    display.wait(lambda: headline(desk, article) == "Boats soon late", "her headline in the library")
    ben.window.process.send_signal(signal.SIGCONT)
    ben.front()
    ben.sees("Compare…")
    tap.ok(headline(desk, article) == "Boats soon late" and "sooner" in ben.journal(),
           "who slept overwrites nothing, and what he typed is kept")


def main():
    if postgres.missing():
        skip_all("PostgreSQL is not installed")
    tap, server, desk = Tap(), postgres.Server(), Desk()
    desk.library = desk.environment["REPRINT_LIBRARY"] = server.make_database()
    desk.run("import", desk.write("page.html", page("Boats on the hour", "boats")))
    article = desk.json("list")[0]["article"]
    maria, ben = Person(desk, "Maria Lopez"), Person(desk, "Ben Reed")
    with display.watched(tap, maria.desk, quiet=False) as hers, display.watched(tap, ben.desk, quiet=False) as his:
        maria.take(hers)
        ben.take(his)
        check_company(tap, maria, ben)
        check_lease(tap, desk, article, maria, ben)
        check_seen_at_once(tap, desk, article, maria, ben)
        check_join(tap, desk, article, maria, ben)
        check_clash(tap, desk, article, maria, ben)
        check_away(tap, desk, article, server, ben)
        check_asleep(tap, desk, article, maria, ben)
        said = [line for window in (hers, his) for line in window.said() if not any(words in line for words in AWAY)]
        tap.ok(not said, "the toolkit had nothing to complain about", "\n".join(said))
    server.close()
    return tap.done()


raise SystemExit(main())
