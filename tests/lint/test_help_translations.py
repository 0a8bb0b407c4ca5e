#!/usr/bin/python3
"""The help in other languages: every language is complete and fits the pages, its pages are built like the
English ones, and what it calls a button is what the window in that language calls it."""
import collections
import difflib
import glob
import os
import re
import struct
import sys
import tempfile
import xml.etree.ElementTree as ET

from test_translations import PO, SOURCE, read_lines, run

sys.path.insert(0, os.path.join(SOURCE, "tests", "lib"))
from desk import Tap, skip_all  # noqa: E402

HELP = os.path.join(SOURCE, "docs", "help")
PAGES = sorted(glob.glob(os.path.join(HELP, "C", "*.page")))
LABEL = re.compile(r"<gui>(.*?)</gui>")
SENTENCES = {"p", "title", "desc"}  # what stands in these moves about from language to language
VERBATIM = {"cmd", "code", "file", "input"}
# Labels of other programs: of a partner's site, and of the desktop.
FOREIGN = {
    "Accept all JSON:API create, read, update, and delete operations", "Add custom integration",
    "Add New Application Password", "Admin API key", "Application Passwords", "Applications", "Configuration",
    "Extend", "HTTP Basic Authentication", "IndieAuth", "Integrations", "JSON:API", "People", "Profile", "Search",
    "Settings", "Token", "Tokens", "Users", "Web services",
}


def compile_catalogue(path, compiled):
    status, said = run("msgfmt", "-c", "--endianness=little", "-o", compiled, path)
    return said if status else ""


def read_catalogue(compiled):
    """Messages and their translations, each in all its numbers."""
    with open(compiled, "rb") as handle:
        data = handle.read()
    count, *tables = struct.unpack_from("<3I", data, 8)
    columns = []
    for table in tables:
        places = [struct.unpack_from("<2I", data, table + 8 * i) for i in range(count)]
        columns.append([data[start:start + length].decode().split("\4")[-1].split("\0") for length, start in places])
    return list(zip(*columns))


def strip_label(text):
    """A label without its mnemonic, which Chinese has in brackets, and with a placeholder for its number."""
    return re.sub(r"\d+", "%u", re.sub(r"\(_\w\)", "", text).replace("_", ""))


def read_labels(compiled):
    """What the window says for each English text; one that has two meanings can have two translations."""
    labels = collections.defaultdict(set)
    for old, new in read_catalogue(compiled):
        for text in old:
            labels[strip_label(text)].update(strip_label(t) for t in new)
    return labels


def list_unknown_labels(labels):
    """English labels that the window does not have."""
    texts = set()
    for page in PAGES:
        with open(page, encoding="utf-8") as handle:
            texts |= {" ".join(text.split()) for text in LABEL.findall(handle.read())}
    return sorted(text for text in texts - FOREIGN if strip_label(text) not in labels)


def list_wrong_labels(messages, labels):
    wrong = []
    for old, new in messages:
        used = [strip_label(text) for text in LABEL.findall(new[0])]
        for text in LABEL.findall(old[0]):
            right = labels.get(strip_label(text))
            if right and not right & set(used):
                wrong.append(f"“{text}” is {' or '.join(sorted(right))} in the window; the help has {used}")
            elif right:
                used.remove(next(t for t in used if t in right))
    return wrong


def draw(element, depth=0):
    """What of a page is the same in every language, line by line."""
    tag = element.tag.split("}")[-1]
    kept = sorted((name, value) for name, value in element.attrib.items() if not name.endswith("}lang"))
    text = element.text if tag in VERBATIM else ""
    inside = [draw(child, depth + 1) for child in element]
    lines = [f"{'  ' * depth}{tag} {kept or ''} {text}".rstrip()]
    return lines + sum(sorted(inside) if tag in SENTENCES else inside, [])


def list_differences(folder):
    """Where built pages are not made like the English ones."""
    found = []
    for page in PAGES:
        name = os.path.basename(page)
        try:
            built = draw(ET.parse(os.path.join(folder, name)).getroot())
        except (ET.ParseError, OSError) as error:
            found.append(f"{name}: {error}")
            continue
        original = draw(ET.parse(page).getroot())
        found += [f"{name}: {line}" for line in difflib.unified_diff(original, built, n=1, lineterm="")]
    return found


def check_language(tap, language, template, folder):
    catalogue, merged = os.path.join(HELP, language, language + ".po"), os.path.join(folder, language + ".po")
    compiled, window = os.path.join(folder, "help.mo"), os.path.join(folder, "window.mo")
    said = compile_catalogue(catalogue, compiled) or compile_catalogue(os.path.join(PO, language + ".po"), window)
    if not tap.ok(not said, f"{language}: the catalogue is right", said):
        return
    run("msgmerge", "-q", "-N", catalogue, template, "-o", merged)
    left = [run("msgattrib", kind, "--no-obsolete", merged)[1] for kind in ("--untranslated", "--only-fuzzy")]
    tap.ok(not any(left), f"{language}: complete", "".join(left))

    built = os.path.join(folder, language)
    os.mkdir(built)
    status, said = run("itstool", "-m", compiled, "--lang", language, "-o", built, *PAGES)
    tap.ok(status == 0 and not said, f"{language}: the pages can be built", said)
    differences = list_differences(built)
    tap.ok(not differences, f"{language}: sections, links and commands are those of the original", "\n".join(differences))

    labels = read_labels(window)
    unknown, wrong = list_unknown_labels(labels), list_wrong_labels(read_catalogue(compiled), labels)
    tap.ok(not unknown, f"{language}: the window has every label", "\n".join(unknown))
    tap.ok(not wrong, f"{language}: every label is that of the window", "\n".join(wrong))


def main():
    tap = Tap()
    if run("msgfmt", "--version")[0] or run("itstool", "--version")[0]:
        skip_all("gettext or itstool is not here")
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, "help.pot")
        status, said = run("itstool", "-o", template, *PAGES)
        tap.ok(status == 0 and not said, "the texts can be collected", said)
        # The names of the translators are the one message that may stay empty.
        run("msggrep", "-v", "-K", "-e", "^translator-credits$", template, "-o", template)
        languages = read_lines(os.path.join(HELP, "LINGUAS"))
        tap.ok(languages == read_lines("LINGUAS"), "the help speaks what the window speaks", languages)
        for language in languages:
            check_language(tap, language, template, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
