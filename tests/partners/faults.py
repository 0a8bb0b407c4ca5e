"""The fault kit: in front of any server, nginx with good and bad certificates, redirects and refusals, and a proxy
that breaks bytes (chaos.py)."""
import os
import signal
import ssl
import subprocess
import sys

from server import HERE, Server, ask, free_ports, missing_programs, wait_until

CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")

NGINX = """daemon off;
worker_processes 1;
pid %(folder)s/nginx.pid;
error_log %(folder)s/server.log;
events { worker_connections 256; }
http {
  access_log %(folder)s/access.log;
  client_body_temp_path %(folder)s/body;
  proxy_temp_path %(folder)s/proxy;
  fastcgi_temp_path %(folder)s/fastcgi;
  uwsgi_temp_path %(folder)s/uwsgi;
  scgi_temp_path %(folder)s/scgi;
  client_max_body_size 1m;
  reset_timedout_connection on;
  limit_req_zone $binary_remote_addr zone=one:1m rate=1r/s;
  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  %(secure)s
  server {
    listen 127.0.0.1:%(plain)d;
    default_type application/json;
    location /429/ { add_header Retry-After 2 always; return 429 '{"error":"slow down"}'; }
    location /429date/ { add_header Retry-After "Wed, 21 Oct 2099 07:28:00 GMT" always; return 429 '{}'; }
    location /503/ { add_header Retry-After 120 always; return 503 '<html>maintenance</html>'; }
    location /500html/ { default_type text/html; return 500 '<html><h1>PHP Fatal error</h1>'; }
    location /200html/ { default_type text/html; return 200 '<html>login page instead of JSON'; }
    location /reset/ { return 444; }
    location /stall/ { proxy_pass http://127.0.0.1:%(chaos)d/hang/; }
    location /slow/ { limit_rate 50; proxy_pass http://%(upstream)s/; }
    location /rate/ { limit_req zone=one; limit_req_status 429; proxy_pass http://%(upstream)s/; }
    location /dead/ { proxy_pass http://127.0.0.1:1/; }
    location /timeout/ { proxy_read_timeout 1s; proxy_pass http://127.0.0.1:%(chaos)d/hang/; }
    %(redirects)s
    location /loop/ { return 302 $request_uri; }
    location /https/ { return 301 https://127.0.0.1:%(tls)d/; }
    location / { proxy_pass http://%(upstream)s; }
  }
}
"""
REDIRECT = "location ~ ^/r%d/(.*)$ { return %d http://%s/$1$is_args$args; }"

SECURE = """server {
    listen 127.0.0.1:%(port)d ssl %(more)s;
    ssl_certificate %(folder)s/%(name)s.pem;
    ssl_certificate_key %(folder)s/%(name)s.key;
    %(options)s
    location / {
      proxy_pass http://%(behind)s;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto https;
    }
  }
  """


def missing():
    """What this machine lacks for it; empty = nothing."""
    return missing_programs("nginx", "openssl")


