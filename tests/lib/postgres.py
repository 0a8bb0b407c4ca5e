"""A PostgreSQL server of its own, on a socket in a temporary folder. As a program it runs what follows on its line
with REPRINT_TEST_POSTGRES naming the server, and ends it with that:   postgres.py [--with-copy] PROGRAM ARGUMENT…
REPRINT_TEST_REPLICA names the copy that follows it then."""
import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SETTINGS = {
    "listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "max_connections": "60", "shared_buffers": "64MB", "max_wal_senders": "0", "wal_level": "minimal",
    "autovacuum_naptime": "5s",
}


def find(name):
    """A program of the server; distributions keep them out of the way. None = not installed."""
    places = sorted(glob.glob("/usr/lib/postgresql/*/bin/" + name), reverse=True)
    return places[0] if places else shutil.which(name)


def missing():
    """What this machine lacks; empty = nothing."""
    return [name for name in ("initdb", "postgres") if find(name) is None]


class Server:
    def __init__(self, **settings):
        self.prepare(settings)
        self.run("initdb", "--no-sync", "-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C.UTF-8", "-D", self.data)
        self.start()

    def prepare(self, settings):
        self.folder = tempfile.mkdtemp(prefix="reprint-pg.")
        self.user = None
        if os.getuid() == 0:  # which the server refuses
            names = {entry.pw_name for entry in pwd.getpwall()}
            self.user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.settings = {**SETTINGS, **settings, "unix_socket_directories": self.folder}
        self.data = os.path.join(self.folder, "data")
        self.count = 0
        self.process = None

    def options(self):
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def run(self, name, *arguments):
        subprocess.run([find(name), *arguments], check=True, cwd=self.folder, stdout=subprocess.DEVNULL,
                       **self.options())

    def start(self):
        line = [find("postgres"), "-D", self.data]
        for key, value in self.settings.items():
            line += ["-c", f"{key}={value}"]
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen(line, cwd=self.folder, stdout=log, stderr=log, start_new_session=True,
                                            **self.options())
        ready = os.path.join(self.data, "postmaster.pid")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with open(ready, encoding="utf-8") as handle:
                    lines = handle.read().splitlines()
                if lines[0] == str(self.process.pid) and lines[7].strip() in ("ready", "standby"):
                    return
            except (OSError, IndexError):
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError(open(os.path.join(self.folder, "log"), encoding="utf-8").read())

    def stop(self, how=signal.SIGINT):
        """SIGINT throws everybody out, SIGQUIT is a crash."""
        self.process.send_signal(how)
        self.process.wait()

    def kill(self):
        """SIGKILL, to all of its processes: as when the machine loses its power, but for the disk's cache."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def uri(self, database="postgres", *others):
        """The address of a database, there or on one of the others."""
        hosts = ",".join(server.folder for server in (self, *others))
        return f"postgresql:///{database}?host={hosts}&user=desk"

    def sql(self, statement, database="postgres"):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.uri(database), "-c", statement],
                              capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def make_database(self):
        """The address of a new one."""
        self.count += 1
        name = f"library_{os.getpid()}_{self.count}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.uri(name)

    def close(self):
        if self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


# What a server needs that is to have a standby, which has every change before anybody is told of it.
PRIMARY = {"wal_level": "replica", "max_wal_senders": "4", "synchronous_commit": "on", "synchronous_standby_names": "*",
           "hot_standby": "on"}


class Standby(Server):
    """A copy that follows another server, and takes its place when it is told to."""

    def __init__(self, primary):  # pylint: disable=super-init-not-called
        self.prepare({"wal_level": "replica", "max_wal_senders": "4", "synchronous_commit": "on", "hot_standby": "on"})
        self.run("pg_basebackup", "-R", "--no-sync", "-c", "fast", "-D", self.data, "-d", f"host={primary.folder} user=desk")
        self.start()
        deadline = time.monotonic() + 30
        while primary.sql("SELECT count (*) FROM pg_stat_replication WHERE sync_state = 'sync'") != "1":
            if time.monotonic() > deadline:
                raise RuntimeError("The standby does not follow.")
            time.sleep(0.02)

    def promote(self):
        self.sql("SELECT pg_promote ()")


def main():
    if missing():
        print("1..0 # SKIP PostgreSQL is not installed: " + ", ".join(missing()))
        return 0
    followed = sys.argv[1] == "--with-copy"
    server = Server(**(PRIMARY if followed else {}))
    copy = None
    try:
        cache = os.path.join(server.folder, "cache")
        os.mkdir(cache)
        environment = {**os.environ, "REPRINT_TEST_POSTGRES": server.uri(), "XDG_CACHE_HOME": cache}
        if followed:
            copy = Standby(server)
            environment["REPRINT_TEST_REPLICA"] = copy.uri()
        return subprocess.run(sys.argv[1 + followed:], env=environment).returncode
    finally:
        if copy is not None:
            copy.close()
        server.close()


if __name__ == "__main__":
    sys.exit(main())
