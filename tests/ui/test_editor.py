#!/usr/bin/python3
"""Writing in an article, by the keyboard and the pointer: styles, quotation marks, links, tables, pictures and their order,
pastes, find and replace, the language with its spelling, one undo for all of it, and the program killed in the middle of a
word."""
import base64
import os
import re
import struct
import subprocess
import zlib

import display

display.enter()
from desk import PICTURE, Desk, Tap  # noqa: E402
from editing import FIRST_WORD, TEXT, Editor  # noqa: E402

HEADLINE = "Fahrplan der Fähre ab März"
ARTICLE = f"""<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>{HEADLINE} - Holmer Bote</title>
<link rel="canonical" href="https://bote.example/faehre">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<meta property="og:site_name" content="Holmer Bote"><meta name="author" content="Runa Teal">
</head><body><article><h1>{HEADLINE}</h1>
<p>Der Hafen hat den neuen Fahrplan veröffentlicht, und in der Schlange hat sich diesmal niemand beschwert.</p>
<p>Die Boote fahren bis acht Uhr abends zur vollen Stunde, und für alle, die länger bleiben, um halb elf.</p>
<p>Ein Film zeigt den Hafen, wie er vor hundert Jahren war, als der Hafen noch keine Mauer hatte.</p>
<figure><iframe src="https://film.example/7" title="Film"></iframe></figure>
<p>Der Eintritt ist frei, und wer mag, bringt etwas zu essen mit, denn das Lokal hat montags zu.</p>
</article></body></html>"""
FIRST = "<p>Der Hafen hat"
CELL = (600, 395)  # of a table after the first paragraph: its second row, first column
# A word in the dictionary of one language is none in that of the other.
WORDS = {"de_DE": ("Hafen",), "fr_FR": ("Hafn",)}


