"""A newer WordPress than the distribution's: 6.5 from npm, on SQLite by its own plugin; no other database to start."""
import glob
import os
import sqlite3
import subprocess
import zipfile

from server import cache_folder, installing, missing_install, missing_programs, npm_unpack
from wordpress import WordPress

NAME = "wordpress_npm"
RELEASE = "6.5"
WHAT = ["@wp-playground/wordpress-builds@0.9.19"]
PLUGIN = "sqlite-database-integration"
BUILDS = "package/src"


def install():
    """Two small archives of the many large ones in the package."""
    with installing(NAME, WHAT) as folder:
        if folder:
            npm_unpack(folder, *WHAT, [f"{BUILDS}/wordpress/wp-{RELEASE}.zip", f"{BUILDS}/{PLUGIN}/*.zip"])


def missing():
    """What this machine lacks for it; empty = nothing."""
    return missing_programs("php") or missing_sqlite() + missing_install(NAME, WHAT)


def missing_sqlite():
    modules = subprocess.run(["php", "-m"], capture_output=True, text=True, check=False).stdout.split()
    return [] if "pdo_sqlite" in modules else ["PHP's pdo_sqlite (php-sqlite3)"]


class NewerWordPress(WordPress):
    """Like WordPress, but for the version and the database."""

    def _start_database(self):
        self.socket = ""

    def _lay_tree(self):
        cache = os.path.join(cache_folder(), NAME, BUILDS)
        plugins = os.path.join(self.site, "wp-content", "plugins")
        unpack(os.path.join(cache, "wordpress", f"wp-{RELEASE}.zip"), self.site)
        archive, = glob.glob(os.path.join(cache, PLUGIN, "*.zip"))
        unpack(archive, plugins)
        folder, = glob.glob(os.path.join(plugins, PLUGIN + "*"))
        with open(os.path.join(folder, "db.copy"), encoding="utf-8") as handle:
            code = handle.read()
        code = code.replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", folder)
        code = code.replace("{SQLITE_PLUGIN}", os.path.basename(folder) + "/load.php")
        with open(os.path.join(self.site, "wp-content", "db.php"), "w", encoding="utf-8") as handle:
            handle.write(code)

    def query(self, sql):
        """Rows of the site's database, as lists of text."""
        database = sqlite3.connect(os.path.join(self.folder, "db", "wp.sqlite"), timeout=20, isolation_level=None)
        try:
            return [["NULL" if value is None else str(value) for value in row] for row in database.execute(sql)]
        finally:
            database.close()


def unpack(archive, folder):
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
