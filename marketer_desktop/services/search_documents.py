"""Finds the passages of the user's documents that are nearest to a question."""

from pydantic import BaseModel

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.services.call import WrongUse
from marketer_desktop.storage.database import Database
from marketer_desktop.system.loading import LOADING


class FoundPassage(BaseModel):
    """A passage of the document with this file name.

    `page` counts from 1 where there are pages, `start` and `end` are characters of the
    document's text, and `score` is the cosine with a little added for words in common.
    """

    document: str
    page: int | None
    start: int
    end: int
    score: float
    text: str


class SearchResult(BaseModel):
    """The passages found, best first."""

    results: list[FoundPassage]


async def search_documents(
    query: str,
    limit: int = 8,
    *,
    database: Database,
    index: VectorIndex,
    embeddings: MiniLmEmbeddings,
    project_id: int | None = None,
    document_ids: list[int] | None = None,
) -> SearchResult:
    """At most `limit` passages, of one project or of the named documents only.

    Raises WrongUse for an empty query or limit, VectorIndexError when the index is damaged.
    """
    if not query.strip():
        raise WrongUse("The search is empty. Type some words to look for.")
    if limit < 1:
        raise WrongUse("A search needs a limit of at least 1.")
    with LOADING:
        from marketer_desktop.knowledge.retriever import ChunkRetriever  # noqa: PLC0415 — heavy

    retriever = ChunkRetriever(
        database=database,
        index=index,
        embeddings=embeddings,
        limit=limit,
        project_id=project_id,
        document_ids=document_ids,
    )
    found = await retriever.ainvoke(query)
    return SearchResult(
        results=[
            FoundPassage(
                document=passage.metadata["filename"],
                text=passage.page_content,
                **{name: passage.metadata[name] for name in ("page", "start", "end", "score")},
            )
            for passage in found
        ]
    )
