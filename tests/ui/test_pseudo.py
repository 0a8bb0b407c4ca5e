#!/usr/bin/python3
"""A language that nobody speaks: every text of the window stands in ⟦brackets⟧ and is half as long again. What has no
brackets cannot be translated; what does not fit is cut."""
import contextlib
import json
import os
import re
import subprocess
import tempfile

import display

display.enter()
import gi  # noqa: E402

gi.require_version("Pango", "1.0")
gi.require_version("PangoCairo", "1.0")
from desk import SOURCE, Desk, Tap  # noqa: E402
from gi.repository import Pango, PangoCairo  # noqa: E402

ARTICLE = "Tide mills: a thousand years of power from the moon"
TEXTS = ("label", "push button", "button", "toggle button", "check box", "menu button", "menu item", "page tab", "heading",
         "combo box", "switch", "list item", "radio button")
CLASS = re.compile("(Gtk|Adw|Rp|WebKit)[A-Z][A-Za-z]+")  # what GTK says of an object without a name
# Words of the toolkit, which brings its own translations, of keyboards, and the name of the article's language, which the
# library for locales knows.
FOREIGN = {"Close", "Minimize", "Maximize", "Search", "Shortcuts", "Ctrl", "Shift", "Alt", "Return", "Delete", "Escape",
           "Tab", "Enter", "Reprint", "Super", "Menu", "View", "Search Shortcuts", "No Results Found", "Search Results",
           "Try a different search.", "Try a different search", "Back", "Clear entry", "Clear", "Space", "Print", "Home", "(None)",
           "English"}
SHORTENED = re.compile("^⟦(Practice Partner|⟦[0-9]+ words)")  # names, and what a tooltip tells in full
LONGER = " mōrē" * 40


