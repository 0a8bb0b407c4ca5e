#!/usr/bin/python3
"""ODRL policies on the command line: judged by themselves, taken in and written as licences, found on articles."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import SOURCE, Desk, Tap  # noqa: E402

CONTEXT = "http://www.w3.org/ns/odrl.jsonld"
LAMP = {"@context": CONTEXT, "@type": "Offer", "uid": "https://quay.example/policy/lamp", "assigner": "https://quay.example/",
        "permission": [{"uid": "urn:lamp:may", "action": "distribute", "target": "urn:lamp", "constraint": [
            {"uid": "urn:lamp:when", "leftOperand": "dateTime", "operator": "lt",
             "rightOperand": {"@value": "2026-07-01", "@type": "xsd:date"}}]}]}
ASK = {"action": "distribute", "target": "urn:lamp", "party": "urn:herald"}
NINJS = {"uri": "urn:lamp:1", "version": "1", "type": "text", "headline": "Lamps at the quay", "language": "en",
         "versioncreated": "2026-05-01T10:00:00Z", "body_xhtml": "<p>The lamps at the quay burn all night again.</p>"}


def evaluate(desk, policy, request, context=None):
    names = [desk.write(f"{name}.json", json.dumps(value) if not isinstance(value, str) else value)
             for name, value in (("policy", policy), ("request", request), ("context", context)) if value is not None]
    options = [word for pair in zip(("--policy", "--request", "--context"), names) for word in pair]
    return desk.run("rights", "evaluate", *options)


def check_evaluate(tap, desk):
    status, out, err = evaluate(desk, LAMP, ASK, {"now": "2026-06-30T23:59:59Z"})
    report = json.loads(out)
    tap.ok(status == 0 and out.count("\n") == 1 and not err, "one object and nothing else", (status, out, err))
    tap.ok(report["decision"] == "permit" and report["findings"] == [], "permitted", out)
    tap.ok(report["rules"] == [{"uid": "urn:lamp:may", "kind": "permission", "activation": "Active",
                                "premises": {"target": "Satisfied", "action": "Satisfied"},
                                "constraints": {"urn:lamp:when": "Satisfied"}}], "the rule and what it rests on", out)
    status, out, _ = evaluate(desk, LAMP, ASK, {"now": "2026-07-01T00:00:00Z"})
    report = json.loads(out)
    tap.ok(status == 0 and report["decision"] == "deny", "a denial is no failure", out)
    tap.ok("2026-07-01" in report["findings"][0]["message"], "and says why", out)
    status, out, _ = evaluate(desk, LAMP, dict(ASK, action="sell"))
    tap.ok(status == 0 and json.loads(out)["decision"] == "deny", "without a context, too", out)
    status, out, _ = evaluate(desk, [LAMP], [ASK], {"now": "2026-06-30T23:59:59Z"})
    tap.ok(status == 0 and json.loads(out)["decision"] == "permit", "and when JSON-LD is a list", out)


def check_unreadable(tap, desk):
    for name, files in (("no policy", ({"a": 1}, ASK)), ("broken policy", ("{", ASK)), ("broken request", (LAMP, "[")), ("empty list", (LAMP, [])),
                        ("empty request", (LAMP, {})), ("bad time", (LAMP, ASK, {"now": "soon"})),
                        ("broken context", (LAMP, ASK, "x"))):
        status, out, err = evaluate(desk, *files)
        tap.ok(status == 2 and not out and len(err) > 30, f"unreadable: {name}", (status, out, err))
    status, out, _ = desk.run("rights", "evaluate", "--policy", desk.write("policy.json", json.dumps(LAMP)))
    tap.ok(status == 2 and not out, "a request is needed")


def check_licence(tap, desk):
    path = os.path.join(SOURCE, "data", "sample", "agreements", "lantern-post.json")
    desk.run("licence", "add", path)
    status, out, err = desk.run("licence", "export", "sample-lantern-post", "--as", "odrl")
    policy = json.loads(out)
    tap.ok(status == 0 and policy["@type"] == "Offer" and policy["permission"], "a licence goes out as a policy", out + err)
    status, own, _ = desk.run("licence", "export", "sample-lantern-post")
    tap.ok(status == 0 and json.loads(own)["id"] == "sample-lantern-post", "or as a profile")
    policy["permission"][0]["constraint"][0]["rightOperand"] = ["web"]
    added = desk.json("licence", "add", desk.write("edited.json", json.dumps(policy)))[0]
    kept = json.loads(desk.run("licence", "export", added["licence"])[1])
    tap.ok(added["licence"] == "sample-lantern-post" and kept["channels"] == ["web"], "and comes back with what was changed", kept)
    tap.ok(kept["match"] == json.loads(own)["match"], "and all the rest", kept)
    foreign = dict(LAMP, prohibition=[{"action": "archive", "remedy": [{"action": "delete"}]}])
    added = desk.json("licence", "add", desk.write("foreign.json", json.dumps(foreign)))[0]
    kept = json.loads(desk.run("licence", "export", added["licence"])[1])
    tap.ok(kept["expires"] == "2026-07-01" and kept["licensor"] == "quay.example", "another's policy becomes a licence", kept)
    tap.ok(kept["policy"]["uid"] == LAMP["uid"], "that keeps what it cannot say", kept)
    tap.ok(desk.run("licence", "export", "sample-lantern-post", "--as", "verse")[0] != 0, "an unknown form is refused")


def check_article(tap, desk):
    policy = dict(LAMP, permission=[{"action": "distribute", "constraint": [
        {"leftOperand": "purpose", "operator": "eq", "rightOperand": "urn:teaching"}]}],
                  prohibition=[{"uid": "urn:lamp:not", "action": "display"}])
    item = dict(NINJS, rightsinfo={"langid": "http://www.w3.org/ns/odrl/2/", "encodedrights": json.dumps(policy)})
    article = desk.json("import", "--licence", "sample-lantern-post", desk.write("lamp.json", json.dumps(item)))[0]["article"]
    status, out, _ = desk.run("check", article, "--json")
    findings = {finding["rule"]: finding for line in out.splitlines() for finding in json.loads(line)["findings"]}
    tap.ok("L801" in findings and findings["L801"]["severity"] == "block", "a policy on the article blocks", out)
    tap.ok("display" in findings["L801"]["message"] and findings["L801"]["fix"], "in words, with a way out", out)
    tap.ok("urn:lamp:not" in findings["L801"].get("evidence", ""), "and with its source", out)
    status, out, err = desk.run("render", article, "--as", "odrl")
    policy = json.loads(out)
    tap.ok(status == 0 and policy["permission"][0]["target"] == "urn:lamp:1", "the licence of an article as a policy", out + err)


def main():
    tap = Tap()
    desk = Desk()
    try:
        for check in (check_evaluate, check_unreadable, check_licence, check_article):
            check(tap, desk)
    finally:
        desk.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
