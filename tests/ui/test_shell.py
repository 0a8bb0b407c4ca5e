#!/usr/bin/python3
"""What the desktop does with the program: it starts it by the bus, searches in it, opens its actions, hands
files to it, shows its notifications and does what their buttons say; and preferences, help and what is new."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import types

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import display  # noqa: E402

REPRINT = os.path.join(display.BUILD, "src", "ui", "reprint")
NAME, PATH = "app.reprint.Reprint", "/app/reprint/Reprint"
AMISS = ["amiss", "astray", "awry"]
ENDED = {"id": "ended", "name": "Quay agreement", "licensor": "Quay Media", "permission": "yes", "expires": "2026-01-01T00:00:00Z"}
HELP_HANDLER = "[Desktop Entry]\nType=Application\nName=Viewer\nExec={} %u\nMimeType=x-scheme-handler/help;\n"


def write_script(path, text):
    with open(path, "w", encoding="utf-8") as handle:
        handle.write("#!/bin/sh\n" + text)
    os.chmod(path, 0o755)


def prepare(folder):
    """A home of its own for the session: its library, its settings, and the service that the bus starts."""
    services = os.path.join(folder, "dbus-1", "services")
    os.makedirs(services)
    os.makedirs(os.path.join(folder, "applications"))
    write_script(os.path.join(folder, "start"),
                 f". {folder}/environment\nexec {REPRINT} --gapplication-service 2>>{folder}/log\n")
    with open(os.path.join(services, NAME + ".service"), "w", encoding="utf-8") as handle:
        handle.write(f"[D-BUS Service]\nName={NAME}\nExec={folder}/start\n")
    os.environ.update(XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder, XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder,
                      REPRINT_DATA_DIR=os.path.join(display.SOURCE, "data"), LC_ALL="C.UTF-8")
    os.environ.pop("REPRINT_LIBRARY", None)


if not os.environ.get("REPRINT_UI_INSIDE"):
    home = tempfile.mkdtemp(prefix="reprint-home.")
    prepare(home)
    try:
        display.enter()
    finally:
        shutil.rmtree(home, ignore_errors=True)
display.enter()

import gi  # noqa: E402
from desk import Desk, Site, Tap, page  # noqa: E402

from gi.repository import Gio, GLib  # noqa: E402

HOME = os.environ["XDG_DATA_HOME"]
BUS = Gio.bus_get_sync(Gio.BusType.SESSION, None)
SERVER = """<node><interface name='org.gtk.Notifications'>
<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/>
<arg type='a{sv}' direction='in'/></method>
<method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/></method>
</interface></node>"""


def call(path, interface, method, arguments, answer=None):
    return BUS.call_sync(NAME, path, interface, method, arguments, answer and GLib.VariantType(answer),
                         Gio.DBusCallFlags.NONE, 20000, None)


def ask(method, *words):
    signature = {"GetSubsearchResultSet": "(asas)"}.get(method, "(as)")
    kind = "(aa{sv})" if method == "GetResultMetas" else "(as)"
    return call(PATH + "/SearchProvider", "org.gnome.Shell.SearchProvider2", method,
                GLib.Variant(signature, words), kind).unpack()[0]


def activate(action, *parameter):
    call(PATH, "org.freedesktop.Application", "ActivateAction",
         GLib.Variant("(sava{sv})", (action, [GLib.Variant("s", word) for word in parameter], {})))


def iterate():
    while GLib.MainContext.default().iteration(False):
        pass


def wait(question, what):
    """Our own part of the bus has to answer meanwhile."""
    return display.wait(lambda: (iterate(), question())[1], what)


class Notifications:
    """The desktop's side of notifications: what is shown now, by its subject."""

    def __init__(self):
        self.shown, self.sent = {}, []
        node = Gio.DBusNodeInfo.new_for_xml(SERVER)
        BUS.register_object("/org/gtk/Notifications", node.interfaces[0], self.called, None, None)
        Gio.bus_own_name_on_connection(BUS, "org.gtk.Notifications", Gio.BusNameOwnerFlags.NONE, None, None)

    def called(self, connection, sender, path, interface, method, arguments, invocation):
        words = arguments.unpack()
        if method == "AddNotification":
            self.shown[words[1]] = words[2]
            self.sent.append((words[1], words[2]["title"], words[2].get("body")))
        else:
            self.shown.pop(words[1], None)
        invocation.return_value(None)

    def wait_for(self, subject):
        return wait(lambda: self.shown.get(subject), f"the notification “{subject}” ({self.sent})")


