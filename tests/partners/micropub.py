"""A real Micropub server: Indiekit's endpoints for posts and media in a small host (micropub-host.mjs)."""
import os

from server import HERE, Server, ask, bearer, cache_folder, missing_install, missing_programs, npm_install

NAME = "micropub"
WHAT = ["@indiekit/endpoint-micropub@0.1.4", "@indiekit/endpoint-media@0.1.4", "express@4.21.2"]


def install():
    npm_install(NAME, WHAT)


def missing():
    """What this machine lacks for it; empty = nothing."""
    return missing_programs("node") or missing_install(NAME, WHAT)


class Micropub(Server):
    """Its page names the endpoint; tokens full and planted (create, update, delete, undelete, media), create-only, draft-only."""

    def __init__(self):
        super().__init__("rmicropub")
        self.endpoint = self.url + "/micropub"
        self.media = self.url + "/media"
        self.tokens = {name: name for name in ("full", "create-only", "draft-only")}
        self.tokens["planted"] = 'pla"n<t>&%ed+7f3a9/'  # has to be escaped wherever it could stand
        self.pages = self.path("www")
        self.spawn(["node", os.path.join(HERE, "micropub-host.mjs"), self.folder, str(self.port),
                    os.path.join(cache_folder(), NAME)])
        self.wait()

    def ask(self, method, path="/micropub", body=None, headers=None, token="full"):
        return ask(method, self.url + path, body, {**bearer(self.tokens[token]), **(headers or {})})
