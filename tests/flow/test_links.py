#!/usr/bin/python3
"""Articles that come by address: a page with its picture, a folder of files, and addresses that lead nowhere."""
import base64
import http.server
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import PICTURE, Desk, Site, Tap, fetch, page  # noqa: E402

LICENSED = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Quay opens early - Reader</title>
<meta property="og:image" content="/quay.png"><meta property="og:image:alt" content="The quay"></head><body>
<nav><a href="/">Home</a></nav><div class="post"><h1>Quay opens early</h1>
<p>The harbour office opens at six from Monday on, an hour before the first boat, and sells tickets at two windows.</p>
<p>"We have found a second window," the harbour master said. "It was behind the calendar, and before that behind a cupboard."</p>
<p>Boats leave on the hour until eight in the evening, and at half past ten for those who stay for the band.</p>
<p><em>Published under license from QuayPost.example, a Gull Holm Media Ltd Publication. All rights reserved.</em></p>
</div><h3>2 Responses to Quay opens early</h3><div id="comments"><p>First!</p></div>
<div id="footer">© 1999-2026 Reader, Inc. All Rights Reserved. <a href="/p">Privacy Policy</a> - <a href="/c">Cookie Policy</a>.</div>
</body></html>"""


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        pages = {"/story": ("text/html; charset=utf-8", LICENSED.encode()),
                 "/quay.png": ("image/png", base64.b64decode(PICTURE))}
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif self.path in pages:
            self.send_response(200)
            self.send_header("Content-Type", pages[self.path][0])
            self.end_headers()
            self.wfile.write(pages[self.path][1])
        else:
            self.send_error(404)


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def check_link(tap, desk, url, site):
    row = desk.json("import", url + "/story")[0]
    tap.ok(row["status"] == "imported" and row["headline"] == "Quay opens early", "a link becomes an article", row)
    article = desk.json("show", row["article"])[0]
    tap.ok(article["licence"]["licensor"] == "QuayPost.example"
           and article["licence"]["rights_holder"] == "Gull Holm Media Ltd", "its statement became data",
           article["licence"])
    clutter = [w for w in ("Published under", "Responses", "First!", "Privacy") if w in article["body_text"]]
    tap.ok(not clutter, "no clutter", article["body_text"])
    tap.ok(article["images"] and article["images"][0].get("sha256"), "its picture was fetched", article["images"])
    desk.run("licence", "add", desk.write("deal.json", '{"id":"deal","name":"Deal","permission":"yes",'
             '"licensor":"QuayPost.example","rights_holder":"Gull Holm Media Ltd","credit_template":'
             '"Published under licence from {source}, a {holder} publication. All rights reserved."}'))
    desk.run("licence", "set", row["article"], "deal")
    desk.add_ninjs_partner("practice", site)
    status, out, err = desk.run("publish", row["article"], "--to", "practice", "--wait")
    tap.ok(status == 0, "and is published", out + err)
    text = fetch(site.items()[0]["url"])[1]
    credit = f'Published under licence from <a href="{url}/story"'
    tap.ok(credit in text and ", a Gull Holm Media Ltd publication. All rights reserved." in text,
           "with its credit line and the way back", text[-2000:])


def check_dead_ends(tap, desk, url):
    for path, word in (("/missing", "404"), ("/loop", "without end")):
        status, out, _ = desk.run("import", url + path)
        tap.ok(status == 2 and word in out, f"{path}: says what is wrong", out)
    status, out, _ = desk.run("import", "http://127.0.0.1:1/")
    tap.ok(status == 2 and "could not be reached" in out, "nobody there: says so", out)


def check_folder(tap, desk):
    folder = os.path.join(desk.folder, "drop", "deeper")
    os.makedirs(folder)
    for i in range(3):
        with open(os.path.join(folder if i else os.path.dirname(folder), f"{i}.html"), "w", encoding="utf-8") as handle:
            handle.write(page(f"Note number {i}", f"note-{i}"))
    with open(os.path.join(folder, "broken.html"), "w", encoding="utf-8"):
        pass
    status, out, _ = desk.run("import", os.path.dirname(folder))
    tap.ok(status == 4 and out.count("imported ") == 3 and out.count("failed") == 1,
           "a folder gives its files, and names the one that fails", out)


def main():
    tap = Tap()
    server, url = serve()
    desk, site = Desk(), Site()
    try:
        check_link(tap, desk, url, site)
        check_dead_ends(tap, desk, url)
        check_folder(tap, desk)
    finally:
        desk.close()
        site.close()
        server.shutdown()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
