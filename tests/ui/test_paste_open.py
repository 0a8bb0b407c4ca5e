#!/usr/bin/python3
"""The other ways in, what is on the clipboard and files named on the command line, good ones and bad ones; and
the trash, with its way back."""
import os
import subprocess

import display

display.enter()
from desk import Desk, Tap, page  # noqa: E402


def paste(text):
    """Puts a text on the clipboard, by a program that stays until it is read, and presses the keys."""
    script = ("import sys, gi; gi.require_version('Gtk', '4.0'); from gi.repository import Gtk, Gdk, GLib; Gtk.init();"
              "Gdk.Display.get_default().get_clipboard().set(sys.argv[1]); print('set', flush=True);"
              "GLib.MainLoop().run()")
    owner = subprocess.Popen(["/usr/bin/python3", "-c", script, text], stdout=subprocess.PIPE, text=True)
    owner.stdout.readline()
    display.xdo("search", "--onlyvisible", "--name", "^Reprint$", "windowfocus", "--sync")
    display.xdo("key", "ctrl+v")
    return owner


def check_paste(tap, window):
    text = open(os.path.join(display.HERE, "slate-quarry.txt"), encoding="utf-8").read()
    owner = paste(text)
    try:
        window.wait_for("Slate quarry reopens as a school for roofers")
        tap.ok(True, "a pasted text becomes an article")
    finally:
        owner.terminate()


def check_paste_in_entry(tap, window):
    """Where text has the caret, pasting is pasting."""
    display.xdo("key", "ctrl+k")
    owner = paste("nobody wrote this")
    try:
        window.wait_for("Nothing Found")
        tap.ok(True, "a text pasted into the search is searched for, not imported")
    finally:
        owner.terminate()


def check_trash(tap, desk, window):
    """From the list by the keyboard, as the first thing after an article was opened there."""
    display.xdo("key", "Escape", "key", "Escape", "key", "Delete")
    display.wait(lambda: desk.json("list", "state:trash"), "the article in the trash")
    tap.ok(True, "Delete in the list moves the article to the trash")
    window.press("Undo")
    display.wait(lambda: not desk.json("list", "state:trash"), "the article back on the desk")
    tap.ok(True, "Undo brings it back")


def check_open(tap, desk):
    good = desk.write("good.html", page("Ferry timetable changes in spring"))
    bad = desk.write("bad.bin", "\x00\x01\x02 nothing that anybody could read")
    with display.watched(tap, desk, good, bad) as window:
        window.wait_for("Ferry timetable changes in spring")
        tap.ok(True, "a file that is named on the command line is shown")
        display.wait(lambda: any("bad.bin" in text for text in window.texts()), "the name of the bad file")
        tap.ok(True, "a file that cannot be read is named with the reason")


def main():
    tap, desk = Tap(), Desk()
    with display.watched(tap, desk) as window:
        window.wait_for("Drop an article here")
        check_paste(tap, window)
        check_trash(tap, desk, window)
        check_paste_in_entry(tap, window)
    check_open(tap, desk)
    desk.close()
    return tap.done()


raise SystemExit(main())
