#!/usr/bin/python3
"""The Flatpak: it may do what it needs and no more, every library is pinned, and what the window starts
from is installed."""
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import SOURCE, Tap  # noqa: E402

FOLDER = os.path.join(SOURCE, "flatpak")
# The network; a window, by Wayland or else by X11 with its shared memory; the graphics card. Everything
# else comes through portals.
PERMISSIONS = ["--device=dri", "--share=ipc", "--share=network", "--socket=fallback-x11", "--socket=wayland"]


def is_pinned(source):
    if source["type"] == "archive":
        addresses = [source["url"], *source.get("mirror-urls", [])]
        return re.fullmatch("[0-9a-f]{64}", source["sha256"]) and all(url.startswith("https://") for url in addresses)
    return source["type"] in ("dir", "file") and os.path.exists(os.path.join(FOLDER, source["path"]))


def main():
    tap = Tap()
    with open(os.path.join(FOLDER, "app.reprint.Reprint.json"), encoding="utf-8") as handle:
        manifest = json.load(handle)
    tap.ok(sorted(manifest["finish-args"]) == PERMISSIONS, "the sandbox lets through what is needed", manifest["finish-args"])
    loose = [source for module in manifest["modules"] for source in module["sources"] if not is_pinned(source)]
    tap.ok(not loose, "every source is a file of ours or has a checksum", loose)
    with open(os.path.join(SOURCE, "data", "meson.build"), encoding="utf-8") as handle:
        installed = re.findall(r"install_subdir\('(\w+)'|subdir\('(\w+)'\)", handle.read())
    names = {name for pair in installed for name in pair if name}
    tap.ok({"sample", "licences"} <= names, "the sample and the licences are installed", names)
    return tap.done()


raise SystemExit(main())
