#!/usr/bin/python3
"""Delivering without a window: what was queued elsewhere goes out, a window and a service on one library
send nothing twice, and the service ends when nothing is planned any more."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import display  # noqa: E402
from desk import BUILD, Desk, Site, Tap, page  # noqa: E402

REPRINT = os.path.join(BUILD, "src", "ui", "reprint")


def start(desk, *arguments):
    log = open(os.path.join(desk.folder, "background.log"), "w", encoding="utf-8")
    return subprocess.Popen([REPRINT, *arguments], env=desk.environment, stderr=log, stdout=log)


def queue(desk, headline):
    desk.run("import", desk.write("page.html", page(headline, headline.replace(" ", "-"))))
    article = desk.json("list")[0]["article"]
    desk.json("publish", article, "--to", "practice")
    return article


def states(desk):
    return sorted(row["state"] for row in desk.json("outbox"))


def check_alone(tap, desk, site):
    queue(desk, "Boats on the hour")
    service = start(desk, "--background")
    display.wait(lambda: states(desk) == ["delivered"], "the delivery")
    tap.ok(True, "what is queued is delivered without a window")
    tap.ok(display.xdo("search", "--onlyvisible", "--name", "^Reprint$") == "", "no window is shown")
    service.wait(timeout=display.PATIENCE)
    tap.ok(service.returncode == 0, "it ends when nothing is planned any more", service.returncode)


def check_together(tap, desk, site):
    """Two services and a sender from the command line, forty deliveries."""
    services = [start(desk, "--background"), start(desk, "--background")]
    for number in range(20):
        queue(desk, f"Boats at {number}")
    sender = subprocess.run([desk_ctl(), "outbox", "run", "--until-empty"], env=desk.environment,
                            capture_output=True, text=True, timeout=120)
    tap.ok(sender.returncode == 0, "the command line sends, too", sender.stderr)
    display.wait(lambda: states(desk) == ["delivered"] * 21, "all deliveries")
    posts = site.pushes()
    tap.ok(sorted(posts.values()) == [1] * 21, "each arrived once", posts)
    for service in services:
        service.wait(timeout=display.PATIENCE)
    tap.ok(all(service.returncode == 0 for service in services), "all end by themselves")


def desk_ctl():
    return os.path.join(BUILD, "src", "cli", "reprintctl")


class CountingSite(Site):
    """How often each item was pushed, by its headline: a request that is repeated counts twice."""

    def pushes(self):
        counts = {}
        for item in self.items():
            counts[item["headline"]] = counts.get(item["headline"], 0) + 1
        return counts


def main():
    display.enter()
    tap, desk, site = Tap(), Desk(), CountingSite()
    try:
        desk.add_ninjs_partner("practice", site)
        check_alone(tap, desk, site)
        check_together(tap, desk, site)
    finally:
        site.close()
        desk.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
