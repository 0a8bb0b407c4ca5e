#!/usr/bin/python3
"""What a partner has already cannot be read in the library: nothing is sent, since it might be sent a second time; once it
can be read again, the article arrives, once."""
import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Site, Tap, page  # noqa: E402

ERROR = "abs (-9223372036854775807 - 1)"  # an overflow, where a row is read


def break_table(library, name, wrong, rows):
    """Makes a table fail where that column is read."""
    library.execute(f"ALTER TABLE {name} RENAME TO good_{name}")
    columns = [row[1] for row in library.execute(f"PRAGMA table_info (good_{name})")]
    parts = ", ".join(f"{ERROR if column == wrong else rows.get(column, 'NULL')} AS {column}" for column in columns)
    library.execute(f"CREATE VIEW {name} AS SELECT {parts} FROM articles AS a, partners AS p")


def mend_table(library, name):
    library.execute(f"DROP VIEW {name}")
    library.execute(f"ALTER TABLE good_{name} RENAME TO {name}")


def main():
    tap, desk, site = Tap(), Desk(), Site()
    desk.add_ninjs_partner("herald", site)
    desk.run("import", desk.write("boats.html", page("Boats on the hour", "boats")))
    article = desk.json("list")[0]["article"]
    desk.run("publish", article, "--to", "herald")
    library = sqlite3.connect(desk.environment["REPRINT_LIBRARY"], isolation_level=None)
    break_table(library, "receipts", "state", {"article_id": "a.id", "partner_id": "p.id"})
    desk.run("outbox", "run", "--for", "1")
    row = desk.json("outbox")[0]
    tap.ok(len(site.items()) == 0 and row["state"] in ("waiting", "failed"), "nothing is sent that may be there already", row)
    tap.ok(bool(row["message"]), "and the outbox says why", row)
    mend_table(library, "receipts")
    desk.run("outbox", "retry", row["delivery"])
    desk.run("outbox", "run", "--until-empty")
    tap.ok(len(site.items()) == 1 and desk.json("outbox")[0]["state"] == "delivered", "when it can be read again it arrives, once")
    library.close()
    desk.close()
    site.close()
    return tap.done()


raise SystemExit(main())
