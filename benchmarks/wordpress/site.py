"""A real WordPress for one run: `with wordpress_site() as site: ... site.address`."""

import json
import os
import secrets
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.wordpress import certificates, packages
from benchmarks.wordpress.database import mariadb
from benchmarks.wordpress.front import Front, in_front

HERE = Path(__file__).resolve().parent
WORKERS = 4
PATIENCE = 30.0


@dataclass
class WordPressSite:
    """Its address over HTTPS, its accounts, and the file of the authority behind its certificate.

    `plain_address` is the same site without HTTPS, where WordPress takes no application passwords.
    """

    address: str
    plain_address: str
    authority: Path
    version: str
    passwords: dict[str, str]
    folder: Path
    front: Front

    @property
    def user(self) -> str:
        """The administrator's name."""
        return "admin"

    @property
    def password(self) -> str:
        """The administrator's application password."""
        return self.passwords[self.user]

    @property
    def trust(self) -> ssl.SSLContext:
        """What a client needs to trust the site."""
        return ssl.create_default_context(cafile=str(self.authority))

    def run(self, code: str) -> str:
        """What PHP prints for `code` with WordPress loaded."""
        return _php(self.folder, "-r", f"require 'wp-load.php'; {code}")

    def empty(self) -> None:
        """Throw away all posts, pictures and terms."""
        self.run((HERE / "empty.php").read_text("utf-8").removeprefix("<?php"))

    def set_plugin(self, *, on: bool) -> None:
        """One that asks who is there before WordPress asks for errors, as some plugins do."""
        plugin = self.folder / "wp-content" / "mu-plugins" / "asks-early.php"
        plugin.unlink(missing_ok=True)
        if on:
            plugin.parent.mkdir(exist_ok=True)
            early = "function ($error) { wp_get_current_user(); return $error; }"
            code = f"<?php add_filter('rest_authentication_errors', {early}, 5);\n"
            plugin.write_text(code, "utf-8")

    def set_permalinks(self, *, pretty: bool) -> None:
        """Pretty ones, or `?p=7` and `?rest_route=`."""
        structure = "/%postname%/" if pretty else ""
        self.run(f"update_option('permalink_structure', '{structure}'); flush_rewrite_rules();")
        plain = self.folder / ".plain"
        plain.unlink(missing_ok=True)
        if not pretty:
            plain.touch()


@contextmanager
def wordpress_site() -> Iterator[WordPressSite]:
    """Database, PHP, HTTPS and a fresh installation, all in a temporary folder."""
    packages.check()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wordpress-")))
        database = stack.enter_context(mariadb(place))
        authority, certificate = certificates.make(place)
        front = stack.enter_context(in_front(certificate))
        folder = place / "site"
        _copy(folder, database, front.address)
        told = json.loads(_php(folder, str(HERE / "install.php")))
        front.port = stack.enter_context(_served(folder))
        yield WordPressSite(
            front.address,
            f"http://127.0.0.1:{front.port}",
            authority,
            told["version"],
            told["passwords"],
            folder,
            front,
        )


def _copy(folder: Path, database: Path, address: str) -> None:
    # A copy, since WordPress looks for its settings beside its own files.
    shutil.copytree(packages.WORDPRESS, folder, ignore_dangling_symlinks=True)
    config = (HERE / "config.php").read_text("utf-8")
    given = {"SOCKET": str(database), "ADDRESS": address, "SECRET": secrets.token_hex(32)}
    for name, value in given.items():
        config = config.replace(f"@{name}@", value)
    (folder / "wp-config.php").write_text(config, "utf-8")


def _php(folder: Path, *words: str) -> str:
    done = subprocess.run([packages.php(), *words], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"PHP failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    """PHP's own server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [packages.php(), "-S", f"127.0.0.1:{port}", "-t", str(folder), str(HERE / "router.php")]
    several = {**os.environ, "PHP_CLI_SERVER_WORKERS": str(WORKERS)}
    with (folder.parent / "php.log").open("wb") as log:
        server = subprocess.Popen(
            words, cwd=folder, env=several, stdout=log, stderr=log, process_group=0
        )
        try:
            _await(port)
            yield port
        finally:
            os.killpg(server.pid, 15)  # its workers do not end with it
            server.wait(10)


def _await(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("PHP's server did not come up.")
