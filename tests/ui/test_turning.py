#!/usr/bin/python3
"""From article to article: what is typed is the article's that is shown, whether it came into the page of the one before or
into a page of its own; its language, its lock, its matches and its place come with it."""
import os

import display

display.enter()
from desk import Desk, Tap  # noqa: E402
from editing import Editor  # noqa: E402

FREE, LOCKED = "by/4.0", "by-nd/4.0"
LONG = "".join(f"<p>Absatz {number} handelt vom Hafen und davon, wer dort wartet, bis das Boot kommt.</p>" for number in range(60))
ARTICLES = {
    "Fahrplan der Fähre": ("de", FREE, "<p>Der Hafen hat den neuen Fahrplan und im Hafen steht er auch.</p>"),
    "Horaires du bac": ("fr", FREE, "<p>Le port affiche les nouveaux horaires du bac pour toute la saison.</p>"),
    "Ein fester Text": ("de", LOCKED, "<p>Dieser Text darf nicht geändert werden, auch nicht vom Hafen.</p>"),
    "Ein langer Text": ("de", FREE, LONG),
}


def file_name(headline):
    return headline.replace(" ", "-") + ".html"


def write(desk, headline, language, licence, body):
    name = file_name(headline)
    return desk.write(name, f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{headline}</title>
<link rel="canonical" href="https://bote.example/{name}"><link rel="license" href="https://creativecommons.org/licenses/{licence}/">
<meta property="og:site_name" content="Holmer Bote"><meta name="author" content="Runa Teal"></head>
<body><article><h1>{headline}</h1>{body}</article></body></html>""")


class Turner:
    def __init__(self, desk, window):
        self.desk, self.window = desk, window
        self.editor = Editor(desk, window, "")
        self.ids = {row["headline"]: row["article"] for row in desk.json("list")}

    def turn_to(self, headline):
        """A row is clicked, and the inspector names the file that the article came from."""
        self.window.choose(headline, "RpListPane")
        self.editor.id = self.ids[headline]
        self.window.wait_for(file_name(headline), inside="RpInspector")

    def bodies(self):
        return {headline: self.desk.json("show", identity)[0]["body_html"] for headline, identity in self.ids.items()}


def check_typing(tap, turner):
    """Nothing is typed in the first two, so that the third comes into the page of the first."""
    before = turner.bodies()
    for headline in ("Fahrplan der Fähre", "Ein langer Text", "Horaires du bac"):
        turner.turn_to(headline)
    turner.editor.to_text()
    turner.editor.to_start()
    turner.editor.type("\"Oui\" ")
    tap.ok(turner.editor.has("«"), "in an article that came into the page of another, quotation marks are those of its language")
    turner.turn_to("Fahrplan der Fähre")
    turner.editor.to_text()
    turner.editor.to_start()
    turner.editor.type("\"Ja\" ")
    tap.ok(turner.editor.has("„Ja“ Der Hafen"), "the next one, after something was typed, is again in its own language")
    turner.turn_to("Ein langer Text")
    after = turner.bodies()
    tap.ok("Oui" in after["Horaires du bac"] and "Ja" in after["Fahrplan der Fähre"] and
           all(after[other] == before[other] for other in ("Ein fester Text", "Ein langer Text")),
           "what was typed is in these two, and in no other", after)


def check_undo(tap, turner):
    turner.turn_to("Ein langer Text")
    turner.turn_to("Horaires du bac")
    turner.editor.to_text()
    turner.editor.keys("ctrl+z")
    turner.editor.to_start()
    turner.editor.type("Non ")
    turner.editor.has("Non ")
    turner.editor.undo_to(lambda: "Non" not in turner.editor.body(), "the text before")
    tap.ok("Oui" in turner.editor.body(), "undo begins with what was there when the article was opened")


def check_lock(tap, turner):
    turner.turn_to("Ein langer Text")
    turner.turn_to("Ein fester Text")
    tap.ok(display.wait(lambda: not turner.editor.is_usable("Bold"), "no formats", 10), "a locked article stays locked in the page of another")
    before = turner.bodies()["Ein fester Text"]
    display.xdo("mousemove", 760, 290, "click", 1)
    turner.editor.type("Neu ")
    turner.turn_to("Ein langer Text")
    turner.editor.to_text()
    turner.editor.to_start()
    turner.editor.type("Frei ")
    tap.ok(turner.editor.has("Frei Absatz 0"), "the next one, in the page of the locked one, can be written in")
    tap.ok(turner.bodies()["Ein fester Text"] == before, "and the locked one is as it was")


def check_find(tap, turner):
    turner.turn_to("Horaires du bac")
    turner.turn_to("Fahrplan der Fähre")
    turner.editor.to_text()
    turner.editor.keys("ctrl+f")
    turner.window.write("Find in page", "hafen")
    turner.window.wait_for("1 of 2")
    turner.turn_to("Horaires du bac")
    tap.ok(turner.window.wait_for("Not found"), "what is looked for is looked for in the next article, too")
    turner.turn_to("Fahrplan der Fähre")
    tap.ok(turner.window.wait_for("1 of 2"), "and again in the first")
    turner.editor.keys("ctrl+f", "Escape")
    display.wait(lambda: turner.editor.is_usable("Bold"), "the match as the selection in the text", 10)


def check_place(tap, turner):
    """Down in a long article, and from there to the next."""
    turner.turn_to("Ein langer Text")
    display.xdo("mousemove", 760, 500, "click", "--repeat", 5, 5)
    turner.turn_to("Horaires du bac")
    turner.editor.to_text()
    turner.editor.to_start()
    turner.editor.type("Haut ")
    tap.ok(turner.editor.has("<p>Haut "), "an article begins at its top after one that was scrolled")


def check_gone(tap, turner):
    """The process of the page ends in the middle: the page is loaded anew, with the article and what was typed."""
    turner.turn_to("Ein langer Text")
    turner.turn_to("Horaires du bac")
    for pid in web_processes(turner.window.process.pid):
        os.kill(pid, 9)
    turner.editor.to_text()
    turner.editor.to_start()
    turner.editor.type("Encore ")
    tap.ok(turner.editor.has("Encore Haut"), "after its process has died the page is there again and can be written in")


def web_processes(pid):
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/comm", encoding="utf-8") as comm:
                if comm.read().startswith("WebKitWebProces") and pid in parents(int(entry)):
                    found.append(int(entry))
        except OSError:
            continue
    return found


def parents(pid):
    while pid > 1:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            pid = int(stat.read().rpartition(")")[2].split()[1])
        yield pid


def main():
    tap, desk = Tap(), Desk()
    for headline, (language, licence, body) in ARTICLES.items():
        desk.run("import", write(desk, headline, language, licence, body))
    with display.watched(tap, desk) as window:
        window.wait_for("Ein langer Text")
        turner = Turner(desk, window)
        turner.turn_to("Ein langer Text")
        window.wait_for("Article text")
        for check in (check_typing, check_undo, check_lock, check_find, check_place, check_gone):
            check(tap, turner)
    desk.close()
    return tap.done()


raise SystemExit(main())
