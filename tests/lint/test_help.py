#!/usr/bin/python3
"""The help: every page is well-formed, has an id of its own and is installed, every link leads
somewhere, and every page can be reached from the first one."""
import glob
import os
import re
import sys
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import SOURCE, Tap  # noqa: E402

MALLARD = "{http://projectmallard.org/1.0/}"
FOLDER = os.path.join(SOURCE, "docs", "help", "C")


def read(path):
    try:
        return ET.parse(path).getroot(), ""
    except ET.ParseError as error:
        return None, str(error)


def list_targets(pages):
    """What an xref can name: pages, and sections within them."""
    targets = set()
    for name, root in pages.items():
        targets.add(name)
        targets.update(f"{name}#{s.get('id')}" for s in root.iter(MALLARD + "section") if s.get("id"))
    return targets


def list_faults(name, root):
    """What is missing in a page, apart from its links."""
    faults = []
    ids = [s.get("id") for s in root.iter(MALLARD + "section")]
    if root.tag != MALLARD + "page":
        faults.append("it is no Mallard page")
    if root.get("id") != name:
        faults.append(f"its id is {root.get('id')}")
    if root.find(MALLARD + "title") is None:
        faults.append("it has no title")
    if root.find(f"{MALLARD}info/{MALLARD}desc") is None:
        faults.append("it has no description")
    faults += [f"the section {i} is there twice" for i in set(ids) if ids.count(i) > 1]
    faults += [f"{e.tag} is of another namespace" for e in root.iter() if not e.tag.startswith(MALLARD)]
    return faults


def is_reached(name, pages, seen=()):
    """Guide links lead up, from a page to the guide that lists it."""
    if name == "index":
        return True
    guides = [link.get("xref", "").split("#")[0] for link in pages[name].iter(MALLARD + "link")
              if link.get("type") == "guide"]
    return any(g in pages and g not in seen and is_reached(g, pages, (*seen, name)) for g in guides)


def main():
    tap = Tap()
    pages = {}
    for path in sorted(glob.glob(os.path.join(FOLDER, "*.page"))):
        name = os.path.basename(path)[:-len(".page")]
        root, error = read(path)
        if tap.ok(root is not None, f"{name} is well-formed", error):
            pages[name] = root
    tap.ok("index" in pages, "there is a first page")
    targets = list_targets(pages)
    with open(os.path.join(SOURCE, "docs", "help", "meson.build"), encoding="utf-8") as handle:
        installed = re.findall(r"'([^']+)\.page'", handle.read())
    tap.ok(installed == sorted(installed), "the list of pages is in order")
    for name, root in pages.items():
        faults = list_faults(name, root)
        wrong = [e.get("xref") for e in root.iter() if e.get("xref") and
                 (name + e.get("xref") if e.get("xref").startswith("#") else e.get("xref")) not in targets]
        tap.ok(not faults, f"{name} is complete", "\n".join(faults))
        tap.ok(not wrong, f"{name}: every link leads somewhere", "\n".join(wrong))
        tap.ok(is_reached(name, pages), f"{name} is reached from the first page")
        tap.ok(name in installed, f"{name} is installed")
    return tap.done()


sys.exit(main())
