#!/usr/bin/python3
"""What scripts can hide in, through every carrier that an editor drops, and the results into a browser with scripts on:
nothing may run, load by itself or lead away. The same pieces as they are show that the browser would have run them."""
import html
import json
import os
import sys

import display

display.enter()
from desk import Desk, Tap, skip_all  # noqa: E402

PARAGRAPH = "The harbour office has published the new timetable, and for once nobody in the queue complained about it, %d."
FRAME = """<!DOCTYPE html><html><head><meta charset="utf-8"><script>
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "msgbox"]) window[name] = what => window.ran.push(name + what);
</script></head><body>%s</body></html>"""
# A hand that touches everything, in every way; links are clicked, but may not lead anywhere.
TOUCH = """
const kinds = ["mouseover", "mouseenter", "mousemove", "mousedown", "mouseup", "click", "dblclick", "focus", "blur", "focusin",
  "pointerover", "pointerdown", "wheel", "copy", "cut", "paste", "dragstart", "drag", "drop", "toggle", "error", "load",
  "animationstart", "transitionend", "begin", "input", "change", "submit", "keydown", "scroll", "beforetoggle", "close"];
for (const node of document.querySelectorAll("body *"))
  for (const kind of kinds)
    if (!(kind == "click" && node.closest("a[href^=http], a[href^=mailto], a[href^=tel]")))
      node.dispatchEvent(new Event(kind, {bubbles: true, cancelable: true}));
for (const link of document.querySelectorAll("a"))
  if (/^\\s*(javascript|data|vbscript)/i.test(link.href)) { window.ran.push("link " + link.href); }
for (const image of document.images) image.loading = "eager";
await Promise.allSettled([...document.images].map(image => image.decode()));
await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
return JSON.stringify({ran: window.ran, scripts: document.querySelectorAll("body script, body iframe, body object, body embed, " +
  "body form, body style, body link, body meta, body svg, body math").length});
"""


def payloads():
    with open(os.path.join(display.HERE, "payloads.txt"), encoding="utf-8") as handle:
        return [line.rstrip("\n") for line in handle if line.strip()]


def text(i):
    return f"<p>{PARAGRAPH % i}</p>"


def web_page(payload, i):
    return (f"<!DOCTYPE html><html><head><title>Note {i}</title></head><body><article><h1>Note {i}</h1>{text(i)}{payload}"
            f"{text(i)}</article></body></html>")


def mail(payload, i):
    return (f"From: Runa Teal <runa@gazette.example>\r\nSubject: Note {i}\r\nMIME-Version: 1.0\r\n"
            f"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>{text(i)}{payload}{text(i)}</body></html>\r\n")


def markdown(payload, i):
    return f"---\ntitle: Note {i}\n---\n\n{PARAGRAPH % i}\n\n{payload}\n\n{PARAGRAPH % i}\n"


def feed(found, escape):
    items = []
    for i, payload in enumerate(found):
        body = text(i) + payload + text(i)
        body = html.escape(body) if escape else "<![CDATA[" + body.replace("]]>", "]]]]><![CDATA[>") + "]]>"
        items.append(f"<item><title>Note {i}</title><guid>{i}</guid><description>{body}</description></item>")
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'


def json_feed(found):
    items = [{"id": str(i), "title": f"Note {i}", "content_html": text(i) + payload + text(i)} for i, payload in enumerate(found)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items})


def ninjs(payload, i):
    return json.dumps({"uri": f"urn:x:{i}", "headline": payload, "body_html": text(i) + payload + text(i), "pubstatus": "usable"})


def atom(found):
    items = "".join(f"<entry><title type='html'>{html.escape(payload)}</title><id>{i}</id><content type='html'>"
                    f"{html.escape(text(i) + payload + text(i))}</content></entry>" for i, payload in enumerate(found))
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{items}</feed>'


def files_of(desk, found, make, ending):
    return [desk.write(f"{i}.{ending}", make(payload, i)) for i, payload in enumerate(found)]


