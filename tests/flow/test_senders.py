#!/usr/bin/python3
"""Senders on several machines share a library on a server that has bad days: it is killed while an outcome is written,
it is full, read-only, slow, it drops connections, a standby takes its place; clocks differ by minutes. Each article is at
each partner exactly once, and nobody has to start anything again. The longer half runs by ./dev soak days."""
import contextlib
import http.server
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
import postgres  # noqa: E402
from desk import Site, Tap, page, skip_all  # noqa: E402
from senders import PATIENCE, Fleet, ServerDesk, read, wait_until, wrong_at  # noqa: E402

LONG = os.environ.get("REPRINT_TEST_LONG") == "1"
AHEAD, BEHIND = {"REPRINT_CLOCK_WRONG": "600"}, {"REPRINT_CLOCK_WRONG": "-600"}


# ---- the server goes while something is on its way ----

def start_one(desk, label, **environment):
    """A delivery whose partner takes its time, and the sender that waits for it; the request has arrived."""
    site = Site("--delay", "700")
    desk.add_sites(site)
    desk.publish(1, label, [site])
    sender = desk.send(**environment)
    there = wait_until(lambda: desk.query("SELECT count (*) FROM exchanges WHERE method = 'POST'")[0][0] == 1)
    assert there, desk.rows()
    return site, sender


def held(tap, server):
    """The outcome is written when the server is back, by whoever has it: nobody looks it up."""
    desk = ServerDesk(server)
    site, sender = start_one(desk, "Held")
    server.kill()
    tap.ok(wait_until(lambda: "written later" in read(sender.said)), "an outcome is held while the server is away",
           read(sender.said))
    server.start()
    tap.ok(wait_until(desk.is_delivered), "and written when it is back", read(sender.said))
    state, tries, fence, owner = desk.rows()[0]
    tap.ok((tries, fence, owner) == (1, 1, None), "by its first claim", desk.rows())
    asked = desk.query("SELECT method, status FROM exchanges ORDER BY id DESC LIMIT 1")
    tap.ok(asked == [("POST", 201)] or asked == [("POST", 202)], "the partner's answer is kept, and it was asked no more", asked)
    tap.ok(not wrong_at([site], "Held", 1), "the article is there once", wrong_at([site], "Held", 1))
    tap.ok(desk.finish(sender), "the sender ends when it is told to")
    desk.close()
    site.close()


def told_to_stop(tap, server):
    """What is being sent at that moment comes to its end; what is not stays where it is."""
    desk, site = ServerDesk(server), Site("--delay", "300")
    desk.add_sites(site)
    desk.publish(6, "Stop", [site])
    sender = desk.send("--at-once", "1")
    wait_until(lambda: desk.query("SELECT count (*) FROM deliveries WHERE state = 'sending'")[0][0] == 1)
    tap.ok(desk.finish(sender), "a sender that is told to stop ends well", read(sender.said))
    states = sorted({(state, owner) for state, _, _, owner in desk.rows()}, key=str)
    tap.ok(states == [("delivered", None), ("queued", None)], "with what it was at, and leaves the rest", states)
    desk.close()
    site.close()


def taken_over(tap, server):
    """A claim that was lost in the meantime is somebody else's."""
    desk = ServerDesk(server)
    site, sender = start_one(desk, "Lost")
    desk.query("UPDATE deliveries SET fence = fence + 1, owner = 'elsewhere:1:1:v:b:0'")
    tap.ok(wait_until(lambda: "taken over" in read(sender.said)), "an outcome that comes too late is dropped, and told",
           read(sender.said))
    tap.ok([row[3] for row in desk.rows()] == ["elsewhere:1:1:v:b:0"], "the other's claim is left alone", desk.rows())
    desk.close()
    site.close()


def killed_in_between(tap, server):
    """Both go: what is left is an unknown outcome, and the partner is asked."""
    desk = ServerDesk(server)
    site, sender = start_one(desk, "Gone")
    server.kill()
    sender.kill()
    sender.wait()
    server.start()
    other = desk.send()
    tap.ok(wait_until(desk.is_delivered), "after both were killed it is looked up", [desk.rows(), read(other.said)])
    tap.ok(not wrong_at([site], "Gone", 1) and desk.rows()[0][2] == 2, "and there once", desk.rows())
    desk.close()
    site.close()


