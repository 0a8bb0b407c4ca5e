#!/usr/bin/python3
"""A pasted address is enough: what real servers speak is found out, without a sign-in."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import servers  # noqa: E402
from desk import Desk, Site, Tap  # noqa: E402

EXPECTED = {"wordpress": ("wordpress", ["username", "password"]), "micropub": ("micropub", ["token"])}


def check(tap, desk, name, url, connector, needs):
    found = desk.json("partner", "discover", url.replace("http://", ""))
    tap.ok(found and found[0]["connector"] == connector, f"{name} is recognised", found)
    tap.ok(found and found[0]["needs"] == needs, "only what cannot be found out is asked for", found)


def main():
    tap, desk = Tap(), Desk()
    site = Site()
    try:
        check(tap, desk, "the practice partner", site.ready["url"], "micropub", ["token"])
        status, _, err = desk.run("partner", "discover", site.ready["feed"])
        tap.ok(status == 0 or "Nothing that Reprint speaks" in err, "a feed's address is no harm", err)
    finally:
        site.close()
    status, _, err = desk.run("partner", "discover", site.ready["url"])
    tap.ok(status == 1 and "could not be reached" in err, "an address where nobody is, is told", err)
    status, _, err = desk.run("partner", "discover", "not an address")
    tap.ok(status != 0 and "is not the address of a site" in err, "what is no address is told", err)
    status, _, err = desk.run("partner", "add", "Plain", "--connector", "micropub", "--set=url=http://herald.example/")
    tap.ok(status == 1 and "is not encrypted" in err, "an address without encryption needs a yes", err)
    status, _, err = desk.run("partner", "add", "Plain", "--connector", "micropub", "--set=url=http://herald.example/",
                              "--set=plain_http=allowed")
    tap.ok(status == 0, "which can be given", err)
    for name, (connector, needs) in EXPECTED.items():
        if servers.missing(name):
            tap.ok(True, f"{name} # SKIP needs {servers.missing(name)}")
            continue
        server = servers.start(name)
        try:
            check(tap, desk, name, server.url, connector, needs)
        finally:
            server.close()
    desk.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