class Clipboard:
    """A program that has something on the clipboard until it is told to end."""
    SCRIPT = """import sys, gi
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk
Gtk.init()
kind, what = sys.argv[1:]
give = lambda mime, data: Gdk.ContentProvider.new_for_bytes(mime, GLib.Bytes.new(data))
parts = {
  'text': lambda: [give('text/plain;charset=utf-8', what.encode())],
  'html': lambda: [give('text/html', what.encode()), give('text/plain;charset=utf-8', b'plain ' + what.encode()[:0] + b'words')],
  'picture': lambda: [give('image/png', open(what, 'rb').read())],
}[kind]()
Gdk.Display.get_default().get_clipboard().set_content(Gdk.ContentProvider.new_union(parts))
print('set', flush=True)
GLib.MainLoop().run()"""

    def __init__(self, kind, what):
        self.process = subprocess.Popen(["/usr/bin/python3", "-c", self.SCRIPT, kind, what], stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def check_quotes(tap, editor):
    editor.to_text()
    editor.to_start()
    editor.type("\"Ja\", sagt's der Wirt. ")
    tap.ok(editor.has("„Ja“, sagt’s der Wirt."), "quotation marks are those of the article's language")
    editor.type("\"")
    editor.has("Wirt. „")
    editor.keys("ctrl+z")
    tap.ok(editor.has("Wirt. \""), "one undo brings the straight mark back")
    tap.ok(editor.undo_all(), "undo goes back to the beginning")


def check_styles(tap, editor):
    for key, tag in (("2", "h2"), ("3", "h3"), ("4", "h4"), ("q", "blockquote"), ("0", "p")):
        editor.keys(f"ctrl+alt+{key}")
        display.wait(lambda: editor.body().startswith(f"<{tag}>"), f"the first paragraph as {tag}", 10)
    tap.ok("<blockquote>" not in editor.body(), "headings, a quote and a paragraph by their keys, and out of the quote again")


def check_link(tap, editor):
    editor.to_start()
    editor.keys("ctrl+shift+Right")
    with Clipboard("text", "https://hafen.example/plan"):
        editor.keys("ctrl+v")
        tap.ok(editor.has('<a href="https://hafen.example/plan">Der'), "an address pasted over a selection links it")
    editor.undo_all()


def check_pastes(tap, editor):
    markup = "<p onclick='x()' style='color:red'>Sauber <b>fett</b><script>x()</script></p>"
    with Clipboard("html", markup):
        editor.to_start()
        editor.keys("ctrl+v")
        editor.has("Sauber")
        body = editor.body()
        tap.ok("<b>fett</b>" in body and "onclick" not in body and "x()" not in body, "a paste is cleaned like an import", body)
        editor.undo_all()
        editor.to_start()
        editor.keys("ctrl+shift+v")
        tap.ok(editor.has("plain words") and "<b>" not in editor.body(), "a paste without formatting is plain")
        editor.undo_all()


def check_find(tap, editor):
    window = editor.window
    editor.keys("ctrl+h")
    window.wait_for("Replace with")
    window.write("Find in page", "hafen")
    tap.ok(window.wait_for("1 of 3"), "the matches are counted")
    window.press("Match Case")
    tap.ok(window.wait_for("Not found"), "matching case finds only what is written so")
    window.press("Match Case")
    window.wait_for("1 of 3")
    window.write("Replace with", "Kai")
    window.press("Replace")
    editor.has("Der Kai hat")
    tap.ok(editor.body().count("Hafen") == 2, "one is replaced, the others stay")
    window.press("Replace All")
    display.wait(lambda: "Hafen" not in editor.body(), "all replaced", 10)
    tap.ok(editor.body().count("Kai") == 3, "all are replaced")
    editor.keys("Escape")
    editor.to_text()
    editor.keys("ctrl+z")
    display.wait(lambda: editor.body().count("Hafen") == 2, "one step back", 10)
    editor.keys("ctrl+z")
    display.wait(lambda: editor.body().count("Hafen") == 3, "two steps back", 10)
    tap.ok(True, "each of the two is one step of undo")


def check_tables(tap, editor):
    editor.to_text()
    editor.window.act("Insert", "push button", "toggle button", "button")
    editor.window.act("Table", "menu item", "button")
    editor.has("<table>")
    editor.type("Tag")
    editor.keys("Tab")
    editor.type("Uhr")
    display.wait(lambda: "Tag" in editor.body() and "Uhr" in editor.body(), "both cells", 10)
    cells = editor.body().count("<td>") + editor.body().count("<th>")
    editor.keys(*["Tab"] * 8)
    display.wait(lambda: editor.body().count("<tr") == 4, "a fourth row", 10)
    tap.ok(cells == 9, "a table of three by three, Tab from cell to cell, and a row at its end")
    check_headers(tap, editor)
    check_rows(tap, editor)
    editor.undo_to(lambda: "<table>" not in editor.body(), "no table")


def open_menu(editor, place, name):
    """A click there opens the menu with that entry; the one before may still be closing and take the click."""
    def there():
        if editor.window.find(name, "menu item"):
            return True
        display.xdo("mousemove", *place, "click", 3)
        return False
    display.wait(there, f"the menu with “{name}”", 15)


def from_menu(editor, *names):
    """By the menu at a cell of the second row, or by Insert and what is in it."""
    if len(names) == 1:
        open_menu(editor, CELL, names[0])
    else:
        editor.window.act("Insert", "push button", "toggle button", "button")
    for name in names:
        editor.window.act(name, "menu item", "check menu item", "button", "check box")


def count_cells(editor):
    return [[len(re.findall(f"<{tag}[ >]", row)) for tag in ("th", "td")]
            for row in re.findall("<tr.*?</tr>", editor.body(), re.DOTALL)]


def has_cells(tap, editor, cells, what):
    tap.ok(display.wait(lambda: count_cells(editor) == cells, f"{what}: {cells}", 10), what)


def check_headers(tap, editor):
    head, plain, beside = [3, 0], [0, 3], [1, 2]
    has_cells(tap, editor, [head, plain, plain, plain], "a new table has a header row")
    from_menu(editor, "Rows and Columns", "Header Row")
    has_cells(tap, editor, [plain] * 4, "its header row is switched off")
    from_menu(editor, "Header Column")
    has_cells(tap, editor, [beside] * 4, "a header column is switched on, from the menu of a cell")
    from_menu(editor, "Header Row")
    has_cells(tap, editor, [head, beside, beside, beside], "both at once")
    tap.ok(editor.body().count("<thead") == 1 and "Tag" in editor.body(), "with what stood in it, and one head", editor.body())


def check_rows(tap, editor):
    head, beside = [3, 0], [1, 2]
    for name, cells in (("Insert Row Above", [head] + [beside] * 4), ("Insert Row Below", [head] + [beside] * 5),
                        ("Insert Column Before", [[4, 0]] + [[2, 2]] * 5), ("Insert Column After", [[5, 0]] + [[2, 3]] * 5),
                        ("Delete Column", [[4, 0]] + [[1, 3]] * 5), ("Delete Row", [[4, 0]] + [[1, 3]] * 4)):
        from_menu(editor, name)
        has_cells(tap, editor, cells, name)
    from_menu(editor, "Delete Table")
    display.wait(lambda: "<table" not in editor.body(), "no table", 10)
    editor.keys("ctrl+z")
    tap.ok(editor.has("<table"), "a table that was deleted comes back")


def picture_file(editor):
    path = os.path.join(editor.desk.folder, "kai.png")
    with open(path, "wb") as handle:
        handle.write(base64.b64decode(PICTURE))
    return path


def plain_picture(editor, name, colour):
    """Wide and low, so that two of them and the text fit on the screen."""
    rows = zlib.compress(b"".join(b"\0" + bytes(colour) * 400 for _ in range(60)))
    chunks = (b"IHDR" + struct.pack(">IIBBBBB", 400, 60, 8, 2, 0, 0, 0), b"IDAT" + rows, b"IEND")
    path = os.path.join(editor.desk.folder, name)
    with open(path, "wb") as handle:
        handle.write(b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks))
    return path


