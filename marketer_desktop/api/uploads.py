"""Receives a form with one file, which goes to the disk as it comes, and is hashed on the way."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import uuid4

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from marketer_desktop.api.bounds import LARGEST_UPLOAD, MB, TOO_LARGE
from marketer_desktop.services.document_files import DRAFT
from marketer_desktop.services.refusals import PayloadTooLarge
from marketer_desktop.system.threads import run_to_the_end

AT_ONCE = MB  # bytes that are collected before a thread takes them
LONGEST_FIELD = 1000


class Upload(NamedTuple):
    """A file of a form, with the form's other fields; the hash is its SHA-256 in hex."""

    path: Path
    filename: str
    content_hash: str
    size: int
    fields: dict[str, str]


@asynccontextmanager
async def received(request: Request, folder: Path) -> AsyncIterator[Upload]:
    """The file, in a draft in `folder` that is gone afterwards unless it was moved away.

    Raises RequestValidationError for a form that is malformed or has no file.
    """
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    draft = folder / f"{uuid4().hex}{DRAFT}"
    try:
        with draft.open("wb") as file:
            form = _Form(request.headers.get("Content-Type"), file)
            await _read(request, form)
        yield form.upload(draft)
    finally:
        draft.unlink(missing_ok=True)


async def _read(request: Request, form: "_Form") -> None:
    """Take what has come in a thread while more comes: hashing and writing leave this one free."""
    taking = asyncio.create_task(asyncio.sleep(0))
    try:
        async for chunks in _gathered(request.stream()):
            await taking
            taking = asyncio.create_task(run_to_the_end(form.take, chunks))
        await taking
    finally:  # nothing is written any more when the file is closed
        await asyncio.gather(taking, return_exceptions=True)
    form.end()


async def _gathered(stream: AsyncIterator[bytes]) -> AsyncIterator[list[bytes]]:
    """Chunks of a stream, so many together that they are worth the way to a thread."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in stream:
        chunks.append(chunk)
        size += len(chunk)
        if size >= AT_ONCE:
            yield chunks
            chunks, size = [], 0
    yield chunks


class _Form:
    """A multipart form while it comes in; `file` gets the part called “file”."""

    def __init__(self, content_type: str | None, file: BinaryIO) -> None:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise malformed("file", "Send a form (multipart/form-data) with the file")
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_end": self._over,
            },
        )
        self._file, self._hash, self._size = file, hashlib.sha256(), 0
        self._filename: str | None = None
        self._fields: dict[str, str] = {}
        self._field, self._value, self._headers = b"", b"", dict[bytes, bytes]()
        self._name, self._in_file, self._whole = "", False, False

    def take(self, chunks: list[bytes]) -> None:
        """Read on; called in a thread."""
        try:
            for chunk in chunks:
                self._parser.write(chunk)
        except FormParserError as error:
            raise malformed("file", "The form is malformed") from error

    def end(self) -> None:
        """Nothing more comes."""
        if not self._whole:
            raise malformed("file", "The form is incomplete")

    def upload(self, path: Path) -> Upload:
        """What came."""
        if self._filename is None:
            raise malformed("file", "This field is required")
        return Upload(path, self._filename, self._hash.hexdigest(), self._size, self._fields)

    def _begin(self) -> None:
        self._headers = {}
        self._field = self._value = b""

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        self._in_file = self._name == "file"
        if not self._in_file:
            self._fields[self._name] = ""
        elif self._filename is not None or b"filename" not in options:
            raise malformed("file", "Send one file, with its name")
        else:
            self._filename = options[b"filename"].decode("utf-8", "replace")

    def _data(self, data: bytes, start: int, end: int) -> None:
        piece = memoryview(data)[start:end]
        if not self._in_file:
            self._fields[self._name] += bytes(piece).decode("utf-8", "replace")
            if len(self._fields[self._name]) > LONGEST_FIELD:
                raise malformed(self._name, "This field is too long")
            return
        self._size += len(piece)
        if self._size > LARGEST_UPLOAD:
            raise PayloadTooLarge(TOO_LARGE.format(LARGEST_UPLOAD // MB))
        self._hash.update(piece)
        self._file.write(piece)

    def _over(self) -> None:
        self._whole = True


def malformed(field: str, message: str) -> RequestValidationError:
    """A form whose field is wrong."""
    return RequestValidationError([{"loc": ("body", field), "msg": message, "type": "form"}])
