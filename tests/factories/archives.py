"""Archives that are not as ours: taken apart, changed, put together and sealed again."""

import hashlib
import io
import json
import warnings
import zipfile
from pathlib import Path
from typing import Any

from marketer_desktop.storage.archive.manifest import MANIFEST
from marketer_desktop.storage.archive.seal import DIGITS, OPEN


class Forge:
    """A whole archive in memory; `write` seals what has become of it."""

    def __init__(self, archive: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            self.members = [(zipfile.ZipInfo(n), opened.read(n)) for n in opened.namelist()]
        self.manifest: Any = json.loads(self.take(MANIFEST))

    def take(self, name: str) -> bytes:
        """Remove a member, and return what it held."""
        (index,) = (n for n, (info, _) in enumerate(self.members) if info.filename == name)
        return self.members.pop(index)[1]

    def add(self, name: str, data: bytes, **info: Any) -> None:
        """Put a member in, and list it."""
        made = zipfile.ZipInfo(name)
        for key, value in info.items():
            setattr(made, key, value)
        self.members.append((made, data))
        digest = hashlib.sha256(data).hexdigest()
        listed = {"name": name, "bytes": len(data), "sha256": digest}
        self.manifest["members"].append(listed)

    def replace(self, name: str, data: bytes) -> None:
        """Another content for a member, listed as it is."""
        self.take(name)
        self.unlist(name)
        self.add(name, data)

    def unlist(self, name: str) -> None:
        """Say nothing of a member."""
        listed = self.manifest["members"]
        self.manifest["members"] = [each for each in listed if each["name"] != name]

    def first(self, beginning: str) -> str:
        """The first member whose name begins so and that is not empty."""
        return next(
            info.filename
            for info, data in self.members
            if info.filename.startswith(beginning) and data
        )

    def listed(self, name: str) -> Any:
        """What the manifest says of a member."""
        return next(each for each in self.manifest["members"] if each["name"] == name)

    def table(self, name: str) -> Any:
        """What the manifest says of a table."""
        return next(each for each in self.manifest["tables"] if each["name"] == name)

    def write(self, file: Path, manifest: bytes | None = None) -> None:
        """Write it with its manifest, or with these bytes for one."""
        told = json.dumps(self.manifest).encode() if manifest is None else manifest
        made = io.BytesIO()
        with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(made, "w") as opened:
            opened.comment = OPEN
            for info, data in [*self.members, (zipfile.ZipInfo(MANIFEST), told)]:
                opened.writestr(info, data)
        file.write_bytes(sealed(made.getvalue()))


def sealed(raw: bytes) -> bytes:
    """With a seal that fits."""
    body = raw[:-DIGITS]
    return body + hashlib.sha256(body).hexdigest().encode()
