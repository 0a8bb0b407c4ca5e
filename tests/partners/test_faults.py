#!/usr/bin/python3
"""Faults between Reprint and a real server. While one lasts the outbox says in plain words what is wrong; when it is
over, the article is at the server exactly once, or the delivery has ended and says so. The argument names the
connector. Every fault has a partner of its own, all behind one proxy in front of the one server; all leave at once."""
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import faults  # noqa: E402
import servers  # noqa: E402
from desk import Desk, Tap, page, skip_all  # noqa: E402

ROUNDS = 6


class WordPress:
    timeout = 6  # seconds; 30 for people
    doubled = "taken down"  # what becomes of the second one; None: an address that is taken cannot be had twice
    named = True  # the interface is found at an address that the site names
    connector, server, secret = "wordpress", "wordpress", "PASSWORD"
    create, find, first = "POST /wp-json/wp/v2/posts", "posts?search=", "GET /"

    def settings(self, site, base):
        return {"url": base, "username": "editor"}, site.passwords["editor"]

    def titles(self, site):
        return [row[0] for row in site.query("select post_title from wp_posts where post_type='post' and "
                                             "post_status in ('publish','draft','future','pending')")]


class MetaWeblog(WordPress):
    named = False
    connector, server = "metaweblog", "wordpress_npm"
    create, find, first = "metaWeblog.newPost", "metaWeblog.getRecentPosts", "GET /xmlrpc.php"

    def settings(self, site, base):
        return {"url": base + "/xmlrpc.php", "username": "editor"}, site.passwords["editor"]


class Ghost:
    timeout = 12
    doubled = "taken down"
    named = False
    connector, server, secret = "ghost", "ghost", "KEY"
    create, find, first = "POST /ghost/api/admin/posts/", "filter=tag:", "GET /ghost/api/admin/site/"

    def settings(self, site, base):
        return {"url": base}, site.admin_key

    def titles(self, site):
        posts = site.ask("GET", "posts/?limit=100&fields=id,title").json()["posts"]
        return [post["title"] for post in posts]


class Micropub:
    timeout = 6
    doubled = None
    named = True
    connector, server, secret = "micropub", "micropub", "TOKEN"
    create, find, first = "POST /micropub", "q=source&filter=", "GET /"

    def settings(self, site, base):
        return {"url": base}, site.tokens["full"]

    def titles(self, site):
        """An address that is taken is overwritten there, and listed twice."""
        items = site.ask("GET", "/micropub?q=source&limit=500").json()["items"]
        pages = {(item["properties"]["url"][0], name) for item in items
                 for name in item["properties"].get("name", [])}
        return [name for _, name in pages]


class AtomPub:
    timeout = 6
    doubled = "refused"  # it knows no deleting
    named = False
    connector, server, secret = "atompub", "atompub", "PASSWORD"
    create, find, first = "POST /feeds/partner", "GET /feeds/partner", "GET /feeds/partner"

    def settings(self, site, base):
        return {"url": base + "/feeds/partner"}, ""

    def prepare(self, site):
        site.post("<entry xmlns='http://www.w3.org/2005/Atom'><id>urn:x</id><title>First</title>"
                  "<updated>2026-03-01T08:00:00Z</updated><content>x</content></entry>")  # makes the collection

    def titles(self, site):
        return re.findall("<title>(.*?)</title>", servers.importlib.import_module("server").ask(
            "GET", site.collection).text)


CONNECTORS = {kind.connector: kind for kind in (WordPress, MetaWeblog, Ghost, Micropub, AtomPub)}

LOOK = "looked up there before anything is sent again"
MOVED = "has moved to {new}.*Nothing was sent there"
NOT_TAKEN = "did not take the article as one.*sign-in page"
PAGE = "web page instead of data|" + NOT_TAKEN
HELD = "come back later"
UNSAFE = "The connection to 127.0.0.1 is not safe: "

# What is wrong with the request that brings the article; the state and the words after it.
SENDING = {
    "lostreply": ("unknown", "did not answer completely.*" + LOOK),
    "cutreply": ("unknown|delivered", "did not answer completely.*" + LOOK + "|sent only part of its answer"),
    "rstreply": ("unknown", "did not answer completely.*" + LOOK),
    "stall": ("unknown", "did not answer completely.*timed out.*" + LOOK),
    "429": ("waiting", HELD + ".*429"),
    "429date": ("waiting", HELD + ".*429"),
    "503": ("waiting", HELD + ".*503.*maintenance"),
    "500html": ("unknown", r"error of its own \(500.*PHP Fatal error.*" + LOOK),
    "+500html": ("unknown", r"error of its own \(500.*PHP Fatal error.*" + LOOK),
    "502html": ("unknown", r"error of its own \(502.*Bad Gate.*" + LOOK),
    "200html": ("failed", PAGE),
    "+200html": ("failed", PAGE),
    "where301": ("failed", MOVED), "where302": ("failed", MOVED), "where303": ("failed", MOVED),
    "where307": ("failed", MOVED), "where308": ("failed", MOVED), "here307": ("failed", MOVED),
    "badchunk": ("unknown|failed", LOOK + "|" + NOT_TAKEN),
    "+badchunk": ("unknown|failed", LOOK + "|" + NOT_TAKEN),
    "badlen": ("unknown|delivered", LOOK + "|will be looked up there"),
    "+badlen": ("unknown|delivered", LOOK + "|will be looked up there"),
    "+badstatus": ("unknown", LOOK),
    "+hugeheader": ("unknown", LOOK),
    "early200": ("unknown", LOOK + "|will be looked up there"),
    "+early200": ("unknown", LOOK + "|will be looked up there"),
    "401": ("parked", "does not accept the"),
}

