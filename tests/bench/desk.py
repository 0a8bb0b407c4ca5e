#!/usr/bin/python3
"""The window on a large library: opening, switching, scrolling, and whether it answers during an import.
desk.py BUILD COUNT"""
import os
import re
import statistics
import sqlite3
import subprocess
import sys
import time

if "REPRINT_DESK_COUNT" not in os.environ:
    source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    os.environ.update(REPRINT_TEST_BUILD=os.path.abspath(sys.argv[1]), REPRINT_TEST_SOURCE=source, REPRINT_DESK_COUNT=sys.argv[2])
sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "ui"))
import display  # noqa: E402

display.enter()
from desk import CTL, SOURCE, Desk, page  # noqa: E402

COUNT = int(os.environ["REPRINT_DESK_COUNT"])
FILES = 5000
READABLE = re.compile(r"can be read at (\d+) µs")
FRAME = re.compile(r"A frame took (\d+) µs")


def tell(name, values, unit="ms"):
    values = sorted(values)
    print(f"{name:<44} {statistics.median(values):9.1f} {unit:<3} {values[int(len(values) * 0.95)]:7.1f} at the 95th percentile,"
          f" {values[-1]:7.1f} at most, of {len(values)}", flush=True)


class Log:
    """What the window has written since the last time that somebody looked."""

    def __init__(self, window):
        self.file = open(window.log.name, encoding="utf-8")

    def numbers(self, pattern):
        return [int(number) for number in pattern.findall(self.file.read())]


def press_and_wait(log, key):
    """Milliseconds from the key to the article that can be read."""
    log.numbers(READABLE)
    begin = time.monotonic()
    display.xdo("key", key)
    at = display.wait(lambda: log.numbers(READABLE), "the article")[-1]
    return at / 1000 - begin * 1000


def measure_opening(window, log):
    box = display.wait(lambda: next(filter(None, (window.find_place(row) for row in first_rows(window))), None), "a row")
    display.xdo("mousemove", box[0] + 20, box[1] + 10, "click", 1)
    display.wait(lambda: log.numbers(READABLE), "the first article")
    display.xdo("sleep", 1)
    tell("an article is opened by a key", [press_and_wait(log, "Down") for _ in range(40)])
    tell("one of two that were open is opened again", [press_and_wait(log, key) for key in ["Up", "Down"] * 20])


def first_rows(window):
    return [node.name for node in window.walk("RpListPane") if node.role == "label" and len(node.name) > 25]


def measure_scrolling(log):
    display.xdo("sleep", 1)
    log.numbers(FRAME)
    display.xdo("key", "--delay", 40, *["Page_Down"] * 150)
    display.xdo("sleep", 1)
    tell("a frame while the list is scrolled, processor", [number / 1000 for number in log.numbers(FRAME)])
    x, y = 400, 500
    display.xdo("mousemove", x, y, "click", "--repeat", 300, "--delay", 15, 5)
    display.xdo("sleep", 1)
    tell("a frame while the wheel is turned, processor", [number / 1000 for number in log.numbers(FRAME)])


def measure_import(desk):
    """Asks the window for its size again and again: it answers between two things that it does."""
    folder = os.path.join(desk.folder, "dropped")
    os.mkdir(folder)
    for number in range(FILES):
        with open(os.path.join(folder, f"{number}.html"), "w", encoding="utf-8") as handle:
            handle.write(re.sub(r"<figure>.*?</figure>", "", page(f"Dropped story {number}", f"dropped-{number}"), flags=re.S))
    before = count(desk)
    window = display.Window(desk)
    display.wait(lambda: first_rows(window), "the list")
    frame = next(window.walk())
    source = display.drop((900, 450), "file", folder)
    begin, waits = time.monotonic(), []
    try:
        while len(waits) % 50 or count(desk) < before + FILES:
            asked = time.monotonic()
            frame.box()
            waits.append(1000 * (time.monotonic() - asked))
            display.xdo("sleep", 0.01)
        tell(f"the window answers during an import of {FILES:,}", waits)
        print(f"{f'{FILES:,} files':<44} {time.monotonic() - begin:9.1f} s", flush=True)
    finally:
        source.terminate()
        window.close()


def count(desk):
    library = sqlite3.connect(f"file:{desk.environment['REPRINT_LIBRARY']}?mode=ro", uri=True)
    try:
        return library.execute("SELECT count(*) FROM articles").fetchone()[0]
    finally:
        library.close()


def make_library(environment):
    """A copy of the one that REPRINT_BENCH_LIBRARY names, since an import changes it, or one of COUNT articles."""
    library = environment["REPRINT_LIBRARY"]
    if "REPRINT_BENCH_LIBRARY" in os.environ:
        subprocess.run(["cp", "--reflink=auto", os.environ["REPRINT_BENCH_LIBRARY"], library], check=True)
    else:
        subprocess.run([os.path.join(SOURCE, "tests", "bench", "fill-library"), CTL, library, str(COUNT)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def main():
    desk = Desk(G_MESSAGES_DEBUG="reprint")
    make_library(desk.environment)
    print(f"A library of {count(desk):,} articles", flush=True)
    window = display.Window(desk)
    log = Log(window)
    try:
        display.wait(lambda: first_rows(window), "the list")
        measure_opening(window, log)
        measure_scrolling(log)
    finally:
        window.close()
    measure_import(desk)
    desk.close()


main()
