#!/usr/bin/python3
"""What a site has said of itself is asked for once in a fan-out."""
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Site, Tap, page  # noqa: E402

AT_ONCE = 4  # of the connector: so many set out before one has come back


def count_questions(desk, articles):
    """Deliveries of these that have asked the site where to send; and those that have not."""
    names = ",".join(f"'{article}'" for article in articles)
    rows = desk.query(
        "SELECT sum (CASE WHEN e.method = 'GET' THEN 1 ELSE 0 END) AS asked from deliveries d join exchanges e on e.delivery_id = d.id"
        f" where d.state = 'delivered' and d.article_id in ({names}) group by d.id")
    return sum(count > 0 for (count,) in rows), sum(count == 0 for (count,) in rows)


def main():
    tap, desk, site = Tap(), Desk(), Site()
    desk.environment["REPRINT_SECRET_TOKEN"] = site.ready["token"]
    add = ("partner", "add", "one", "--connector", "micropub", f"--set=url={site.ready['url']}", "--set=channels=web",
           "--set=commercial=false")
    assert desk.run(*add)[0] == 0
    folder = os.path.join(desk.folder, "stories")
    os.mkdir(folder)
    for number in range(12):
        desk.write(os.path.join("stories", f"{number}.html"), page(f"Story {number}", f"story-{number}"))
    desk.run("import", folder)
    articles = [row["article"] for row in desk.json("list", "--limit", "20")]
    for article in articles:
        desk.run("licence", "confirm", article)
    desk.run("publish", *articles, "--to", "one")
    desk.run("outbox", "run", "--until-empty")
    asked, silent = count_questions(desk, articles)
    tap.ok(asked + silent == 12, "everything has arrived", (asked, silent))
    tap.ok(1 <= asked <= AT_ONCE, "only those that set out first have asked", (asked, silent))
    tap.ok(len(site.items()) == 12, "each stands there once", site.items())
    desk.close()
    site.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
