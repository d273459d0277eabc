"""Real WordPress sites on loopback: the Debian package, with a MariaDB of its own.

``apt-get install wordpress php-cli php-mysql mariadb-server`` gives all that is needed; where it
is not there, ``missing()`` says so and tests skip. Nothing of the system's own set-up is used:
each site is a folder of links with its own settings, in one database that ends with the block.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

_CORE = Path("/usr/share/wordpress")
_NEEDED = ("php", "mariadbd", "mariadb-install-db")
_START_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post as its author writes it: plain quotes, HTML paragraphs, a time in UTC.

    ``kind`` is WordPress's own: 'post' or 'page'.
    """

    title: str
    body: str
    at: datetime
    slug: str
    category: str = ""
    tags: tuple[str, ...] = ()
    kind: str = "post"


@dataclass(frozen=True, kw_only=True)
class Site:
    """One site: its name, its posts, and whether its addresses are rewritten ones.

    ``theme`` are PHP files by name that stand beside or instead of those of a bare theme;
    ``port`` 0 is any that is free.
    """

    name: str
    posts: Sequence[Post]
    pretty: bool = True
    theme: Mapping[str, str] = field(default_factory=dict)
    port: int = 0


def missing() -> str | None:
    """What is not installed here, in one line; None when WordPress can run."""
    programs = [name for name in _NEEDED if _program(name) is None]
    if not (_CORE / "wp-load.php").is_file():
        programs.append("wordpress")
    if programs:
        return f"not installed: {', '.join(programs)} (apt-get install wordpress php-mysql ...)"
    return None


@contextmanager
def serve_wordpress(folder: Path, sites: Mapping[str, Site]) -> Iterator[dict[str, str]]:
    """Runs the sites on free loopback ports; gives the base address of each by its key."""
    with ExitStack() as stack:
        database = stack.enter_context(_mariadb(folder / "db"))
        yield {
            key: stack.enter_context(_site(folder / key, key, site, database))
            for key, site in sites.items()
        }