class Faults(Server):
    """In front of UPSTREAM, "HOST:PORT" or the address of a server. Addresses, all without a slash at the end:

    tls           good certificate, HTTP/2        tls12   TLS 1.2, HTTP/1, closes after two requests
    expired, wrong_host, self_signed              certificates that nobody may accept
    client_cert   wants a certificate: the files certificate and key (or identity, both in one)
    plain         /429/ /429date/ /503/ /500html/ /200html/ /reset/ /stall/ /slow/ /rate/ /dead/ /timeout/
                  /r301/ … /r308/ /loop/ /https/; anything else is passed on; a body may have 1 MB
    other_ca      its certificate is good, but nobody knows who signed it
    chaos         see chaos.py                    secure_chaos    the same by TLS
    by plan       address("label") and plan("label", "COUNT MODE TEXT", ...), see chaos.py; with inside=True the
                  servers with certificates, too, are reached by the plans of their names ("expired")
    ca            the file of the authority to trust for tls, tls12, client_cert, expired and wrong_host
    """

    def __init__(self, upstream, inside=False):
        super().__init__("rfaults")
        os.chmod(self.folder, 0o755)
        self.inside = inside
        self.upstream = upstream.removeprefix("http://").rstrip("/")
        self._make_certificates()
        names = ("tls", "expired", "wrong_host", "self_signed", "client_cert", "tls12", "other_ca", "plain", "chaos",
                 "secure_chaos")
        self.ports = dict(zip(names, free_ports(len(names))))
        for name, port in self.ports.items():
            scheme = "http" if name in ("plain", "chaos") else "https"
            setattr(self, name, f"{scheme}://127.0.0.1:{port}")
        self.url = self.plain
        self._start()

    def _make_certificates(self):
        self.ca = self.path("ca.pem")
        for name in ("ca", "other"):
            self._openssl("req", "-x509", *CURVE, "-keyout", name + ".key", "-out", name + ".pem", "-days", "3650",
                          "-subj", "/CN=Reprint Test CA")
        self._certify("good", "127.0.0.1", "IP:127.0.0.1,DNS:localhost", "825")
        self._certify("expired", "127.0.0.1", "IP:127.0.0.1", "-1")
        self._certify("wrong", "other.example", "DNS:other.example", "825")
        self._certify("strange", "127.0.0.1", "IP:127.0.0.1", "825", "other")
        self._certify("client", "reprint", "DNS:client", "825")
        self._openssl("req", "-x509", *CURVE, "-keyout", "self.key", "-out", "self.pem", "-days", "30",
                      "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
        self.certificate, self.key = self.path("client.pem"), self.path("client.key")
        with open(self.certificate, encoding="ascii") as first, open(self.key, encoding="ascii") as second:
            self.identity = self.write("identity.pem", first.read() + second.read())

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def _certify(self, name, subject, names, days, authority="ca"):
        self.write(name + ".ext", f"subjectAltName={names}\n")
        self._openssl("req", *CURVE, "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + subject)
        self._openssl("x509", "-req", "-in", name + ".csr", "-CA", authority + ".pem", "-CAkey", authority + ".key",
                      "-CAcreateserial", "-out", name + ".pem", "-extfile", name + ".ext", "-days", days)

    def _secure(self, address, name, more="", options=""):
        return SECURE % {"folder": self.folder, "port": self.ports[address], "name": name, "more": more,
                         "options": options,
                         "behind": f"127.0.0.1:{self.ports['chaos']}/plan/{address}/" if self.inside else self.upstream}

    def _configure(self):
        verify = f"ssl_client_certificate {self.ca}; ssl_verify_client on;"
        secure = [self._secure("tls", "good", "http2"), self._secure("expired", "expired"),
                  self._secure("wrong_host", "wrong"), self._secure("self_signed", "self"),
                  self._secure("client_cert", "good", options=verify),
                  self._secure("other_ca", "strange"),
                  self._secure("tls12", "good", options="ssl_protocols TLSv1.2; keepalive_requests 2;")]
        self._write_configuration(secure)

    def _write_configuration(self, secure):
        redirects = [REDIRECT % (status, status, self.upstream) for status in (301, 302, 303, 307, 308)]
        self.write("nginx.conf", NGINX % {
            **self.ports, "folder": self.folder, "upstream": self.upstream, "secure": "".join(secure),
            "redirects": "\n    ".join(redirects)})

    def _start(self):
        self._configure()
        self.spawn(["nginx", "-e", self.path("server.log"), "-p", self.folder, "-c", self.path("nginx.conf")])
        self.spawn([sys.executable, os.path.join(HERE, "chaos.py"), str(self.ports["chaos"]), self.upstream,
                    str(self.ports["secure_chaos"]), self.path("good.pem"), self.path("good.key")],
                   log="chaos.log")
        self.wait(self.plain + "/429/")
        wait_until(lambda: self.log("chaos.log"))

    def mend(self):
        """From now on every certificate is good, and none is asked for."""
        names = ("tls", "expired", "wrong_host", "self_signed", "client_cert", "other_ca")
        self._write_configuration([self._secure(name, "good") for name in names])
        self.processes[0].send_signal(signal.SIGHUP)
        context = ssl.create_default_context(cafile=self.ca)
        wait_until(lambda: all(self._is_good(name, context) for name in names))

    def _is_good(self, name, context):
        try:
            return ask("GET", getattr(self, name) + "/", context=context).status != 400
        except OSError:
            return False

    def plan(self, label, *lines):
        ask("PUT", f"{self.chaos}/plan/{label}", "\n".join(lines).encode())

    def address(self, label, secure=False):
        return f"{self.secure_chaos if secure else self.chaos}/plan/{label}"

    def trust(self):
        """For urllib: trusts our authority only, and shows the client's certificate."""
        context = ssl.create_default_context(cafile=self.ca)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def broken(self):
        """What the proxy has broken so far: lines like “lostreply POST /wp-json/wp/v2/posts HTTP/1.1”."""
        return self.log("chaos.log").splitlines()[1:]
