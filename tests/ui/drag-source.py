#!/usr/bin/python3
"""A window from which files, an address, a browser's link, a selection or a text can be dragged.
usage: drag-source.py file|uri|moz|html|text WHAT…"""
import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Gdk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def content(kind, what):
    if kind == "file":
        files = Gdk.FileList.new_from_list([Gio.File.new_for_path(path) for path in what])
        return Gdk.ContentProvider.new_for_value(files)
    if kind == "uri":
        return Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(f"{what[0]}\r\n".encode()))
    if kind == "moz":
        return Gdk.ContentProvider.new_for_bytes("text/x-moz-url", GLib.Bytes.new(f"{what[0]}\nA title".encode("utf-16-le")))
    if kind == "html":
        return Gdk.ContentProvider.new_for_bytes("text/html", GLib.Bytes.new(what[0].encode()))
    return Gdk.ContentProvider.new_for_value(what[0])


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
    application.connect("activate", activate, sys.argv[1], sys.argv[2:])
    application.run(None)


main()