@contextmanager
def _mariadb(folder: Path) -> Iterator[Path]:
    """A database server on a socket in ``folder``; no network, no password, one user."""
    folder.mkdir(parents=True)
    data, line = folder / "data", folder / "s"
    common = ["--no-defaults", f"--datadir={data}"]
    if os.geteuid() == 0:
        common.append("--user=root")
    _run(
        [
            "mariadb-install-db",
            *common,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ]
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                str(_program("mariadbd")),
                *common,
                f"--socket={line}",
                "--skip-networking",
                "--innodb-flush-log-at-trx-commit=0",
                "--skip-log-bin",
                "--innodb-buffer-pool-size=16M",
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _until(lambda: _listens(line), process, folder / "log")
        yield line
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def _site(folder: Path, key: str, site: Site, database: Path) -> Iterator[str]:
    port = site.port or free_port()
    base = f"http://127.0.0.1:{port}"
    _lay_out(folder, key, base, database, site.theme)
    posts = [
        {
            "post_title": post.title,
            "post_content": post.body,
            "post_name": post.slug,
            "post_date_gmt": post.at.strftime("%Y-%m-%d %H:%M:%S"),
            "post_date": post.at.strftime("%Y-%m-%d %H:%M:%S"),
            "post_status": "publish",
            "post_type": post.kind,
            "tags_input": post.tags,
            "category": post.category,
        }
        for post in site.posts
    ]
    told = {"name": site.name, "pretty": site.pretty, "posts": posts, "db": f"wp_{key}"}
    _run(["php", "install.php"], cwd=folder, stdin=json.dumps(told), WP_HOST=f"127.0.0.1:{port}")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["php", "-S", f"127.0.0.1:{port}", "-t", str(folder), str(folder / "router.php")],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _until(lambda: _answers(base), process, folder / "log")
        yield base
    finally:
        process.terminate()
        process.wait(timeout=30)


def _lay_out(folder: Path, key: str, base: str, database: Path, files: Mapping[str, str]) -> None:
    """The folder of one site: links to the package, settings, a theme, two scripts."""
    theme = folder / "wp-content" / "themes" / "bare"
    theme.mkdir(parents=True)
    for path in _CORE.iterdir():
        if path.name in {"wp-includes", "wp-admin"}:
            (folder / path.name).symlink_to(path)
        elif path.suffix == ".php" and path.name != "wp-config.php":
            shutil.copyfile(path, folder / path.name)
    settings = _CONFIG.format(key=key, base=base, database=database)
    (folder / "wp-config.php").write_text(settings, "utf-8")
    (folder / "install.php").write_text(_INSTALL, "utf-8")
    (folder / "router.php").write_text(_ROUTER, "utf-8")
    themed = {"style.css": _STYLE, "functions.php": _FUNCTIONS, "index.php": _INDEX, **files}
    for name, content in themed.items():
        (theme / name).write_text(content, "utf-8")


_CONFIG = """<?php
define('DB_NAME', 'wp_{key}'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{database}'); define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', '{base}'); define('WP_SITEURL', '{base}');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_DEBUG', false);
define('AUTH_KEY', 'a'); define('SECURE_AUTH_KEY', 'b'); define('LOGGED_IN_KEY', 'c');
define('NONCE_KEY', 'd'); define('AUTH_SALT', 'e'); define('SECURE_AUTH_SALT', 'f');
define('LOGGED_IN_SALT', 'g'); define('NONCE_SALT', 'h');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
_INSTALL = """<?php
$told = json_decode(stream_get_contents(STDIN), true);
$_SERVER['HTTP_HOST'] = getenv('WP_HOST');
preg_match("/localhost:([^']+)'/", file_get_contents('wp-config.php'), $found);
(new mysqli('localhost', 'root', '', '', 0, $found[1]))->query("CREATE DATABASE {$told['db']}");
define('WP_INSTALLING', true);
require 'wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
function wp_mail() { return true; }
function wp_install_defaults($user) {}
wp_install($told['name'], 'editor', 'editor@example.invalid', true, '', 'not-a-secret');
update_option('permalink_structure', $told['pretty'] ? '/%year%/%monthnum%/%postname%/' : '');
update_option('timezone_string', 'UTC');
update_option('template', 'bare');
update_option('stylesheet', 'bare');
foreach ($told['posts'] as $post) {
    if ($post['category'] !== '') {
        $post['post_category'] = array(wp_create_category($post['category']));
    }
    if (is_wp_error(wp_insert_post(wp_slash($post), true))) { exit(1); }
}
"""
_ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file(__DIR__ . $path)) { return false; }
$_SERVER['SCRIPT_NAME'] = '/index.php';
require __DIR__ . '/index.php';
"""
_STYLE = "/*\nTheme Name: Bare\n*/\n"
_FUNCTIONS = "<?php add_theme_support('automatic-feed-links'); add_theme_support('title-tag');\n"
_INDEX = """<!DOCTYPE html><html <?php language_attributes(); ?>><head><?php wp_head(); ?></head>
<body><header><?php bloginfo('name'); ?></header>
<?php while (have_posts()) : the_post(); ?><article><h1><?php the_title(); ?></h1>
<time datetime="<?php the_time('c'); ?>"><?php the_date(); ?></time>
<?php the_content(); ?></article><?php endwhile; ?><?php wp_footer(); ?></body></html>
"""


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin")


def _run(words: Sequence[str], cwd: Path | None = None, stdin: str = "", **more: str) -> None:
    done = subprocess.run(
        [str(_program(words[0])), *words[1:]],
        cwd=cwd,
        input=stdin,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or "Fatal error" in done.stdout:
        raise RuntimeError(f"{words[0]}: {done.stdout[-1500:]}{done.stderr[-1500:]}")


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(line: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(line)) == 0


def _answers(base: str) -> bool:
    try:
        with urlopen(f"{base}/", timeout=20):
            return True
    except HTTPError:
        return True
    except (URLError, OSError):
        return False


def _until(ready: object, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when ``ready()`` is true; RuntimeError with the log when the process ended."""
    pause = threading.Event()
    for _ in range(int(_START_SECONDS / 0.1)):
        if ready():  # type: ignore[operator]
            return
        if process.poll() is not None:
            break
        pause.wait(0.1)
    raise RuntimeError(f"did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
