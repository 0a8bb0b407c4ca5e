"""A real Directus 11 on SQLite, as “any partner with a JSON interface”. Installing it compiles native modules, for
minutes: not part of ./dev test. (It may be run, not shipped: its licence is the BSL.)"""
import os
import subprocess

import server
from server import Server, ask, bearer

WHAT = ["directus@11.16.1"]
TOKEN = "admin-token-admin-token"

SETTINGS = """HOST=127.0.0.1
PORT=%(port)d
PUBLIC_URL=%(url)s
SECRET=test-secret-test-secret-test-secret
DB_CLIENT=sqlite3
DB_FILENAME=%(folder)s/data.db
ADMIN_EMAIL=admin@example.com
ADMIN_PASSWORD=admin-pass
ADMIN_TOKEN=%(token)s
STORAGE_LOCAL_ROOT=%(folder)s/uploads
TELEMETRY=false
CACHE_ENABLED=false
RATE_LIMITER_ENABLED=%(limited)s
RATE_LIMITER_POINTS=2
RATE_LIMITER_DURATION=10
FILES_MAX_UPLOAD_SIZE=5mb
MAX_PAYLOAD_SIZE=1mb
"""


def field(name, kind, meta=None, **schema):
    return {"field": name, "type": kind, "schema": schema, "meta": meta or {}}


STATES = [{"value": value} for value in ("draft", "published", "archived")]
ARTICLES = {
    "collection": "articles",
    "schema": {},
    "meta": {"archive_field": "status", "archive_value": "archived", "versioning": True},
    "fields": [
        field("id", "uuid", {"special": ["uuid"]}, is_primary_key=True),
        field("status", "string", {"options": {"choices": STATES}}, default_value="draft"),
        field("title", "string", is_nullable=False),
        field("slug", "string", is_unique=True),
        field("body", "text"),
        field("source_guid", "string", is_unique=True),
        field("canonical_url", "string"),
        field("licence", "string"),
        field("credit", "string"),
        field("publish_at", "timestamp"),
        field("tags", "json", {"special": ["cast-json"]}),
        field("image", "uuid", {"special": ["file"]}),
        field("date_updated", "timestamp", {"special": ["date-updated"]}),
    ],
}
IMAGES = {"collection": "articles", "field": "image", "related_collection": "directus_files",
          "schema": {"on_delete": "SET NULL"}}


def install():
    server.npm_install("node22", server.NODE_22)
    server.npm_install("directus", WHAT, server.node_22_environment())


def missing():
    """What this machine lacks for it; empty = nothing."""
    return server.missing_install("node22", server.NODE_22) + server.missing_install("directus", WHAT)


class Directus(Server):
    """With a collection “articles” whose source_guid is unique; tokens admin; limited = two requests in ten seconds."""

    def __init__(self, limited=False):
        super().__init__("rdirectus")
        self.items, self.files = self.url + "/items/articles", self.url + "/files"
        self.tokens = {"admin": TOKEN}
        self.program = os.path.join(server.cache_folder(), "directus", "node_modules", "directus", "cli.js")
        os.mkdir(self.path("uploads"))
        self._configure(False)
        done = subprocess.run(["node", self.program, "bootstrap"], cwd=self.folder, capture_output=True, text=True,
                              env=server.node_22_environment(), stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise RuntimeError(f"Directus could not be set up: {done.stdout}{done.stderr}")
        self._start()
        self._make_collection()
        if limited:
            self._configure(True)
            self.stop()
            self._start()

    def _configure(self, limited):
        self.write(".env", SETTINGS % {"port": self.port, "url": self.url, "folder": self.folder, "token": TOKEN,
                                       "limited": str(limited).lower()})

    def _start(self):
        self.spawn(["node", self.program, "start"], cwd=self.folder, env=server.node_22_environment())
        self.wait(self.url + "/server/ping", seconds=120)

    def _make_collection(self):
        for path, body in (("/collections", ARTICLES), ("/relations", IMAGES)):
            answer = self.ask("POST", path, body)
            if answer.status != 200:
                raise RuntimeError(f"Directus could not be set up: {answer}")

    def ask(self, method, path="/items/articles", body=None, headers=None):
        return ask(method, self.url + path, body, {**bearer(TOKEN), **(headers or {})})
