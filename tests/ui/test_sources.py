#!/usr/bin/python3
"""The window of sources: a feed is added and read, it is paused, removed and brought back, its errors are told in
words; and a feed that was dropped as a link offers to be read again."""
import http.server
import os
import threading

import display

display.enter()
from desk import Desk, Tap  # noqa: E402

ITEM = ("<item><title>{title}</title><link>{url}/{name}</link><guid>{url}/{name}</guid>"
        "<pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>")
TEXT = "The old weighbridge at the gate of the harbour opens on Sundays, and weighs whoever wants to know."


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        server = self.server
        found = self.path in server.feeds
        body = server.feeds.get(self.path, "Nothing here.").encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/rss+xml" if found else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{server.server_port}"
    server.feeds = {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def make_feed(server, title, *names):
    items = "".join(ITEM.format(title=f"About the {name}", name=name, url=server.url, text=f"{TEXT} ({name})")
                    for name in names)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


ENTRIES = ("menu item", "push button", "button", "label")


def open_sources(window):
    display.xdo("key", "ctrl+shift+s")
    window.wait_for("No Sources Yet")


def check_add(tap, window, desk, server):
    server.feeds["/feed"] = make_feed(server, "Weir Lane Weekly", "weighbridge", "weir")
    open_sources(window)
    window.press("Add a Source…")
    window.write("Address", server.url + "/feed")
    window.press("Add")
    window.wait_for("Weir Lane Weekly")
    display.wait(lambda: len(desk.json("list")) == 2, "the articles of the feed")
    window.wait_for("127.0.0.1 · asked just now")
    tap.ok(True, "a source is added, read, and says when")
    server.feeds["/feed"] = make_feed(server, "Weir Lane Weekly", "gate", "weighbridge", "weir")
    window.press("Read Now")
    display.wait(lambda: len(desk.json("list")) == 3, "the new article")
    tap.ok(True, "it is read when a person wants it")


def check_failure(tap, window, desk, server):
    window.press("Add a Source")
    window.write("Address", server.url + "/nowhere")
    window.press("Add")
    window.wait_for("The source could not be added.")
    tap.ok(any("404" in text for text in window.texts()), "what cannot be read says why", window.texts())
    display.xdo("key", "Escape")
    display.wait(lambda: window.find("The source could not be added.") is None, "the end of the message")
    del server.feeds["/feed"]
    window.press("Read Now")
    window.wait_for("Not readable")
    tap.ok(any("nothing at this address (404)" in text for text in window.texts()), "in words, in the list",
           window.texts())


def check_remove(tap, window, desk):
    window.press("Pause, Licence, Remove")
    window.act("Pause", *ENTRIES)
    window.wait_for("Paused")
    tap.ok(desk.json("source", "list")[0]["state"] == "paused", "it can be paused")
    display.wait(lambda: not any(window.find("Remove", role) for role in ENTRIES), "the end of the menu")
    window.press("Pause, Licence, Remove")
    window.act("Remove", *ENTRIES)
    display.wait(lambda: not desk.json("source", "list"), "the removal")
    window.press("Undo")
    display.wait(lambda: desk.json("source", "list"), "the way back")
    source = desk.json("source", "list")[0]
    tap.ok(source["title"] == "Weir Lane Weekly" and source["state"] == "paused", "removing has a way back", source)
    tap.ok(len(desk.json("list")) == 3, "its articles stay", "")


def check_subscribe(tap, desk, server):
    """A link that was dropped, opened or pasted, and turned out to be a feed."""
    server.feeds["/other"] = make_feed(server, "The Ferryman", "ferry", "rope")
    with display.watched(tap, desk, server.url + "/other") as window:
        window.press("Subscribe")
        window.wait_for("The Ferryman")
        display.wait(lambda: len(desk.json("source", "list")) == 2, "the second source")
        tap.ok(True, "a feed that was opened is subscribed by one click")


def main():
    tap, desk, server = Tap(), Desk(REPRINT_HOST_PAUSE="0"), serve()
    with display.watched(tap, desk) as window:
        check_add(tap, window, desk, server)
        check_failure(tap, window, desk, server)
        check_remove(tap, window, desk)
    check_subscribe(tap, desk, server)
    desk.close()
    server.shutdown()
    return tap.done()


raise SystemExit(main())
