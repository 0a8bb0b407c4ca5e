"""A screen, a session bus and the window on them: what the tests of the window share. Waiting is
asking again until the answer is there; nothing sleeps for a guessed time."""
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

try:
    from gi.repository import GLib

    GONE = (GLib.Error,)  # what the accessibility tree says of an object that has gone
except ImportError:
    GONE = ()

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


def compile_settings(folder):
    """The settings of the tests: what is published leaves at once. Where they are."""
    shutil.copy(os.path.join(SOURCE, "data", "app.reprint.Reprint.gschema.xml"), folder)
    with open(os.path.join(folder, "tests.gschema.override"), "w", encoding="utf-8") as handle:
        handle.write("[app.reprint.Reprint]\nwait-before-sending=0\n")
    subprocess.run(["glib-compile-schemas", folder], check=True)
    return folder


def choose_fonts(folder):
    """The same letters everywhere, whatever else is installed; wide ones, in which a text is cut first. Where that is said."""
    path = os.path.join(folder, "fonts.conf")
    places = "".join(f"<dir>/usr/share/fonts/{place}</dir>" for place in ("truetype/dejavu", "opentype/inter"))
    with open(path, "w", encoding="utf-8") as handle:
        handle.write(f'<?xml version="1.0"?><fontconfig>{places}<cachedir prefix="xdg">fontconfig</cachedir>'
                     '<include ignore_missing="yes">/etc/fonts/conf.d</include></fontconfig>')
    return path