def give_words(editor):
    editor.window.wait_for("Caption")
    for title, words in (("Caption", "Der Kai am Mittag"), ("Credit", "Foto: Joris Halm"),
                         ("Description for people who do not see it", "Ein graues Quadrat")):
        editor.window.write(title, words)
    editor.window.press("Save")


def check_pictures(tap, editor):
    path = picture_file(editor)
    source = display.drop(TEXT, "file", path)
    try:
        give_words(editor)
    finally:
        source.terminate()
        source.wait()
    # both are read as soon as the library has them
    stored = display.wait(lambda: (lambda it: it if "Der Kai am Mittag" in it.get("body_html", "") else None)(editor.stored()),
                          "the picture in the library")
    media = stored.get("images", [])
    tap.ok(len(media) == 1 and media[0].get("sha256") and media[0].get("credit") == "Foto: Joris Halm"
           and media[0].get("alt") == "Ein graues Quadrat", "a dropped picture is one of the article's, with its words", media)
    tap.ok('alt="Ein graues Quadrat"' in stored["body_html"] and len(editor.desk.json("list")) == 1,
           "it is a figure of the text, and nothing was imported", stored["body_html"])
    editor.to_text()
    editor.undo_to(lambda: "<img" not in editor.body(), "no picture")
    display.wait(lambda: not editor.stored().get("images"), "no picture left", 15)
    tap.ok(True, "undo takes the picture out again")
    with Clipboard("picture", path):
        editor.to_start()

        def asked():  # what is on the clipboard gets about between programs in its own time
            if editor.window.find("Caption"):
                return True
            editor.keys("ctrl+v")
            return False
        display.wait(asked, "the words of the picture")
        editor.keys("Escape")
        tap.ok(editor.has("<img"), "a pasted picture becomes a figure")
    editor.to_text()
    editor.undo_to(lambda: "<img" not in editor.body(), "no picture")


def orders(editor):
    """The captions in the list of pictures, and in the text."""
    stored = editor.stored()
    return ([image.get("caption") for image in stored.get("images", [])],
            re.findall(r"<figcaption>(Rot|Blau)</figcaption>", stored["body_html"]))


