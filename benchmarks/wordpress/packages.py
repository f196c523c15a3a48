"""What of Debian's packages the proof with a real WordPress needs, and what of it is missing."""

import shutil
import subprocess
from pathlib import Path

WORDPRESS = Path("/usr/share/wordpress")
COMMANDS = {
    "mariadbd": "mariadb-server",
    "mariadb-install-db": "mariadb-server",
    "mariadb": "mariadb-client",
    "php": "php-cli",
}
MODULES = {"mysqli": "php-mysql", "gd": "php-gd", "mbstring": "php-mbstring", "xml": "php-xml"}
THEME = WORDPRESS / "wp-content/themes/twentytwentythree"


class Missing(Exception):
    """Packages are missing; the message says which and how to install them."""


def check() -> None:
    """Refuse to begin without all of them."""
    places = ("/usr/sbin", "/usr/bin", "/bin")
    missing = [
        package
        for command, package in COMMANDS.items()
        if not shutil.which(command, path=":".join(places))
    ]
    if not (WORDPRESS / "wp-includes" / "version.php").is_file():
        missing.append("wordpress")
    if not THEME.is_dir():
        missing.append("wordpress-theme-twentytwentythree")
    missing += [package for name, package in MODULES.items() if name not in _modules()]
    if missing:
        names = " ".join(dict.fromkeys(missing))
        raise Missing(
            f"A real WordPress needs packages that are missing: {names}. Install them, as root:\n"
            f"apt-get install --no-install-recommends {names}"
        )


def php() -> str:
    """Where PHP is."""
    return shutil.which("php") or "php"


def _modules() -> set[str]:
    """The modules that PHP has."""
    if not shutil.which("php"):
        return set()
    listed = subprocess.run([php(), "-m"], capture_output=True, text=True, check=True)
    return {line.strip().lower() for line in listed.stdout.splitlines()}
