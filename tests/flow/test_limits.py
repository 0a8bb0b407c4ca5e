#!/usr/bin/python3
"""What a partner's system does not take is said before anything is sent."""
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Tap, page  # noqa: E402


def main():
    tap, desk = Tap(), Desk()
    for name, connector in (("strict", "ghost"), ("easy", "ninjs-push")):
        assert desk.run("partner", "add", name, "--connector", connector, "--set=url=https://herald.example/",
                        "--set=channels=web", "--set=commercial=false")[0] == 0
    desk.run("import", desk.write("page.html", page("Boats on the hour " * 20, "boats")))
    article = desk.json("list")[0]["article"]
    found = {row["partner"]: row["findings"] for row in desk.json("check", article)}
    tap.ok([row["rule"] for row in found["strict"]] == ["W901"] and "255" in found["strict"][0]["message"],
           "a headline that is too long there is told", found)
    tap.ok(found["easy"] == [], "a partner without that limit has nothing to say", found)
    desk.run("set", article, "headline=Boats on the hour")
    found = {row["partner"]: row["findings"] for row in desk.json("check", article)}
    tap.ok(found["strict"] == [], "a shorter one is fine", found)
    desk.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
