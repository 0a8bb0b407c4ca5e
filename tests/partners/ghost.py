"""A real Ghost 6 on SQLite. Installing it compiles native modules, for minutes: not part of ./dev test."""
import base64
import hmac
import json
import os
import shutil
import time

import server
from server import Server, ask

VERSION = "6.65.0"
WHAT = ["ghost@" + VERSION]
PNPM = ["pnpm@12.4.2"]
API = "/ghost/api/admin"
OWNER, PASSWORD = "owner@example.test", "Correct-horse-9"


def install():
    """“npm install ghost” cannot work, for its dependencies on files inside itself: unpack it, then pnpm."""
    server.npm_install("node22", server.NODE_22)
    pnpm = os.path.join(server.npm_install("pnpm", PNPM), "node_modules", ".bin", "pnpm")
    environment = {**server.node_22_environment(), "CI": "true"}
    with server.installing("ghost", WHAT) as folder:
        if not folder:
            return
        for kind in ("DATA", "CACHE", "STATE"):
            environment[f"XDG_{kind}_HOME"] = os.path.join(folder, "xdg")
        server.npm_unpack(folder, *WHAT)
        server.run_logged(folder, [pnpm, "install", "--prod", "--frozen-lockfile", "--store-dir",
                                   os.path.join(folder, "store")],
                          cwd=os.path.join(folder, "package"), env=environment)
        for name in ("store", "xdg"):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)


def missing():
    """What this machine lacks for it; empty = nothing."""
    return server.missing_install("node22", server.NODE_22) + server.missing_install("ghost", WHAT)


class Ghost(Server):
    """With an owner and an integration “Reprint”; passwords admin_key (ID:SECRET) and content_key."""

    def __init__(self):
        super().__init__("rghost")
        self.admin = self.url + API + "/"
        self._lay_site()
        environment = {**server.node_22_environment(), "NODE_ENV": "development"}
        self.spawn(["node", "current/index.js"], cwd=self.folder, env=environment)
        self.wait(self.admin + "site/", seconds=120, status=200)
        self.passwords = self._make_integration()
        self.admin_key, self.content_key = self.passwords["admin_key"], self.passwords["content_key"]

    def _lay_site(self):
        package = os.path.join(server.cache_folder(), "ghost", "package")
        content = self.path("content")
        for name in ("data", "images", "files", "media", "logs", "settings", "public", "adapters"):
            os.makedirs(os.path.join(content, name))
        shutil.copytree(os.path.join(package, "content", "themes"), os.path.join(content, "themes"), symlinks=True)
        os.symlink(package, self.path("current"))
        self.write("config.development.json", json.dumps({
            "url": self.url,
            "server": {"host": "127.0.0.1", "port": self.port},
            "database": {"client": "better-sqlite3", "connection": {"filename": content + "/data/ghost.db"},
                         "useNullAsDefault": True},
            "paths": {"contentPath": content},
            "logging": {"level": "info", "transports": ["stdout"]},
            "mail": {"transport": "Direct"},
            "privacy": {"useUpdateCheck": False, "useGravatar": False, "useRpcPing": False},
            "security": {"staffDeviceVerification": False},
            "spam": {"user_login": {"freeRetries": 10000}, "content_api_key": {"freeRetries": 10000}},
            "compress": False,
        }))

    def _make_integration(self):
        """As a person would, in the settings."""
        headers = {"Origin": self.url}
        self._must(ask("POST", self.admin + "authentication/setup/", {"setup": [{
            "name": "Owner", "email": OWNER, "password": PASSWORD, "blogTitle": "Partner Ghost"}]}, headers))
        session = self._must(ask("POST", self.admin + "session/", {"username": OWNER, "password": PASSWORD}, headers))
        headers["Cookie"] = session.headers["Set-Cookie"].split(";")[0]
        made = self._must(ask("POST", self.admin + "integrations/?include=api_keys",
                              {"integrations": [{"name": "Reprint"}]}, headers))
        keys = made.json()["integrations"][0]["api_keys"]
        return {key["type"] + "_key": key["secret"] for key in keys}

    def _must(self, answer):
        if answer.status >= 300:
            raise RuntimeError(f"Ghost could not be set up: {answer}")
        return answer

    def token(self, age=0):
        """A token of the Admin API, minted AGE seconds ago."""
        name, secret = self.admin_key.split(":")
        now = int(time.time()) - age
        parts = [{"alg": "HS256", "typ": "JWT", "kid": name}, {"iat": now, "exp": now + 300, "aud": "/admin/"}]
        text = ".".join(encode(json.dumps(part).encode()) for part in parts)
        return text + "." + encode(hmac.digest(bytes.fromhex(secret), text.encode(), "sha256"))

    def ask(self, method, path, body=None, headers=None):
        """A request to the Admin API; PATH after /ghost/api/admin/."""
        return ask(method, self.admin + path, body, {"Authorization": "Ghost " + self.token(),
                                                     "Accept-Version": "v6.0", **(headers or {})})


def encode(part):
    return base64.urlsafe_b64encode(part).decode().rstrip("=")
