"""How a model call at the Ollama server for tests goes wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "refuse",  # an error status, with `message` as JSON or `raw` as another server's page
    "mute",  # not even the head of the answer comes
    "vanish",  # the connection ends before the head
    "page",  # `raw` under status 200, as a proxy's page comes
    "end_early",  # the stream ends in good order, but without its closing line
    "mid_line",  # the same in the middle of a line
    "error_line",  # `message` in a line of its own, then the end
    "stall",  # silence
    "hang_up",  # the connection ends
    "reset",  # the connection is reset
    "bad_chunk",  # the chunked encoding is broken
    "raw",  # `raw` between two lines, and on
    "bytes",  # every byte of the stream in a packet of its own
    "odd",  # the protocol is kept, but `text`, `fields` or `closing` are not what was asked for
    "twice",  # the closing line comes twice, with another line between
]


@dataclass(frozen=True)
class Trouble:
    """What happens after `after` tokens.

    `text` is what the model writes instead, `fields` what its messages have besides, `closing`
    what the last line has instead; None leaves a field out.
    """

    kind: Kind
    after: int = 3
    status: int = 503
    message: str = "server busy, please try again. maximum pending requests exceeded"
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""
    content_type: str = "text/html"
    text: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    closing: Mapping[str, Any] = field(default_factory=dict)
