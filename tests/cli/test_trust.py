#!/usr/bin/python3
"""A server elsewhere has to prove who it is, unless the address says otherwise, and asks for a password by SCRAM: tried
on a real one with certificates of its own. Its name is one that nobody knows; the address says where it is."""
import os
import shutil
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
import postgres  # noqa: E402
from desk import Desk, Tap, skip_all  # noqa: E402

NAME, OTHER, PASSWORD = "db.desk.example", "db.elsewhere.example", "quay:and\\lamp"
RULES = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_certificate(folder, label, name):
    """One that vouches for itself, and its key."""
    paths = [os.path.join(folder, f"{label}.{kind}") for kind in ("crt", "key")]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-out", paths[0],
                    "-keyout", paths[1]], check=True, stderr=subprocess.DEVNULL)
    return paths


class Trusted:
    """A server with a certificate, a person with a password, and a desk."""

    def __init__(self):
        self.port = free_port()
        self.desk = Desk()
        self.server = postgres.Server(listen_addresses="127.0.0.1", port=str(self.port), password_encryption="scram-sha-256")
        self.own = make_certificate(self.desk.folder, "own", NAME)
        self.strange = make_certificate(self.desk.folder, "strange", NAME)[0]
        for path, name in zip(self.own, ("server.crt", "server.key")):
            self.keep(name, open(path, encoding="ascii").read())
        self.keep("pg_hba.conf", RULES)
        self.sql(f"CREATE ROLE editor LOGIN PASSWORD '{PASSWORD}'")
        self.sql("CREATE DATABASE library OWNER editor TEMPLATE template0")
        self.encrypt("on")
        words = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
        self.pass_file = self.desk.write("pgpass", f"*:*:*:*:{words}\n")
        os.chmod(self.pass_file, 0o600)

    def keep(self, name, text):
        path = os.path.join(self.server.data, name)
        with open(path, "w", encoding="ascii") as handle:
            handle.write(text)
        os.chmod(path, 0o600)
        if self.server.user is not None:
            os.chown(path, self.server.user.pw_uid, self.server.user.pw_gid)

    def encrypt(self, state):
        self.sql(f"ALTER SYSTEM SET ssl = {state}")
        self.server.stop()
        self.server.start()

    def sql(self, statement):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-h", self.server.folder, "-p", str(self.port), "-U", "desk",
                               "-d", "postgres", "-c", statement], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def open(self, hosts=NAME, certificate=None, password=None, more=""):
        """What a desk says that opens the library there."""
        where = ",".join(["127.0.0.1"] * len(hosts.split(",")))
        uri = f"postgresql:///library?host={hosts}&hostaddr={where}&port={self.port}&user=editor{more}"
        return self.desk.run("list", "--library", uri, HOME=self.desk.folder, PGPASSFILE=password or self.pass_file,
                             **({"PGSSLROOTCERT": certificate} if certificate else {}))

    def close(self):
        self.server.close()
        self.desk.close()


def try_all(tap, place, rows):
    for words, opens, wish in rows:
        status, out, err = place.open(**wish)
        tap.ok((status == 0) == opens, words, out + err)
        tap.ok(PASSWORD not in out + err and "guess" not in out + err, "and no password is said", out + err)


def main():
    if postgres.missing() or shutil.which("openssl") is None:
        skip_all("PostgreSQL or openssl is not installed")
    tap, place = Tap(), Trusted()
    wrong = place.desk.write("wrong", "*:*:*:*:guess\n")
    os.chmod(wrong, 0o600)
    own = place.own[0]
    # what is asked for, what is known here, and whether it opens
    rows = (
        ("a server that proves who it is is trusted", True, {"certificate": own}),
        ("one whose certificate nobody here knows is not", False, {}),
        ("nor one with another's certificate", False, {"certificate": place.strange}),
        ("nor one with another name", False, {"certificate": own, "hosts": OTHER}),
        ("nor two of which only the first is this computer", False, {"hosts": f"localhost,{NAME}"}),
        ("two that prove who they are are", True, {"certificate": own, "hosts": f"{NAME},{NAME}"}),
        ("the address may ask for less", True, {"more": "&sslmode=require"}),
        ("and for more", True, {"certificate": own, "more": "&channel_binding=require"}),
        ("this computer is trusted", True, {"hosts": "localhost"}),
        ("a wrong password opens nothing", False, {"certificate": own, "password": wrong}),
        ("nor does none", False, {"certificate": own, "password": "/nowhere"}),
    )
    plain = (
        ("nothing goes to a server elsewhere without encryption", False, {"certificate": own}),
        ("unless the address says so", True, {"more": "&sslmode=disable"}),
    )
    try:
        tap.ok(place.sql("SELECT rolpassword FROM pg_authid WHERE rolname = 'editor'").startswith("SCRAM-SHA-256$"),
               "the server keeps the password by SCRAM")
        try_all(tap, place, rows)
        place.encrypt("off")
        try_all(tap, place, plain)
    finally:
        place.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
