#!/usr/bin/python3
"""A reader, an editor, a publisher and a rights manager work on one library: each does what the role says, hears in
one sentence what it does not allow, and what was refused has left nothing behind."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
import desk as desks  # noqa: E402
from desk import Desk, Site, Tap, page  # noqa: E402

ROLES = ("reader", "editor", "publisher", "rights-manager")
NO = "not allowed"


def account(role):
    return f"{role.replace('-', '_')}_{os.getpid()}"


def library_as(desk, role):
    return desk.library.replace("user=desk", f"user={account(role)}")


def check_hand_out(tap, desk):
    for role in ROLES:
        desks.query(desk.library, f"CREATE ROLE {account(role)} LOGIN")
        status, out, err = desk.run("list", "--library", library_as(desk, role))
        tap.ok(status == 1 and NO in err, f"without a role nothing is read ({role})", out + err)
        status, _, err = desk.run("library", "role", account(role), role)
        tap.ok(status == 0 and err == "", f"{role} is handed out", err)
    members = {row["account"]: row["role"] for row in desk.json("library", "roles")}
    tap.ok(members == {account(role): role for role in ROLES}, "who has what is told", members)
    status, _, err = desk.run("library", "role", account("reader"), "boss")
    tap.ok(status == 2 and "rights-manager" in err, "a role that there is not", err)
    status, _, err = desk.run("library", "role", "stranger", "reader")
    tap.ok(status == 1 and "stranger" in err, "an account that there is not", err)
    status, _, err = desk.run("library", "role", account("editor"), "publisher", "--library", library_as(desk, "editor"))
    tap.ok(status == 1 and NO in err, "nobody raises himself", err)


def check_work(tap, desk):
    """Who may do each thing; the publisher's and the rights manager's are tried by the others first."""
    deal = desk.write("deal.json", json.dumps({"id": "deal", "name": "Quay deal", "permission": "yes"}))
    story = desk.write("story.html", page("Boats at noon", "boats"))
    other = desk.write("other.html", page("Boats at eight", "eight"))
    steps = (
        ("list", ("list",), ROLES),
        ("import", ("import", story), ROLES[1:]),
        ("edit", ("set", "STORY", "headline=Boats at one"), ROLES[1:]),
        ("save a search", ("search", "save", "Sea", "harbour"), ROLES[1:]),
        ("add a licence", ("licence", "add", deal), ("rights-manager",)),
        ("publish", ("publish", "STORY", "--to", "quay", "--wait"), ("publisher",)),
        ("take down", ("withdraw", "STORY", "--from", "quay", "--wait"), ("publisher",)),
        ("remove a partner", ("partner", "remove", "quay"), ("publisher",)),
    )
    for name, line, allowed in steps:
        for role in sorted(ROLES, key=lambda role: role in allowed):
            words = [desk.json("list")[0]["article"] if word == "STORY" else word for word in line]
            if name == "import" and role != "editor":
                words[1] = other if role == "reader" else story
            status, out, err = desk.run(*words, "--library", library_as(desk, role))
            if role in allowed:
                tap.ok(status == 0, f"{role}: {name}", out + err)
            else:
                tap.ok(status == 1 and NO in err and "Traceback" not in err, f"{role}: {name} is refused",
                       f"{status}\n{out}{err}")


def main():
    tap, desk, site = Tap(), Desk(), Site()
    assert desk.run("list")[0] == 0
    desk.add_ninjs_partner("quay", site)
    check_hand_out(tap, desk)
    check_work(tap, desk)
    site.close()
    desk.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