def are(tap, editor, names, what):
    tap.ok(display.wait(lambda: orders(editor) == (names, names), f"{what}: {names}", 15), what)


def picture_row(editor, at):
    """Where the button of that row of the list is, as soon as it is on the screen."""
    def shown():
        boxes = [node.box() for node in editor.window.walk() if node.name == "Edit Caption, Credit and Description"
                 and node.role == "push button"]
        boxes = [box for box in boxes if box and box[2] > 30]  # GTK 4.8 names the button inside of it, too
        if len(boxes) == 2 and max(box[1] for box in boxes) < 840:
            return boxes[at]
        display.xdo("mousemove", 1250, 600, "click", 5)
        return None
    x, y, width, height = display.wait(shown, "the list of pictures", 15)
    return x + width // 2, y + height // 2


def move_down(editor):
    """Presses the button in what opens at the first row; the list may just be filled anew."""
    for node in editor.window.walk():
        if node.name == "Move Down" and node.role in display.BUTTONS and node.is_("sensitive"):
            return node.act()
    display.xdo("mousemove", *picture_row(editor, 0), "click", 1)
    return False


def check_order(tap, editor):
    rot, blau = ["Rot", "Blau"], ["Blau", "Rot"]
    for words, place, colour in (("Rot", TEXT, (200, 0, 0)), ("Blau", (760, 480), (0, 0, 200))):
        source = display.drop(place, "file", plain_picture(editor, f"{words}.png", colour))
        editor.window.wait_for("Caption")
        editor.window.write("Caption", words)
        editor.window.press("Save")
        editor.has(words)
        source.terminate()
        source.wait()
    are(tap, editor, rot, "two pictures, one after the other")
    display.drag((760, 380), (760, 655))
    are(tap, editor, blau, "one is dragged below the other in the text, once and with its caption; the list follows")
    editor.keys("ctrl+z")
    are(tap, editor, rot, "one undo takes it back")
    display.xdo("mousemove", 760, 580, "click", 1)
    display.wait(lambda: editor.is_usable("Bold"), "the picture is chosen", 10)
    editor.keys("alt+Up", "alt+Up")
    are(tap, editor, blau, "keys move the chosen one up")
    x, y = picture_row(editor, 0)
    display.drag((x - 150, y), (x - 150, picture_row(editor, 1)[1] + 20))
    are(tap, editor, rot, "one is dragged below the other in the list; the text follows")
    display.wait(lambda: move_down(editor), "the button “Move Down”", 15)
    are(tap, editor, blau, "a button moves it down again")
    editor.keys("alt+Up")
    are(tap, editor, rot, "and a key up, for the keyboard stays with the picture")
    editor.to_text()
    editor.undo_to(lambda: "<img" not in editor.body(), "no picture")


def make_dictionaries(desk):
    """One of a single word for each of two languages, found by the spelling checker instead of what is installed."""
    folder = os.path.join(desk.folder, "enchant", "hunspell")
    os.makedirs(folder)
    for name, words in WORDS.items():
        with open(os.path.join(folder, f"{name}.aff"), "w", encoding="utf-8") as handle:
            handle.write("SET UTF-8\n")
        with open(os.path.join(folder, f"{name}.dic"), "w", encoding="utf-8") as handle:
            handle.write("\n".join((str(len(words)), *words, "")))
    desk.environment["ENCHANT_CONFIG_DIR"] = os.path.dirname(folder)


def suggests(editor, word, other):
    """At the first word of the text, which is that one, its menu suggests the other."""
    editor.to_text()
    editor.to_start()
    editor.type(word + " ")
    editor.has(f"<p>{word} ")
    open_menu(editor, FIRST_WORD, "Select All")
    found = editor.window.find(other, "menu item") is not None
    editor.keys("Escape")
    editor.undo_all()
    return found


