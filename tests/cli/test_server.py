#!/usr/bin/python3
"""A library moves to a server and back: the same rows, originals and finds; a copy that was killed goes on, and is no
library before; another desk's changes are there; and what a server must not be told."""
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
import desk as desks  # noqa: E402
from desk import Desk, Tap, make_database, page  # noqa: E402

KILLED = -9
OWN = ("schema_version", "copying", "blobs", "blob_parts", "presence")  # what each keeps in its own way
SEARCHES = ("", "harbour", "queue", "\"half past ten\"", "source:gazette", "state:inbox boat", "TIMETABL")


class FileDesk(Desk):
    """The other side of the copy is a file, whatever the tests run on."""

    def __init__(self):
        super().__init__()
        self.library = os.path.join(self.folder, "library.db")
        self.environment["REPRINT_LIBRARY"] = self.library


def fill(desk):
    for number in range(40):
        desk.run("import", desk.write(f"page{number}.html", page(f"Boat {number} «é»", f"story-{number}")))
    desk.run("licence", "add", desk.write("deal.json", '{"id": "deal", "name": "Quay deal", "permission": "yes"}'))
    desk.run("search", "save", "Sea", "harbour")


def tables(library):
    """The names of the tables and their columns that have to be on both sides."""
    if "://" in library:
        rows = desks.query(library, "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
    else:
        rows = desks.query(library, "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info (m.name) AS c"
                                    " WHERE m.type = 'table'")
    found = {}
    for table, column in rows:
        if table not in OWN and not table.startswith("articles_text") and not re.search(r"_(rest|\d{4}_\d{2})$", table):
            found.setdefault(table, set()).add(column)
    return found


def contents(library):
    return {table: sorted(desks.query(library, f"SELECT * FROM {table}"), key=repr) for table in tables(library)}


def copied(desk, source, target, **environment):
    status, out, err = desk.run("library", "copy", source, target, "--json", **environment)
    return status, out, err


def check_there_and_back(tap, desk):
    server, back = make_database(), os.path.join(desk.folder, "back.db")
    status, there, err = copied(desk, desk.library, server)
    tap.ok(status == 0 and '"count":40' in there.replace(" ", ""), "a library moves to a server", there + err)
    status, again, err = copied(desk, server, back)
    tap.ok(status == 0 and again == there, "and back, with the same counts and sums", again + err)
    tap.ok(tables(server) == tables(desk.library), "both sides have the same tables and columns",
           [tables(server), tables(desk.library)])
    names = {json.loads(line)["copied"] for line in there.splitlines()} - {"originals"}
    tap.ok(names == set(tables(desk.library)), "every table is copied", names ^ set(tables(desk.library)))
    tap.ok(contents(back) == contents(desk.library), "and every value of it")
    for words in SEARCHES:
        found = [desk.run("list", "--json", "--library", library, words) for library in (desk.library, server, back)]
        tap.ok(found[0][1] and found[0] == found[1] == found[2], f"“{words}” finds the same on both", found)
    article = desk.json("list")[0]["article"]
    shown = [desk.run("show", article, "--json", "--library", library)[1] for library in (desk.library, server, back)]
    tap.ok(shown[0] == shown[1] == shown[2], "an article is the same", shown)
    status, _, err = desk.run("import", desk.write("late.html", page("Late", "late")), "--library", server)
    tap.ok(status == 0 and len(desk.json("list", "--library", server)) == 41, "the moved library goes on", err)
    status, _, err = copied(desk, desk.library, server)
    tap.ok(status != 0 and "already" in err, "nothing is copied over a library", err)
    tap.ok(desk.run("library", "check", "--library", server)[0] == 0, "a library on a server is looked through")
    tap.ok(desk.run("library", "optimise", "--library", server)[0] == 0, "and compacted")
    desks.query(server, "UPDATE blob_parts SET bytes = 'x' WHERE sha256 = (SELECT min (sha256) FROM blobs)")
    status, _, err = desk.run("library", "check", "--library", server)
    tap.ok(status == 1 and "damaged" in err, "damage is found", err)


def check_broken_off(tap, desk):
    for target in (make_database(), os.path.join(desk.folder, "resumed.db")):
        status = copied(desk, desk.library, target, REPRINT_FAULT="3")[0]
        tap.ok(status == KILLED, "a copy is killed in the middle")
        status, _, err = desk.run("list", "--library", target)
        tap.ok(status == 1 and "unfinished" in err, "what is there is no library yet", err)
        status, out, err = copied(desk, desk.library, target)
        tap.ok(status == 0, "it goes on", out + err)
        tap.ok(desk.run("list", "--json", "--library", target) == desk.run("list", "--json"), "and is complete")


def check_two_desks(tap, desk):
    server = make_database()
    desk.run("import", desk.write("one.html", page("One", "one")), "--library", server)
    row = desk.json("list", "--library", server)[0]
    desk.run("set", row["article"], "headline=One and a half", "--library", server)
    with_it = desk.json("list", "half", "--library", server)
    tap.ok([found["article"] for found in with_it] == [row["article"]], "what another program wrote is there", with_it)


def check_words(tap, desk):
    status, out, err = desk.run("list", "--library", "postgresql://desk:hush@nowhere.example/library")
    tap.ok(status != 0 and "hush" not in out + err and ".pgpass" in err, "a password is not taken from an address", err)
    status, _, err = desk.run("list", "--library", "postgresql:///library?host=/nowhere/at/all")
    tap.ok(status == 1 and "No server answers" in err, "a server that is not there is said", err)
    server = make_database()
    desk.run("list", "--library", server)
    desks.query(server, "INSERT INTO schema_version VALUES (99)")
    status, _, err = desk.run("list", "--library", server)
    tap.ok(status == 1 and "newer version" in err, "a library of a newer program is left alone", err)


def main():
    tap = Tap()
    desk = FileDesk()
    try:
        fill(desk)
        for check in (check_there_and_back, check_broken_off, check_two_desks, check_words):
            check(tap, desk)
    finally:
        desk.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