# The answer to the article is lost; then this befalls the look-up.
LOOKING = {
    "lostreply": ("unknown", ""), "stall": ("unknown", "timed out"), "badchunk": ("unknown", ""),
    "cutreply": ("unknown|delivered", ""), "200html": ("failed|unknown", "web page"),
    "200empty": ("unknown|failed", "cannot be read|not known|only part"),
    "500html": ("unknown", "500"), "502html": ("unknown", "502"), "503": ("unknown", "503"),
    "429": ("unknown", "429"), "401": ("parked", "does not accept"),
}

CERTIFICATES = {
    "expired": "its certificate has expired",
    "wrong_host": "its certificate is for another address",
    "self_signed": "its certificate is not signed by anybody this computer trusts",
    "other_ca": "its certificate is not signed by anybody this computer trusts",
}


class Row:
    """One fault: what is agreed on with the proxy, and what must be told after each round."""

    def __init__(self, name, plan, *told, later=(), base=None, between="retry", copies=1, ends="delivered",
                 doubled=None):
        self.name, self.plan, self.later, self.told, self.base = name, plan, later, told, base
        self.between, self.copies, self.ends, self.doubled = between, copies, ends, doubled
        self.label = re.sub(r"\W", "x", name)
        self.title = f"Fault {self.label}"


def make_rows(kind, kit):
    lost = f"1 lostreply {kind.create}"
    for mode, told in SENDING.items():
        yield Row(f"create-{mode}", [f"1 {mode} {kind.create}"], told)
    # What a proxy doubles no client can prevent; the look after it takes the second one down, or says who must.
    copies = 2 if kind.doubled == "refused" else 1
    yield Row("create-dupe", [f"1 dupe {kind.create}"], ("delivered", ""), copies=copies, doubled=kind.doubled)
    yield Row("create-dupelost", [f"1 dupelost {kind.create}"], ("unknown", LOOK), ("delivered", ""), copies=copies,
              doubled=kind.doubled)
    yield Row("anything-503-three-times", ["3 busy "], ("waiting", HELD), ("waiting|unknown", HELD),
              ("waiting|unknown", HELD))
    yield Row("first-302-away", [f"1 where302 {kind.first}"], ("delivered", ""))
    if kind.connector != "metaweblog":
        yield Row("find-where302", [lost], ("unknown", LOOK), ("failed|delivered", "The password was not sent there"),
                  later=[f"1 where302 {kind.find}"])
    for mode, told in LOOKING.items():
        yield Row(f"find-{mode}", [lost], ("unknown", LOOK), told, later=[f"1 {mode} {kind.find}"])
    # What a person may do while nobody knows whether the article is there.
    yield Row("then-cancelled-and-retried", [lost], ("unknown", LOOK), between="cancel retry")
    yield Row("then-cancelled-and-published", [lost], ("unknown", LOOK), between="cancel publish")
    yield Row("then-failed-and-published", [f"1 +200html {kind.create}"], ("failed", PAGE), between="publish")
    yield Row("then-parked-and-tested", [lost], ("unknown", LOOK), ("parked", "not accept"),
              later=[f"1 401 {kind.find}"], between="test")
    yield Row("tls-truncated", [f"1 rstreply {kind.create}"], ("unknown", "did not answer completely.*" + LOOK),
              base=kit.address("tlsxtruncated", secure=True),
              ends="failed" if kind.connector == "atompub" else "delivered")  # its entries are named http:
    if kind.named:
        yield Row("tls-names-http", [f"9 asis {kind.first}"], ("failed", "not encrypted.*Nothing was sent there"),
                  later=["0 asis"], base=kit.address("tlsxnamesxhttp", secure=True))
    for name, words in CERTIFICATES.items():
        yield Row(name, [], ("parked", UNSAFE + words), base=getattr(kit, name))
    yield Row("client_cert", [], ("failed", "400.*certificate"), base=kit.client_cert)
    yield Row("http-to-tls", [], ("failed", "400.*HTTPS port"), base=kit.tls.replace("https:", "http:"),
              copies=0, ends="failed")
    yield Row("tls-to-http", [], ("parked", UNSAFE), base=kit.plain.replace("http:", "https:"), copies=0,
              ends="parked")


