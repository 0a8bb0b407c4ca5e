#!/usr/bin/python3
"""Start a program on a display of its own until its window is mapped: seconds and memory, beside
gnome-text-editor.  window-start.py PROGRAM"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TIMES = 7


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


def resident(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as handle:
        return int(re.search(r"^Pss:\s+(\d+)", handle.read(), re.M).group(1)) / 1024


def start(command, pattern, environment):
    begin = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    while not has_window(pattern) and time.perf_counter() - begin < 30:
        time.sleep(0.005)
    seconds = time.perf_counter() - begin
    time.sleep(1)
    memory = resident(process.pid)
    process.terminate()
    process.wait()
    while has_window(pattern):
        time.sleep(0.02)
    return seconds, memory


def measure(name, command, pattern, environment):
    rows = [start(command, pattern, environment) for _ in range(TIMES)][1:]
    return name, statistics.median(r[0] for r in rows), statistics.median(r[1] for r in rows)


def main():
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ or os.environ.get("REPRINT_BENCH_INSIDE") != "1":
        os.environ["REPRINT_BENCH_INSIDE"] = "1"
        os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, *sys.argv])
    display = Display()
    folder = tempfile.mkdtemp(prefix="reprint-bench.")
    try:
        ours = measure("reprint", [sys.argv[1], "--library", os.path.join(folder, "library.db")], "reprint",
                       {"XDG_DATA_HOME": folder})
        theirs = measure("gnome-text-editor", ["gnome-text-editor", "--standalone", "--new-window"],
                         "gnome-text-editor|org.gnome.TextEditor", {"XDG_DATA_HOME": folder})
        for name, seconds, memory in (ours, theirs):
            print(f"start of {name:<36} {1000 * seconds:9.1f} ms  {memory:6.1f} MB")
        print(f"{'start, ratio':<44} {ours[1] / theirs[1]:9.2f} x   memory {ours[2] / theirs[2]:.2f} x")
    finally:
        display.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
