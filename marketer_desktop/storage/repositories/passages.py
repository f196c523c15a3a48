"""Finds chunks by their words, with PostgreSQL's full text search."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Float,
    TableValuedAlias,
    Text,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.documents import Passage
from marketer_desktop.storage.repositories.library import ENGLISH
from marketer_desktop.storage.tables import DocumentChunkRow, DocumentRow, ProjectRow

SIMPLE: ColumnElement[Any] = literal_column("'simple'")  # takes a root as it is
_WORDS = func.to_tsvector(ENGLISH, DocumentChunkRow.text)
_COUNT = select(func.count()).select_from(DocumentChunkRow).scalar_subquery()


@dataclass(frozen=True)
class Match:
    """A chunk that has words of a question, and its place in its document."""

    chunk_id: int
    document_id: int
    ordinal: int


@dataclass(frozen=True)
class Candidate:
    """A passage with the roots of its words, as full text search sees them."""

    passage: Passage
    roots: frozenset[str]


class Passages:
    """The passages of documents that a project may use."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def matching(
        self,
        questions: Sequence[str],
        limit: int,
        project_id: int | None = None,
        document_ids: Sequence[int] | None = None,
    ) -> list[list[Match]]:
        """For each question the chunks with words of it, those with most and rarest of them first.

        With a project: only its documents, and those of its organization that belong to no
        project. With documents: only those.
        """
        chunk, each = DocumentChunkRow, _listed(questions)
        asked = select(each.c.number, func.unnest(_roots(each.c.question)).label("root")).cte()
        roots = select(asked.c.root).distinct().cte("roots")
        worded = (
            select(chunk.id, chunk.document_id, chunk.ordinal, roots.c.root)
            # One word satisfies it: a question has words that no answer repeats.
            .join(roots, _WORDS.bool_op("@@")(func.plainto_tsquery(SIMPLE, roots.c.root)))
            .cte("worded")
            .prefix_with("MATERIALIZED")
        )
        found = (
            select(worded)
            .join(DocumentRow, DocumentRow.id == worded.c.document_id)
            .where(_visible(project_id))
            .where(true() if document_ids is None else worded.c.document_id.in_(document_ids))
            .cte("found")
        )
        spread = select(found.c.root, func.count().label("times")).group_by(found.c.root).cte()
        weight = func.sum(func.ln(1 + _COUNT / cast(spread.c.times, Float)))
        place = func.row_number().over(
            partition_by=asked.c.number, order_by=(weight.desc(), found.c.id)
        )
        columns = (asked.c.number, found.c.id, found.c.document_id, found.c.ordinal)
        ranked = (
            select(*columns, place.label("place"))
            .join(spread, spread.c.root == found.c.root)
            .join(asked, asked.c.root == found.c.root)
            .group_by(*columns)
            .subquery()
        )
        # Right after documents were added the planner knows nothing of the new rows and would
        # read every text again for every word: 7 s for 2,000 chunks instead of 0.02 s.
        await self._session.execute(text("SET LOCAL enable_seqscan = off"))
        rows = await self._session.execute(
            select(ranked.c.number, ranked.c.id, ranked.c.document_id, ranked.c.ordinal)
            .where(ranked.c.place <= limit)
            .order_by(ranked.c.number, ranked.c.place)
        )
        matches: list[list[Match]] = [[] for _ in questions]
        for number, *match in rows:
            matches[number - 1].append(Match(*match))
        return matches

    async def candidates(
        self, chunk_ids: Sequence[int], project_id: int | None = None
    ) -> list[Candidate]:
        """The chunks with these numbers, in that order, without those that are gone or hidden."""
        found = await self._session.execute(
            select(DocumentChunkRow, DocumentRow.filename, func.tsvector_to_array(_WORDS))
            .join(DocumentRow, DocumentRow.id == DocumentChunkRow.document_id)
            .where(DocumentChunkRow.id.in_(chunk_ids), _visible(project_id))
        )
        known = {
            chunk.id: Candidate(Passage(chunk, filename), frozenset(roots))
            for chunk, filename, roots in found
        }
        return [known[number] for number in chunk_ids if number in known]

    async def roots(self, questions: Sequence[str]) -> list[frozenset[str]]:
        """The roots of the words of each question, without those that say nothing."""
        each = _listed(questions)
        found = await self._session.scalars(select(_roots(each.c.question)).order_by(each.c.number))
        return [frozenset(roots) for roots in found]


def _listed(questions: Sequence[str]) -> TableValuedAlias:
    """The questions, and their numbers from 1."""
    array = cast(list(questions), ARRAY(Text))
    listed = func.unnest(array).table_valued("question", with_ordinality="number")
    return listed.render_derived()


def _roots(question: ColumnElement[str]) -> ColumnElement[list[str]]:
    return func.tsvector_to_array(func.to_tsvector(ENGLISH, question), type_=ARRAY(Text))


def _visible(project_id: int | None) -> ColumnElement[bool]:
    if project_id is None:
        return true()
    organization = (
        select(ProjectRow.organization_id).where(ProjectRow.id == project_id).scalar_subquery()
    )
    everyones = and_(DocumentRow.project_id.is_(None), DocumentRow.organization_id == organization)
    return or_(DocumentRow.project_id == project_id, everyones)
