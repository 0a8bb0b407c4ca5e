#!/usr/bin/python3
"""Sources: a server in this process serves feeds and pages that change; each poll must ask politely, take what is new,
and notice what was changed, cancelled, dropped, moved or ended. REPRINT_NOW moves the time."""
import datetime
import hashlib
import http.server
import json
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Site, Tap, fetch, page  # noqa: E402

START = datetime.datetime(2026, 5, 4, 8, 0, tzinfo=datetime.timezone.utc)
TEXTS = {
    "boats": "The harbour office adds a boat on Monday mornings, so that the school class arrives dry and on time.",
    "bakery": "After ninety years the bakery on the quay has sold its last loaf, to a man who came for the key.",
    "lamps": "The lamps along the mole burn again since Friday, all but the one that nobody has ever seen lit.",
    "library": "The seed library lends beans in spring and wants twice as many back when the leaves come down.",
}


def item(site, name, text=None, day=1):
    when = datetime.datetime(2026, 5, day, 7, tzinfo=datetime.timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT")
    return (f"<item><title>About the {name}</title><link>{site.url}/{name}</link><guid>{site.url}/{name}</guid>"
            f"<pubDate>{when}</pubDate><description>&lt;p&gt;{text or TEXTS[name]}&lt;/p&gt;</description></item>")


def feed(site, *items, title="Gull Holm Gazette", head=""):
    return (f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><link>{site.url}/</link>'
            f'{head}{"".join(items)}</channel></rss>')


def ninjs(status="usable"):
    return json.dumps({
        "uri": "tag:wire.example,2026:quay", "version": "2" if status != "usable" else "1", "type": "text",
        "pubstatus": status, "language": "en", "provider": "Gull Holm Wire",
        "url": "https://wire.example/quay", "headline": "The quay is closed",
        "versioncreated": "2026-05-02T10:00:00Z" if status != "usable" else "2026-05-01T10:00:00Z",
        "body_xhtml": "<p>The quay stays closed until the crane that fell into the basin has been lifted out.</p>"})


class Answer:
    def __init__(self, body="", status=200, kind="application/rss+xml", **headers):
        self.body, self.status, self.kind = body.encode(), status, kind
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        web = self.server.web
        web.asked.append((self.path, dict(self.headers)))
        answer = web.answers.get(self.path, Answer("Nothing here.", 404, "text/plain"))
        tag = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
        status, body = answer.status, answer.body
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", "Mon, 04 May 2026 06:00:00 GMT")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Web:
    """What the sources serve, and what they were asked."""

    def __init__(self):
        self.answers, self.asked = {}, []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.web = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def count(self, path):
        return sum(asked == path for asked, _ in self.asked)


class Clock:
    def __init__(self, desk):
        self.desk, self.now = desk, START
        self.go(0)

    def go(self, minutes):
        self.now += datetime.timedelta(minutes=minutes)
        self.desk.environment["REPRINT_NOW"] = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def text(self, minutes=0):
        return (self.now + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def poll(desk, *arguments):
    """Exit status and rows."""
    status, out, err = desk.run("source", "poll", *arguments, "--json")
    return status, [json.loads(line) for line in out.splitlines()], err


def state_of(desk, url):
    return next(row for row in desk.json("source", "list") if row["url"] == url)


def add(desk, url, *arguments):
    return desk.json("source", "add", url, *arguments)[0]


def check_new(tap, desk, web, clock):
    url = web.url + "/feed"
    web.answers["/feed"] = Answer(feed(web, item(web, "boats", day=3), item(web, "bakery", day=2)))
    source = add(desk, url)
    tap.ok(source["title"] == "Gull Holm Gazette" and source["state"] == "new" and source["kind"] == "feed",
           "a feed is added under its own name", source)
    status, out, _ = desk.run("source", "add", url)
    tap.ok(status == 1 and not out, "not twice", out)
    status, rows, err = poll(desk)
    tap.ok(status == 0 and [(row["status"], row["headline"]) for row in rows] ==
           [("imported", "About the boats"), ("imported", "About the bakery")], "its articles come in", (rows, err))
    tap.ok(all(row["source"] == source["source"] for row in rows), "each names its source", rows)
    web.asked.clear()
    clock.go(60)
    status, rows, err = poll(desk, "--due")
    headers = web.asked[0][1] if web.asked else {}
    tap.ok(status == 0 and not rows and "If-None-Match" in headers and "If-Modified-Since" in headers,
           "the next time it is only asked whether there is something new", (web.asked, rows, err))
    web.answers["/feed"] = Answer(feed(web, item(web, "lamps", day=4), item(web, "boats", day=3),
                                       item(web, "bakery", day=2)))
    clock.go(20)
    before = web.count("/feed")
    poll(desk, "--due")
    tap.ok(web.count("/feed") == before, "before it is due again it is left alone", web.asked)
    clock.go(45)
    rows = poll(desk, "--due")[1]
    tap.ok([row["headline"] for row in rows] == ["About the lamps"], "only what is new is told", rows)
    return source["source"]


def check_changed(tap, desk, web, clock, site):
    """Published, then changed at the source: attention, until it was sent again."""
    boats = next(row for row in desk.json("list") if row["headline"] == "About the boats")
    desk.run("licence", "set", boats["article"], "cc-by-4.0")
    status, out, err = desk.run("publish", boats["article"], "--to", "practice", "--wait")
    tap.ok(status == 0, "an article of the feed is published", out + err)
    clock.go(60)
    changed = TEXTS["boats"].replace("Monday", "Tuesday")
    web.answers["/feed"] = Answer(feed(web, item(web, "lamps", day=4), item(web, "boats", changed, day=3),
                                       item(web, "bakery", day=2)))
    rows = poll(desk)[1]
    tap.ok([(row["status"], row["article"]) for row in rows] == [("updated", boats["article"])],
           "a change is told", rows)
    shown = desk.json("show", boats["article"])[0]
    tap.ok("Tuesday" in shown["body_text"] and "updated" in [e["kind"] for e in shown["history"]],
           "taken over, and in the history", shown["history"])
    row = next(row for row in desk.json("list") if row["article"] == boats["article"])
    tap.ok(row["state"] == "attention", "what is published and has changed needs attention", row)
    findings = desk.json("check", boats["article"])[0]["findings"]
    tap.ok(any("newer version" in f["message"] and "publish again" in f["message"] for f in findings),
           "the checks say what to do", findings)
    clock.go(5)
    desk.run("publish", boats["article"], "--to", "practice", "--wait")
    row = next(row for row in desk.json("list") if row["article"] == boats["article"])
    tap.ok(row["state"] == "published" and "Tuesday" in fetch(site.items()[0]["url"])[1], "sent again, all is well", row)


def check_vanished(tap, desk, web, clock):
    clock.go(60)
    boats = next(row for row in desk.json("list") if row["headline"] == "About the boats")
    web.answers["/feed"] = Answer(feed(web, item(web, "library", day=4), item(web, "lamps", day=4),
                                       item(web, "bakery", day=2)))
    rows = poll(desk)[1]
    tap.ok({(row["status"], row["headline"]) for row in rows} ==
           {("imported", "About the library"), ("vanished", "About the boats")}, "what was taken out is told", rows)
    row = next(row for row in desk.json("list") if row["article"] == boats["article"])
    tap.ok(row["state"] == "attention", "it is published: attention", row)
    findings = desk.json("check", boats["article"])[0]["findings"]
    tap.ok(any("no longer has this article" in f["message"] for f in findings), "the checks say so", findings)
    clock.go(60)
    web.answers["/feed"] = Answer(feed(web, item(web, "library", day=4), item(web, "lamps", day=4),
                                       item(web, "boats", TEXTS["boats"].replace("Monday", "Tuesday"), day=3)))
    rows = poll(desk)[1]
    tap.ok([(row["status"], row["headline"]) for row in rows] == [("returned", "About the boats")],
           "it comes back; what has only become old is not missed", rows)
    row = next(row for row in desk.json("list") if row["article"] == boats["article"])
    history = [e["kind"] for e in desk.json("show", boats["article"])[0]["history"]]
    tap.ok(history[:2] == ["returned", "vanished"], "both are in the history", history)


def check_killed(tap, desk, web, clock):
    web.answers["/item.json"] = Answer(ninjs(), kind="application/json")
    source = add(desk, web.url + "/item.json")
    tap.ok(source["kind"] == "document", "an item of a wire is a source, too", source)
    status, out, err = desk.run("source", "set", source["source"], "licence=cc-by-4.0")
    tap.ok(status == 0, "a source may have a licence", out + err)
    row = poll(desk, source["source"])[1][0]
    tap.ok(row["licence"] is not None and "CC BY" in row["licence"], "its articles are under it", row)
    status, out, err = desk.run("publish", row["article"], "--to", "practice", "--wait")
    tap.ok(status == 0, "one is published", out + err)
    desk.run("set", row["article"], "headline=Another headline for it")
    desk.run("publish", row["article"], "--to", "practice", "--at", "2031-01-01T00:00:00Z")
    clock.go(60)
    web.answers["/item.json"] = Answer(ninjs("canceled"), kind="application/json")
    poll(desk, source["source"])
    now = next(r for r in desk.json("list") if r["article"] == row["article"])
    findings = desk.json("check", row["article"])[0]["findings"]
    history = [e["kind"] for e in desk.json("show", row["article"])[0]["history"]]
    tap.ok(now["state"] == "attention" and history[0] == "killed", "a cancelled article needs attention", (now, history))
    tap.ok(any("withdraw it" in f["message"] for f in findings), "the checks say that it must come down", findings)
    queued = [d for d in desk.json("outbox") if d["state"] == "cancelled"]
    status, _, err = desk.run("outbox", "retry", queued[0]["delivery"]) if queued else (0, "", "nothing was cancelled")
    tap.ok(status != 0 and "cancelled this article" in err, "what was still to leave does not, and cannot be sent by hand", err)
    clock.go(5)
    status, out, err = desk.run("withdraw", row["article"], "--wait")
    now = next(r for r in desk.json("list") if r["article"] == row["article"])
    tap.ok(status == 0 and now["state"] == "blocked", "taken down, it is quiet, and cannot go out again", (now, out, err))
    status, _, err = desk.run("publish", row["article"], "--to", "practice")
    tap.ok(status != 0, "publishing it again is refused", err)


def check_page(tap, desk, web, clock):
    """A page that declares a feed, one that is read itself and goes, and one that lies about being a feed."""
    link = '<link rel="alternate" type="application/atom+xml" href="/comments.atom" title="Comments">' \
           '<link rel="alternate" type="application/rss+xml" href="/feed2">'
    web.answers["/front"] = Answer(page("The front page").replace("</head>", link + "</head>"), kind="text/html")
    web.answers["/feed2"] = Answer(feed(web, item(web, "bakery", day=2), title="feed no. 2"))
    source = add(desk, web.url + "/front")
    tap.ok(source["url"] == web.url + "/feed2" and source["title"] == "The front page - Gull Holm Gazette",
           "a page is subscribed by the feed that it declares, under the page's name", source)
    web.answers["/story"] = Answer(page("Cranes in the fog", "cranes"), kind="text/html")
    source = add(desk, web.url + "/story", "--page")
    row = poll(desk, source["source"])[1][0]
    tap.ok(row["headline"] == "Cranes in the fog", "a page is a source of its own", row)
    clock.go(60)
    web.answers["/story"] = Answer("Gone.", 404, "text/plain")
    status, rows, err = poll(desk, source["source"])
    tap.ok(status == 1 and ("vanished", row["article"]) in [(r["status"], r.get("article")) for r in rows],
           "when it is gone its article has vanished", (status, rows))
    tap.ok("404" in state_of(desk, web.url + "/story")["message"], "and the source says what to do", err)
    web.answers["/feed2"] = Answer(page("Out of order"), kind="text/html")
    clock.go(60)
    count = len(desk.json("list"))
    poll(desk, web.url + "/feed2")
    tap.ok(len(desk.json("list")) == count and state_of(desk, web.url + "/feed2")["state"] == "failed",
           "a page in place of a feed is no news", desk.json("list"))


def check_trash(tap, desk, web, clock):
    """What a person throws away does not come back by itself."""
    web.answers["/feed3"] = Answer(feed(web, item(web, "library", "Beans again, and this time with the recipe for the "
                                                  "soup that the whole lane smells of.", day=1).replace("library", "soup")))
    source = add(desk, web.url + "/feed3")
    row = poll(desk, source["source"])[1][0]
    desk.query(f"UPDATE articles SET state = 'trash' WHERE id = '{row['article']}'")
    clock.go(60)
    web.answers["/feed3"] = Answer(web.answers["/feed3"].body.decode().replace("Gazette", "Gazette again"))
    rows = poll(desk, source["source"])[1]
    tap.ok(rows == [] and web.count("/feed3") == 3, "what was thrown away stays away", (rows, web.asked))


def check_moves(tap, desk, web, clock):
    web.answers["/old"] = Answer(feed(web, item(web, "lamps", day=4), title="Moving"))
    source = add(desk, web.url + "/old")["source"]
    web.answers["/new"] = web.answers["/old"]
    web.answers["/old"] = Answer("", 302, Location="/new")
    poll(desk, source)
    tap.ok(state_of(desk, web.url + "/old")["source"] == source, "a redirect for now leaves the address", "")
    web.answers["/old"] = Answer("", 301, Location="/new")
    clock.go(60)
    poll(desk, source)
    tap.ok(state_of(desk, web.url + "/new")["source"] == source, "a redirect for good changes it", "")
    web.answers["/new"] = Answer("", 410)
    clock.go(60)
    status, _, err = poll(desk, source)
    row = state_of(desk, web.url + "/new")
    tap.ok(status == 1 and row["state"] == "paused" and "410" in row["message"], "what has ended is paused", (row, err))
    before = web.count("/new")
    clock.go(60 * 48)
    poll(desk)
    tap.ok(web.count("/new") == before, "and is not asked any more", web.asked[-3:])
    desk.run("source", "remove", source)
    tap.ok(all(r["source"] != source for r in desk.json("source", "list")), "it can be removed", "")


def check_patience(tap, desk, web, clock):
    """Retry-After, Cache-Control, the feed's own pace, and waiting longer after each failure."""
    web.answers["/busy"] = Answer(feed(web, item(web, "lamps", day=4), title="Busy"))
    source = add(desk, web.url + "/busy")["source"]
    poll(desk, source)
    for name, wait in (("seconds", "5400"), ("date", None)):
        value = wait or (clock.now + datetime.timedelta(minutes=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        web.answers["/busy"] = Answer("Later.", 429, "text/plain", Retry_After=value)
        status, rows, err = poll(desk, source)
        row = state_of(desk, web.url + "/busy")
        tap.ok(status == 1 and row["state"] == "waiting" and row["next"] >= clock.text(90),
               f"429 with Retry-After as {name} is obeyed", (row, clock.text(90), err))
        before = web.count("/busy")
        clock.go(80)
        poll(desk, source)
        tap.ok(web.count("/busy") == before, "even against a person's wish", web.asked[-2:])
        clock.go(20)
    web.answers["/busy"] = Answer(feed(web, item(web, "lamps", day=4), title="Busy"), Cache_Control="public, max-age=7200")
    poll(desk, source)
    row = state_of(desk, web.url + "/busy")
    tap.ok(row["next"] == clock.text(120) and row["state"] == "ok", "Cache-Control sets the pace", row)
    before = web.count("/busy")
    poll(desk)
    tap.ok(web.count("/busy") == before, "what is fresh is not asked for", "")
    web.answers["/busy"] = Answer(feed(web, item(web, "lamps", day=4), title="Slow", head="<ttl>300</ttl>"),
                                  Cache_Control="max-age=60")
    poll(desk, source)
    tap.ok(state_of(desk, web.url + "/busy")["next"] == clock.text(300), "so does the feed itself", row)
    web.answers["/busy"] = Answer("Broken.", 500, "text/plain")
    spans = []
    for _ in range(9):
        poll(desk, source)
        row = state_of(desk, web.url + "/busy")
        spans.append(datetime.datetime.fromisoformat(row["next"].replace("Z", "+00:00")) - clock.now)
        clock.go(24 * 60)
    minutes = [span.total_seconds() / 60 for span in spans]
    tap.ok(15 <= minutes[0] < 20 and all(a < b for a, b in zip(minutes[:6], minutes[1:7])) and minutes[-1] == 1440,
           "after failures it waits longer each time, at most a day", minutes)
    web.answers["/busy"] = Answer(feed(web, title="Empty now"))
    status, rows, err = poll(desk, source)
    tap.ok(status == 0 and not rows and state_of(desk, web.url + "/busy")["state"] == "ok",
           "a feed without items is no failure", (status, rows, err))


def check_some_fail(tap, desk, web, clock):
    web.answers["/good"] = Answer(feed(web, item(web, "lamps", day=4), title="Good"))
    web.answers["/bad"] = Answer(feed(web, title="Bad"))
    for path in ("/good", "/bad"):
        add(desk, web.url + path)
    web.answers["/bad"] = Answer("No.", 403, "text/plain")
    status, rows, err = poll(desk, web.url + "/good", web.url + "/bad")
    tap.ok(status == 4 and "/bad" in err and "sign-in" in err, "when some fail, they are named", (status, err))
    status, out, err = desk.run("source", "add", web.url + "/nowhere")
    tap.ok(status == 1 and "404" in err, "an address with nothing there is not added", err)
    status, out, err = desk.run("source", "add", "not an address")
    tap.ok(status == 2, "nor is what is no address", err)


def check_opml(tap, desk, web):
    urls = sorted(row["url"] for row in desk.json("source", "list"))
    path = os.path.join(desk.folder, "sources.opml")
    status, _, err = desk.run("source", "export", path)
    other = Desk()
    try:
        other.json("source", "import", path)
        rows = other.json("source", "list")
        tap.ok(status == 0 and sorted(row["url"] for row in rows) == urls and len(urls) > 4,
               "the list goes to another desk as OPML, pages included", (err, rows, urls))
        tap.ok(other.json("source", "import", path) == [], "a second time nothing is added", "")
        broken = other.write("broken.opml", '<opml version="1.0"><body><outline text="A"><outline text="B &amp; C" '
                             'xmlurl="https://b.example/feed"/><outline text="D" xmlUrl="ftp://d.example"/>')
        status, out, err = other.run("source", "import", broken, "--json")
        rows = [json.loads(line) for line in out.splitlines()]
        tap.ok(status == 0 and [r["title"] for r in rows] == ["B & C"] and "damaged" in err and "left out" in err,
               "a damaged list gives what it has, and says so", (out, err))
        status, out, err = other.run("source", "import", other.write("no.opml", "<rss/>"))
        tap.ok(status == 2 and "OPML" in err, "what is no list says so", err)
    finally:
        other.close()


def main():
    tap, web = Tap(), Web()
    site, desk = Site(), Desk(REPRINT_HOST_PAUSE="0")
    clock = Clock(desk)
    try:
        desk.add_ninjs_partner("practice", site)
        check_new(tap, desk, web, clock)
        check_changed(tap, desk, web, clock, site)
        check_vanished(tap, desk, web, clock)
        check_killed(tap, desk, web, clock)
        check_page(tap, desk, web, clock)
        check_trash(tap, desk, web, clock)
        check_moves(tap, desk, web, clock)
        check_patience(tap, desk, web, clock)
        check_some_fail(tap, desk, web, clock)
        check_opml(tap, desk, web)
    finally:
        desk.close()
        site.close()
        web.server.shutdown()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
