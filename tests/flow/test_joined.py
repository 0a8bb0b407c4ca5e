#!/usr/bin/python3
"""Many programs change one article at the same time: changes of different fields are all kept, and of those of one field
each is either kept or refused, never lost in silence."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import CTL, Desk, Tap, page  # noqa: E402

FIELDS = ("headline", "subheadline", "slugline", "dateline", "provider", "ed_note", "summary", "site_name")


def set_all(desk, article, pairs):
    """Starts them all at once; whether each was kept."""
    running = [subprocess.Popen([CTL, "set", article, pair], env=desk.environment, stderr=subprocess.PIPE, text=True)
               for pair in pairs]
    return [(process.communicate()[1], process.returncode) for process in running]


def main():
    tap, desk = Tap(), Desk()
    desk.run("import", desk.write("page.html", page("Boats on the hour", "boats")))
    article = desk.json("list")[0]["article"]
    done = set_all(desk, article, [f"{name}=Joined {name}" for name in FIELDS])
    tap.ok(all(status == 0 for _, status in done), "eight programs change eight fields", done)
    shown = desk.json("show", article)[0]
    lost = [name for name in FIELDS if shown.get(name) != f"Joined {name}"]
    tap.ok(not lost, "none of the changes is lost", lost)
    # Whoever loses the race for one field is told; whoever came later has seen what was there.
    done = set_all(desk, article, [f"headline=Try {number}" for number in range(8)])
    kept = [number for number, (_, status) in enumerate(done) if status == 0]
    said = [err for err, status in done if status != 0]
    tap.ok(kept and desk.json("show", article)[0]["headline"] in [f"Try {number}" for number in kept],
           "the headline is one that was reported as kept", done)
    tap.ok(all("Somebody else has changed the same" in err for err in said), "whoever was refused is told why", said)
    desk.close()
    return tap.done()


raise SystemExit(main())
