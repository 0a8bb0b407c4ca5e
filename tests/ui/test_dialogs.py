#!/usr/bin/python3
"""The dialogs: a partner is added and tested with its secret in a real keyring, the book of licences is
read and changed, and a delivery that failed is tried again from the outbox."""
import os
import shutil
import subprocess

import display

display.enter()
from desk import Desk, Site, Tap, page, skip_all  # noqa: E402


def start_keyring(desk):
    """A Secret Service of its own, unlocked with an empty password."""
    desk.environment["XDG_DATA_HOME"] = os.path.join(desk.folder, "share")
    daemon = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                              env=desk.environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    daemon.stdin.write(b"\n")
    daemon.stdin.close()
    return daemon


def check_partner(tap, window, desk, site):
    """The site's address is enough to know what it speaks; only the token is asked for."""
    window.choose("Add Partner…")
    display.wait(lambda: any(one.name == "Add Partner" and one.is_("active") for one in window.program.windows()), "the dialog")
    display.xdo("type", site.ready["url"].replace("http://", ""))
    display.xdo("key", "Return")
    window.wait_for("Micropub Was Found")
    tap.ok(True, "a pasted address says what the site speaks")
    window.write("Name", "Harbour Herald")
    window.write("Access Token", site.ready["token"])
    window.press("Test")
    window.wait_for("The Connection Works")
    tap.ok(True, "a partner answers before it is saved")
    window.press("Save")
    display.wait(lambda: desk.json("partner", "list"), "the partner in the library")
    partner = desk.json("partner", "list")[0]
    tap.ok(partner["name"] == "Harbour Herald" and partner["connector"] == "micropub", "it is saved as it was found", partner)
    tap.ok(site.ready["token"] not in str(partner), "its secret is not in the library", partner)
    window.wait_for("Harbour Herald")


def check_book(tap, window, desk):
    window.choose("Licences")
    window.wait_for("You may")
    tap.ok(window.find("You must") is not None, "the book says in words what a licence demands")
    window.press("Close")


def check_retry(tap, window, desk, site):
    """The partner is gone, comes back, and a person does not want to wait."""
    path = desk.write("ferry.html", page("Ferries run on the hour"))
    status, _, err = desk.run("import", path)
    assert status == 0, err
    window.wait_for("Ferries run on the hour")
    article = desk.json("list")[0]["article"]
    site.process.terminate()
    site.process.wait()
    desk.json("publish", article, "--to", "harbour-herald")
    window.choose("Outbox")
    window.wait_for("Try Now")
    tap.ok(window.find("What Was Sent") is not None, "the outbox offers to try again, and shows what was sent")
    site.restart()
    window.press("Try Now")
    display.wait(lambda: desk.json("outbox")[-1]["state"] == "delivered", "the delivery")
    tap.ok(len(site.items()) == 1, "it arrived once", site.items())


class LastingSite(Site):
    """A partner that can go away and come back at the same address."""

    def restart(self):
        port = self.ready["url"].rstrip("/").rsplit(":", 1)[1]
        self.process = subprocess.Popen(
            [self.process.args[0], "--directory", self.folder, "--port", port, "--token", self.ready["token"]],
            stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()


def main():
    if shutil.which("gnome-keyring-daemon") is None:
        skip_all("not here: gnome-keyring-daemon")
    tap, site, desk = Tap(), LastingSite(), Desk()
    daemon = start_keyring(desk)
    with display.watched(tap, desk) as window:
        check_partner(tap, window, desk, site)
        check_book(tap, window, desk)
        check_retry(tap, window, desk, site)
    daemon.terminate()
    site.close()
    desk.close()
    return tap.done()


raise SystemExit(main())
