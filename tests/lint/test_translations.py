#!/usr/bin/python3
"""Every text for people can be translated, and every language that the program speaks is complete."""
import os
import re
import subprocess
import sys
import tempfile

SOURCE = os.environ["REPRINT_TEST_SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "lib"))
from desk import Tap, skip_all  # noqa: E402

PO = os.path.join(SOURCE, "po")
IN_CODE = re.compile(r'\b(?:_|N_|C_|ngettext|g_dngettext) \(|translatable="yes"')
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "count_things:1,2"]


def list_speaking():
    """Files that hold texts for people."""
    found = set()
    for folder, _, names in os.walk(os.path.join(SOURCE, "src")):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith((".c", ".h", ".ui")):
                with open(path, encoding="utf-8") as handle:
                    if IN_CODE.search(handle.read()):
                        found.add(os.path.relpath(path, SOURCE))
    data = os.path.join(SOURCE, "data")
    return found | {os.path.join("data", name) for name in os.listdir(data)
                    if name.endswith((".desktop.in", ".metainfo.xml.in", ".gschema.xml"))}


def read_lines(name):
    with open(os.path.join(PO, name), encoding="utf-8") as handle:
        return [line for line in handle.read().splitlines() if line and not line.startswith("#")]


def run(*command):
    done = subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return done.returncode, done.stdout + done.stderr


def main():
    tap = Tap()
    if run("msgfmt", "--version")[0]:
        skip_all("gettext is not here")
    listed, speaking = read_lines("POTFILES.in"), list_speaking()
    tap.ok(set(listed) == speaking, "every file with texts for people is listed", sorted(set(listed) ^ speaking))
    tap.ok(listed == sorted(listed), "the list is in order")
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, "reprint.pot")
        status, said = run("xgettext", "--from-code=UTF-8", "--add-comments", *[f"--keyword={word}" for word in KEYWORDS],
                           "-f", "po/POTFILES.in", "-o", template)
        tap.ok(status == 0, "the texts can be collected", said)
        for language in read_lines("LINGUAS"):
            catalogue, merged = os.path.join("po", language + ".po"), os.path.join(folder, language + ".po")
            status, said = run("msgfmt", "-c", "-o", os.devnull, catalogue)
            tap.ok(status == 0, f"{language}: every directive and plural form is right", said)
            run("msgmerge", "-q", "-N", catalogue, template, "-o", merged)
            left = [run("msgattrib", kind, "--no-obsolete", merged)[1] for kind in ("--untranslated", "--only-fuzzy")]
            tap.ok(not any(left), f"{language}: complete", "".join(left))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
