#!/usr/bin/python3
"""The pictures that the metainfo names are those of docs/screenshots, which stand at the project's home."""
import os
import struct
import sys
import xml.etree.ElementTree as ElementTree

HOME = "https://reprint.app/screenshots/"
SOURCE = os.environ["REPRINT_TEST_SOURCE"]


def size(name):
    """Width and height; None when there is no such picture."""
    path = os.path.join(SOURCE, "docs", "screenshots", name)
    if not os.path.exists(path):
        return None
    with open(path, "rb") as handle:
        head = handle.read(24)
    return struct.unpack(">II", head[16:24]) if head.startswith(b"\x89PNG") else None


def main():
    metainfo = ElementTree.parse(os.path.join(SOURCE, "data", "app.reprint.Reprint.metainfo.xml.in"))
    images = [image.text for image in metainfo.iter("image")]
    failed = 0
    for number, image in enumerate(images, 1):
        found = size(image.removeprefix(HOME))
        good = image.startswith(HOME) and found is not None and max(found) >= 600
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {image} is a picture of docs/screenshots, {found}")
    print(f"1..{len(images)}")
    return int(failed > 0 or not images)


sys.exit(main())
