#!/usr/bin/python3
"""The words of an article by the keyboard alone: from one misspelt word to the next, what they could be, the dictionary that
learns, the menu of the text; and words that are dragged to another place."""
import os
import re

import display

display.enter()
from desk import Desk, Tap  # noqa: E402
from editing import FIRST_WORD, Editor  # noqa: E402

HEADLINE = "Fahrplan der Fähre ab März"
TEXT = ("Der Hafn hat den neuen Fahrplan.", "Die Boote fahren zur vollen Stunde, mehr steht auf www.bote.example im Netz.",
        "Der Wirt sagt es geht’s gut mit dem Kutterr und 25 Netzen.")
ARTICLE = f"""<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>{HEADLINE}</title>
<link rel="canonical" href="https://bote.example/faehre"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<meta property="og:site_name" content="Holmer Bote"><meta name="author" content="Runa Teal">
</head><body><article><h1>{HEADLINE}</h1>{"".join(f"<p>{line}</p>" for line in TEXT)}</article></body></html>"""
WRONG = {"Hafn": "Hafen", "Kutterr": "Kutter"}
END = 1000  # right of the first line
NAMES = ("Runa", "Teal")


def make_dictionary(desk):
    """Every word of the article, of which the misspelt ones are put right."""
    said = " ".join((HEADLINE, *TEXT, *NAMES)).replace("www.bote.example", "")
    words = {WRONG.get(word, word).replace("’", "'") for word in re.findall(r"[^\W\d]+(?:’\w+)?", said)}
    folder = os.path.join(desk.folder, "enchant", "hunspell")
    os.makedirs(folder)
    with open(os.path.join(folder, "de_DE.aff"), "w", encoding="utf-8") as handle:
        handle.write("SET UTF-8\nTRY enr\n")
    with open(os.path.join(folder, "de_DE.dic"), "w", encoding="utf-8") as handle:
        handle.write("\n".join((str(len(words)), *sorted(words), "")))
    desk.environment["ENCHANT_CONFIG_DIR"] = os.path.dirname(folder)


def has_item(editor, name):
    return editor.window.find(name, "menu item") is not None


def wait_for_menu(editor, name):
    display.wait(lambda: has_item(editor, name), f"“{name}” in the menu", 10)


def check_next(tap, editor):
    editor.to_text()
    editor.to_start()
    editor.keys("F7")
    wait_for_menu(editor, "Hafen")
    tap.ok(has_item(editor, "Add to Dictionary"), "F7 leads to the first misspelt word and says what it could be")
    editor.keys("Return")
    tap.ok(editor.has("Der Hafen hat"), "Enter takes the first of them")
    editor.keys("F7")
    wait_for_menu(editor, "Kutter")
    tap.ok(not has_item(editor, "Hafen"), "F7 goes on: no address, no number and no apostrophe is a misspelt word")
    editor.keys("Escape")
    display.wait(lambda: not has_item(editor, "Kutter"), "no menu", 10)
    editor.keys("ctrl+z")
    tap.ok(editor.has("Der Hafn hat"), "the word is one step of undo")


def check_menu(tap, editor):
    """The menu of the text by the keyboard, at the word where the caret is."""
    editor.to_start()
    editor.keys("ctrl+Right", "ctrl+Right", "Left")
    editor.keys("shift+F10")
    wait_for_menu(editor, "Hafen")
    tap.ok(has_item(editor, "Paste") and has_item(editor, "Select All") and not has_item(editor, "Cut") and
           not has_item(editor, "Delete Row"), "Shift+F10 opens the menu at the caret, with what can be done there")
    editor.window.act("Select All", "menu item")
    display.wait(lambda: not has_item(editor, "Select All"), "no menu", 10)
    editor.keys("Menu")
    wait_for_menu(editor, "Cut")
    tap.ok(has_item(editor, "Copy") and not has_item(editor, "Hafen"), "so does the menu key, with another menu for what is selected")
    editor.window.act("Cut", "menu item")
    editor.lacks("Fahrplan")
    editor.keys("Menu")
    wait_for_menu(editor, "Paste")
    editor.window.act("Paste", "menu item")
    tap.ok(editor.has("Der Hafn hat"), "cut and pasted from the menu, the text is there again")
    editor.undo_all()


def check_learning(tap, editor):
    editor.to_text()
    editor.to_start()
    editor.keys("F7")
    wait_for_menu(editor, "Add to Dictionary")
    editor.window.act("Add to Dictionary", "menu item")
    display.wait(lambda: not has_item(editor, "Add to Dictionary"), "no menu", 10)
    editor.keys("F7")
    wait_for_menu(editor, "Kutter")
    editor.keys("Return")
    editor.has("dem Kutter und")
    editor.keys("F7")
    tap.ok(editor.window.wait_for("No misspelt words were found."), "a word that was added is right from then on, and F7 says when it is done")
    tap.ok("Der Hafn hat" in editor.body(), "and stays as it is")
    editor.undo_all()


def check_drag(tap, editor):
    """A word is taken by the pointer to the end of its line."""
    editor.to_text()
    editor.to_start()
    editor.keys("ctrl+shift+Right")
    display.drag((FIRST_WORD[0] - 5, FIRST_WORD[1]), (END, FIRST_WORD[1]))
    tap.ok(editor.has("Fahrplan.Der") or editor.has("Fahrplan. Der") or editor.has("Fahrplan.&nbsp;Der"), "a word is dragged to another place")
    tap.ok("Der Hafn" not in editor.body(), "and is no longer where it was")
    editor.keys("ctrl+z")
    tap.ok(editor.has("<p>Der Hafn hat den neuen Fahrplan.</p>"), "one step of undo brings it back")


def check_no_dictionary(tap, editor):
    window = editor.window
    window.press("Change the Language of the Article")
    display.wait(lambda: any(node.is_("focused") for node in window.walk() if node.name == "Search languages"), "the search", 10)
    editor.type("greek")
    editor.keys("Return")
    display.wait(lambda: editor.stored().get("language") == "el", "Greek", 10)
    editor.to_text()
    editor.keys("F7")
    tap.ok(window.wait_for("No dictionary for Greek is installed. Your software centre has one."),
           "without a dictionary, F7 says which one is missing")


def main():
    tap, desk = Tap(), Desk()
    make_dictionary(desk)
    with display.watched(tap, desk, desk.write("faehre.html", ARTICLE)) as window:
        editor = Editor(desk, window, "<p>Der Hafn hat")
        window.wait_for(HEADLINE)
        window.wait_for("Article text")
        for check in (check_next, check_menu, check_learning, check_drag, check_no_dictionary):
            check(tap, editor)
    desk.close()
    return tap.done()


raise SystemExit(main())
