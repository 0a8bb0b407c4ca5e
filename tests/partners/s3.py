"""A server that speaks S3: s3rver. It takes any well-formed signature, and ignores If-None-Match and Content-MD5:
good for the happy path, not for refusals."""
import datetime
import hashlib
import hmac
import os
import urllib.parse

from server import Server, ask, cache_folder, missing_install, missing_programs, npm_install

NAME = "s3"
WHAT = ["s3rver@3.7.1"]


def install():
    npm_install(NAME, WHAT)


def missing():
    """What this machine lacks for it; empty = nothing."""
    return missing_programs("node") or missing_install(NAME, WHAT)


class S3(Server):
    """One bucket; addresses with the bucket in the path."""

    def __init__(self, bucket="partner"):
        super().__init__("rs3")
        self.bucket, self.region = bucket, "us-east-1"
        self.passwords = {"S3RVER": "S3RVER"}
        self.access_key = self.secret_key = "S3RVER"
        self.spawn(["node", os.path.join(cache_folder(), NAME, "node_modules", "s3rver", "bin", "s3rver.js"),
                    "-d", self.path("data"), "-a", "127.0.0.1", "-p", str(self.port),
                    "--configure-bucket", bucket])
        self.wait()

    def ask(self, method, key="", body=None, headers=None, query=None):
        """A signed request; without a key it is about the bucket."""
        path = f"/{self.bucket}/{urllib.parse.quote(key)}"
        query = urllib.parse.urlencode(sorted((query or {}).items()), quote_via=urllib.parse.quote)
        headers = {**(headers or {}), **self._signature(method, path, query, body or b"")}
        return ask(method, self.url + path + (query and "?" + query), body, headers)

    def _signature(self, method, path, query, body):
        """The headers of signature version 4."""
        now = datetime.datetime.now(datetime.timezone.utc)
        moment, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
        signed = {"host": f"127.0.0.1:{self.port}", "x-amz-content-sha256": hashlib.sha256(body).hexdigest(),
                  "x-amz-date": moment}
        lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
        request = "\n".join([method, path, query, lines, ";".join(signed), signed["x-amz-content-sha256"]])
        scope = f"{day}/{self.region}/s3/aws4_request"
        text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(request.encode()).hexdigest()])
        key = ("AWS4" + self.secret_key).encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        signature = hmac.new(key, text.encode(), "sha256").hexdigest()
        signed["Authorization"] = (f"AWS4-HMAC-SHA256 Credential={self.access_key}/{scope}, SignedHeaders="
                                   "host;x-amz-content-sha256;x-amz-date, Signature=" + signature)
        return signed
