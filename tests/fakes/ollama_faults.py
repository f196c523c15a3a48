"""Faults of a model server, each with what a call must come to: an error's name, or the text."""

from collections.abc import Iterator
from itertools import chain, repeat
from typing import NamedTuple

from marketer_desktop.llm.errors import (
    AnswerUnusable,
    ForeignAnswer,
    ModelBusy,
    ModelCrashed,
    ModelError,
    ModelNotFound,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
    OutOfMemory,
    PromptCut,
    StreamCutShort,
)
from tests.fakes.ollama_troubles import Trouble

WHOLE = "Cedar keeps its naïve scent – 木の香り – for years 🌲. Nobody has to paint it."
TOKENS = 400  # what a call asks for at most; far more than the text has
PAGE = b"<html><head><title>Sign in</title></head><body>Your proxy wants a word.</body></html>"
# Two characters at which Python ends a line and JSON does not, and an escaped surrogate pair.
ODD_LINES = "One\u2028two\u0085three. \U0001f332"


class Fault(NamedTuple):
    """Troubles in turn, and the end: an error, or `text`; `calls` are those the server sees."""

    troubles: tuple[Trouble | None, ...]
    error: type[ModelError] | None = None
    calls: int = 1
    text: str = WHOLE
    is_constant: bool = False  # the last trouble comes again and again

    def turns(self) -> Iterator[Trouble | None]:
        """What goes wrong, call by call."""
        return chain(self.troubles, repeat(self.troubles[-1]) if self.is_constant else ())


def _once(trouble: Trouble, *, calls: int = 2, text: str = WHOLE) -> Fault:
    """Goes wrong once; the next call is well."""
    return Fault((trouble,), None, calls, text)


def _always(trouble: Trouble, error: type[ModelError], calls: int) -> Fault:
    return Fault((trouble,), error, calls, is_constant=True)


def _line(message: str) -> Trouble:
    return Trouble("error_line", message=message)


def _refused(status: int, message: str = "busy", **headers: str) -> Trouble:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Trouble("refuse", status=status, message=message, headers=named)


def _odd(text: str | None = None, **closing: object) -> Trouble:
    return Trouble("odd", text=text, closing=closing)


LOAD_ONLY = Trouble("odd", text="", closing={"done_reason": "load"})
CRASH = "llama runner process has terminated: exit status 2"
MEMORY = "model requires more system memory (9.6 GiB) than is available (3.1 GiB)"

