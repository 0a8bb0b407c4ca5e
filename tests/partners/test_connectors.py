#!/usr/bin/python3
"""The life of an article at a real server: test, first delivery, update, withdrawal, a wrong password, and being
killed at points all along the way. The argument names the connector."""
import os
import base64
import glob
import hashlib
import html
import json
import re
import subprocess
import sys
import urllib.parse
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import servers  # noqa: E402
from desk import CTL, Desk, Tap, fetch, page, skip_all  # noqa: E402

PLANTED = "pla<n>&t%ed+7f3a9/\u00e9"  # has to be escaped wherever it could stand
STRIDE = 5  # of the points at which it is killed


class Ghost:
    server, secret, updates, drafts, wrong = "ghost", "KEY", True, True, "6b029d150f98d72b85eb691e:" + "00" * 32

    def settings(self, site):
        return {"url": site.url}, site.admin_key

    def count(self, site, title):
        posts = site.ask("GET", "posts/?limit=100&fields=id,title").json()["posts"]
        return sum(post["title"] == title for post in posts)


class Micropub:
    server, secret, updates, drafts, wrong = "micropub", "TOKEN", True, False, "bad"  # drafts go live there

    def settings(self, site):
        return {"url": site.url}, site.tokens["planted"]

    def count(self, site, title):
        items = site.ask("GET", "/micropub?q=source&limit=500").json()["items"]
        return len({item["properties"]["url"][0] for item in items if item["properties"].get("name") == [title]})


class AtomPub:
    server, secret, updates, drafts, wrong = "atompub", "PASSWORD", False, False, None

    def settings(self, site):
        site.post("<entry xmlns='http://www.w3.org/2005/Atom'><id>urn:x</id><title>First</title>"
                  "<updated>2026-03-01T08:00:00Z</updated><content>x</content></entry>")  # makes the collection
        return {"url": site.collection, "username": "editor"}, PLANTED

    def count(self, site, title):
        return fetch(site.collection)[1].count(f"<title>{title}</title>")


class MetaWeblog:
    server, secret, updates, drafts, wrong = "wordpress_npm", "PASSWORD", True, True, "wrong"

    def settings(self, site):
        site.query("update wp_users set user_pass='" + hashlib.md5(PLANTED.encode()).hexdigest() +
                   "' where user_login='editor'")
        return {"url": site.url, "username": "editor"}, PLANTED

    def count(self, site, title):
        rows = site.query(f"select ID from wp_posts where post_title='{title}' and post_type='post' and "
                          "post_status='publish'")
        return len(rows)


CONNECTORS = {"ghost": Ghost, "micropub": Micropub, "atompub": AtomPub, "metaweblog": MetaWeblog}


class Recorder(Desk):
    """Keeps what was printed, and sees whose command line a secret stands in."""

    def __init__(self, secret):
        super().__init__()
        self.printed, self.seen, self.forms = "", set(), secret_forms(secret)

    def run(self, *arguments, **options):
        done = super().run(*arguments, **options)
        self.printed += "".join(done[1:])
        return done

    def watch(self, *arguments):
        """Runs it, and reads all command lines meanwhile."""
        with subprocess.Popen([CTL, *arguments], env=self.environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT) as process:
            while process.poll() is None:
                for path in glob.glob("/proc/[0-9]*/cmdline"):
                    self.seen |= {f"{form} in {path}" for form in self.forms if form in read(path)}
            self.printed += process.stdout.read()
            return process.returncode


def read(path):
    try:
        with open(path, "rb") as handle:
            return handle.read()
    except OSError:
        return b""


def secret_forms(secret):
    """As it could stand somewhere: as it is, in an address, XML, JSON, base64, and signing in with it; and the
    second half, where it has two."""
    plain = [secret, *(secret.split(":")[1:])]
    forms = {form for text in plain if text for form in (
        text, urllib.parse.quote(text, safe=""), urllib.parse.quote(text), urllib.parse.quote_plus(text),
        html.escape(text), html.escape(text, quote=False), json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1], text.replace("/", "\\/"),
        base64.b64encode(text.encode()).decode(), base64.b64encode(f"editor:{text}".encode()).decode())}
    return [form.encode() for form in forms]


class Case:
    def __init__(self, name):
        self.name, self.kind = name, CONNECTORS[name]()
        self.site = servers.start(self.kind.server)

    def desk(self):
        settings, secret = self.kind.settings(self.site)
        desk = Recorder(secret)
        desk.environment[f"REPRINT_SECRET_DAILY_{self.kind.secret}"] = secret
        status, _, err = desk.run("partner", "add", "daily", "--connector", self.name, "--set=channels=web",
                                  "--set=commercial=false", *(f"--set={key}={value}"
                                                              for key, value in settings.items()))
        assert status == 0, err
        return desk

    def count(self, title):
        return self.kind.count(self.site, title)


def import_page(desk, headline, picture=True):
    text = page(headline, headline.lower().replace(" ", "-"))
    if not picture:
        text = re.sub(r"<figure>.*?</figure>", "", text, flags=re.S)
    desk.run("import", desk.write("page.html", text))
    return desk.json("list")[0]["article"]


def check_page(tap, case, url, pictures):
    status, text = fetch(url)
    tap.ok(status == 200, "the page is public", url)
    tap.ok("Gull Holm Gazette" in text and "Runa Teal" in text, "credit line with source and author", text[-3000:])
    tap.ok("https://gazette.example/" in text, "a link back to the original")
    tap.ok("creativecommons.org/licenses/by/4.0" in text, "the licence's address")
    if case.name == "ghost":
        tap.ok('<link rel="canonical" href="https://gazette.example/' in text, "canonical is the original")
        tap.ok('<link rel="license" href="https://creativecommons' in text, "the licence for machines")
    if pictures:
        tap.ok('alt="A grey square"' in text, "the picture with its alternative text")
        tap.ok("Joris Halm" in text, "and its credit")


