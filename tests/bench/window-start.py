#!/usr/bin/python3
"""Programs on a display of their own: how long until the window is mapped, and what they keep in memory with all of
their processes. The window on an empty library, on one of ten articles and on a large one, beside gnome-text-editor;
with an article open, beside a bare window with a WebKit view.

  window-start.py BUILD LARGE-LIBRARY SMALL-LIBRARY      without libraries: the empty one only"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TIMES = 12
REST = 2  # seconds until a program has come to rest
READABLE = "can be read at"


class Display:
    def __init__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24"],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            os.environ["DISPLAY"] = ":" + number.readline().strip()
        os.environ["GDK_BACKEND"] = "x11"
        self.manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)

    def close(self):
        self.manager.terminate()
        self.server.terminate()


def has_window(name):
    """A window of that class that is mapped: the window manager has put it on the screen."""
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--class", name], capture_output=True).stdout


def list_tree(pid):
    """A process and all that it has started: a WebKit view lives in processes of its own."""
    below = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [pid, *(one for child in below for one in list_tree(int(child)))]


def resident(pid):
    """MB of this process and those below it, what is shared counted by its part."""
    total = 0
    for one in list_tree(pid):
        with open(f"/proc/{one}/smaps_rollup", encoding="ascii") as handle:
            total += int(re.search(r"^Pss:\s+(\d+)", handle.read(), re.M).group(1))
    return total / 1024


def start(command, pattern, environment, then=None):
    with tempfile.TemporaryFile("w+") as log:
        begin = time.perf_counter()
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT)
        while not has_window(pattern) and time.perf_counter() - begin < 30:
            time.sleep(0.005)
        seconds = time.perf_counter() - begin
        time.sleep(REST)
        if then:
            then(log)
        memory = resident(process.pid)
        process.terminate()
        process.wait()
    while has_window(pattern):
        time.sleep(0.02)
    return seconds, memory


def open_article(log):
    """The first of the list, by a click; it is open when its text is there and the programs have come to rest."""
    window = has_window("reprint").split()[0]
    subprocess.run(["xdotool", "mousemove", "--window", window, "380", "140", "click", "1"], check=True)
    for _ in range(300):
        time.sleep(0.1)
        log.seek(0)
        if READABLE in log.read():
            time.sleep(REST)
            return
    raise SystemExit("no article was opened")


def measure(programs, environment, times=TIMES):
    """Each in turn, round after round, since a machine is not always as fast: the median of all but the first."""
    rows = {name: [] for name in programs}
    for _ in range(times):
        for name, (command, pattern, then) in programs.items():
            rows[name].append(start(command, pattern, environment, then))
    return {name: tuple(statistics.median(row[part] for row in found[1:]) for part in (0, 1)) for name, found in rows.items()}


def tell(name, ours, beside, theirs):
    print(f"{name:<44} {1000 * ours[0]:9.1f} ms  {ours[1]:6.1f} MB  {ours[0] / theirs[0]:5.2f} x time, "
          f"{ours[1] / theirs[1]:5.2f} x memory of {beside} ({1000 * theirs[0]:.1f} ms, {theirs[1]:.1f} MB)", flush=True)


def main():
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ or os.environ.get("REPRINT_BENCH_INSIDE") != "1":
        os.environ["REPRINT_BENCH_INSIDE"] = "1"
        os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, *sys.argv])
    build, *libraries = sys.argv[1:]
    program = os.path.join(build, "src", "ui", "reprint")
    display = Display()
    folder = tempfile.mkdtemp(prefix="reprint-bench.")
    place = {"XDG_DATA_HOME": folder, "GSETTINGS_BACKEND": "memory", "G_MESSAGES_DEBUG": "reprint"}
    ours = {"empty": [program, "--library", os.path.join(folder, "library.db")]}
    ours.update(zip(("large", "ten"), ([program, "--library", library] for library in libraries)))
    try:
        found = measure({"editor": (["gnome-text-editor", "--standalone", "--new-window"],
                                    "gnome-text-editor|org.gnome.TextEditor", None),
                         **{name: (command, "reprint", None) for name, command in ours.items()}}, place)
        tell("start, an empty library", found["empty"], "gnome-text-editor", found["editor"])
        if libraries:
            tell("start, the large library", found["large"], "gnome-text-editor", found["editor"])
            tell("the large library beside one of ten", found["large"], "ten articles", found["ten"])
            opened = measure({"bare": ([os.path.join(build, "tests", "bench", "bare-web")], "bare-web", None),
                              "opened": (ours["large"], "reprint", open_article)}, place, 4)
            tell("memory with an article open", opened["opened"], "a bare WebKit window", opened["bare"])
    finally:
        display.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
