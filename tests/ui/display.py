"""A screen, a session bus and the window on them: what the tests of the window share. Waiting is
asking again until the answer is there; nothing sleeps for a guessed time."""
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import BUILD, SOURCE, skip_all  # noqa: E402

TOOLS = ["Xvfb", "openbox", "dbus-run-session", "xdotool"]
HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 30
BUTTONS = ("push button", "button", "toggle button", "radio button", "check box")
CRITICAL = ("CRITICAL **", "WARNING **", "ERROR **")
# Said by the machine that runs the tests, not by the window.
EXCUSED = ("dconf", "accessibility bus", "portal", "Vulkan", "libEGL", "settings daemon", "MESA")


def missing():
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    try:
        import gi

        gi.require_version("Atspi", "2.0")
        gi.require_version("Gtk", "4.0")
    except (ImportError, ValueError) as error:
        absent.append(str(error))
    return absent


def enter():
    """Runs the calling program once more, on a screen of its own and inside a session bus."""
    if os.environ.get("REPRINT_UI_INSIDE"):
        os.dup2(int(os.environ["REPRINT_UI_INSIDE"]), sys.stdout.fileno())
        return
    absent = missing()
    if absent:
        skip_all(f"not here: {', '.join(absent)}")
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", os.environ.get("REPRINT_SCREEN", "1700x920") + "x24", "-nolisten",
         "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    number = os.read(read, 16).decode().strip()
    # what the services of the session say is not among the results of the tests
    results = os.dup(sys.stdout.fileno())
    environment = {**os.environ, "REPRINT_UI_INSIDE": str(results), "DISPLAY": f":{number}", "GDK_BACKEND": "x11",
                   # without a graphics card this is many times faster than OpenGL
                   "GSK_RENDERER": os.environ.get("GSK_RENDERER", "cairo"),
                   "GSETTINGS_BACKEND": "memory", "GSETTINGS_SCHEMA_DIR": os.path.join(BUILD, "data"),
                   "GTK_A11Y": "atspi", "NO_AT_BRIDGE": "0"}
    environment.pop("WAYLAND_DISPLAY", None)
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        status = subprocess.run(
            ["dbus-run-session", "--", sys.executable, os.path.abspath(sys.argv[0])], env=environment,
            stdout=sys.stderr, pass_fds=[results]).returncode
    finally:
        manager.terminate()
        screen.terminate()
    raise SystemExit(status)


def wait(question, what, patience=PATIENCE):
    """The first answer that is true."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        answer = question()
        if answer:
            return answer
        time.sleep(0.05)
    raise TimeoutError(f"Waited {patience} s for {what}")


def xdo(*arguments):
    return subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True).stdout.strip()


def place(name, x, y):
    """Moves the window of that name; its id."""
    found = wait(lambda: xdo("search", "--onlyvisible", "--name", f"^{name}$"), f"the window {name}")
    window = found.splitlines()[-1]
    xdo("windowmove", window, x, y)
    return window


def drag(start, end):
    """A real drag by the pointer, in steps that a toolkit takes for a hand."""
    xdo("mousemove", *start, "mousedown", 1)
    steps = 30
    for step in range(1, steps + 1):
        x = start[0] + (end[0] - start[0]) * step // steps
        y = start[1] + (end[1] - start[1]) * step // steps
        xdo("mousemove", x, y, "sleep", 0.02)
    xdo("mousemove_relative", "--", 1, 1, "sleep", 0.05, "mouseup", 1)


class Window:
    """The program's window, seen as a screen reader sees it."""

    def __init__(self, desk, *arguments):
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        self.atspi, self.errors = Atspi, (GLib.Error,)
        self.log = open(os.path.join(desk.folder, "window.log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen([os.path.join(BUILD, "src", "ui", "reprint"), *arguments],
                                        env=desk.environment, stderr=self.log, stdout=self.log)
        self.root = wait(self.find_program, "the window in the accessibility tree")
        place("Reprint", 0, 0)

    def find_program(self):
        assert self.process.poll() is None, f"The window ended: {self.said()}"
        desktop = self.atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(index)
            if program is not None and program.get_process_id() == self.process.pid:
                return program if program.get_child_count() > 0 else None
        return None

    def walk(self, node=None):
        """Every object that is not hidden, parents first. (GTK 4.8 tells only of windows what is showing.)"""
        if node is None:
            # At once: GTK 4.8 ends when it is asked for a window that has closed in the meantime.
            windows = [self.root.get_child_at_index(index) for index in range(self.root.get_child_count())]
            for window in filter(None, windows):
                yield from self.walk_from(window)
            return
        for index in range(node.get_child_count()):
            try:
                child = node.get_child_at_index(index)
                if child is not None:
                    yield from self.walk_from(child)
            except self.errors:
                continue  # it went away while we looked

    def walk_from(self, node):
        try:
            if node.get_state_set().contains(self.atspi.StateType.VISIBLE):
                yield node
                yield from self.walk(node)
        except self.errors:
            return

    def find(self, name, role=None):
        for node in self.walk():
            try:
                if node.get_name() == name and (role is None or node.get_role_name() == role):
                    return node
            except self.errors:
                continue
        return None

    def wait_for(self, name, role=None):
        return wait(lambda: self.find(name, role), f"“{name}”")

    def texts(self):
        return [node.get_name() for node in self.walk() if node.get_name()]

    def is_usable(self, node):
        if node.get_role_name() not in BUTTONS or node.get_n_actions() == 0:
            return False
        return node.get_state_set().contains(self.atspi.StateType.SENSITIVE)

    def press(self, name):
        """Clicks a button as soon as it is there and may be clicked. (GTK 4.8 names that of a toast twice.)"""
        names = (name, f"{name} {name}")

        def pressed():
            for node in self.walk():
                try:
                    if node.get_name() in names and self.is_usable(node) and node.do_action(0):
                        return True
                except self.errors:
                    continue
            return False

        wait(pressed, f"the button “{name}”")

    def act(self, name, *roles):
        """Does what the object of that name does: a menu, an entry of a menu, a tab."""

        def done():
            return any(node.get_n_actions() > 0 and node.do_action(0) for node in self.walk()
                       if node.get_name() == name and (not roles or node.get_role_name() in roles))

        wait(done, f"“{name}”")

    def write(self, title, text):
        """Writes into the entry with that title."""

        def written():
            for node in self.walk():
                if node.get_name() == title and "EditableText" in node.get_interfaces():
                    return self.atspi.EditableText.set_text_contents(node, text)
            return False

        wait(written, f"the entry “{title}”")

    def find_place(self, words):
        """Where the words are shown, or nothing while they are not."""
        for node in self.walk():
            if node.get_name() == words and node.get_role_name() == "label":
                box = self.atspi.Component.get_extents(node, self.atspi.CoordType.WINDOW)
                if box.width > 1 and box.height > 1:
                    return box
        return None

    def choose(self, words):
        """Rows have no action of their own: they are clicked where the window says that they are."""
        box = wait(lambda: self.find_place(words), f"the row “{words}”")
        xdo("mousemove", box.x + 20, box.y + box.height // 2, "click", 1)

    def said(self):
        """What it complained about."""
        self.log.flush()
        self.log.seek(0)
        lines = self.log.read().splitlines()
        return [line for line in lines if any(word in line for word in CRITICAL)
                and not any(word in line for word in EXCUSED)]

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode
