"""Which settings go along to another machine: choices, nothing that opens or names a place."""

import json
from pathlib import Path
from typing import Any

from marketer_desktop.settings.settings import FILE_NAME

# All others are secrets, or say where something is on this machine or in its network.
PORTABLE = frozenset(
    {
        "model",
        "run_seconds",
        "run_seconds_by_model",
        "requests_per_minute",
        "logins_per_minute",
        "covered_providers",
        "stripe_prices",
        "billing_url",
        "daily_backup",
    }
)


def portable_settings(data_dir: Path) -> bytes:
    """What is stored in this data folder and may go along, as JSON."""
    carried = {name: value for name, value in _stored(data_dir).items() if name in PORTABLE}
    return (json.dumps(carried, indent=2) + "\n").encode()


def with_portable(data_dir: Path, brought: bytes) -> str:
    """What the settings of this data folder are to be with those that were `brought`.

    Raises ValueError if those are none.
    """
    told = json.loads(brought)
    if not isinstance(told, dict):
        raise ValueError("They are no settings.")
    kept = {name: value for name, value in _stored(data_dir).items() if name not in PORTABLE}
    carried = {name: value for name, value in told.items() if name in PORTABLE}
    return json.dumps(kept | carried, indent=2) + "\n"


def _stored(data_dir: Path) -> dict[str, Any]:
    path = data_dir / FILE_NAME
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found
