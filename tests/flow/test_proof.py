#!/usr/bin/python3
"""The proof of an article: what is in it, that it can be verified, that what is changed in it is found; and
that no secret is in it, in the library, in what is printed or in the process list."""
import hashlib
import json
import os
import shutil
import sys
import zipfile

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Site, Tap, page  # noqa: E402

SECRET = 'pla"nted <secret> & 7f3a9'
FORMS = [SECRET, SECRET.replace('"', '\\"'), "pla%22nted", "&lt;secret&gt;", "cGxhIm50ZWQ"]


def publish(desk, site):
    desk.environment["REPRINT_SECRET_HERALD_SECRET"] = SECRET
    assert desk.run("partner", "add", "herald", "--connector", "ninjs-push", f"--set=url={site.ready['push']}",
                    "--set=channels=web", "--set=commercial=false")[0] == 0
    desk.run("import", desk.write("story.html", page("Boats on the hour", "boats")))
    article = desk.json("list")[0]["article"]
    desk.run("set", article, "headline=Boats on the half hour")
    return article, desk.run("publish", article, "--to", "herald", "--wait")


def check_contents(tap, path, article):
    with zipfile.ZipFile(path) as file:
        names = set(file.namelist())
        manifest = json.loads(file.read("manifest.json"))
        digests = {row["name"]: row["sha256"] for row in manifest["files"]}
        wrong = [name for name in digests if hashlib.sha256(file.read(name)).hexdigest() != digests[name]]
        tap.ok(names == set(digests) | {"manifest.json"} and not wrong, "the manifest names every file", wrong)
        tap.ok(manifest["article"] == article and manifest["format"] == 1, "and the article", manifest)
        sources = [name for name in names if name.startswith("source/")]
        tap.ok(len(sources) == 1 and b"Boats on the hour" in file.read(sources[0]), "what arrived is in it", names)
        tap.ok({"licence/licence.json", "licence/licence.odrl.jsonld", "report.html"} <= names, "the licence and a report")
        report = file.read("report.html").decode()
        tap.ok(all(words in report for words in ("Boats on the half hour", "CC BY 4.0", "Runa Teal", "herald", "everything is there")),
               "the report tells the story", report)
        tap.ok("report.pdf" not in names or file.read("report.pdf").startswith(b"%PDF"), "also as a PDF where it can be made")
        decisions = json.loads(file.read("records/decisions.json"))
        tap.ok([row["partner"] for row in decisions] == ["herald"] and decisions[0]["verdict"] in ("allow", "duty", "ok"),
               "what was decided", decisions)
        sent = [file.read(name).decode(errors="replace") for name in names if name.endswith("/request-body")]
        tap.ok(any("Boats on the half hour" in text for text in sent), "what was sent, byte for byte")
        tap.ok(any("quay" in file.read(name).decode() for name in names if name.startswith("pages/") and name.endswith(".html")),
               "and what the page showed")


def rewrite(path, to, change=None, drop=None, add=None):
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            if name != drop:
                new.writestr(name, old.read(name) + (b" " if name == change else b""))
        if add:
            new.writestr(add, "more")


def check_forgery(tap, desk, path):
    status, out, _ = desk.run("proof", "--verify", path, "--json")
    tap.ok(status == 0 and json.loads(out)["genuine"], "an untouched proof is genuine", out)
    for options, words in (({"change": "report.html"}, "was changed"), ({"drop": "article/edited.json"}, "is missing"),
                           ({"add": "notes.txt"}, "was added")):
        forged = os.path.join(desk.folder, "forged.zip")
        rewrite(path, forged, **options)
        status, _, err = desk.run("proof", "--verify", forged)
        tap.ok(status == 1 and words in err, f"what {words} is found", err)
    with open(path, "rb") as handle:
        half = handle.read()[:2000]
    cut = os.path.join(desk.folder, "cut.zip")
    with open(cut, "wb") as handle:
        handle.write(half)
    status, _, err = desk.run("proof", "--verify", cut)
    tap.ok(status != 0 and err, "half a file is no proof", err)
    status, _, err = desk.run("proof", "--verify", desk.write("plain.txt", "hello"))
    tap.ok(status != 0 and err, "nor is any other file", err)


def check_secrets(tap, desk, path, printed):
    """No form of the secret, anywhere below the desk's folder, in the proof or in what was printed."""
    unpacked = os.path.join(desk.folder, "unpacked")
    with zipfile.ZipFile(path) as file:
        file.extractall(unpacked)
    found = [form for form in FORMS if form in printed]
    for folder, _, names in os.walk(desk.folder):
        for name in names:
            with open(os.path.join(folder, name), "rb") as handle:
                data = handle.read()
            found += [f"{form} in {name}" for form in FORMS if form.encode() in data]
    tap.ok(not found, "no secret in the library, its blobs, the proof or the output", found)


def main():
    tap, desk = Tap(), Desk(REPRINT_DATA_DIR=os.path.join(os.environ["REPRINT_TEST_SOURCE"], "data"))
    site = Site("--secret", SECRET)
    try:
        article, sent = publish(desk, site)
        tap.ok(sent[0] == 0, "published", sent)
        path = os.path.join(desk.folder, "proof.zip")
        status, out, err = desk.run("proof", article, "--output", path)
        tap.ok(status == 0 and os.path.exists(path), "a proof is written", out + err)
        check_contents(tap, path, article)
        check_forgery(tap, desk, path)
        transcript = desk.run("outbox", "show", desk.json("outbox")[0]["delivery"])
        check_secrets(tap, desk, path, str(sent) + out + err + str(transcript))
        before = os.path.getsize(path)
        tap.ok(desk.run("proof", "nothing", "--output", path)[0] == 1 and os.path.getsize(path) == before,
               "a proof that cannot be made leaves the old one")
        tap.ok(not [name for name in os.listdir(desk.folder) if name.endswith(".part")], "nothing half is left behind")
    finally:
        site.close()
        shutil.rmtree(desk.folder, ignore_errors=True)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
