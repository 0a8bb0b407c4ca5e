#!/usr/bin/python3
"""The sender's unit: systemd reads it without a complaint, and finds little of the machine exposed to it."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE, BUILD = sys.argv[1:3]
MOST = 15  # tenths: below two systemd calls it fine


def run(*command):
    done = subprocess.run(["systemd-analyze", *command], capture_output=True, text=True, timeout=60,
                          env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})
    return done.returncode, done.stdout + done.stderr


def main():
    if shutil.which("systemd-analyze") is None:
        print("1..0 # SKIP systemd is not installed")
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "reprint-sender@desk.service")
        with open(os.path.join(SOURCE, "data", "reprint-sender@.service.in"), encoding="utf-8") as handle:
            text = handle.read().replace("@BINDIR@", os.path.join(BUILD, "src", "cli"))
        for path in (name, name.replace("@desk", "@")):
            with open(path, "w", encoding="utf-8") as handle:
                handle.write(text)
        good, said = run("verify", "--man=no", "--generators=no", name)
        safe, judged = run("security", "--offline=yes", f"--threshold={MOST}", "--no-pager", name)
    command = re.search(r"^ExecStart=\S+ (.*)$", text, re.M).group(1)
    rows = (
        (good == 0 and not said.strip(), "systemd reads the sender's unit", said),
        (safe == 0, "and finds it hardened", judged[-2000:]),
        (command == "outbox run $REPRINT_SENDER_OPTIONS", "it sends until it is told to stop", command),
        ("Restart=always" in text and "StartLimitIntervalSec=0" in text, "and is started again however often", text),
    )
    for number, (is_good, words, detail) in enumerate(rows, 1):
        failed += not is_good
        print(("ok" if is_good else "not ok"), number, "-", words)
        if not is_good:
            print("# " + detail.replace("\n", "\n# "))
    print(f"1..{len(rows)}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