def enlarge(text):
    """Half as long again, and at least four letters; directives, markup and line ends stay as they are."""
    if text in ("", "Reprint") or not re.search("[A-Za-z]{2}", re.sub(r"%[-'+ #0-9.$]*l?[a-zA-Z]|\{[a-z_]+\}|<[^>]*>", "", text)):
        return text
    words = text.rstrip("\n")
    return "⟦" + words + LONGER[:max(4, len(words) // 2)] + "⟧" + text[len(words):]


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def read_messages():
    """Context, text and plural of every message: from the German file, which is complete."""
    plain = subprocess.run(["msgattrib", "--no-obsolete", "--no-wrap", "--no-location", os.path.join(SOURCE, "po", "de.po")],
                           capture_output=True, text=True, check=True).stdout
    for block in plain.split("\n\n")[1:]:
        found = dict(re.findall(r'^(msgctxt|msgid|msgid_plural) "(.*)"$', re.sub('"\n"', "", block), re.M))
        if found.get("msgid"):
            yield {key: json.loads(f'"{value}"') for key, value in found.items()}


def write_language(folder):
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n!=1;\\n"', ""]
    for message in read_messages():
        lines += [f"{key} {quote(value)}" for key, value in message.items()]
        if "msgid_plural" in message:
            lines += [f"msgstr[0] {quote(enlarge(message['msgid']))}", f"msgstr[1] {quote(enlarge(message['msgid_plural']))}"]
        else:
            lines.append(f"msgstr {quote(enlarge(message['msgid']))}")
        lines.append("")
    os.makedirs(os.path.join(folder, "qq", "LC_MESSAGES"))
    subprocess.run(["msgfmt", "-o", os.path.join(folder, "qq", "LC_MESSAGES", "reprint.mo"), "-"], input="\n".join(lines),
                   text=True, check=True)


def is_cut(node):
    """Whether the text is higher than the room for it, even in the smallest letters that the window uses."""
    _, _, width, height = node.box() or (0, 0, 0, 0)
    layout = Pango.Layout.new(PangoCairo.FontMap.get_default().create_context())
    layout.set_font_description(Pango.FontDescription.from_string("Sans 8"))
    layout.set_wrap(Pango.WrapMode.WORD_CHAR)
    layout.set_width((width + 4) * Pango.SCALE)
    layout.set_text(node.name, -1)
    return width > 1 and layout.get_line_count() > 1 and layout.get_pixel_size()[1] > height + 4


def is_unseen(node):
    """On the page for an empty desk, which is behind the article."""
    while node is not None:
        if node.name == "RpFirstRun":
            return True
        node = node.parent
    return False


def knows(content, text):
    return all(part.strip().casefold() in content for part in re.split(r"[·,:…]| – ", text) if re.search("[A-Za-z]", part))


def is_foreign(text, content):
    return (CLASS.fullmatch(text) or ARTICLE in text or text in FOREIGN or not re.search("[A-Za-z]{3}", text) or "⟦" in text
            or text.split(" ")[0] in FOREIGN or re.fullmatch(r"[a-z]+:", text) or knows(content, text)
            or re.search(r"\d{4}|https?:|Ctrl|\.(html|txt|json|db)$", text))


def check(tap, window, page, content):
    bare, cut = set(), set()
    for node in window.walk():
        name = node.name
        if not name or node.role not in TEXTS:
            continue
        if not is_foreign(name, content):
            bare.add(f"{node.role} “{name}”")
            continue
        with contextlib.suppress(*display.GONE):
            if "⟦" in name and not SHORTENED.search(name) and node.role == "label" and not is_unseen(node) and is_cut(node):
                cut.add(name)
    tap.ok(not bare, f"{page}: every text can be translated", "\n".join(sorted(bare)))
    tap.ok(not cut, f"{page}: a longer language fits", "\n".join(sorted(cut)))


def read_content(desk):
    """What stands in the library: it has the language that it has."""
    said = "".join(desk.run(*words)[1] for words in (["list", "--json"], ["licence", "list", "--json"],
                                                     ["partner", "list", "--json"]))
    for name in os.listdir(os.path.join(SOURCE, "data", "sample")):
        path = os.path.join(SOURCE, "data", "sample", name)
        if os.path.isfile(path) and name.endswith((".html", ".txt", ".json", ".xml", ".md")):
            with open(path, encoding="utf-8") as handle:
                said += handle.read()
    return said.casefold()


def press(keys, words):
    """Keys that lead to a page; it is there when it shows the words."""
    return lambda window: (display.xdo("key", *keys.split()), display.wait(lambda: any(
        name.startswith("⟦" + words) for name in window.texts()), words))


PAGES = [("preview", press("alt+2", "As it will be sent")), ("compare", press("alt+3", "Nothing was changed")),
         ("history", press("alt+4", "What happened")), ("edit", press("alt+1", "Paragraph")),
         ("preferences", press("ctrl+comma", "Notifications")),
         ("sources", press("Escape ctrl+shift+s", "No Sources Yet"))]


def main():
    with tempfile.TemporaryDirectory(prefix="reprint-pseudo.") as folder:
        write_language(folder)
        return check_all(Tap(), folder)


def check_all(tap, folder):
    desk = Desk(LANGUAGE="qq", REPRINT_LOCALE_DIR=folder)
    with display.watched(tap, desk, "--sample", quiet=False) as window:
        window.wait_for(ARTICLE)
        window.choose(ARTICLE)
        display.wait(lambda: any("It Was Given" in name for name in window.texts()), "the article")
        content = read_content(desk)
        check(tap, window, "article", content)
        for page, lead in PAGES:
            lead(window)
            check(tap, window, page, content)
        tap.ok(not window.said(), "the toolkit had nothing to complain about", "\n".join(window.said()))
        # Last, because the toolkit complains of the page numbers in its own window.
        press("Escape ctrl+question", "Import files")(window)
        check(tap, window, "shortcuts", content)
    desk.close()
    return tap.done()


raise SystemExit(main())