class HomeDesk(Desk):
    """The library where the program looks for it by itself; what is in its environment reaches the service."""

    def __init__(self):
        super().__init__()
        del self.environment["REPRINT_LIBRARY"]
        self.environment["GSETTINGS_BACKEND"] = "keyfile"

    def keep_environment(self):
        with open(os.path.join(HOME, "environment"), "w", encoding="utf-8") as handle:
            for key, value in self.environment.items():
                if key.startswith(("REPRINT_", "GSETTINGS_")):
                    handle.write(f"export {key}='{value}'\n")

    def bring(self, headline, marker, change=lambda text: text):
        text = change(page(headline, marker))
        self.run("import", self.write(f"{marker}.html", text))
        return next(row["article"] for row in self.json("list") if row["headline"] == headline)


class Started(display.Window):
    """The window of the program that the bus has started."""

    def __init__(self):
        pid = BUS.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                            "GetConnectionUnixProcessID", GLib.Variant("(s)", (NAME,)), None, 0, -1, None).unpack()[0]
        self.log = open(os.path.join(HOME, "log"), encoding="utf-8")
        self.process = types.SimpleNamespace(pid=pid, poll=lambda: None)
        self.find_program()
        self.id = display.place("Reprint", 0, 0)

    def said(self):
        return [line for line in super().said() if "help" not in line.lower()]

    def back(self):
        display.xdo("windowactivate", "--sync", self.id)


def is_window_shown():
    return display.xdo("search", "--onlyvisible", "--name", "^Reprint$") != ""


def check_search(tap, desk, boats, mill):
    tap.ok(ask("GetInitialResultSet", ["mill"]) == [mill], "the bus starts the program, and it finds an article")
    begin = time.monotonic()
    both = ask("GetInitialResultSet", ["harb"])
    spent = time.monotonic() - begin
    tap.ok(set(both) == {boats, mill} and spent < 2, "a word that is being typed finds both, at once", (both, spent))
    tap.ok(ask("GetSubsearchResultSet", both, ["harb", "mill"]) == [mill], "more words find less")
    tap.ok(ask("GetInitialResultSet", ["nowhere:mill"]) == [], "what is no filter finds nothing, and is no error")
    metas = ask("GetResultMetas", [mill, "gone"])
    tap.ok([(meta["id"], meta["name"], meta["description"]) for meta in metas] ==
           [(mill, "Mill on the tide", "Gull Holm Gazette")], "what is found has headline and source", metas)
    tap.ok(not is_window_shown(), "no window is opened to answer")
    tap.ok([row["state"] for row in desk.json("outbox")] == ["queued"], "and nothing is sent", desk.json("outbox"))


def check_results(tap, mill):
    call(PATH + "/SearchProvider", "org.gnome.Shell.SearchProvider2", "ActivateResult",
         GLib.Variant("(sasu)", (mill, ["mill"], 0)))
    window = Started()
    display.wait(lambda: any("Mill on the tide" == node.name for node in window.walk() if node.role != "list item"), "the article")
    tap.ok(True, "a result opens the window with its article")
    call(PATH + "/SearchProvider", "org.gnome.Shell.SearchProvider2", "LaunchSearch",
         GLib.Variant("(asu)", (["zebra", "crossing"], 0)))
    window.wait_for("Nothing Found")
    tap.ok(True, "the search goes on in the window")
    window.back()
    display.xdo("key", "Escape")
    display.wait(lambda: not window.find("Nothing Found"), "the whole list")
    return window


def check_actions(tap, desk, window):
    activate("show-outbox")
    display.wait(lambda: window.find("Nothing Is Waiting") or window.find("What Was Sent"), "the outbox")
    tap.ok(True, "the outbox is opened by the desktop's menu")
    subprocess.run([REPRINT, "--add-partner"], env=desk.environment, check=True, timeout=20)
    window.wait_for("Address of the Site")
    tap.ok(True, "Add a Partner is, too, from a command")
    display.xdo("key", "Escape")
    display.wait(lambda: not window.find("Address of the Site"), "the end of the dialog")
    subprocess.run([REPRINT, desk.write("bell.html", page("Bell found in the mud", "bell"))],
                   env=desk.environment, check=True, timeout=20)
    window.wait_for("Bell found in the mud")
    tap.ok(True, "a file that is named while it runs goes to the window that is there")