class Trial:
    def __init__(self, tap, kind):
        self.tap, self.kind = tap, kind
        self.site = servers.start(kind.server)
        getattr(kind, "prepare", lambda site: None)(self.site)
        self.kit = faults.Faults(self.site.url, inside=True)
        self.desk = Desk(REPRINT_TIMEOUT=str(kind.timeout), REPRINT_TRUST=self.kit.ca)
        self.rows = list(make_rows(kind, self.kit))

    def close(self):
        for each in (self.desk, self.kit, self.site):
            each.close()

    def must(self, *arguments, status=(0,), **environment):
        done = self.desk.run(*arguments, **environment)
        assert done[0] in status, (arguments, done)
        return done

    def prepare(self):
        for row in self.rows:
            self.kit.plan(row.label, *row.plan)
            text = re.sub(r"<figure>.*?</figure>", "", page(row.title, row.label), flags=re.S)
            self.desk.write(row.label + ".html", text)
            settings, secret = self.kind.settings(self.site, row.base or self.kit.address(row.label))
            self.desk.environment[f"REPRINT_SECRET_{self.kind.secret}"] = secret
            self.must("partner", "add", row.label, "--connector", self.kind.connector, "--set=channels=web",
                      "--set=commercial=false", *(f"--set={key}={value}" for key, value in settings.items()))
        self.must("import", *(os.path.join(self.desk.folder, row.label + ".html") for row in self.rows))
        ids = {entry["headline"]: entry["article"] for entry in self.desk.json("list", "--limit", "200")}
        for row in self.rows:
            row.article = ids[row.title]
            self.must("publish", row.article, "--to", row.label, status=(75,))

    def read(self):
        """The newest delivery of each; the removal of a second copy is beside it."""
        newest, self.removals = {}, {}
        for delivery in self.desk.json("outbox"):
            kept = self.removals if delivery["action"] == "remove-copy" else newest
            kept.setdefault(delivery["article"], []).append(delivery)
        newest = {article: deliveries[0] for article, deliveries in newest.items()}
        for row in self.rows:
            row.delivery = newest[row.article]

    def judge(self, number):
        """What is told after this round."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.must("outbox", "run", "--until-empty", REPRINT_NOW=now)  # the clock stands still: one try each
        self.read()
        for row in self.rows:
            if number < len(row.told):
                states, words = row.told[number]
                state, message = row.delivery["state"], row.delivery.get("message") or ""
                words = words.replace("{new}", "http://127.0.0.1:")
                good = re.fullmatch(states, state) and re.search("" if states != state and state == "delivered" else words, message)
                self.tap.ok(good, f"{row.name}: {state}: {message}", f"expected {states}: {words}")

    def again(self, number):
        """What a person does between two rounds; after what is foreseen only “retry” is left."""
        retried = []
        for row in self.rows:
            if row.delivery["state"] == "delivered":
                continue
            between = row.between if number == len(row.told) - 1 else "retry"
            if "cancel" in between:
                self.must("outbox", "cancel", row.delivery["delivery"])
            if "publish" in between:
                self.must("publish", row.article, "--to", row.label, status=(75,))
            elif "test" in between:
                self.must("partner", "test", row.label, status=(0, 1))
            else:
                retried.append(row.delivery["delivery"])
        if retried:
            self.must("outbox", "retry", *retried)
        return any(row.delivery["state"] != row.ends for row in self.rows)

    def judge_copies(self, row):
        """What was doubled is taken down once, and the history says so; or a person is told what to do."""
        removals = self.removals.get(row.article, [])
        if row.doubled is None:
            self.tap.ok(not removals, f"{row.name}: nothing is taken down", removals)
            return
        events = [event["words"] for event in self.desk.json("show", row.article)[0]["history"]]
        state, words = {
            "taken down": ("delivered", r"A request was doubled on its way; the second copy at http\S+ was taken down."),
            "refused": ("failed", "twice.*delete the other one .*not let articles be taken down"),
        }[row.doubled]
        told = [text for text in events if re.search(words, text)]
        self.tap.ok([removal["state"] for removal in removals] == [state] and len(told) == 1,
                    f"{row.name}: the second copy: {state}: {told}", (removals, events))
        self.tap.ok(all(removal["remote_id"] != row.delivery["remote_id"] for removal in removals),
                    f"{row.name}: it is not the article", (removals, row.delivery))

    def go(self):
        self.prepare()
        self.judge(0)
        self.kit.mend()
        for row in self.rows:
            if row.later:
                self.kit.plan(row.label, *row.later)
        for number in range(1, ROUNDS):
            if not self.again(number - 1):
                break
            self.judge(number)
        titles = self.kind.titles(self.site)
        for row in self.rows:
            state, there = row.delivery["state"], titles.count(row.title)
            self.tap.ok(there == row.copies and state == row.ends,
                        f"{row.name}: in the end {state}, there {there} times", row.delivery)
            self.judge_copies(row)


def main():
    kind = CONNECTORS[sys.argv[1]]
    lacks = servers.missing(kind.server) + faults.missing()
    if lacks:
        skip_all("needs " + ", ".join(lacks))
    tap = Tap()
    trial = Trial(tap, kind())
    try:
        trial.go()
    finally:
        trial.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
