"""A real AtomPub server: AtomBus, from the distribution, in starman. It takes and shows entries with ETags; it has no
editing, no deleting and no passwords, and keeps neither rights nor authors nor links."""
import subprocess

from server import Server, ask, missing_programs

MODULES = ("AtomBus", "DBD::SQLite", "SQL::Translator", "YAML", "XML::LibXML")

CONFIG = """appname: "AtomBus"
charset: "UTF-8"
logger: "console"
show_errors: 1
atombus:
    page_size: 100
    db:
        dsn: "dbi:SQLite:dbname=%s/atom.db"
"""

PROGRAM = """use Dancer;
BEGIN { set apphandler => 'PSGI'; set confdir => '%(folder)s'; set appdir => '%(folder)s'; Dancer::Config::load(); }
use AtomBus;
dance;
"""


def missing():
    """What this machine lacks for it; empty = nothing."""
    lacks = missing_programs("perl", "starman")
    return lacks or [f"Perl's {name}" for name in MODULES if not find_module(name)]


def find_module(name):
    find = 'my $file = "$ARGV[0].pm"; $file =~ s{::}{/}g; exit !grep { -e "$_/$file" } @INC'
    return subprocess.run(["perl", "-e", find, name]).returncode == 0


class AtomPub(Server):
    """One collection, made by the first entry that is sent to it."""

    def __init__(self, feed="partner"):
        super().__init__("ratom")
        self.collection = f"{self.url}/feeds/{feed}"
        self.write("config.yml", CONFIG % self.folder)
        program = self.write("app.psgi", PROGRAM % {"folder": self.folder})
        self.spawn(["starman", "--listen", f"127.0.0.1:{self.port}", "--workers", "2", program], cwd=self.folder)
        self.wait()

    def post(self, entry, **headers):
        """An entry, as text."""
        return ask("POST", self.collection, entry.encode(),
                   {"Content-Type": "application/atom+xml;type=entry", **headers})
