#!/usr/bin/python3
"""A network that doubles what creates an article: the second copy is found by the look after it and taken down, once,
and nothing else is; killed at every point, the same comes out."""
import concurrent.futures
import http.server
import os
import re
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Tap, page  # noqa: E402

KILLED = -9
AT_ONCE = 8
FIRST = 16  # point to be killed at; before it nothing has left
TITLE = "Boats on the hour"
STRANGER = "<entry xmlns='http://www.w3.org/2005/Atom'><title>Boats on the hour</title><id>urn:x</id>" \
           "<updated>2099-01-01T00:00:00Z</updated><content>Somebody else's</content></entry>"
DONE = "A request was doubled on its way; the second copy at {} was taken down."


class Feed(http.server.ThreadingHTTPServer):
    """Atom Publishing with a network in front of it that doubles every POST."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server_port}/feed"
        self.entries, self.lists, self.asked, self.deleted, self.refusal = {"/feed/0": STRANGER}, 0, 0, [], None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def add(self, text):
        self.asked += 1
        path = f"/feed/{self.asked}"
        self.entries[path] = re.sub(r"^<\?xml.*?\?>\s*", "", text).replace(
            "</entry>", f"<link rel='edit' href='{path}'/></entry>")
        return path

    def close(self):
        self.shutdown()
        self.server_close()


class Answer(http.server.BaseHTTPRequestHandler):
    def reply(self, status, text="", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/atom+xml")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def read(self):
        """Nothing when whoever sends it was killed on the way."""
        size = int(self.headers["Content-Length"])
        body = self.rfile.read(size)
        return body.decode() if len(body) == size else ""

    def do_GET(self):
        if self.path == "/feed":
            self.server.lists += 1
            self.reply(200, "<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title>" +
                       "".join(reversed(self.server.entries.values())) + "</feed>")
        elif self.path in self.server.entries:
            self.reply(200, self.server.entries[self.path])
        else:
            self.reply(404)

    def do_POST(self):
        text = self.read()
        if not text:
            return
        self.server.add(text)
        path = self.server.add(text)
        self.reply(201, self.server.entries[path], Location=path)

    def do_PUT(self):
        self.server.entries[self.path] = re.sub(r"^<\?xml.*?\?>\s*", "", self.read())
        self.reply(200, self.server.entries[self.path])

    def do_DELETE(self):
        if self.server.refusal:
            self.reply(self.server.refusal)
            return
        self.server.deleted.append(self.path)
        self.reply(204 if self.server.entries.pop(self.path, None) else 404)

    def handle(self):
        try:
            super().handle()
        except ConnectionError:  # it was killed before it had the answer
            pass

    def log_message(self, *arguments):
        pass


class Case:
    """One article on a desk with one partner."""

    def __init__(self):
        self.feed, self.desk, self.start = Feed(), Desk(), time.time()
        added = self.desk.run("partner", "add", "one", "--connector", "atompub", f"--set=url={self.feed.url}",
                              "--set=channels=web", "--set=commercial=false")
        assert added[0] == 0, added
        text = re.sub("<figure>.*?</figure>", "", page(TITLE, "boats"), flags=re.S)
        self.desk.run("import", self.desk.write("page.html", text))
        self.article = self.desk.json("list")[0]["article"]

    def publish(self):
        self.desk.run("publish", self.article, "--to", "one")

    def run(self, minutes, **environment):
        """The outbox until nothing is left, so many minutes after the start."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.start + minutes * 60))
        return self.desk.run("outbox", "run", "--until-empty", REPRINT_NOW=now, **environment)[0]

    def show(self):
        return self.desk.json("show", self.article)[0]

    def removals(self):
        return [row for row in self.desk.json("outbox") if row["action"] == "remove-copy"]

    def told(self):
        return [row["words"] for row in self.show()["history"]]

    def wrong(self):
        """What is not as it should be; None when all is well."""
        rows = self.desk.json("outbox")
        create, removals = rows[-1], self.removals()
        if {row["state"] for row in rows} != {"delivered"} or len(removals) != 1:
            return f"deliveries {rows}"
        kept, copy = (row["remote_id"].replace(self.feed.url, "/feed") for row in (create, removals[0]))
        if sorted(self.feed.entries) != sorted({"/feed/0", kept}) or set(self.feed.deleted) != {copy}:
            return f"there {list(self.feed.entries)}, deleted {self.feed.deleted}, kept {kept}"
        if self.told().count(DONE.format(removals[0]["public_url"])) != 1:
            return self.told()
        return None

    def close(self):
        self.desk.close()
        self.feed.close()