BROKEN_OFF = {
    "ends before the first token": _once(Trouble("end_early", after=0)),
    "ends before the first token, always": _always(
        Trouble("end_early", after=0), StreamCutShort, 3
    ),
    "ends in mid-stream": _once(Trouble("end_early")),
    "ends in mid-stream, always": _always(Trouble("end_early"), StreamCutShort, 3),
    "ends after the last token, without its closing line": _once(_odd(done=False)),
    "ends after the last token, always": _always(_odd(done=False), StreamCutShort, 3),
    "ends in the middle of a line": _once(Trouble("mid_line")),
    "ends in the middle of a line, always": _always(Trouble("mid_line"), StreamCutShort, 3),
    "hangs up before the head": _once(Trouble("vanish")),
    "hangs up before the first token": _once(Trouble("hang_up", after=0)),
    "hangs up in mid-stream": _once(Trouble("hang_up")),
    "hangs up in mid-stream, always": _always(Trouble("hang_up"), StreamCutShort, 3),
    "resets in mid-stream": _once(Trouble("reset")),
    "resets before the first token": _once(Trouble("reset", after=0)),
    "breaks the chunked encoding": _once(Trouble("bad_chunk")),
    "breaks the chunked encoding, always": _always(Trouble("bad_chunk"), StreamCutShort, 3),
    "breaks off twice, in two ways": Fault((Trouble("reset"), Trouble("end_early")), None, 3),
    "ends at the context and not at the limit": _always(
        _odd(done_reason="length", eval_count=9), StreamCutShort, 3
    ),
}
SILENT = {
    "silent before the head": _always(Trouble("mute"), ModelTimeout, 1),
    "silent before the first token": _always(Trouble("stall", after=0), ModelTimeout, 1),
    "silent in mid-stream": _always(Trouble("stall"), ModelTimeout, 1),
}
SAID = {
    "error line: out of memory": _always(_line("CUDA error: out of memory"), OutOfMemory, 1),
    "error line: runner stopped": _always(
        _line("model runner has unexpectedly stopped"), ModelCrashed, 3
    ),
    "error line: runner stopped once": _once(_line("model runner has unexpectedly stopped")),
    "error line: unexpected EOF": _always(_line("unexpected EOF"), StreamCutShort, 3),
    "error line: unexpected EOF once": _once(_line("unexpected EOF")),
    "error line: unknown words": _always(_line("a strange day"), ModelError, 1),
    "500: crashed": _always(_refused(500, CRASH), ModelCrashed, 3),
    "500: crashed once": _once(_refused(500, CRASH)),
    "500: no memory": _always(_refused(500, MEMORY), OutOfMemory, 1),
    "500: without words": _always(Trouble("refuse", status=500, raw=b" "), ModelCrashed, 3),
    "400: no chat model": _always(_refused(400, '"x" does not support chat'), ModelError, 1),
    "400: too long a prompt": _always(
        _refused(400, "the prompt exceeds the context length"), PromptCut, 1
    ),
    "401: no key": _always(_refused(401, "unauthorized"), ModelRefused, 1),
    "404: deleted between two calls": _always(
        _refused(404, "model 'llama3.2:3b' not found"), ModelNotFound, 1
    ),
}
BUSY = {
    "503 storm that passes": Fault((_refused(503),) * 4, None, 5),
    "503 storm that stays": _always(_refused(503), ModelBusy, 6),
    "503 by a proxy's page": Fault(
        (Trouble("refuse", status=503, raw=PAGE),), ModelBusy, 6, is_constant=True
    ),
    "429 without a time": _once(_refused(429)),
    "429 with a time in seconds": _once(_refused(429, Retry_After="0.05")),
    "429 with a time as a date": _once(_refused(429, Retry_After="Fri, 01 Jan 2021 00:00:00 GMT")),
    "429 with too long a time": _always(_refused(429, Retry_After="3600"), ModelBusy, 1),
    "502 by a proxy": _once(Trouble("refuse", status=502, raw=PAGE)),
    "504 by a proxy": _always(Trouble("refuse", status=504, raw=PAGE), ModelTimeout, 1),
    "busy, then broken off, then well": Fault((_refused(503), Trouble("reset")), None, 3),
}
FOREIGN = {
    "a proxy's page under 200": _always(Trouble("page", raw=PAGE), ForeignAnswer, 1),
    "a proxy's page under 403": _always(Trouble("refuse", status=403, raw=PAGE), ModelRefused, 1),
    "a web server's 404": _always(Trouble("refuse", status=404, raw=PAGE), ForeignAnswer, 1),
    "a redirect": _always(
        Trouble("refuse", status=307, raw=b" ", headers={"Location": "http://192.0.2.1/"}),
        ForeignAnswer,
        1,
    ),
    "the wrong type": _always(
        Trouble("page", raw=b"OK", content_type="text/plain"), ForeignAnswer, 1
    ),
    "packed, though nobody asked": _always(
        Trouble(
            "page",
            raw=b"\x1f\x8b\x08",
            content_type="application/x-ndjson",
            headers={"Content-Encoding": "gzip"},
        ),
        ForeignAnswer,
        1,
    ),
    "an event stream": _always(
        Trouble("page", raw=b"data: {}\n\n", content_type="text/event-stream"), ForeignAnswer, 1
    ),
    "a line that is no JSON": _always(Trouble("raw", raw=b"{'a': 1}\n"), ForeignAnswer, 1),
    "a line that is no object": _always(Trouble("raw", raw=b"[1, 2]\n"), ForeignAnswer, 1),
    "a line of the wrong shape": _always(
        Trouble("raw", raw=b'{"message": 7, "done": false}\n'), ForeignAnswer, 1
    ),
    "a line without an end": _always(
        Trouble("raw", raw=b'{"message": "' + b"a" * 5_000_000), ForeignAnswer, 1
    ),
    "nested without an end": _always(Trouble("raw", raw=b"[" * 200_000 + b"\n"), ForeignAnswer, 1),
}
ODD = {
    "blank lines": _once(Trouble("raw", raw=b"\n\r\n \n"), calls=1),
    "every byte by itself": _once(Trouble("bytes"), calls=1),
    "line ends within the text": _once(_odd(ODD_LINES), calls=1, text=ODD_LINES),
    "bytes that are no character": _once(Trouble("raw", raw=b'{"message": "\xff\xfe"}\n')),
    "bytes that are no character, always": _always(
        Trouble("raw", raw=b'{"message": "\xc3"}\n'), AnswerUnusable, 3
    ),
    "a character that was lost": _once(_odd("Ceda\ufffd is wood.")),
    "half a character": _once(
        Trouble("raw", raw=b'{"message": {"role": "assistant", "content": "\\ud83c"}}\n')
    ),
    "a character that no database stores": _once(_odd("Cedar\0 is wood.")),
    "closed twice": _once(Trouble("twice"), calls=1),
    "without counts": _once(_odd(prompt_eval_count=None, eval_count=None), calls=1),
    "without durations": _once(_odd(total_duration=None, eval_duration=None), calls=1),
    "negative counts and durations": _once(
        _odd(eval_count=-1, total_duration=-7, eval_duration=-7), calls=1
    ),
    "durations that are no numbers": _always(_odd(total_duration="long"), ForeignAnswer, 1),
    "no reason for the end": _once(_odd(done_reason=None), calls=1),
    "evicted: loaded only": _once(LOAD_ONLY),
    "evicted: loaded only, always": _always(LOAD_ONLY, StreamCutShort, 3),
    "evicted in mid-stream": _once(_odd("Cedar", done_reason="unload")),
    "prompt cut to a half": _always(_odd(prompt_eval_count=90), PromptCut, 1),
    "prompt read from the cache": _once(_odd(prompt_eval_count=None), calls=1),
    "prompt fills the context": _always(_odd(prompt_eval_count=2048), PromptCut, 1),
}
THOUGHT = {
    "thinking leaked": _once(_odd(f"<think>First, wood.</think>\n\n{WHOLE}"), calls=1),
    "thinking leaked, its beginning unsaid": _once(_odd(f"First.\n</think>\n{WHOLE}"), calls=1),
    "thinking without an end": _once(_odd("<think>First, wood. Then")),
    "thinking without an end, always": _always(_odd("<think>First, wood. Then"), AnswerUnusable, 3),
    "thinking in its field only": _always(
        Trouble("odd", text=" ", fields={"thinking": "Wood?", "content": ""}), AnswerUnusable, 3
    ),
    "a tool call in place of words": _always(
        Trouble(
            "odd",
            text=" ",
            fields={
                "content": "",
                "tool_calls": [{"function": {"name": "write", "arguments": {"about": "wood"}}}],
            },
        ),
        AnswerUnusable,
        3,
    ),
    "nothing": _once(_odd("")),
    "nothing, always": _always(_odd(""), AnswerUnusable, 3),
    "nothing but spaces, always": _always(_odd("  \n "), AnswerUnusable, 3),
}
FAULTS: dict[str, Fault] = {
    **BROKEN_OFF,
    **SILENT,
    **SAID,
    **BUSY,
    **FOREIGN,
    **ODD,
    **THOUGHT,
    "the gateway gives up": _always(_refused(502), ModelUnavailable, 6),
}
