"""Every real server there is: a module with missing() and, if it comes from npm, install(); and the class in it."""
import importlib

QUICK = {
    "atompub": "AtomPub",
    "faults": "Faults",
    "micropub": "Micropub",
    "s3": "S3",
    "webdav": "WebDav",
    "wordpress": "WordPress",
    "wordpress_npm": "NewerWordPress",
}
# These compile for minutes when they are installed.
SLOW = {
    "directus": "Directus",
    "ghost": "Ghost",
}
ALL = {**QUICK, **SLOW}


def missing(name):
    """What this machine lacks for it; empty = nothing."""
    return importlib.import_module(name).missing()


def install(name):
    """What is not packaged; raises RuntimeError."""
    module = importlib.import_module(name)
    if hasattr(module, "install"):
        module.install()


def start(name, *arguments, **options):
    return getattr(importlib.import_module(name), ALL[name])(*arguments, **options)
