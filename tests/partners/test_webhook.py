#!/usr/bin/python3
"""Signed webhooks at a receiver of our own that checks the signatures in its own way, drops repetitions by their id,
and is seen through the fault kit, too."""
import base64
import collections
import hashlib
import hmac
import http.server
import json
import os
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
import faults  # noqa: E402
from desk import Tap  # noqa: E402
from publishing import (REFUSED, add_partner, check_broken, check_certificates, check_refused, import_page,  # noqa: E402
                        last, opened, publish, receipt, settle, withdraw)

KEY = b"0123456789abcdef0123456789abcdef"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
SHARED = "not base64: ünïcode"


class Receiver(http.server.BaseHTTPRequestHandler):
    """/standard and /github take what is signed well; /off says 410, /away moves, /late says 400."""

    events, tries, refused = {}, collections.Counter(), []

    def log_message(self, *_):
        pass

    def answer(self, status, text=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def id_of_standard(self, body):
        name, moment = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        expected = base64.b64encode(hmac.new(KEY, f"{name}.{moment}.".encode() + body, hashlib.sha256).digest())
        good = any(hmac.compare_digest(b"v1," + expected, part.encode())
                   for part in self.headers["webhook-signature"].split(" "))
        return name if good and abs(int(moment) - time.time()) < 300 and "." not in name else None

    def id_of_github(self, body):
        expected = "sha256=" + hmac.new(SHARED.encode(), body, hashlib.sha256).hexdigest()
        good = hmac.compare_digest(expected, self.headers["X-Hub-Signature-256"])
        return self.headers["X-GitHub-Delivery"] if good and self.headers["X-GitHub-Event"] else None

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/off":
            return self.answer(410)
        if self.path == "/away":
            return self.answer(308, Location="/standard")
        name = (self.id_of_github if self.path == "/github" else self.id_of_standard)(body)
        if not name:
            self.refused.append(self.path)
            return self.answer(401, b'{"message": "bad signature"}')
        self.tries[name] += 1
        self.events.setdefault(name, json.loads(body))
        return self.answer(204)


class Server:
    def __init__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def events(kind, headline):
    return [event for event in Receiver.events.values()
            if event["type"] == kind and event["data"].get("headline") == headline]


def check_life(tap, site, style, secret):
    with opened() as desk:
        add_partner(desk, "webhook", f"{site.url}/{style}", {"secret": secret}, style=style)
        status, out, err = desk.run("partner", "test", "daily")
        tap.ok(status == 0 and "test event" in out, f"{style}: the connection test", out + err)
        headline = f"Boats {style}"
        article = import_page(desk, headline)
        row = publish(desk, article)
        found = events("article.published", headline)
        tap.ok(row["state"] == "delivered" and len(found) == 1, f"{style}: published", (row, Receiver.refused))
        text = json.dumps(found)
        tap.ok("Runa Teal" in text and "creativecommons.org/licenses/by/4.0" in text and "gazette.example" in text,
               f"{style}: author, licence and original are in it", text)
        tap.ok(receipt(desk, article)["remote_id"].startswith("urn:uuid:"), f"{style}: it has an id")
        desk.run("set", article, "headline=" + headline + " later")
        publish(desk, article)
        tap.ok(len(events("article.updated", headline + " later")) == 1, f"{style}: updated", Receiver.events)
        row = withdraw(desk, article)
        tap.ok(row["state"] == "delivered" and len(events("article.withdrawn", headline + " later")) == 1,
               f"{style}: withdrawn", row)
        article = import_page(desk, "Wrong secret " + style)
        wrong = "whsec_" + base64.b64encode(b"x" * 32).decode()
        row = publish(desk, article, REPRINT_SECRET_DAILY_SECRET=wrong)
        tap.ok(row["state"] == "parked" and "bad signature" in row["message"], f"{style}: a wrong secret is told", row)
        tap.ok(desk.run("partner", "test", "daily")[0] == 0, f"{style}: with the right one the partner is back")
        tap.ok(settle(desk, article)["state"] == "delivered", f"{style}: and what was parked goes out")


def check_ends(tap, site):
    for path, state, words in (("off", "parked", "switched this address off"), ("away", "failed", "moved to")):
        with opened() as desk:
            add_partner(desk, "webhook", f"{site.url}/{path}", {"secret": SECRET})
            row = publish(desk, import_page(desk, "To " + path))
            tap.ok(row["state"] == state and words in row["message"], f"/{path} is told", row)
    with opened() as desk:
        add_partner(desk, "webhook", site.url + "/standard", {"secret": SECRET})
        article = import_page(desk, "Slow clock")
        row = publish(desk, article, REPRINT_NOW="2026-03-01T10:00:00Z")
        tap.ok(row["state"] == "parked" and "clock" in row["message"], "a wrong clock is told", row)
        tap.ok(last(desk, article)["state"] == "parked", "and waits for a person")


def check_kit(tap, site, kit):
    def add_behind(desk, address, prefix):
        add_partner(desk, "webhook", f"{address}/{prefix}/standard".replace("//standard", "/standard"),
                    {"secret": SECRET})

    check_broken(tap, kit, add_behind, ("post",), lambda headline: len(events("article.published", headline)) or
                 headline.startswith("badchunk"))  # a 2xx is all that a receiver has to say
    repeated = [name for name, tries in Receiver.tries.items() if tries > 1]
    tap.ok(len(repeated) >= 2, "what came twice had the same id, so the receiver could tell", Receiver.tries)
    check_certificates(tap, kit, add_behind)
    check_refused(tap, kit, add_behind, [row for row in REFUSED if row[0] != "200html"])


def main():
    tap = Tap()
    site = Server()
    try:
        check_life(tap, site, "standard", SECRET)
        check_life(tap, site, "github", SHARED)
        check_ends(tap, site)
        if lacks := faults.missing():
            tap.ok(True, "the fault kit # SKIP needs " + ", ".join(lacks))
            return tap.done()
        kit = faults.Faults(site.url)
        try:
            check_kit(tap, site, kit)
        finally:
            kit.close()
    finally:
        site.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
