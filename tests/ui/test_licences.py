#!/usr/bin/python3
"""The book of licences as a person works it: an agreement with terms of every kind, a document, a change that the
history knows, and an earlier version brought back."""
import os
import shutil
import tempfile

import display

display.enter()
from desk import Desk, Tap  # noqa: E402

TERMS = [
    ("Name", "name", "Harbour agreement"),
    ("Licensor", "licensor", "Harbour Pool"),
    ("Copyright notice", "copyright_notice", "© Harbour Pool"),
    ("Only these outlets", "outlets", ["Herald", "Weir Lane"]),
    ("Only in these countries", "territory", {"allow": ["GB", "EU"]}),
    ("Begins", "valid_from", "2026-01-05T00:00:00Z"),
    ("Exclusive until", "exclusive_until", "2026-02-01T18:30:00Z"),
    ("Amount", "payment", {"amount": 80, "currency": "GBP"}),
    ("Currency", None, "GBP"),
    ("Uses at most", "quota", {"max_uses": 4}),
    ("Words at most", "max_words", 900),
    ("Lines that must be printed", "mandatory_lines", ["From the Harbour Pool."]),
    ("Only pictures credited to", "images", {"only-credited-to": ["Ada Reeve"]}),
    ("Mail address to tell it to", "notify", {"email": "desk@pool.example"}),
    ("Hours in which it has to be down", "takedown", {"hours": 24}),
]
TYPED = {"Only these outlets": "Herald, Weir Lane", "Only in these countries": "gb, eu", "Begins": "2026-01-05",
         "Exclusive until": "2026-02-01 18:30", "Amount": "80", "Uses at most": "4", "Words at most": "900",
         "Lines that must be printed": "From the Harbour Pool.", "Only pictures credited to": "Ada Reeve",
         "Mail address to tell it to": "desk@pool.example", "Hours in which it has to be down": "24"}


def open_book(window):
    window.choose("Licences")
    window.wait_for("You may")


def show_tab(window, name):
    """The book's, where the article has one of that name, too."""
    def shown():
        tabs = [node for node in window.walk() if node.name == name
                and node.role in display.BUTTONS + ("page tab", "tab")]
        return any([tab.act() for tab in tabs])

    display.wait(shown, f"the tab “{name}”")


def pick(title, path, *keys):
    """Types the path into the file chooser of that title, after the keys that go to where it is typed."""
    chooser = display.wait(lambda: display.xdo("search", "--onlyvisible", "--name", f"^{title}$"), title).splitlines()[-1]
    display.xdo("windowfocus", "--sync", chooser)
    display.xdo("key", *keys, "sleep", 0.3, "type", "--delay", 20, path)
    display.xdo("sleep", 0.3, "key", "Return")
    display.wait(lambda: not display.xdo("search", "--onlyvisible", "--name", f"^{title}$"), f"the end of {title}")


def find_agreement(desk, name):
    found = [licence for licence in desk.json("licence", "list") if licence["name"] == name]
    return desk.json("licence", "show", found[0]["licence"])[0] if found else None


def check_new(tap, window, desk):
    window.press("New Agreement or Import")
    window.act("New Agreement…", "menu item")
    for title, _, value in TERMS:
        window.write(title, TYPED.get(title, value))
    window.write("Days after which a copy is taken down", "some")
    window.press("Save")
    display.wait(lambda: any("“some” is not a whole number." in text for text in window.texts()), "what is wrong")
    tap.ok(find_agreement(desk, "Harbour agreement") is None, "a term that cannot be understood is said, not saved")
    window.write("Days after which a copy is taken down", "")
    window.press("Save")
    profile = display.wait(lambda: find_agreement(desk, "Harbour agreement"), "the agreement")
    for title, member, value in TERMS:
        if member is not None:
            tap.ok(profile.get(member) == value, f"{title}: as it was typed", profile.get(member))
    unsaid = {"archive_days", "ai", "share_alike", "link_original", "channels", "derivatives", "commercial"}
    tap.ok(not unsaid & set(profile), "what was not stated is not written", profile)


def check_document(tap, window, desk, papers):
    path = desk.write(os.path.join(papers, "contract.pdf"), "%PDF-1.4 the contract")
    window.press("Attach…")
    pick("Attach Documents", path, "ctrl+l", "ctrl+a")
    profile = display.wait(lambda: (find_agreement(desk, "Harbour agreement") or {}).get("documents"), "the document")
    tap.ok(profile[0]["name"] == "contract.pdf" and len(profile[0]["sha256"]) == 64, "a document is kept by its hash", profile)
    window.wait_for("contract.pdf")


def check_history(tap, window, desk):
    show_tab(window, "History")
    display.wait(lambda: any(text.startswith("Version 2, ") for text in window.texts()), "the second version")
    tap.ok(any(text == "Changed: Documents." for text in window.texts()), "the history says what changed", window.texts())
    window.press("Restore")
    display.wait(lambda: find_agreement(desk, "Harbour agreement")["version"] == 3, "the third version")
    tap.ok("documents" not in find_agreement(desk, "Harbour agreement"), "an earlier version can be the newest again")
    show_tab(window, "Uses")
    tap.ok(window.wait_for("Not Used Yet") is not None, "the ledger teaches while it is empty")


def main():
    tap, desk = Tap(), Desk()
    # Away from the library: the file chooser opens whatever lies in a folder, and so ends SQLite's locks on it.
    papers = tempfile.mkdtemp(prefix="reprint-papers.")
    with display.watched(tap, desk) as window:
        window.wait_for("Drop an article here")
        open_book(window)
        check_new(tap, window, desk)
        check_document(tap, window, desk, papers)
        check_history(tap, window, desk)
    desk.close()
    shutil.rmtree(papers, ignore_errors=True)
    return tap.done()


raise SystemExit(main())