# ---- clocks ----

class Feed(threading.Thread):
    """An address that counts who asks."""

    def __init__(self):
        super().__init__(daemon=True)
        feed = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                feed.asked += 1
                body = b"<rss version='2.0'><channel><title>Quay</title><item><title>Boats</title><guid>b</guid>" \
                       b"<description>They leave on the hour.</description></item></channel></rss>"
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.asked, self.server = 0, http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/feed.xml"
        self.start()

    def run(self):
        self.server.serve_forever(poll_interval=0.05)


def clocks(tap, server):
    desk, site, feed = ServerDesk(server), Site(), Feed()
    desk.add_sites(site)
    desk.run("import", desk.write("page.html", page("Tide 0", "tide-0")))
    article = desk.json("list")[0]["article"]
    desk.run("publish", article, "--to", "p0", **AHEAD)
    desk.run("set", article, "body_html=<p>The tide turns at half past.</p>")
    desk.run("publish", article, "--to", "p0", **BEHIND)
    order = desk.query("SELECT payload LIKE '%turns at half%' AS changed FROM deliveries ORDER BY id")
    tap.ok([row[0] for row in order] == [False, True], "what was queued first goes first, whatever the clocks say", order)
    both = [desk.send("--until-empty", **wrong) for wrong in (AHEAD, BEHIND)]
    tap.ok([process.wait(timeout=PATIENCE) for process in both] == [0, 0] and desk.is_delivered(),
           "two senders ten minutes before and behind send it", desk.rows())
    with urllib.request.urlopen(site.items()[0]["url"]) as answer:
        tap.ok("half past" in answer.read().decode(), "the last change is what the partner shows")
    off = desk.query("SELECT max (abs (settled - extract (epoch FROM clock_timestamp ()) * 1000000)) AS off FROM deliveries")
    tap.ok(float(off[0][0]) < 60e6, "all times are the server's", off)
    desk.run("source", "add", feed.url)
    for seconds, visits, wrong, words in ((300, 0, AHEAD, "not before its time by a clock that is ahead"),
                                          (-60, 1, BEHIND, "in time by a clock that is behind")):
        desk.query("UPDATE sources SET next_poll = CAST ((extract (epoch FROM clock_timestamp ())"
                   f" + {seconds}) * 1000000 AS bigint)")
        before = feed.asked
        desk.run("source", "poll", "--due", **wrong)
        tap.ok(feed.asked - before == visits, f"a source is read {words}", feed.asked - before)
    feed.server.shutdown()
    desk.close()
    site.close()


# ---- bad days ----

REFUSE = """CREATE FUNCTION refuse () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'no' USING ERRCODE = '%s'; END $$;
  CREATE TRIGGER refuse BEFORE UPDATE ON deliveries FOR EACH STATEMENT EXECUTE FUNCTION refuse ()"""
MEND = "DROP TRIGGER refuse ON deliveries; DROP FUNCTION refuse ()"
THROW_OUT = "SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE datname = current_database () AND pid <> pg_backend_pid ()"


def full(server, desk):
    desk.query(REFUSE % "53100")
    yield
    desk.query(MEND)


def read_only(server, desk):
    for state in ("on", "off"):
        server.sql(f"ALTER DATABASE {desk.name} SET default_transaction_read_only = {state}")
        server.sql(THROW_OUT.replace("current_database ()", f"'{desk.name}'"))
        yield


def slow(server, desk):
    """It answers nobody for a while."""
    pids = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True).stdout
    pids = [int(pid) for pid in pids.split()]
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    yield
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def dropped(server, desk):
    """Every connection is thrown out, again and again: some in the middle of a transaction."""
    for _ in range(10):
        server.sql(THROW_OUT, desk.name)
    yield