def hide_portals(folder):
    """Portals that are installed here know nothing of this session and would be waited for: the bus finds none. Where that
    is said."""
    services = os.path.join(folder, "dbus-1", "services")
    os.makedirs(services)
    for name in ("org.freedesktop.portal.Desktop", "org.freedesktop.portal.Documents"):
        with open(os.path.join(services, name + ".service"), "w", encoding="utf-8") as handle:
            handle.write(f"[D-BUS Service]\nName={name}\nExec=/bin/false\n")
    return ":".join((folder, os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"))


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
    folder = tempfile.mkdtemp(prefix="reprint-settings.")
    environment = {**os.environ, "REPRINT_UI_INSIDE": str(results), "DISPLAY": f":{number}", "GDK_BACKEND": "x11",
                   # without a graphics card this is many times faster than OpenGL
                   "GSK_RENDERER": os.environ.get("GSK_RENDERER", "cairo"),
                   "GSETTINGS_BACKEND": "memory", "GSETTINGS_SCHEMA_DIR": compile_settings(folder),
                   "XDG_DATA_DIRS": hide_portals(folder), "GTK_A11Y": "atspi", "NO_AT_BRIDGE": "0"}
    environment.pop("WAYLAND_DISPLAY", None)
    if "REPRINT_SHOT_MODE" not in os.environ:  # pictures have letters of all alphabets
        environment["FONTCONFIG_FILE"] = choose_fonts(folder)
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        status = subprocess.run(
            ["dbus-run-session", "--", sys.executable, os.path.abspath(sys.argv[0])], env=environment,
            stdout=sys.stderr, pass_fds=[results]).returncode
    finally:
        manager.terminate()
        screen.terminate()
        shutil.rmtree(folder, ignore_errors=True)
    raise SystemExit(status)


def wait(question, what, patience=PATIENCE):
    """The first answer that is true. What goes away while it is asked for has not answered."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with contextlib.suppress(*GONE):
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


def drop(end, kind, *what):
    """Drags that from a window of its own to there. It stays until it is ended: it hands over what was dropped."""
    source = subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "drag-source.py"), kind, *what])
    place("Drag Source", 1500, 700)
    drag((1560, 770), end)
    return source


class Window:
    """The program's window, seen as a screen reader sees it."""

    def __init__(self, desk, *arguments):
        self.log = open(os.path.join(desk.folder, "window.log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen([os.path.join(BUILD, "src", "ui", "reprint"), *arguments],
                                        env=desk.environment, stderr=self.log, stdout=self.log)
        self.find_program()
        place("Reprint", 0, 0)

    def find_program(self):
        import tree  # needs what a machine without the tools may lack

        def found():
            assert self.process.poll() is None, f"The window ended: {self.said()}"
            return self.program.find(self.process.pid)

        self.program = tree.Program()
        wait(found, "the window in the accessibility tree")

    def walk(self, inside=None):
        """Every object that is not hidden, parents first: of all windows, or in the first object of that name."""
        for window in self.program.windows():
            if inside is None and window.is_("visible"):
                yield window
            if window.is_("visible"):
                yield from window.walk() if inside is None else self.walk_in(window, inside)

    def walk_in(self, window, name):
        found = next((node for node in window.walk() if node.name == name), None)
        return found.walk() if found else ()

    def find(self, name, role=None, inside=None):
        return next((node for node in self.walk(inside) if node.name == name and role in (None, node.role)), None)

    def wait_for(self, name, role=None, inside=None):
        return wait(lambda: self.find(name, role, inside), f"“{name}”")

    def texts(self):
        return [node.name for node in self.walk() if node.name]

    def press(self, name, inside=None):
        """Clicks a button as soon as it is there and may be clicked. (GTK 4.8 names that of a toast twice.)"""
        names = (name, f"{name} {name}")
        wait(lambda: any(node.act() for node in self.walk(inside)
                         if node.name in names and node.role in BUTTONS and node.is_("sensitive")), f"the button “{name}”")

    def act(self, name, *roles):
        """Does what the object of that name does: a menu, an entry of a menu, a tab."""
        wait(lambda: any(node.act() for node in self.walk() if node.name == name and (not roles or node.role in roles)),
             f"“{name}”")

    def write(self, title, text):
        """Writes into the entry with that title."""
        wait(lambda: any(node.write(text) for node in self.walk() if node.name == title and node.has("EditableText")),
             f"the entry “{title}”")

    def find_place(self, words, inside=None):
        """Where the words are shown, or nothing while they are not."""
        boxes = (node.box() for node in self.walk(inside) if node.name == words and node.role == "label")
        return next(filter(None, boxes), None)

    def place(self, words, inside=None):
        """Where the words have come to rest."""
        seen = []

        def rests():
            seen.append(self.find_place(words, inside))
            return seen[-1] if seen[-2:] == [seen[-1]] * 2 else None

        return wait(rests, f"the row “{words}”")

    def choose(self, words, inside=None):
        """Rows have no action of their own: they are clicked where the window says that they are."""
        x, y, _, height = self.place(words, inside)
        xdo("mousemove", x + 20, y + height // 2, "click", 1)

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
            self.process.wait()
        return self.process.returncode


@contextlib.contextmanager
def watched(tap, desk, *arguments, quiet=True):
    """A window for as long as the block lasts. Whatever goes wrong in it is a failed test that says what was on
    the screen, and at the end the window has to close well, with nothing (if quiet) that the toolkit complained about."""
    window = Window(desk, *arguments)
    try:
        yield window
    except Exception as error:  # a test that cannot go on has failed, whatever the reason
        if os.environ.get("REPRINT_SHOT"):
            subprocess.run(["import", "-window", "root", os.environ["REPRINT_SHOT"]], check=False)
        where = traceback.format_exception(error)[-4:]
        texts = window.texts()[-60:] if window.process.poll() is None else []
        tap.ok(False, str(error) or type(error).__name__, "".join(where) + "\n".join(texts))
    finally:
        if quiet:
            tap.ok(not window.said(), "the toolkit had nothing to complain about", "\n".join(window.said()))
        if window.process.poll() is None:
            end = window.close()
            tap.ok(end == 0, "the window ends well when it is told to", f"It ended with {end}.\n" + "\n".join(window.said()))
