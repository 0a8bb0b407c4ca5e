"""What a screen reader sees of a program, all of it at once: GTK answers GetItems of org.a11y.atspi.Cache with every
object that it has, where asking for one after the other takes twenty times as long."""
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT = "/org/a11y/atspi/accessible/root"
ITEMS = GLib.VariantType("(a((so)(so)(so)iiassusau))")
IN_WINDOW = GLib.Variant("(u)", (int(Atspi.CoordType.WINDOW),))


class Node:
    """An object as it was when the tree was read. What it is asked to do, it does now; GLib.Error if it has gone."""

    def __init__(self, program, item):
        (_, self.path), _, _, _, _, self.interfaces, self.name, role, _, states = item
        self.program = program
        self.role = Atspi.role_get_name(Atspi.Role(role))
        self.states = states[0] | states[1] << 32
        self.parent, self.children = None, []

    def is_(self, state):
        return bool(self.states >> int(getattr(Atspi.StateType, state.upper())) & 1)

    def has(self, interface):
        return f"org.a11y.atspi.{interface}" in self.interfaces

    def walk(self):
        """What is in it and not hidden, parents first."""
        for child in self.children:
            if child.is_("visible"):
                yield child
                yield from child.walk()

    def call(self, interface, method, arguments=None):
        return self.program.call(self.path, f"org.a11y.atspi.{interface}", method, arguments)

    def act(self):
        """Whether it has something to do, and does it."""
        if not self.has("Action"):
            return False
        count, = self.program.call(self.path, "org.freedesktop.DBus.Properties", "Get",
                                   GLib.Variant("(ss)", ("org.a11y.atspi.Action", "NActions")))
        return count > 0 and self.call("Action", "DoAction", GLib.Variant("(i)", (0,)))[0]

    def box(self):
        """x, y, width and height in its window; nothing while it has no place."""
        (x, y, width, height), = self.call("Component", "GetExtents", IN_WINDOW)
        return (x, y, width, height) if width > 1 and height > 1 else None

    def text(self):
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, -1)))[0]

    def write(self, text):
        return self.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))[0]


class Program:
    """One program on the accessibility bus, found by its process."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address, = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1,
                                     None).unpack()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.name = None

    def call(self, path, interface, method, arguments=None, to=None):
        return self.bus.call_sync(to or self.name, path, interface, method, arguments, None, 0, 30000, None).unpack()

    def ask_bus(self, method, arguments=None):
        return self.call("/", "org.freedesktop.DBus", method, arguments, "org.freedesktop.DBus")[0]

    def find(self, pid):
        """Whether that process is there, and shows something."""
        for name in self.ask_bus("ListNames"):
            if not name.startswith(":"):
                continue
            try:
                if self.ask_bus("GetConnectionUnixProcessID", GLib.Variant("(s)", (name,))) == pid:
                    self.name = name
                    return any(self.windows())
            except GLib.Error:
                continue  # it has gone, or does not answer yet
        return False

    def windows(self):
        """A fresh tree for each window of the program. What the objects are is told for all of them at once, but for those
        that have gone, too, and not for those that nobody has asked for; so the way down is asked for, level by level."""
        items = self.read()
        root = items[ROOT]
        level = [root]
        while level:
            pairs = list(zip(level, self.ask_children(level)))
            if any(path not in items for _, paths in pairs for path in paths):
                items = {**self.read(), **items}
            for parent, paths in pairs:
                parent.children = [items[path] for path in paths if path in items]
                for child in parent.children:
                    child.parent = parent
            level = [child for parent, _ in pairs for child in parent.children if child.is_("visible")]
        return root.children

    def read(self):
        answer = self.bus.call_sync(self.name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems", None, ITEMS, 0,
                                    30000, None)
        return {item[0][1]: Node(self, item) for item in answer.unpack()[0]}

    def ask_children(self, nodes):
        """The paths of the children of each, asked for without waiting in between."""
        answers, context = {}, GLib.MainContext.default()

        def take(bus, result, path):
            try:
                answers[path] = [child for _, child in bus.call_finish(result).unpack()[0]]
            except GLib.Error:
                answers[path] = []  # it has gone in the meantime

        for node in nodes:
            self.bus.call(self.name, node.path, "org.a11y.atspi.Accessible", "GetChildren", None, None, 0, 30000, None, take,
                          node.path)
        while len(answers) < len({node.path for node in nodes}):
            context.iteration(True)
        return [answers[node.path] for node in nodes]