def bad_days(tap, server):
    sites = [Site("--delay", "30") for _ in range(3)]
    desk = ServerDesk(server)
    desk.add_sites(*sites)
    senders = [desk.send("--at-once", "2") for _ in range(2)]
    tap.ok(wait_until(lambda: desk.count_asleep() == 2), "senders with nothing to do sleep")
    desk.publish(1, "Alarm", sites)
    tap.ok(wait_until(desk.is_delivered, 15), "and do not sleep their half minute when something is queued", desk.rows())
    for day in (full, dropped) + (read_only, slow) * LONG:
        desk.publish(6, day.__name__, sites)
        wait_until(lambda: 0 < desk.count_open() < 18, 5)
        for _ in day(server, desk):
            time.sleep(0.3)  # a bad day lasts
        tap.ok(wait_until(desk.is_delivered), f"{day.__name__}: goes on by itself", [desk.rows(), read(senders[-1].said)])
        wrong = wrong_at(sites, day.__name__, 6)
        tap.ok(not wrong, f"{day.__name__}: each article is there once", wrong)
    desk.close()
    for site in sites:
        site.close()


# ---- random moments ----

def killed_at_random(tap, server):
    dice = random.Random(int(os.environ.get("SEED", "7")))
    sites = [Site("--delay", "20") for _ in range(4)]
    desk = ServerDesk(server)
    desk.add_sites(*sites)
    desk.publish(50, "Killed", sites)
    fleet = Fleet(desk, server, dice, [[]] * 3, "--at-once", "4")
    for deed in (fleet.kill_sender, fleet.kill_sender, fleet.kill_server) * (3 if LONG else 2):
        time.sleep(dice.uniform(0.05, 0.3))
        deed()
    tap.ok(fleet.go_on_until(desk.is_delivered, PATIENCE), f"200 deliveries by 3 senders get there: {fleet.counts}",
           [desk.states(), read(fleet.senders[0].said)])
    desk.hurry_looks()
    looked = fleet.go_on_until(desk.is_looked_at, PATIENCE)
    wrong = wrong_at(sites, "Killed", 50) if looked else desk.query("SELECT * FROM checks")
    tap.ok(not wrong, "each once", wrong)
    desk.close()
    for site in sites:
        site.close()


# ---- fail-over ----

def fail_over(tap, _):
    """Two servers; the second has every change before anybody is told that it is kept."""
    first = postgres.Server(**postgres.PRIMARY)
    second = postgres.Standby(first)
    sites = [Site("--delay", "30") for _ in range(3)]
    desk = ServerDesk(first, second)
    desk.add_sites(*sites)
    desk.publish(15, "Over", sites)
    senders = [desk.send("--at-once", "3") for _ in range(3)]
    wait_until(lambda: 5 < desk.count_open() < 38)
    first.kill()
    done = time.monotonic()
    second.promote()
    desk.at = desk.library = desk.names[1]
    tap.ok(wait_until(desk.is_delivered), "senders go on when the standby has taken over",
           [desk.states(), read(senders[0].said)])
    print(f"# after {time.monotonic() - done:.1f} s", flush=True)
    wrong = wrong_at(sites, "Over", 15)
    tap.ok(not wrong, "nothing was lost, and nothing sent twice", wrong)
    tap.ok(len(desk.json("outbox")) == 45, "reprintctl finds the server that takes changes")
    desk.run("import", desk.write("late.html", page("Late", "late")))
    tap.ok(len(desk.json("list")) == 16, "and changes the library")
    tap.ok(desk.finish(*senders), "the senders end well")
    desk.close()
    for server in (first, second):
        server.close()
    for site in sites:
        site.close()


def main():
    if postgres.missing():
        skip_all("PostgreSQL is not installed: " + ", ".join(postgres.missing()))
    tap = Tap()
    server = postgres.Server(synchronous_commit="on", max_connections="100")
    try:
        for work in (held, told_to_stop, taken_over, clocks, bad_days, killed_at_random, fail_over) + (killed_in_between,) * LONG:
            if len(sys.argv) < 2 or work.__name__ in sys.argv[1:]:
                start = time.monotonic()
                work(tap, server)
                print(f"# {work.__name__}: {time.monotonic() - start:.1f} s", flush=True)
    finally:
        server.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
