#!/usr/bin/python3
"""Pictures of the screens, on the sample desk: screenshots.py FOLDER"""
import os
import subprocess
import sys

if "REPRINT_SHOT_FOLDER" not in os.environ:
    os.environ["REPRINT_SHOT_FOLDER"] = os.path.abspath(sys.argv[1])

import display

display.enter()
from desk import Desk  # noqa: E402

FOLDER = os.environ["REPRINT_SHOT_FOLDER"]
ARTICLE = "Tide mills: a thousand years of power from the moon"


def settle(window):
    """Until two pictures in a row are the same: nothing moves any more."""
    last = None
    for _ in range(60):
        picture = subprocess.run(["import", "-window", "root", "rgba:-"], capture_output=True).stdout
        if picture == last:
            return
        last = picture
        display.xdo("sleep", 0.3)


def shoot(window, name, width=1440, height=900):
    number = display.xdo("search", "--onlyvisible", "--name", "^Reprint$").splitlines()[-1]
    if width < 800:  # as by a hand that pulls: columns go one after the other
        display.xdo("windowsize", number, 800, height)
        settle(window)
    display.xdo("windowsize", number, width, height)
    settle(window)
    subprocess.run(["import", "-window", number, os.path.join(FOLDER, name + ".png")], check=True)
    print(name, flush=True)


def visit(name, *arguments, steps=(), **environment):
    desk = Desk(**environment)
    window = display.Window(desk, *arguments)
    try:
        for step in steps:
            step(window)
        shoot(window, name)
        if name == "main-light":
            shoot(window, "main-narrow", 400, 860)
    finally:
        window.close()
        desk.close()


def wait_for(text):
    return lambda window: window.wait_for(text)


def press(text):
    return lambda window: window.press(text)


def main():
    sample = [wait_for(ARTICLE), wait_for("Practice Partner")]
    published = [*sample, press("Publish"), wait_for("Published to 1 partner")]
    visit("first-run", steps=[wait_for("Drop an article here")])
    visit("main-light", "--sample", steps=sample)
    visit("main-dark", "--sample", steps=sample, ADW_DEBUG_COLOR_SCHEME="prefer-dark")
    visit("published-light", "--sample", steps=published)


main()