def check_life(tap, case):
    desk = case.desk()
    pictures = case.name != "atompub"
    status, out, err = desk.run("partner", "test", "daily")
    tap.ok(status == 0, "the connection test", out + err)
    article = import_page(desk, "Boats on the hour", pictures)
    status, out, err = desk.run("publish", article, "--to", "daily", "--wait")
    tap.ok(status == 0, "published", out + err)
    receipt = desk.json("show", article)[0]["receipts"][0]
    if case.name == "atompub":
        tap.ok(case.count("Boats on the hour") == 1, "it is in the feed once")
    else:
        check_page(tap, case, receipt["public_url"], pictures)
    status, out, err = desk.run("verify", article)
    tap.ok(status == 0, "and it is read back", out + err)
    if case.kind.updates:
        check_changes(tap, case, desk, article)
    else:
        status, out, err = desk.run("withdraw", article, "--wait")
        tap.ok(status != 0, "that it cannot be taken down is said", out + err)
    check_secrets(tap, desk, pictures)
    desk.close()


def check_secrets(tap, desk, pictures):
    """After all that; and in a proof, the transcripts, and the command line of whoever runs meanwhile."""
    article = import_page(desk, "Nothing to be found", pictures)
    tap.ok(desk.watch("publish", article, "--to", "daily", "--wait") == 0, "published once more", desk.printed[-500:])
    for row in desk.json("outbox"):
        tap.ok(desk.run("outbox", "show", row["delivery"])[0] == 0, "a transcript")
    proof = os.path.join(desk.folder, "proof.zip")
    tap.ok(desk.run("proof", article, "--output", proof)[0] == 0, "a proof")
    with zipfile.ZipFile(proof) as file:
        file.extractall(os.path.join(desk.folder, "unpacked"))
    found = set(desk.seen) | {f"{form} was printed" for form in desk.forms if form in desk.printed.encode()}
    for folder, _, names in os.walk(desk.folder):
        for name in names:
            data = read(os.path.join(folder, name))
            found |= {f"{form} in {name}" for form in desk.forms if form in data}
    tap.ok(not found, "the password is neither in the library, its blobs, transcripts, a proof, the output nor in a "
           "command line", sorted(found))


def check_changes(tap, case, desk, article):
    desk.run("set", article, "headline=Boats on the half hour", "summary=A new timetable.")
    status, out, err = desk.run("publish", article, "--to", "daily", "--wait")
    tap.ok(status == 0, "updated", out + err)
    tap.ok(case.count("Boats on the half hour") == 1 and case.count("Boats on the hour") == 0,
           "the same article was changed")
    url = desk.json("show", article)[0]["receipts"][0]["public_url"]
    tap.ok("half hour" in fetch(url)[1], "and its page")
    status, out, err = desk.run("withdraw", article, "--wait")
    tap.ok(status == 0, "withdrawn", out + err)
    tap.ok(fetch(url)[0] == 404, "the page is gone", url)


def check_draft(tap, case):
    desk = case.desk()
    article = import_page(desk, "Only a draft", case.name != "atompub")
    status, out, err = desk.run("publish", article, "--to", "daily", "--status", "draft", "--wait")
    tap.ok(status == 0, "sent as a draft", out + err)
    url = desk.json("show", article)[0]["receipts"][0]["public_url"]
    if case.name == "ghost":
        tap.ok("/p/" in url, "whose address is that of a preview", url)
    else:
        tap.ok(fetch(url)[0] == 404, "which nobody sees", url)
    desk.close()


def check_refusal(tap, case):
    desk = case.desk()
    article = import_page(desk, "Never to be seen")
    status, out, _ = desk.run("publish", article, "--to", "daily", "--wait",
                              **{f"REPRINT_SECRET_DAILY_{case.kind.secret}": case.kind.wrong})
    tap.ok(status == 75, "a wrong password parks the delivery", out)
    tap.ok(case.count("Never to be seen") == 0, "and nothing arrives")
    desk.close()


def kill_at(case, number):
    """Whether it was killed, and what is wrong (None = nothing)."""
    desk = case.desk()
    try:
        headline = f"Killed at {number}"
        article = import_page(desk, headline, case.name != "atompub")
        command = ("publish", article, "--to", "daily", "--wait")
        killed = desk.run(*command, REPRINT_FAULT=str(number))[0] == -9
        desk.run("outbox", "run", "--until-empty")
        if not desk.json("show", article)[0]["deliveries"]:
            desk.run(*command)
        states = [row["state"] for row in desk.json("show", article)[0]["deliveries"]]
        there = case.count(headline)
        return killed, None if there == 1 and states == ["delivered"] else (there, states)
    finally:
        desk.close()


def check_kills(tap, case):
    for number in range(1, 400, STRIDE):
        killed, wrong = kill_at(case, number)
        tap.ok(wrong is None, f"killed at point {number}" if killed else "not killed", wrong)
        if not killed:
            break


def main():
    case_class = CONNECTORS[sys.argv[1]]
    lacks = servers.missing(case_class.server)
    if lacks:
        skip_all("needs " + ", ".join(lacks))
    tap = Tap()
    case = Case(sys.argv[1])
    try:
        check_life(tap, case)
        if case.kind.drafts:
            check_draft(tap, case)
        if case.kind.wrong:
            check_refusal(tap, case)
        check_kills(tap, case)
    finally:
        case.site.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