def is_set(line):
    path = os.path.join(HOME, "glib-2.0", "settings", "keyfile")
    return os.path.exists(path) and line in open(path, encoding="utf-8").read().split("\n")


def toggle(window, title):
    """Rows have no action of their own: the switch in it has."""
    def done():
        found = [node for node in window.walk() if node.name == title and node.role == "check box"]
        return found and found[-1].act()

    display.wait(done, f"the switch “{title}”")


def check_preferences(tap, window):
    window.back()
    display.xdo("key", "ctrl+comma")
    window.wait_for("Go On in the Background")
    tap.ok(True, "Ctrl+comma opens the preferences")
    for tab, title, line in (("General", "Read Sources", "read-sources=false"),
                             ("General", "When Everything Has Arrived", "notify-done=false"),
                             ("Editing", "Mark Misspelt Words", "check-spelling=false"),
                             ("Editing", "Typographic Quotation Marks", "typographic-quotes=false"),
                             ("Publishing", "first", "partners-left-out=['first']")):
        window.act(tab, "page tab")
        toggle(window, title)
        display.wait(lambda: is_set(line), line)
        toggle(window, title)
        display.wait(lambda: not is_set(line), f"not {line}")
        tap.ok(True, f"{title} holds at once, both ways")


def check_help(tap, window):
    """F1 opens the page that fits, or says what is missing."""
    if Gio.AppInfo.get_default_for_uri_scheme("help") is None:
        display.xdo("key", "F1")
        window.wait_for("No program that shows help is installed.")
        tap.ok(True, "without a viewer the window says what to install")
        display.xdo("key", "Escape")
    viewer = os.path.join(HOME, "viewer")
    write_script(viewer, f"echo \"$1\" >> {HOME}/viewed\n")
    with open(os.path.join(HOME, "applications", "viewer.desktop"), "w", encoding="utf-8") as handle:
        handle.write(HELP_HANDLER.format(viewer))
    with open(os.path.join(HOME, "mimeapps.list"), "w", encoding="utf-8") as handle:
        handle.write("[Default Applications]\nx-scheme-handler/help=viewer.desktop\n")
    wait(lambda: Gio.AppInfo.get_default_for_uri_scheme("help") is not None, "a viewer")
    seen = os.path.join(HOME, "viewed")

    def viewed(line):
        return os.path.exists(seen) and line in open(seen, encoding="utf-8").read().split("\n")

    display.xdo("key", "F1")
    display.wait(lambda: viewed("help:reprint/preferences"), "the page about preferences")
    tap.ok(True, "F1 opens help at the page of the dialog that is open")
    display.xdo("key", "Escape")
    display.wait(lambda: not window.find("Go On in the Background"), "the end of the preferences")
    window.back()
    display.xdo("key", "F1")
    display.wait(lambda: viewed("help:reprint"), "the first page")
    tap.ok(True, "and at the first page from the main window")


def check_about(tap, window):
    activate("about")
    window.wait_for("What’s New", None)
    display.xdo("getactivewindow", "windowmove", "--sync", 0, 0)
    window.choose("What’s New")
    display.wait(lambda: any("The first release" in node.text() for node in window.walk() if node.has("Text")), "the release notes")
    tap.ok(True, "About tells what is new")
    display.xdo("key", "Escape", "key", "Escape")


def check_notifications(tap, desk, window, server, boats):
    """The window is away; what was queued, and what is published now, goes out."""
    wait(lambda: {row["state"] for row in desk.json("outbox")} == {"delivered"}, "the first delivery")
    display.xdo("windowminimize", "--sync", window.id)
    bell = desk.bring("Bell rung again", "bell-again")
    desk.json("publish", bell, "--to", "first", "--to", "second")
    note = server.wait_for("published")
    tap.ok((note["title"], note["body"]) == ("Published to 2 partners", "Bell rung again"), "all arrived: one note", note)
    desk.bring("Bell rung again", "bell-again", lambda text: text.replace("until eight", "until nine"))
    note = server.wait_for("source")
    labels = [button["label"] for button in note["buttons"]]
    tap.ok(note["title"] == "Bell rung again" and labels == ["Update Everywhere", "Show"],
           "the source has corrected an article: a note with what can be done", note)
    activate("update-everywhere", bell)
    wait(lambda: [row["action"] for row in desk.json("outbox")].count("update") == 2, "two updates")
    wait(lambda: "source" not in server.shown, "the end of the note")
    tap.ok(True, "its button updates it everywhere, and it goes when it is done")
    desk.json("publish", boats, "--to", "broken")
    note = server.wait_for("trouble")
    tap.ok(note["title"] == "Boats on the hour" and "broken" in note["body"], "what fails is told with its partner", note)
    desk.json("outbox", "cancel", desk.json("outbox")[0]["delivery"])
    wait(lambda: "trouble" not in server.shown, "the end of the trouble")
    tap.ok([sent[0] for sent in server.sent].count("trouble") == 1, "once, and not when it is settled", server.sent)
    check_several(tap, desk, server)
    activate("show-article", bell)
    wait(lambda: "published" not in server.shown, "the end of the good news")
    tap.ok(True, "what has been seen is taken back")
    check_withdrawing(tap, desk, window, server, bell)


