#!/usr/bin/python3
"""Pictures of the screens in one mode: run by the script of the same name."""
import gettext
import os
import subprocess
import tempfile

import display

display.enter()
from desk import BUILD, Desk  # noqa: E402

MODE = os.environ["REPRINT_SHOT_MODE"]
FOLDER = os.environ["REPRINT_SHOT_FOLDER"]
ARTICLE = "Tide mills: a thousand years of power from the moon"
SETTINGS = {
    "readme": {}, "light": {}, "narrow": {}, "wide": {},
    "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "contrast": {"ADW_DEBUG_HIGH_CONTRAST": "1"},
    "large": {"XENVIRONMENT": "letters"},
    "double": {"GDK_SCALE": "2"},
    "german": {"LANGUAGE": "de", "LC_ALL": "de_DE"},
    "french": {"LANGUAGE": "fr", "LC_ALL": "fr_FR"},
    "spanish": {"LANGUAGE": "es", "LC_ALL": "es_ES"},
    "chinese": {"LANGUAGE": "zh_CN", "LC_ALL": "zh_CN"},
    "arabic": {"LANGUAGE": "ar", "LC_ALL": "ar_EG"},
}[MODE]
SCALE = int(SETTINGS.get("GDK_SCALE", "1"))
_ = gettext.translation("reprint", os.path.join(BUILD, "po"), [SETTINGS.get("LANGUAGE", "en")], fallback=True).gettext


def make_settings(folder):
    """The environment of the mode. A language has a locale of its own, so that dates are right, too."""
    settings = dict(SETTINGS)
    if "XENVIRONMENT" in settings:
        settings["XENVIRONMENT"] = os.path.join(folder, settings["XENVIRONMENT"])
        with open(settings["XENVIRONMENT"], "w", encoding="utf-8") as handle:
            handle.write("Xft.dpi: 144\n")  # half as large again
    if "LC_ALL" in settings:
        name = settings["LC_ALL"]
        subprocess.run(["localedef", "-i", name, "-f", "UTF-8", os.path.join(folder, name + ".UTF-8")], check=True)
        settings.update(LOCPATH=folder, LC_ALL=name + ".UTF-8", REPRINT_LOCALE_DIR=os.path.join(BUILD, "po"))
    return settings


def settle():
    """Until two pictures in a row are the same: nothing moves any more."""
    last = None
    for _unused in range(60):
        picture = subprocess.run(["import", "-window", "root", "rgba:-"], capture_output=True).stdout
        if picture == last:
            return
        last = picture
        display.xdo("sleep", 0.3)


def find_main():
    """The main window is the largest one; dialogs stand before it."""
    def size(window):
        width, height = display.xdo("getwindowgeometry", "--shell", window).split("WIDTH=")[1].split("\nHEIGHT=")
        return int(width) * int(height.split()[0])

    return max(display.xdo("search", "--onlyvisible", "--class", "reprint").splitlines(), key=size)


def resize(width, height):
    display.xdo("windowsize", find_main(), width * SCALE, height * SCALE)
    display.xdo("windowmove", find_main(), 0, 0)
    settle()


def shoot(name, width, height, folder):
    """What is seen of the window's place, with all that stands before it."""
    if width < 800:  # as by a hand that pulls: columns go one after the other
        resize(800, height)
    resize(width, height)
    os.makedirs(folder, exist_ok=True)
    subprocess.run(["import", "-window", "root", "-crop", f"{width * SCALE}x{height * SCALE}+0+0", "+repage",
                    os.path.join(folder, name + ".png")], check=True)
    print(MODE, name, flush=True)


def find_row(window, words):
    """A row of the sidebar; the same word may be a title elsewhere."""
    rows = (row for row in window.walk("RpSidebar") if row.role == "list item")
    return next((row.box() for row in rows if any(node.name == words for node in row.walk())), None)


def choose(words):
    def click(window):
        x, y, width, height = display.wait(lambda: find_row(window, _(words)), f"the row “{_(words)}”")
        display.xdo("mousemove", (x + width // 2) * SCALE, (y + height // 2) * SCALE, "click", 1)

    return click


def keys(*names):
    return lambda window: display.xdo("key", *names)


def click_article(window):
    x, y, _width, _height = display.wait(lambda: window.find_place(ARTICLE), "the article in the list")
    display.xdo("mousemove", (x + 20) * SCALE, (y + 10) * SCALE, "click", 1)


def select_all(window):
    click_article(window)
    display.xdo("key", "ctrl+a")


def complete(window):
    display.xdo("key", "ctrl+k", "type", "lic")


# Name, what leads there, what leads back.
SCREENS = [
    ("edit", None, None),
    ("preview", keys("alt+2"), None),
    ("compare", keys("alt+3"), None),
    ("history", keys("alt+4"), keys("alt+1")),
    ("menu", keys("F10"), keys("Escape")),
    ("preferences", keys("ctrl+comma"), keys("Escape")),
    ("shortcuts", keys("ctrl+question"), keys("Escape")),
    ("sources", choose("Sources"), keys("Escape")),
    ("licences", choose("Licences"), keys("Escape")),
    ("add-partner", choose("Add Partner…"), keys("Escape")),
    ("several", select_all, keys("Escape")),
    ("search", complete, keys("Escape", "Escape")),
    ("trash", choose("Trash"), None),
    ("outbox", choose("Outbox"), None),
]


def visit_all(settings):
    size = {"narrow": (360, 720), "wide": (3840, 2160)}.get(MODE, (1440, 900))
    folder = os.path.join(FOLDER, MODE)
    desk = Desk(**settings)
    window = display.Window(desk)
    try:
        window.wait_for(_("Drop an article here"))
        shoot("first-run", *size, folder)
    finally:
        window.close()
        desk.close()
    desk = Desk(**settings)
    window = display.Window(desk, "--sample")
    try:
        window.wait_for(ARTICLE)
        resize(1440, 900)
        click_article(window)
        for name, there, back in SCREENS:
            if there is not None:
                there(window)
            settle()
            shoot(name, *size, folder)
            if size != (1440, 900):
                resize(1440, 900)
            if back is not None:
                back(window)
                settle()
    finally:
        print("\n".join(window.said()), end="")
        window.close()
        desk.close()


def visit(name, *arguments, steps=(), **environment):
    desk = Desk(**environment)
    window = display.Window(desk, *arguments)
    try:
        for step in steps:
            step(window)
        settle()
        shoot(name, 1440, 900, FOLDER)
        if name == "main-light":
            shoot("main-narrow", 400, 860, FOLDER)
    finally:
        window.close()
        desk.close()


def wait_for(text):
    return lambda window: window.wait_for(text)


def visit_for_readme():
    sample = [wait_for(ARTICLE), wait_for("Practice Partner")]
    published = [*sample, lambda window: window.press("Publish"), wait_for("Published to 1 partner")]
    visit("first-run", steps=[wait_for("Drop an article here")])
    visit("main-light", "--sample", steps=sample)
    visit("main-dark", "--sample", steps=sample, ADW_DEBUG_COLOR_SCHEME="prefer-dark")
    visit("published-light", "--sample", steps=published)


if MODE == "readme":
    visit_for_readme()
else:
    with tempfile.TemporaryDirectory(prefix="reprint-mode.") as scratch:
        visit_all(make_settings(scratch))