def carriers(desk, found):
    yield "web pages", files_of(desk, found, web_page, "html")
    yield "mails", files_of(desk, found, mail, "eml")
    yield "Markdown", files_of(desk, found, markdown, "md")
    yield "ninjs", files_of(desk, found, ninjs, "json")
    yield "RSS, escaped", [desk.write("escaped.xml", feed(found, True))]
    yield "RSS, CDATA", [desk.write("cdata.xml", feed(found, False))]
    yield "Atom", [desk.write("atom.xml", atom(found))]
    yield "JSON Feed", [desk.write("feed.json", json_feed(found))]


class Browser:
    """A WebKit view with scripts on, as a partner's reader has it."""

    def __init__(self):
        import gi

        gi.require_version("Gtk", "4.0")
        gi.require_version("WebKit", "6.0")
        from gi.repository import GLib, Gtk, WebKit

        Gtk.init()
        self.loop, self.webkit = GLib.MainLoop(), WebKit
        self.view = WebKit.WebView(network_session=WebKit.NetworkSession.new_ephemeral())
        self.window = Gtk.Window(child=self.view)
        self.window.present()
        self.view.connect("load-changed", self.on_load)
        self.view.connect("decide-policy", self.on_policy)
        self.view.connect("script-dialog", self.on_dialog)
        self.view.connect("create", lambda *_: self.led_away.append("a new window"))
        self.led_away, self.answer, self.shown = [], None, False

    def on_policy(self, _view, decision, kind):
        if kind == self.webkit.PolicyDecisionType.RESPONSE:
            return False
        request = decision.get_navigation_action().get_request().get_uri()
        if not self.shown and request.startswith("about:"):
            return False
        self.led_away.append(request)
        decision.ignore()
        return True

    def on_dialog(self, _view, dialog):
        self.led_away.append(f"dialog {dialog.get_message()}")
        return True

    def on_load(self, view, event):
        if event == self.webkit.LoadEvent.FINISHED:
            self.shown = True
            view.call_async_javascript_function(TOUCH, -1, None, None, None, None, self.on_answer)

    def on_answer(self, view, result):
        try:
            self.answer = json.loads(view.call_async_javascript_function_finish(result).to_string())
        except Exception as error:  # a page that broke the harness itself
            self.answer = {"ran": [f"the page broke off: {error}"], "scripts": -1}
        self.loop.quit()

    def show(self, bodies):
        self.led_away, self.answer, self.shown = [], None, False
        self.view.load_html(FRAME % "\n".join(f"<div>{body}</div>" for body in bodies), None)
        self.loop.run()
        return {**self.answer, "away": self.led_away}


def bodies_of(desk, files):
    status, out, err = desk.run("inspect", "--json", *files)
    assert status in (0, 4), err
    return [article.get("body_html") or "" for article in map(json.loads, out.splitlines())]


def check_carrier(tap, desk, browser, name, files, count):
    bodies = bodies_of(desk, files)
    tap.ok(len(bodies) == count and all("harbour office" in body for body in bodies),
           f"{name}: {count} articles, each with its text", f"{len(bodies)} articles; without: "
           f"{[i for i, body in enumerate(bodies) if 'harbour office' not in body]}")
    seen = browser.show(bodies)
    tap.ok(not seen["ran"] and not seen["away"] and seen["scripts"] == 0, f"{name}: nothing runs", seen)


def main():
    try:
        import gi

        gi.require_version("WebKit", "6.0")
    except (ImportError, ValueError) as error:
        skip_all(f"not here: {error}")
    tap, desk, found, browser = Tap(), Desk(), payloads(), Browser()
    try:
        some = found[::6]
        ran = sum(bool(seen["ran"] or seen["away"]) for seen in map(lambda payload: browser.show([payload]), some))
        tap.ok(ran > len(some) // 3, f"as they are, {ran} of {len(some)} pieces run or lead away here")
        for name, files in carriers(desk, found):
            check_carrier(tap, desk, browser, name, files, len(found))
    finally:
        desk.close()
    return tap.done()


sys.exit(main())
