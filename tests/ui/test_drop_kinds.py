#!/usr/bin/python3
"""Each kind of thing that Reprint reads, dropped on the window by a real drag: a file of every format, several at once, a
folder, an address, a browser's link and a selection of a page."""
import functools
import http.server
import json
import os
import threading

import display

display.enter()
from desk import SOURCE, Desk, Tap, page  # noqa: E402

FORMATS = os.path.join(SOURCE, "tests", "import")


ON_TEXT, ON_LIST = (900, 450), (380, 600)


def headlines_of(desk, *files):
    status, out, err = desk.run("inspect", "--json", *files)
    assert status == 0, err
    return [article["headline"] for article in map(json.loads, out.splitlines()) if "headline" in article]


def check_drop(tap, desk, window, name, headlines, kind, *what, end=ON_TEXT):
    source = display.drop(end, kind, *what)
    try:
        display.wait(lambda: set(headlines) <= {row.get("headline") for row in desk.json("list", "--limit", "500")},
                     f"{name} in the library")
        window.wait_for(headlines[-1])
        tap.ok(True, f"{name}: dropped and on the screen")
    except TimeoutError as error:
        tap.ok(False, f"{name}: {error}", "\n".join(window.texts()))
    finally:
        source.terminate()
        source.wait()


def first_fixture(folder):
    names = sorted(name for name in os.listdir(folder) if not name.endswith(".json") or name + ".json" in os.listdir(folder))
    return os.path.join(folder, next(name for name in names if os.path.exists(os.path.join(folder, name + ".json"))))


def check_formats(tap, desk, window):
    for form in sorted(entry.name for entry in os.scandir(FORMATS) if entry.is_dir() and not entry.name.startswith("_")):
        path = first_fixture(os.path.join(FORMATS, form))
        check_drop(tap, desk, window, f"{form} ({os.path.basename(path)})", headlines_of(desk, path), "file", path,
                   end=ON_LIST if form == "image" else ON_TEXT)  # in a text it would become a part of it


def check_several(tap, desk, window):
    files = [desk.write(f"{word}.html", page(f"{word} boats leave the quay", word.lower())) for word in ("Three", "Four")]
    check_drop(tap, desk, window, "two files", ["Three boats leave the quay", "Four boats leave the quay"], "file", *files)
    folder = os.path.join(desk.folder, "folder")
    os.mkdir(folder)
    for word in ("Five", "Six"):
        os.rename(desk.write(f"{word}.html", page(f"{word} boats come home", word.lower())), os.path.join(folder, f"{word}.html"))
    check_drop(tap, desk, window, "a folder", ["Five boats come home", "Six boats come home"], "file", folder)


def check_addresses(tap, desk, window):
    site = os.path.join(desk.folder, "site")
    os.mkdir(site)
    for word in ("Seven", "Eight"):
        os.rename(desk.write(f"{word}.html", page(f"{word} lamps on the quay", word.lower())), os.path.join(site, f"{word}.html"))
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=site)
    handler.log_message = lambda *_: None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    try:
        check_drop(tap, desk, window, "an address", ["Seven lamps on the quay"], "uri", base + "Seven.html")
        check_drop(tap, desk, window, "a browser's link", ["Eight lamps on the quay"], "moz", base + "Eight.html")
    finally:
        server.shutdown()


def check_selections(tap, desk, window):
    text = "<h1>Nine gulls on the roof</h1><p>By Runa Teal</p><p>%s</p>" % ("The harbour office counted them twice. " * 6)
    check_drop(tap, desk, window, "a selection of a page", ["Nine gulls on the roof"], "html", text)
    plain = "Ten gulls on the roof\n\nBy Runa Teal\n\n%s\n" % ("The harbour office counted them three times. " * 6)
    check_drop(tap, desk, window, "a text", ["Ten gulls on the roof"], "text", plain)


def main():
    tap, desk = Tap(), Desk()
    with display.watched(tap, desk) as window:
        window.wait_for("Drop an article here")
        check_formats(tap, desk, window)
        check_several(tap, desk, window)
        check_addresses(tap, desk, window)
        check_selections(tap, desk, window)
    desk.close()
    return tap.done()


raise SystemExit(main())
