"""What the real partner servers share: their cache, installing into it, free ports, waiting, and a folder each."""
import atexit
import base64
import contextlib
import fcntl
import fnmatch
import glob
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tarfile
import tempfile
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
PROGRAMS = os.environ["PATH"] + ":/usr/sbin:/sbin"
PATIENCE = ["--fetch-retries=1", "--fetch-timeout=60000"]
NODE_22 = ["node@22.23.3"]


def cache_folder():
    """Where servers from npm are kept between runs; each in a folder of its own."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.environ.get("REPRINT_PARTNER_CACHE") or os.path.join(home, "reprint-partners")


def installed(name, what):
    """The folder of something installed, or None. WHAT says which versions it has to be."""
    folder = os.path.join(cache_folder(), name)
    try:
        with open(os.path.join(folder, ".installed"), encoding="utf-8") as handle:
            return folder if handle.read() == " ".join(what) else None
    except OSError:
        return None


@contextlib.contextmanager
def installing(name, what):
    """An empty folder to install into, one process at a time; None when it is there already."""
    folder = os.path.join(cache_folder(), name)
    os.makedirs(cache_folder(), exist_ok=True)
    with open(folder + ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if installed(name, what):
            yield None
            return
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        yield folder
        with open(os.path.join(folder, ".installed"), "w", encoding="utf-8") as handle:
            handle.write(" ".join(what))


def run_logged(folder, command, **options):
    """Runs a step of an installation; its output is shown only if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          stdin=subprocess.DEVNULL, **options)
    with open(os.path.join(folder, "install.log"), "a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}\n")
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}")


def npm_install(name, packages, environment=None):
    """Installs exact versions from npm into the cache, once; its folder there."""
    with installing(name, packages) as folder:
        if folder:
            with open(os.path.join(folder, "package.json"), "w", encoding="utf-8") as handle:
                json.dump({"private": True, "type": "module"}, handle)
            run_logged(folder, ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--no-progress",
                                *PATIENCE, "--save-exact", *packages],
                       cwd=folder, env={**os.environ, **(environment or {})})
    return os.path.join(cache_folder(), name)


def npm_unpack(folder, package, wanted=("*",)):
    """Fetches one package from npm without installing it: those of its files that match a pattern."""
    run_logged(folder, ["npm", "pack", "--silent", *PATIENCE, package], cwd=folder)
    archive, = glob.glob(os.path.join(folder, "*.tgz"))
    with tarfile.open(archive) as files:
        for member in files:
            if any(fnmatch.fnmatch(member.name, pattern) for pattern in wanted):
                files.extract(member, folder)
    os.unlink(archive)


def node_22_environment():
    """For programs that need a newer node than the system's; it comes with the headers to compile against."""
    package = os.path.join(cache_folder(), "node22", "node_modules", "node")
    headers = glob.glob(os.path.join(package, "node_modules", "node-linux-*"))
    return {**os.environ, "PATH": os.path.join(package, "bin") + ":" + PROGRAMS,
            "npm_config_nodedir": headers[0] if headers else "/usr"}


def missing_programs(*names):
    return [name for name in names if not shutil.which(name, path=PROGRAMS)]


def missing_install(name, what):
    """Something from npm that only tests/partners/install fetches."""
    return [] if installed(name, what) else [f"{' '.join(what)} from npm (tests/partners/install)"]


def free_port():
    return free_ports(1)[0]


def free_ports(count):
    """All different, and below those that the system gives to clients, so that none is taken meanwhile."""
    ports = []
    while len(ports) < count:
        port = random.randrange(15000, 32000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            ports += [port] if port not in ports else []
    return ports


def wait_until(question, seconds=60):
    """Asks again until the answer is yes."""
    end = time.monotonic() + seconds
    while not question():
        if time.monotonic() > end:
            raise TimeoutError(getattr(question, "__name__", str(question)))
        time.sleep(0.05)


class Answer:
    """What a server said to one request."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode(errors="replace")

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.text[:500]}"


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(method, url, body=None, headers=None, context=None, timeout=30):
    """One request; errors and redirects are answers, too. A body that is no bytes goes as JSON."""
    headers = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        headers.setdefault("Content-Type", "application/json")
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    opener = urllib.request.build_opener(NoRedirects, urllib.request.ProxyHandler({}),
                                         urllib.request.HTTPSHandler(context=context))
    try:
        with opener.open(request, timeout=timeout) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


def basic(user, password):
    """The header that carries a name and a password."""
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def bearer(token):
    return {"Authorization": "Bearer " + token}


def multipart(name, filename, kind, content, **fields):
    """Body and headers of a form with a file."""
    mark = "reprint-boundary-7d1a"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
             for key, value in fields.items()]
    parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
                 f'Content-Type: {kind}\r\n\r\n')
    return ("".join(parts).encode() + content + f"\r\n--{mark}--\r\n".encode(),
            {"Content-Type": f"multipart/form-data; boundary={mark}"})


KEEPER = """groups=
while read -r word; do
  [ "$word" = done ] && exit
  groups="$groups -$word"
done
kill -s KILL -- $groups
rm -rf "$0"
"""


class Server:
    """Processes that serve on this computer only, with all their data in a folder that goes away with them."""

    def __init__(self, prefix):
        self.folder = tempfile.mkdtemp(prefix=prefix + ".")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes, self.keeper = [], None
        atexit.register(self.close)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as handle:
            handle.write(text)
        return self.path(name)

    def spawn(self, command, log="server.log", **options):
        """Starts a process group that ends with this program, whatever ends it; its output goes to a file."""
        options.setdefault("env", {**os.environ, "PATH": PROGRAMS})
        with open(self.path(log), "ab") as output:
            self.processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                                   start_new_session=True, **options))
        self._keep(self.processes[-1].pid)

    def _keep(self, group):
        """However this program ends, and be it killed, the keeper sees its end of the pipe close."""
        if not self.keeper:
            self.keeper = subprocess.Popen(["sh", "-c", KEEPER, self.folder], stdin=subprocess.PIPE, bufsize=0,
                                           start_new_session=True)
        self.keeper.stdin.write(b"%d\n" % group)

    def wait(self, url=None, seconds=60, status=None):
        """Until it answers (with STATUS); a process that has ended already is an error with its last words."""
        def answers():
            if any(process.poll() is not None for process in self.processes):
                raise RuntimeError(f"{type(self).__name__} has ended:\n{self.log()[-3000:]}")
            try:
                answer = ask("GET", url or self.url + "/", timeout=10)
                return answer.status == status if status else answer.status < 500
            except OSError:
                return False
        wait_until(answers, seconds)

    def describe(self):
        """Addresses and secrets, for people: pairs of name and value."""
        for name, value in vars(self).items():
            if isinstance(value, str) and value.startswith(("http://", "https://", self.folder + "/")):
                yield name.replace("_", " "), value
        for kind in ("passwords", "tokens"):
            for name, value in getattr(self, kind, {}).items():
                yield f"{kind[:-1]} {name}", value

    def log(self, name="server.log"):
        with open(self.path(name), encoding="utf-8", errors="replace") as handle:
            return handle.read()

    def stop(self):
        """Ends the processes; the data stays."""
        for process in reversed(self.processes):
            end_group(process)
        if self.keeper:
            self.keeper.communicate(b"done\n")
        self.processes, self.keeper = [], None

    def close(self):
        atexit.unregister(self.close)
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def end_group(process):
    """Asks a process and its children to end, and insists after a while."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        try:
            process.wait(timeout=15)
            break
        except subprocess.TimeoutExpired:
            continue
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
