#!/usr/bin/python3
"""What a partner's page has lost is shown beside the partner, with what can be done; a look at the page later
finds it mended."""
import http.server
import json
import os
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import display  # noqa: E402

display.enter()
from desk import Desk, Tap, page  # noqa: E402


class Careless(http.server.ThreadingHTTPServer):
    """Takes pushed articles; shows the first paragraphs only, until it is told to show all."""

    def __init__(self):
        self.body, self.whole = "", False
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answers(http.server.BaseHTTPRequestHandler):
    def answer(self, status, kind, text):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        if self.path.startswith("/push_binary"):
            self.answer(200, "application/json", "{}")
            return
        shown = self.server.body if self.server.whole else "<p>" + self.server.body[:200]
        self.answer(200, "text/html; charset=utf-8", f"<html><body>{shown}</body></html>")

    def do_POST(self):
        item = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.body = item["body_html"]
        self.answer(201, "application/json", json.dumps({"url": self.server.url + "/page"}))

    def log_message(self, *arguments):
        pass


def main():
    tap, desk, partner = Tap(), Desk(), Careless()
    assert desk.run("partner", "add", "careless", "--connector", "ninjs-push", f"--set=url={partner.url}/push",
                    "--set=channels=web", "--set=commercial=false")[0] == 0
    desk.run("import", desk.write("page.html", page("Boats on the hour", "boats")))
    article = desk.json("list")[0]["article"]
    status, out, err = desk.run("publish", article, "--to", "careless", "--wait")
    assert status == 0, out + err
    with display.watched(tap, desk) as window:
        display.xdo("search", "--onlyvisible", "--name", "^Reprint$", "windowsize", 1440, 900)
        window.choose("Needs attention")
        window.choose("Boats on the hour")
        window.wait_for("Not Complete")
        tap.ok(True, "a page without the credit line is marked")
        words = display.wait(lambda: next((text for text in window.texts() if "credit line is not on the page" in text), None),
                             "what is missing")
        tap.ok("Ask the partner" in words, "with what can be done", words)
        partner.whole = True
        window.press("What Can Be Done Here")
        window.act("Look at the Page Now", "menu item")
        display.wait(lambda: desk.json("show", article)[0]["state"] == "published", "the mended page")
        tap.ok(True, "a look at the page finds it mended, and the article needs nobody any more")
    partner.shutdown()
    desk.close()
    return tap.done()


raise SystemExit(main())