def once(tap):
    case = Case()
    case.publish()
    case.run(1)
    tap.ok(case.wrong() is None, "the second copy is taken down, and what only has the same headline stays",
           case.wrong())
    receipt = case.show()
    tap.ok(receipt["state"] == "published", "the article is published", receipt["state"])
    lists = case.feed.lists
    case.desk.run("set", case.article, "body_html=<p>The boats leave at half past from now on.</p>")
    case.publish()
    case.run(2)
    seen = [row["words"] for row in case.show()["history"] if row["kind"] == "checked"]
    tap.ok(len(seen) == 2, "it was looked at again", case.told())
    tap.ok(case.feed.lists == lists, "later looks ask for nothing more", (lists, case.feed.lists))
    case.close()


def changed_before_the_look(tap):
    """What is sent goes first: by the time of the look the last delivery is a change."""
    case = Case()
    case.publish()
    case.desk.run("set", case.article, "body_html=<p>The boats leave at half past from now on.</p>")
    case.publish()
    case.run(1)
    actions = [row["action"] for row in case.desk.json("outbox")]
    tap.ok(actions == ["remove-copy", "update", "create"] and case.wrong() is None,
           "a change before the look hides nothing", (actions, case.wrong()))
    case.close()


def refused(tap):
    case = Case()
    case.feed.refusal = 403
    case.publish()
    case.run(1)
    row = case.removals()[0]
    words = r"^one has the article twice.*delete the other one \(http.*not allow this account"
    tap.ok(row["state"] == "failed" and re.search(words, row["message"]), "what cannot be taken down is told", row)
    tap.ok(case.show()["state"] == "attention", "and the article needs a person", case.show()["state"])
    case.feed.refusal = None
    case.desk.run("outbox", "retry", row["delivery"])
    case.run(2)
    tap.ok(case.wrong() is None and case.show()["state"] == "published", "it can be tried again", case.wrong())
    case.close()


def busy(tap):
    case = Case()
    case.feed.refusal = 503
    case.publish()
    case.run(1)
    tap.ok(case.removals()[0]["state"] == "waiting", "a partner that is busy is asked again", case.removals())
    case.feed.refusal = None
    case.desk.run("withdraw", case.article)
    case.run(300)
    tap.ok(list(case.feed.entries) == ["/feed/0"] and len(case.feed.deleted) == 2,
           "and a withdrawal in between calls that not off", (case.feed.entries.keys(), case.desk.json("outbox")))
    case.close()


def kill_at(number):
    case = Case()
    case.publish()
    status = case.run(1, REPRINT_FAULT=str(number))
    case.run(30)  # when the claim of the look has run out
    wrong = case.wrong()
    case.close()
    return number, status == KILLED, wrong


def killed(tap):
    kills, first = 0, FIRST
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        while kills == first - FIRST and first < 200:
            for number, was_killed, wrong in pool.map(kill_at, range(first, first + AT_ONCE)):
                tap.ok(wrong is None, f"killed at point {number}" if was_killed else "not killed", wrong)
                kills += was_killed
            first += AT_ONCE
    tap.ok(kills > 40, f"{kills} places to be killed at")


def main():
    tap = Tap()
    for work in (once, changed_before_the_look, refused, busy, killed):
        work(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
