#!/usr/bin/python3
"""A large picture goes up slowly: the window says how far it is, it can be stopped, and sent again."""
import http.server
import json
import os
import re
import socket
import subprocess
import sys
import threading
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import display  # noqa: E402

display.enter()
from desk import Desk, Tap, page  # noqa: E402


class Slow(http.server.ThreadingHTTPServer):
    """Takes the first piece of a picture and no more until it is told to."""

    daemon_threads = True

    def __init__(self):
        self.go_on, self.items, self.pictures = threading.Event(), 0, 0
        super().__init__(("127.0.0.1", 0), Answers)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answers(http.server.BaseHTTPRequestHandler):
    def answer(self, status, document):
        text = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        self.answer(404, {})

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        first = self.rfile.read(min(size, 100000))
        if size > 1000000:
            self.server.go_on.wait()
        rest = self.rfile.read(size - len(first))
        if len(first) + len(rest) < size:  # broken off
            return
        self.server.pictures += size > 1000000
        self.server.items += size < 1000000
        self.answer(201, {})

    def log_message(self, *arguments):
        pass


def write_story(desk):
    picture = os.path.join(desk.folder, "noise.jpg")
    subprocess.run(["convert", "-size", "2300x1900", "xc:", "+noise", "Random", "-quality", "92", picture], check=True)
    path = os.path.join(desk.folder, "story.zip")
    figure = '<figure><img src="noise.jpg" alt="Noise"><figcaption>Photo: Joris Halm, CC BY 4.0</figcaption></figure>'
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.write(picture, "noise.jpg")
        bundle.writestr("story.html", re.sub(r"<figure>.*?</figure>", figure, page("Boats at noon", "boats"), flags=re.S))
    return path


def find_size(window):
    return next((text for text in window.texts() if re.search(r"MB of [\d.]+.MB sent", text)), None)


def main():
    tap, desk, partner = Tap(), Desk(REPRINT_TIMEOUT="300"), Slow()
    assert desk.run("partner", "add", "slow", "--connector", "ninjs-push", f"--set=url={partner.url}/push",
                    "--set=channels=web", "--set=commercial=false")[0] == 0
    assert desk.run("import", write_story(desk))[0] == 0
    article = desk.json("list")[0]["article"]
    desk.run("licence", "confirm", article)
    with display.watched(tap, desk) as window:
        display.xdo("search", "--onlyvisible", "--name", "^Reprint$", "windowsize", 1440, 900)
        window.choose("Ready")
        window.choose("Boats at noon")
        window.wait_for("slow, Ready")
        window.press("Publish")
        display.wait(lambda: find_size(window), "how far it is")
        tap.ok(True, "the window says how far it is")
        window.press("What Can Be Done Here")
        window.act("Stop Sending", "menu item")
        display.wait(lambda: desk.json("outbox")[0]["state"] == "parked", "a delivery that was stopped")
        display.wait(lambda: find_size(window) is None, "the end of the bar")
        tap.ok(partner.items == 0, "it is stopped, and nothing has arrived", partner.items)
        partner.go_on.set()
        window.press("What Can Be Done Here")
        window.act("Try Again Now", "menu item")
        display.wait(lambda: desk.json("outbox")[0]["state"] == "delivered", "the delivery")
        tap.ok((partner.pictures, partner.items) == (1, 1), "it is sent again, once", (partner.pictures, partner.items))
    partner.go_on.set()
    partner.shutdown()
    desk.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
