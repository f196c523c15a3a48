"""Take an image into the folder of an activity."""

import asyncio
import hashlib
from base64 import b64decode
from pathlib import Path
from typing import Self

from pydantic import BaseModel, model_validator

from marketer_desktop.domain.images import EXTENSIONS, MOST_BYTES, image_type
from marketer_desktop.domain.titles import slug
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import content_folder, locked
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import PayloadTooLarge, UnsupportedMediaType

ASSETS = "assets"
LONGEST_NAME = 60


class Asset(BaseModel):
    """An image; `path` is what the Markdown says, relative to the activity's folder."""

    path: str
    filename: str
    media_type: str
    size_bytes: int


class AddAsset(Call[Asset]):
    """An image file, or the bytes of one in base64."""

    activity_id: int
    source: Path | None = None
    base64: str | None = None
    filename: str = "image"

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.source is None) == (self.base64 is None):
            raise ValueError("Give either a file or the bytes of an image.")
        return self


async def add_asset(call: AddAsset, parts: Parts, emit: Emit) -> Asset:
    """Copy the image; the same one a second time is found and not copied."""
    data = await asyncio.to_thread(_bytes, call)
    name = call.source.name if call.source else call.filename
    kind = image_type(data)
    if kind is None:
        raise UnsupportedMediaType(
            f"“{name}” is not an image. PNG, JPEG, GIF and WebP can be used."
        )
    digest = hashlib.sha256(data).hexdigest()
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        await locked(work, call.activity_id)
        row = await work.assets.by_hash(call.activity_id, digest)
        folder = content_folder(parts.data_dir, call.activity_id)
        path = row.file_path if row else await asyncio.to_thread(_free_path, folder, name, kind)
        await asyncio.to_thread(_write, folder / path, data)
        if row is None:
            row = await work.assets.add(
                call.activity_id,
                filename=name[-255:],
                media_type=kind,
                file_path=path,
                file_size=len(data),
                content_hash=digest,
            )
        await work.commit()
    return Asset(path=path, filename=row.filename, media_type=kind, size_bytes=len(data))


def _bytes(call: AddAsset) -> bytes:
    """The image's bytes; one that is too large is refused before it is read."""
    if call.source is None:
        data = b64decode(call.base64 or "", validate=True)
        size = len(data)
    else:
        size = call.source.stat().st_size
        data = call.source.read_bytes() if size <= MOST_BYTES else b""
    if size > MOST_BYTES:
        raise PayloadTooLarge(
            f"The image has {size / 1024**2:.0f} MB; {MOST_BYTES // 1024**2} MB is the most. "
            "Make it smaller and add it again."
        )
    return data


def _free_path(folder: Path, name: str, kind: str) -> str:
    """A plain name for the image that no other one has, below the activity's folder."""
    stem = slug(Path(name).stem)[:LONGEST_NAME].strip("-") or "image"
    number = 1
    while True:
        addition = "" if number == 1 else f"-{number}"
        path = f"{ASSETS}/{stem}{addition}{EXTENSIONS[kind]}"
        if not (folder / path).exists():
            return path
        number += 1


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(data)
    draft.replace(path)
