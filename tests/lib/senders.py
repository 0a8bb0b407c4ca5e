"""Senders of one library on a server, and what is done to them: for tests, and for long trials."""
import contextlib
import os
import signal
import subprocess
import tempfile
import time

from desk import CTL, Desk, page

PATIENCE = 40


def wait_until(is_so, patience=PATIENCE, pause=0.02):
    """Whether it came to be so in time; asked again after each pause."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(pause)
    return False


class ServerDesk(Desk):
    """With a database of its own, on the first of the servers or on another that has taken its place."""

    def __init__(self, *servers):
        self.at = servers[0].make_database()
        self.name = self.at.split("?")[0].rsplit("/", 1)[1]
        self.names = [server.uri(self.name) for server in servers]
        super().__init__(REPRINT_LIBRARY=servers[0].uri(self.name, *servers[1:]))
        self.library = self.at
        self.running = []

    def add_sites(self, *sites, **settings):
        """Partners that would make a second article of a second request."""
        extra = [f"--set={key}={value}" for key, value in settings.items()]
        for number, site in enumerate(sites):
            self.environment[f"REPRINT_SECRET_P{number}_TOKEN"] = site.ready["token"]
            status, _, err = self.run("partner", "add", f"p{number}", "--connector", "micropub",
                                      f"--set=url={site.ready['url']}", "--set=channels=web", "--set=commercial=false", *extra)
            assert status == 0, err

    def publish(self, count, label, sites):
        folder = tempfile.mkdtemp(dir=self.folder)
        for number in range(count):
            with open(os.path.join(folder, f"{number}.html"), "w", encoding="utf-8") as handle:
                handle.write(page(f"{label} {number}", f"{label}-{number}").replace("<img", "<x-img"))
        status, _, err = self.run("import", folder)
        assert status == 0, err
        articles = [row["article"] for row in self.json("list", "--limit", "100000") if row["headline"].startswith(label + " ")]
        to = [word for number in range(len(sites)) for word in ("--to", f"p{number}")]
        assert self.run("publish", *articles, *to)[0] == 75

    def send(self, *arguments, within=(), **environment):
        """A sender beside this test, begun by the command `within`; what it says goes into a file."""
        said = tempfile.NamedTemporaryFile("w+", dir=self.folder, delete=False)
        process = subprocess.Popen([*within, CTL, "outbox", "run", *arguments], env={**self.environment, **environment},
                                   stdout=subprocess.DEVNULL, stderr=said)
        process.said = said.name
        self.running.append(process)
        return process

    def rows(self):
        return self.query("SELECT state, tries, fence, owner FROM deliveries")

    def states(self):
        """Empty while the server is away."""
        with contextlib.suppress(subprocess.CalledProcessError), open(os.devnull, "w", encoding="ascii") as nowhere:
            done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-d", self.at, "-c",
                                   "SELECT DISTINCT state FROM deliveries"], check=True, stdout=subprocess.PIPE,
                                  stderr=nowhere, text=True, timeout=PATIENCE)
            return set(done.stdout.split())
        return set()

    def is_delivered(self):
        return self.states() == {"delivered"}

    def hurry_looks(self):
        """What somebody who was killed had begun to look at is looked at now, and not after ten minutes."""
        self.query("UPDATE checks SET due = 0 WHERE tries = 0")

    def is_looked_at(self):
        """All was delivered and looked at once; what that has queued is done, too. A request that its sender has not
        outlived may arrive after it was asked for: the look finds it, and takes it back."""
        return self.is_delivered() and self.query("SELECT count (*) FROM checks WHERE tries = 0")[0][0] == 0

    def finish(self, *senders):
        """Tells them to stop, and whether they did so well."""
        for process in senders:
            process.send_signal(signal.SIGTERM)
        return [process.wait(timeout=PATIENCE) for process in senders] == [0] * len(senders)

    def count_asleep(self):
        """Senders whose last question was when there is something to do."""
        return self.query("SELECT count (*) FROM pg_stat_activity WHERE datname = current_database ()"
                          " AND state = 'idle' AND query LIKE '%min (due)%FROM checks'")[0][0]

    def count_open(self):
        return self.query("SELECT count (*) FROM deliveries WHERE settled = 0")[0][0]

    def close(self):
        for process in self.running:
            if process.poll() is None:
                process.kill()
                process.wait()
        super().close()


def read(path):
    with open(path, encoding="utf-8") as handle:
        return handle.read()


def wrong_at(sites, label, count):
    """What is not there exactly once; empty when all is well."""
    wrong = []
    for site in sites:
        heads = [item["headline"] for item in site.items()
                 if item["headline"].startswith(label + " ") and item["status"] == "live"]
        if len(heads) != count or len(set(heads)) != count:
            wrong.append(f"{len(heads)} articles, {len(set(heads))} different, of {count}")
    return wrong


class Fleet:
    """Senders that are killed at random moments, and their server; each time another one takes its place."""

    def __init__(self, desk, server, dice, places, *arguments):
        self.desk, self.server, self.dice, self.arguments = desk, server, dice, arguments
        self.places = places  # a command for each, under which it runs
        self.senders = [self.send(number) for number in range(len(places))]
        self.counts = {"sender": 0, "server": 0, "link": 0}

    def send(self, number):
        return self.desk.send(*self.arguments, within=self.places[number])

    def kill_sender(self):
        number = self.dice.randrange(len(self.senders))
        self.senders[number].kill()
        self.senders[number].wait()
        time.sleep(self.dice.uniform(0, 0.2))
        self.senders[number] = self.send(number)
        self.counts["sender"] += 1

    def kill_server(self):
        self.server.kill()
        time.sleep(self.dice.uniform(0, 1))
        self.server.start()
        self.counts["server"] += 1

    def replace_dead(self):
        """A supervisor starts those again that could not open the library."""
        for number, sender in enumerate(self.senders):
            if sender.poll() is not None:
                self.senders[number] = self.send(number)

    def go_on_until(self, is_so, patience):
        def is_so_now():
            self.replace_dead()
            return is_so()
        return wait_until(is_so_now, patience, 0.25)
