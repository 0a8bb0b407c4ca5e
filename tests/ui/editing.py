"""The editor of an article in a window, written in as a person does; `first` is how its text begins."""
import glob
import json
import os

import display

TEXT = (760, 310)  # in the first paragraph
FIRST_WORD = (585, 286)


class Editor:
    def __init__(self, desk, window, first):
        self.desk, self.id, self.window, self.first = desk, None, window, first
        display.xdo("search", "--onlyvisible", "--name", "^Reprint$", "windowsize", "--sync", 1440, 900)

    def stored(self):
        if self.id is None:
            self.id = self.desk.json("list")[0]["article"]
        return self.desk.json("show", self.id)[0]

    def unsaved(self):
        """What the journal of typing has and the library does not."""
        for path in glob.glob(os.path.join(self.desk.folder, "library.db.typing", "*.typed")):
            try:
                with open(path, encoding="utf-8") as handle:
                    return json.loads(handle.read().split("\n", 1)[1])
            except (OSError, IndexError):
                return {}
        return {}

    def body(self):
        return self.unsaved().get("body") or self.stored().get("body_html", "")

    def has(self, words, what=""):
        return display.wait(lambda: words in self.body(), what or f"“{words}” in the text", 10)

    def lacks(self, words):
        return display.wait(lambda: words not in self.body(), f"no “{words}” in the text", 10)

    def keys(self, *keys):
        display.xdo("key", "--clearmodifiers", "--delay", 30, *keys)

    def type(self, words):
        display.xdo("type", "--delay", 15, words)

    def to_text(self):
        """A click and the keys after it come to the page by two ways, and bars may still be moving: it is clicked until
        the caret is there."""
        def there():
            if self.is_usable("Bold"):
                return True
            display.xdo("mousemove", *TEXT, "click", 1)
            return False
        display.wait(there, "the caret in the text", 10)

    def is_usable(self, name):
        button = self.window.find(name)
        return button is not None and button.is_("sensitive")

    def to_start(self):
        self.keys("ctrl+Home")

    def undo_to(self, question, what):
        """Takes steps back until it is so."""
        def reached():
            if question():
                return True
            self.keys("ctrl+z")
            return False
        return display.wait(reached, f"undo to {what}", 15)

    def undo_all(self):
        return self.undo_to(lambda: self.body().startswith(self.first), "the beginning")
