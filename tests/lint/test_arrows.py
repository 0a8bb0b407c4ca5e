#!/usr/bin/python3
"""The arrows of the house: what a folder must not include does not compile there, and no two libraries
define the same symbol."""
import collections
import glob
import json
import os
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import BUILD, SOURCE, Tap  # noqa: E402

ALLOWED = [
    ("core", "rp-json.h"), ("import", "rp-article.h"), ("rights", "rp-licence.h"), ("flow", "rp-store.h"),
    ("flow", "rp-rights.h"), ("cli", "rp-workspace.h"), ("partner", "rp-article.h"), ("ui", "rp-workspace.h"),
]
FORBIDDEN = [
    ("base", "rp-article.h", "base knows nothing about articles"),
    ("core", "rp-importer.h", "core does not look up"),
    ("import", "rp-rights.h", "the five in the middle do not see each other"),
    ("render", "rp-store.h", "the five in the middle do not see each other"),
    ("publish", "rp-renderer.h", "the five in the middle do not see each other"),
    ("rights", "rp-importer.h", "the five in the middle do not see each other"),
    ("store", "rp-connector.h", "the five in the middle do not see each other"),
    ("import", "rp-workspace.h", "the middle does not see flow"),
    ("flow", "rp-window.h", "flow does not see the window"),
    ("cli", "rp-store.h", "programs see flow, core and base only"),
    ("ui", "rp-connector.h", "programs see flow, core and base only"),
    ("partner", "rp-workspace.h", "the practice partner is not part of the desk"),
    ("cli", "gtk/gtk.h", "reprintctl links no GTK"),
    ("flow", "gtk/gtk.h", "use cases know no window"),
    ("publish", "libsoup/soup.h", "connectors have no sockets"),
    ("publish", "sqlite3.h", "only base knows the database"),
]


def flags_of(folder):
    """The include path and defines that files of a folder are compiled with; None = not built."""
    with open(os.path.join(BUILD, "compile_commands.json"), encoding="utf-8") as handle:
        for entry in json.load(handle):
            path = os.path.normpath(os.path.join(entry["directory"], entry["file"]))
            if os.path.dirname(path) == os.path.join(SOURCE, "src", folder):
                words = shlex.split(entry["command"])
                return [w for w in words if w.startswith(("-I", "-D", "-std", "-pthread"))], entry["directory"]
    return None, None


def compiles(folder, header):
    flags, directory = flags_of(folder)
    if flags is None:
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".c") as source:
        source.write(f"#include <glib.h>\n#include \"{header}\"\n")
        source.flush()
        done = subprocess.run(["cc", *flags, "-fsyntax-only", source.name], cwd=directory, capture_output=True)
    return done.returncode == 0


def twice_defined():
    owners = collections.defaultdict(set)
    for library in glob.glob(os.path.join(BUILD, "src", "*", "librp-*.a")):
        symbols = subprocess.run(["nm", "-g", "--defined-only", library], capture_output=True, text=True).stdout
        for line in symbols.splitlines():
            if len(line.split()) == 3:
                owners[line.split()[2]].add(os.path.basename(library))
    return {name: where for name, where in owners.items() if len(where) > 1 and name.startswith("rp_")}


def main():
    tap = Tap()
    for folder, header in ALLOWED:
        if compiles(folder, header) is not None:
            tap.ok(compiles(folder, header), f"{folder} may include {header}")
    for folder, header, why in FORBIDDEN:
        if header == "sqlite3.h":
            hits = subprocess.run(["grep", "-rlE", "sqlite3\\.h|libpq", os.path.join(SOURCE, "src")],
                                  capture_output=True, text=True).stdout.split()
            tap.ok(all("/src/base/" in hit for hit in hits), why, hits)
        elif compiles(folder, header) is not None:
            tap.ok(not compiles(folder, header), f"{folder} must not include {header}: {why}")
    twice = twice_defined()
    tap.ok(not twice, "no symbol is defined by two libraries", twice)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