def check_language(tap, editor):
    window = editor.window
    tap.ok(suggests(editor, "Hafn", "Hafen") and not suggests(editor, "Hafen", "Hafn"),
           "a word that is none of the article's language is suggested another, one that is is not")
    credit = next(text for text in window.texts() if "erschien zuerst" in text)
    window.press("Change the Language of the Article")
    display.wait(lambda: any(node.is_("focused") for node in window.walk() if node.name == "Search languages"),
                 "the keyboard in the search", 10)
    editor.type("fren")
    editor.keys("Return")
    tap.ok(display.wait(lambda: editor.stored().get("language") == "fr", "the language in the library", 10),
           "another language is chosen by the keyboard, and kept")
    tap.ok(display.wait(lambda: credit not in window.texts(), "another credit line", 10), "the credit line is in that language")
    tap.ok(suggests(editor, "Hafen", "Hafn") and not suggests(editor, "Hafn", "Hafen"), "spelling follows")
    editor.to_text()
    editor.to_start()
    editor.type("\"Oui\" ")
    tap.ok(editor.has("«"), "and so do the quotation marks")
    editor.undo_to(lambda: editor.stored().get("language") == "de", "the language before")
    tap.ok(window.wait_for(credit) and editor.undo_all(), "undo goes back to the language before, with its credit line")


def check_fields(tap, editor):
    """Undo across headline, text and HTML source, in the order in which it was typed."""
    editor.to_start()
    editor.type("Eins ")
    editor.has("Eins")
    display.xdo("mousemove", 760, 165, "click", 1)
    display.wait(lambda: not editor.is_usable("Bold"), "the caret in the headline", 10)
    editor.type("neu")
    editor.window.act("More About This Article", "push button", "toggle button", "button")
    editor.window.act("HTML Source", "check menu item", "menu item", "check box", "button")
    display.wait(lambda: "neu" in editor.stored()["headline"], "the headline in the library")
    display.xdo("mousemove", *TEXT, "click", 1)
    editor.keys("ctrl+Home")
    editor.type("<p>Zwei</p>")
    editor.has("<p>Zwei</p>")
    editor.undo_to(lambda: "Zwei" not in editor.body(), "the source before")
    tap.ok(editor.has("Eins"), "undo in the source takes back what was typed there")
    editor.undo_to(lambda: (editor.unsaved().get("headline") or editor.stored()["headline"]) == HEADLINE, "the headline")
    tap.ok("Eins" in editor.body(), "and then the headline, which was typed before it")
    editor.undo_all()
    tap.ok(True, "and then the text")
    editor.window.act("More About This Article", "push button", "toggle button", "button")
    editor.window.act("HTML Source", "check menu item", "menu item", "check box", "button")


def check_embed(tap, editor):
    tap.ok("https://film.example/7" in editor.stored()["body_html"], "what was embedded is still there after all that")


def crash(editor):
    editor.to_text()
    editor.to_start()
    editor.type("Mitten im Wo")
    display.wait(lambda: "Mitten im Wo" in (editor.unsaved().get("body") or ""), "the journal", 10)
    editor.window.process.kill()
    editor.window.process.wait()


def check_restored(tap, desk, editor):
    lost = "Mitten im Wo" not in editor.stored()["body_html"]
    with display.watched(tap, desk) as window:
        again = Editor(desk, window, FIRST)
        display.wait(lambda: "Mitten im Wo" in again.stored()["body_html"], "what was typed")
        tap.ok(lost, "killed before anything was saved, the next start has it to the very character")
        tap.ok(window.wait_for(HEADLINE) and not again.unsaved(), "and the journal is empty again")


def main():
    tap, desk = Tap(), Desk()
    make_dictionaries(desk)
    with display.watched(tap, desk, desk.write("faehre.html", ARTICLE)) as window:
        editor = Editor(desk, window, FIRST)
        window.wait_for(HEADLINE)
        window.wait_for("Article text")
        for check in (check_quotes, check_styles, check_link, check_pastes, check_find, check_tables, check_pictures,
                      check_order, check_language, check_fields, check_embed):
            check(tap, editor)
        crash(editor)
    check_restored(tap, desk, editor)
    desk.close()
    return tap.done()


raise SystemExit(main())
