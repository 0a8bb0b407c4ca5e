"""A real WebDAV server: Apache's mod_dav, class 1 and 2, with Basic authentication."""
import base64
import hashlib
import os
import shutil

from server import Server, ask, basic, missing_programs

MODULES = "/usr/lib/apache2/modules"
USED = ("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "dav", "dav_fs",
        "dav_lock", "mime")

CONFIG = """ServerRoot "%(folder)s"
Listen 127.0.0.1:%(port)d
ServerName 127.0.0.1
PidFile "%(folder)s/httpd.pid"
ErrorLog "%(folder)s/server.log"
%(modules)s
%(user)s
TypesConfig /etc/mime.types
DocumentRoot "%(folder)s/documents"
DavLockDB "%(folder)s/lock/db"
LimitRequestBody %(limit)d
StartServers 1
MinSpareThreads 1
MaxSpareThreads 25
<Directory "%(folder)s/documents">
  Dav On
  DavMinTimeout 30
  AuthType Basic
  AuthName "dav"
  AuthUserFile "%(folder)s/users"
  %(require)s
</Directory>
"""
VALID = "Require valid-user"
PUBLIC = "<LimitExcept GET HEAD>\n    Require valid-user\n  </LimitExcept>"


def missing():
    """What this machine lacks for it; empty = nothing."""
    return missing_programs("apache2") + [f"{name} of apache2" for name in ("dav", "dav_fs", "dav_lock")
                                          if not os.path.exists(f"{MODULES}/mod_{name}.so")]


class WebDav(Server):
    """User partner; limit = LimitRequestBody in bytes, 0 = none; public = anyone may read."""

    def __init__(self, limit=20_000_000, public=False):
        super().__init__("rdav")
        self.passwords = {"partner": "dav-secret"}
        self.documents = self.path("documents")
        for name in ("documents", "lock"):
            os.mkdir(self.path(name))
        self.write("users", "".join(f"{user}:{sha(password)}\n" for user, password in self.passwords.items()))
        user = ""
        if os.geteuid() == 0:
            user = "User www-data\nGroup www-data"
            os.chmod(self.folder, 0o755)
            for name in ("documents", "lock"):
                shutil.chown(self.path(name), "www-data", "www-data")
        self.write("httpd.conf", CONFIG % {
            "folder": self.folder, "port": self.port, "user": user, "limit": limit,
            "require": PUBLIC if public else VALID,
            "modules": "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in USED)})
        self.spawn(["apache2", "-f", self.path("httpd.conf"), "-DFOREGROUND"])
        self.wait()

    def ask(self, method, path, body=None, headers=None):
        """A request with the right name and password."""
        return ask(method, self.url + path, body, {**basic("partner", self.passwords["partner"]), **(headers or {})})


def sha(password):
    return "{SHA}" + base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()
