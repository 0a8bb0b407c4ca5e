"""A library of its own, reprintctl on it, and practice partners: what the tests in Python share."""
import contextlib
import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import urllib.request

BUILD = os.environ["REPRINT_TEST_BUILD"]
SOURCE = os.environ["REPRINT_TEST_SOURCE"]
CTL = os.path.join(BUILD, "src", "cli", "reprintctl")
PARTNER = os.path.join(BUILD, "src", "partner", "reprint-partner")


class Tap:
    """Counts and prints test points."""

    def __init__(self):
        self.count = self.failed = 0

    def ok(self, good, name, detail=""):
        self.count += 1
        self.failed += not good
        print(("ok" if good else "not ok"), self.count, "-", name, flush=True)
        if not good and detail:
            print("\n".join("# " + line for line in str(detail).splitlines()[:40]), flush=True)
        return good

    def done(self):
        print(f"1..{self.count}", flush=True)
        return int(self.failed > 0)


def skip_all(reason):
    print(f"1..0 # SKIP {reason}")
    raise SystemExit(0)


def fetch(url, headers=None):
    """Status and text of a page; errors are answers, too."""
    request = urllib.request.Request(url, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


SERVER = os.environ.get("REPRINT_TEST_POSTGRES")  # its address; the libraries of desks are databases there
counter = itertools.count()


def make_database():
    """The address of a new one on the server."""
    name = f"desk_{os.getpid()}_{next(counter)}"
    subprocess.run(["psql", "-X", "-q", "-d", SERVER, "-c", f"CREATE DATABASE {name} TEMPLATE template0"], check=True)
    return SERVER.replace("/postgres?", f"/{name}?")


def query(library, statement):
    """The rows that a statement gives, in a file or on a server; NULL is None on both, and numbers are numbers."""
    if "://" not in library:
        with contextlib.closing(sqlite3.connect(library, timeout=30)) as connection, connection:
            return connection.execute(statement).fetchall()
    if not statement.lstrip().upper().startswith("SELECT"):
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", library, "-c", statement], check=True)
        return []
    wrapped = f"SELECT coalesce (json_agg (t), '[]') FROM ({statement}) AS t"
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", library, "-c", wrapped],
                          check=True, capture_output=True, text=True)
    return [tuple(row.values()) for row in json.loads(done.stdout)]


class Desk:
    """A library of its own, and a folder."""

    def __init__(self, **environment):
        self.folder = tempfile.mkdtemp(prefix="reprint-test.")
        self.library = make_database() if SERVER else os.path.join(self.folder, "library.db")
        self.environment = {
            **os.environ,
            "REPRINT_LIBRARY": self.library,
            "REPRINT_DATA_DIR": os.path.join(SOURCE, "data"),
            "REPRINT_PARTNER_PROGRAM": PARTNER,
            "REPRINT_REST": "0",  # what was killed is looked for at once
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            **environment,
        }

    def run(self, *arguments, stdin=None, **environment):
        """Exit status, standard output, standard error."""
        done = subprocess.run([CTL, *arguments], env={**self.environment, **environment}, input=stdin,
                              capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout, done.stderr

    def query(self, statement):
        return query(self.library, statement)

    def originals(self):
        """The bytes of everything that the library keeps."""
        if SERVER:
            rows = self.query("SELECT string_agg (encode (bytes, 'hex'), '' ORDER BY part) AS hex FROM blob_parts"
                              " GROUP BY sha256")
            return [bytes.fromhex(row[0]) for row in rows]
        found = []
        for place, _, names in os.walk(self.library + ".blobs"):
            for name in names:
                with open(os.path.join(place, name), "rb") as handle:
                    found.append(handle.read())
        return found

    def json(self, *arguments, **options):
        """The objects that a command prints; it must not fail."""
        status, out, err = self.run(*arguments, "--json", **options)
        assert status in (0, 3, 4, 75), (arguments, status, err)
        return [json.loads(line) for line in out.splitlines()]

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as handle:
            handle.write(text)
        return path

    def add_ninjs_partner(self, name, site, **settings):
        extra = [f"--set={key}={value}" for key, value in settings.items()]
        key = f"REPRINT_SECRET_{name.upper()}_SECRET"
        self.environment[key] = site.ready["secret"]
        status, _, err = self.run("partner", "add", name, "--connector", "ninjs-push",
                                  f"--set=url={site.ready['push']}", "--set=channels=web",
                                  "--set=commercial=false", *extra)
        assert status == 0, err

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Site:
    """A reprint-partner process."""

    def __init__(self, *arguments):
        self.folder = tempfile.mkdtemp(prefix="reprint-site.")
        self.process = subprocess.Popen([PARTNER, "--directory", self.folder, *arguments],
                                        stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())

    def items(self):
        return json.loads(fetch(self.ready["url"] + "articles.json")[1])["items"]

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


PICTURE = ("iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEElEQVR42mNowAsYRqWxAQDYfJYBDolLvgAAAABJ"
           "RU5ErkJggg==")


def page(headline, marker=""):
    """A web page with a licence, an author, a picture and two tags, as a partner's editor would drop it."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{headline} - Gull Holm Gazette</title>
<link rel="canonical" href="https://gazette.example/{marker or 'story'}">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<meta property="og:site_name" content="Gull Holm Gazette"><meta name="keywords" content="ferries, harbours">
<meta name="author" content="Runa Teal"><meta property="article:published_time" content="2026-03-01T08:00:00Z">
</head><body><nav><a href="/">Home</a></nav><article><h1>{headline}</h1><p>By Runa Teal</p>
<figure><img src="data:image/png;base64,{PICTURE}" alt="A grey square"><figcaption>The quay at noon.
Photo: Joris Halm, CC BY 4.0</figcaption></figure>
<p>The harbour office has published the new timetable, and for once nobody in the queue complained about it.</p>
<p>Boats leave on the hour until eight in the evening, and at half past ten for those who stay for the band.</p>
<p>“We asked people when they wanted to go home,” the harbour master said. “It turned out they had opinions.”</p>
</article><aside><h3>You may also like</h3><ul><li><a href="/1">Ten quays you must see</a></li></ul></aside>
<footer>© 2001-2026 Gull Holm Gazette. Privacy Policy. Cookie Policy.</footer></body></html>"""
