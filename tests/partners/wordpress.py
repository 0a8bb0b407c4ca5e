"""A real WordPress on a private MariaDB (socket only), both from the distribution's packages."""
import glob
import json
import os
import shutil
import subprocess

from server import SOURCE, Server, ask, basic, missing_programs, wait_until

TREE = "/usr/share/wordpress"
CONTENT = "/var/lib/wordpress/wp-content"
NEEDED = ("php", "mariadbd", "mariadb-install-db", "mariadb")

CONFIG = """<?php
define('DB_NAME','wordpress');define('DB_USER','wp');define('DB_PASSWORD','wp');
define('DB_HOST','localhost:%(socket)s');define('DB_CHARSET','utf8mb4');$table_prefix='wp_';
define('DB_DIR','%(folder)s/db/');define('DB_FILE','wp.sqlite');
foreach(['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT',
  'LOGGED_IN_SALT','NONCE_SALT'] as $k)define($k,'test'.$k);
define('WP_HOME','http://127.0.0.1:%(port)d');define('WP_SITEURL',WP_HOME);
define('WP_ENVIRONMENT_TYPE','local');define('WP_HTTP_BLOCK_EXTERNAL',true);
define('AUTOMATIC_UPDATER_DISABLED',true);define('DISABLE_WP_CRON',true);
if(!defined('ABSPATH'))define('ABSPATH',__DIR__.'/');
require_once ABSPATH.'wp-settings.php';
"""

ROUTER = """<?php
$root=$_SERVER['DOCUMENT_ROOT'];$path=rawurldecode(parse_url($_SERVER['REQUEST_URI'],PHP_URL_PATH));
if($path!='/'&&is_file($root.$path))return false;
$_SERVER['SCRIPT_NAME']='/index.php';chdir($root);require $root.'/index.php';
"""

SETUP = """
define('WP_INSTALLING',true);require 'wp-load.php';require 'wp-admin/includes/upgrade.php';
wp_install('Partner Daily','admin','a@example.test',true,'','admin-pass');
update_option('permalink_structure','/%postname%/');global $wp_rewrite;$wp_rewrite->init();
$wp_rewrite->flush_rules(false);$out=[];
foreach(['editor','author','contributor'] as $role){
  $id=wp_insert_user(['user_login'=>$role,'user_pass'=>"$role-pass",'user_email'=>"$role@example.test",'role'=>$role]);
  $out[$role]=WP_Application_Passwords::create_new_application_password($id,['name'=>'Reprint'])[0];}
file_put_contents($argv[1],json_encode(['version'=>$wp_version,'passwords'=>$out]));
"""


def missing():
    """What this machine lacks for it; empty = nothing."""
    return missing_programs(*NEEDED) + [path for path in (TREE, CONTENT) if not os.path.isdir(path)]


class WordPress(Server):
    """Started with everything it needs in a folder of its own; users editor, author, contributor."""

    def __init__(self, with_plugin=True):
        super().__init__("rwp")
        os.chmod(self.folder, 0o755)
        self._start_database()
        self._lay_site(with_plugin)
        self._start_site()

    def _start_database(self):
        """Leaves its socket."""
        data, self.socket = os.path.join(self.folder, "data"), os.path.join(self.folder, "s.sock")
        user = ["--user=mysql"] if os.geteuid() == 0 else []
        os.mkdir(data)
        if user:
            shutil.chown(data, "mysql", "mysql")
            shutil.chown(self.folder, "mysql", "mysql")
        subprocess.run(["mariadb-install-db", "--no-defaults", *user, f"--datadir={data}", "--skip-test-db",
                        "--auth-root-authentication-method=normal"], check=True, capture_output=True)
        self.spawn(["mariadbd", "--no-defaults", *user, f"--datadir={data}", f"--socket={self.socket}",
                    f"--pid-file={self.folder}/db.pid", "--skip-networking", "--innodb-buffer-pool-size=32M",
                    "--performance-schema=OFF", "--innodb-flush-log-at-trx-commit=0"], log="database.log")
        wait_until(self._database_answers)

    def _database_answers(self):
        sql = ("create database if not exists wordpress character set utf8mb4;"
               "create user if not exists wp@localhost identified by 'wp';"
               "grant all on wordpress.* to wp@localhost")
        return subprocess.run(["mariadb", "--no-defaults", "-u", "root", "-S", self.socket, "-e", sql],
                              capture_output=True).returncode == 0

    def _lay_site(self, with_plugin):
        self.site = os.path.join(self.folder, "site")
        self._lay_tree()
        content = os.path.join(self.site, "wp-content")
        for name in ("uploads", "mu-plugins"):
            os.makedirs(os.path.join(content, name), exist_ok=True)
        if with_plugin:
            for plugin in glob.glob(os.path.join(SOURCE, "data", "partners", "*.php")):
                shutil.copy(plugin, os.path.join(content, "mu-plugins"))
        config = os.path.join(self.site, "wp-config.php")
        if os.path.lexists(config):
            os.unlink(config)
        with open(config, "w", encoding="utf-8") as handle:
            handle.write(CONFIG % {"socket": self.socket, "folder": self.folder, "port": self.port})
        with open(os.path.join(self.folder, "router.php"), "w", encoding="utf-8") as handle:
            handle.write(ROUTER)

    def _lay_tree(self):
        shutil.copytree(TREE, self.site, symlinks=False, ignore=shutil.ignore_patterns("wp-content"),
                        ignore_dangling_symlinks=True)
        shutil.copytree(CONTENT, os.path.join(self.site, "wp-content"), symlinks=False,
                        ignore_dangling_symlinks=True)

    def _start_site(self):
        credentials = self.path("credentials.json")
        environment = {**os.environ, "HTTP_HOST": f"127.0.0.1:{self.port}", "PATH": "/usr/bin:/bin"}
        subprocess.run(["php", "-d", "memory_limit=256M", "-r", SETUP, credentials], cwd=self.site,
                       env=environment, check=True, capture_output=True)
        with open(credentials, encoding="utf-8") as handle:
            made = json.load(handle)
        self.version, self.passwords = made["version"], made["passwords"]
        self.spawn(["php", "-d", "memory_limit=256M", "-d", "upload_max_filesize=64M", "-d", "post_max_size=70M",
                    "-S", f"127.0.0.1:{self.port}", "-t", self.site, os.path.join(self.folder, "router.php")],
                   env={**os.environ, "PHP_CLI_SERVER_WORKERS": "4"})
        self.wait(self.url + "/wp-json/")

    def query(self, sql):
        """Rows of the site's database, as lists of text."""
        done = subprocess.run(["mariadb", "--no-defaults", "-u", "root", "-S", self.socket, "-N", "-B",
                               "wordpress", "-e", sql], capture_output=True, text=True, check=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def ask(self, method, path, body=None, headers=None, role="editor"):
        """A request to the REST interface; PATH after /wp/v2."""
        return ask(method, self.url + "/wp-json/wp/v2" + path, body,
                   {**basic(role, self.passwords[role]), **(headers or {})})

    def add_to(self, desk, name="daily", role="editor", **settings):
        extra = [f"--set={key}={value}" for key, value in settings.items()]
        desk.environment[f"REPRINT_SECRET_{name.upper()}_PASSWORD"] = self.passwords[role]
        status, _, err = desk.run("partner", "add", name, "--connector", "wordpress", f"--set=url={self.url}",
                                  f"--set=username={role}", "--set=channels=web", "--set=commercial=false",
                                  *extra)
        assert status == 0, err
