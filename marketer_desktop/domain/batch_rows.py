"""A table of briefs: each row read by itself, with what is wrong with it in sentences."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

from pydantic import BaseModel, Field, ValidationError

from marketer_desktop.domain.batch_columns import (
    Head,
    NotATable,
    content_type,
    head,
    number,
    plain,
    several,
    yes_or_no,
)
from marketer_desktop.domain.brief import DEFAULT_WORDS, Brief, ContentType, SeoPriority

MOST_ROWS = 1000
MOST_KEYWORDS = 10
FEWEST_WORDS, MOST_WORDS = 30, 5000
SHORTEST_TOPIC, LONGEST_TOPIC = 3, 255


class BatchLine(BaseModel):
    """One brief of a table; `row` counts as a spreadsheet does, the first row being 1.

    `documents` are names of files as they stand in the table.
    """

    row: int
    type: ContentType = ContentType.BLOG
    topic: str = ""
    keywords: list[str] = Field(default_factory=list)
    audience: str = ""
    tone: str = "professional"
    words: int = 0
    documents: list[str] = Field(default_factory=list)
    seo_priority: SeoPriority = "medium"
    only_documents: bool = False
    errors: list[str] = Field(default_factory=list)


def lines(rows: Sequence[Sequence[str]]) -> tuple[list[BatchLine], list[str]]:
    """The briefs of a table, and what of it was left out. Raises `NotATable`."""
    filled = [(at, row) for at, row in enumerate(rows, start=1) if any(row)]
    if not filled:
        raise NotATable("The table is empty.")
    top = head(filled[0][1])
    if len(filled) == 1:
        raise NotATable("The table names its columns, but has no row below them.")
    if len(filled) > MOST_ROWS + 1:
        raise NotATable(f"The table has {len(filled) - 1:,} rows; {MOST_ROWS:,} are the most.")
    return [_line(row, cells, top) for row, cells in filled[1:]], top.problems


def brief_of(line: BatchLine, document_ids: list[int], key: str) -> Brief:
    """The brief of a line without errors."""
    asked = line.model_dump(exclude={"row", "documents", "errors"})
    return Brief(**asked, document_ids=document_ids, batch=key)


def keys(name: str, found: Iterable[BatchLine]) -> list[str]:
    """What each line is known by when the same file comes again: what it asks for.

    Equal lines of one file are told apart by their order.
    """
    times: Counter[str] = Counter()
    result: list[str] = []
    for line in found:
        asked = json.dumps([name, line.model_dump(mode="json", exclude={"row", "errors"})])
        times[asked] += 1
        result.append(hashlib.sha256(f"{asked}#{times[asked]}".encode()).hexdigest())
    return result


def _line(row: int, cells: Sequence[str], top: Head) -> BatchLine:
    told = {column: cells[at] if at < len(cells) else "" for column, at in top.places.items()}
    line = BatchLine(row=row)
    wrong = [problem for read in _READERS if (problem := read(line, told))]
    if any(cells[top.width :]):
        wrong.append("more cells than the first row. Put cells with a comma in quotation marks")
    if not wrong:
        wrong = _refused(line)
    return line.model_copy(update={"errors": [f"Row {row}: {problem}." for problem in wrong]})


def _refused(line: BatchLine) -> list[str]:
    """What the brief itself objects to."""
    try:
        brief_of(line, [], "")
    except ValidationError as error:
        return [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    return []


def _read_type(line: BatchLine, told: dict[str, str]) -> str:
    found = content_type(told.get("type", ""))
    line.type = found or line.type
    unknown = f"type “{told.get('type')}” is not known. Use {_list(ContentType)}"
    return "" if found else unknown


def _read_topic(line: BatchLine, told: dict[str, str]) -> str:
    line.topic = " ".join(told["topic"].split())
    if not line.topic:
        return "no topic"
    if not SHORTEST_TOPIC <= len(line.topic) <= LONGEST_TOPIC:
        return f"the topic has to have {SHORTEST_TOPIC} to {LONGEST_TOPIC} characters"
    return ""


def _read_keywords(line: BatchLine, told: dict[str, str]) -> str:
    line.keywords = several(told["keywords"])
    if not line.keywords:
        return "no keyword"
    many = len(line.keywords) > MOST_KEYWORDS
    return f"{len(line.keywords)} keywords; {MOST_KEYWORDS} are the most" if many else ""


def _read_words(line: BatchLine, told: dict[str, str]) -> str:
    cell = told.get("words", "")
    found = number(cell) if cell else DEFAULT_WORDS[line.type]
    line.words = found or 0
    if found is None:
        return f"“{cell}” is no number of words"
    if not FEWEST_WORDS <= found <= MOST_WORDS:
        return f"{found} words; ask for {FEWEST_WORDS} to {MOST_WORDS:,}"
    return ""


def _read_priority(line: BatchLine, told: dict[str, str]) -> str:
    said = plain(told.get("seo_priority", "")) or line.seo_priority
    known: tuple[SeoPriority, ...] = get_args(SeoPriority)
    found = next((priority for priority in known if priority == said), None)
    line.seo_priority = found or line.seo_priority
    return "" if found else f"SEO priority “{said}” is not known. Use {_list(known)}"


def _read_only_documents(line: BatchLine, told: dict[str, str]) -> str:
    cell = told.get("only_documents", "")
    agreed = yes_or_no(cell)
    line.only_documents = bool(agreed)
    return "" if agreed is not None else f"only_documents is yes or no, not “{cell}”"


def _read_rest(line: BatchLine, told: dict[str, str]) -> str:
    line.audience = " ".join(told.get("audience", "").split())
    line.tone = " ".join(told.get("tone", "").split()) or line.tone
    line.documents = several(told.get("documents", ""))
    return ""


def _list(values: Iterable[str]) -> str:
    *others, last = [str(value) for value in values]
    return f"{', '.join(others)} or {last}"


_READERS: tuple[Callable[[BatchLine, dict[str, Any]], str], ...] = (
    _read_type,
    _read_topic,
    _read_keywords,
    _read_words,
    _read_priority,
    _read_only_documents,
    _read_rest,
)
