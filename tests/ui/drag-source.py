#!/usr/bin/python3
"""A window from which a file, an address or a text can be dragged.
usage: drag-source.py file|uri|text WHAT"""
import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Gdk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def content(kind, what):
    if kind == "file":
        files = Gdk.FileList.new_from_list([Gio.File.new_for_path(what)])
        return Gdk.ContentProvider.new_for_value(files)
    if kind == "uri":
        return Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(f"{what}\r\n".encode()))
    return Gdk.ContentProvider.new_for_value(what)


def activate(application, kind, what):
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect("prepare", lambda *_: content(kind, what))
    label = Gtk.Label(label="Drag from here", hexpand=True, vexpand=True)
    label.add_controller(source)
    window = Gtk.ApplicationWindow(application=application, title="Drag Source", child=label)
    window.set_default_size(160, 120)
    window.present()


def main():
    application = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
    application.connect("activate", activate, sys.argv[1], sys.argv[2])
    application.run(None)


main()