def check_several(tap, desk, server):
    """Three articles that are refused, all at once; each elsewhere, as a partner that refuses gets nothing for a while."""
    headlines = {"Eels in the sluice", "Fog at the ferry", "Gulls on the pier"}
    articles = [desk.bring(headline, headline.split()[0]) for headline in headlines]
    before = len(server.sent)
    for article, partner in zip(articles, AMISS):
        desk.json("publish", article, "--to", partner)
    note = wait(lambda: server.shown.get("trouble", {}).get("title") == "3 articles could not be published" and server.shown["trouble"],
                f"the sum of the troubles ({server.sent})")
    tap.ok(set(note["body"].split("\n")) == headlines and [button["label"] for button in note["buttons"]] == ["Show"]
           and note["default-action"] == "app.show-desk" and {sent[0] for sent in server.sent[before:]} == {"trouble"},
           "what fails of several articles is one note, which leads to all of them", (note, server.sent[before:]))
    for row in desk.json("outbox"):
        if row["state"] == "parked":
            desk.json("outbox", "cancel", row["delivery"])
    wait(lambda: "trouble" not in server.shown, "the end of the trouble")


def check_withdrawing(tap, desk, window, server, bell):
    """The button of a notification, pressed while the window is away."""
    display.xdo("windowminimize", "--sync", window.id)
    desk.run("licence", "add", desk.write("terms.json", json.dumps(ENDED)))
    desk.run("licence", "set", bell, "ended")
    assert server.wait_for("source")["buttons"][0]["label"] == "Take Down Everywhere"
    activate("withdraw-everywhere", bell)
    window.wait_for("Take the article down at 2 partners?")
    actions = [row["action"] for row in desk.json("outbox")]
    tap.ok("withdraw" not in actions, "who takes an article down everywhere from a notification is asked, in the window", actions)
    window.press("Withdraw")
    wait(lambda: [row["state"] for row in desk.json("outbox") if row["action"] == "withdraw"] == ["delivered"] * 2, "both withdrawals")
    tap.ok(True, "and it is done after a yes")


def run(tap, desk, sites):
    server = Notifications()
    desk.add_ninjs_partner("first", sites[0])
    desk.add_ninjs_partner("second", sites[1])
    for name in ["broken"] + AMISS:
        desk.add_ninjs_partner(name, sites[1])
        desk.environment[f"REPRINT_SECRET_{name.upper()}_SECRET"] = "wrong"
    desk.keep_environment()
    boats = desk.bring("Boats on the hour", "boats")
    mill = desk.bring("Mill on the tide", "mill")
    desk.json("publish", boats, "--to", "first")
    check_search(tap, desk, boats, mill)
    window = check_results(tap, mill)
    try:
        check_actions(tap, desk, window)
        check_preferences(tap, window)
        check_help(tap, window)
        check_notifications(tap, desk, window, server, boats)
        check_about(tap, window)
        tap.ok(not window.said(), "the toolkit had nothing to complain about", "\n".join(window.said()))
    except Exception as error:
        tap.ok(False, str(error), "\n".join(window.texts() + window.said()))
    ask("GetInitialResultSet", ["mill"])
    activate("quit")
    display.wait(lambda: not os.path.exists(f"/proc/{window.process.pid}"), "the end of the program", 15)
    tap.ok(True, "who quits does not wait for the end of a search")


def main():
    tap, desk, sites = Tap(), HomeDesk(), [Site(), Site()]
    try:
        run(tap, desk, sites)
    except Exception as error:
        log = os.path.join(HOME, "log")
        tap.ok(False, str(error), open(log, encoding="utf-8").read() if os.path.exists(log) else "")
    finally:
        for site in sites:
            site.close()
        desk.close()
    return tap.done()


raise SystemExit(main())
