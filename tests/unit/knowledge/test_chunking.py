"""Chunks are short, overlap a little, and lie exactly where they say."""

import itertools
import random

import pytest

from marketer_desktop.knowledge.chunking import NEW_TEXT, OVERLAP, Chunk, chunk_document
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument, PageText
from marketer_desktop.knowledge.loaders.load import load
from marketer_desktop.knowledge.model_files import count_tokens
from tests.factories.documents import SAMPLES

# Joining new text and overlap may split a word into tokens otherwise than apart.
SLACK = 5
PIECES = ["coffee", "a", "Straße", "日本語", "x" * 400, "1,750", "…", "é"]
ENDS = [" ", ", ", ". ", "! ", "\n", "\n\n", ".” ", "; "]


def random_text(source: random.Random) -> str:
    words = source.randint(0, 700)
    text = "".join(source.choice(PIECES) + source.choice(ENDS) for _ in range(words))
    return text.strip()


def random_document(seed: int) -> LoadedDocument:
    source = random.Random(seed)
    texts = [random_text(source) for _ in range(source.randint(1, 4))]
    pages = [PageText(page=number, text=text) for number, text in enumerate(texts, start=1)]
    return LoadedDocument(file_type=FileType.PDF, pages=pages)


def uncovered(loaded: LoadedDocument, chunks: list[Chunk]) -> str:
    covered = [False] * len(loaded.full_text)
    for chunk in chunks:
        covered[chunk.start : chunk.end] = [True] * (chunk.end - chunk.start)
    pairs = zip(loaded.full_text, covered, strict=True)
    return "".join(character for character, inside in pairs if not inside).strip()


@pytest.mark.parametrize("seed", range(25))
def test_spans_are_exact_and_nothing_is_lost(seed: int) -> None:
    loaded = random_document(seed)
    chunks = chunk_document(loaded)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    assert all(loaded.full_text[chunk.start : chunk.end] == chunk.text for chunk in chunks)
    assert all(chunk.text.strip() == chunk.text != "" for chunk in chunks)
    assert uncovered(loaded, chunks) == ""


@pytest.mark.parametrize("seed", range(5))
def test_chunks_stay_short_and_on_their_page(seed: int) -> None:
    loaded = random_document(seed)
    texts = {page.page: page.text for page in loaded.pages}
    for chunk in chunk_document(loaded):
        assert count_tokens(chunk.text) <= NEW_TEXT + OVERLAP + SLACK
        assert "\f" not in chunk.text
        assert chunk.text in texts[chunk.page]


def test_chunks_begin_and_end_with_sentences() -> None:
    loaded = load(SAMPLES / "customer-stories.md")
    chunks = chunk_document(loaded)
    starts = {0, *(i + 2 for i, c in enumerate(loaded.full_text) if c in '.\n"”')}
    assert len(chunks) > 5
    assert {chunk.start for chunk in chunks} <= starts | {s - 1 for s in starts}


def test_neighbours_overlap_by_whole_sentences() -> None:
    sentences = [f"Sentence number {number} is about the roastery." for number in range(120)]
    page = PageText(page=None, text=" ".join(sentences))
    chunks = chunk_document(LoadedDocument(file_type=FileType.TXT, pages=[page]))
    for before, after in itertools.pairwise(chunks):
        shared = page.text[after.start : before.end]
        assert 0 < count_tokens(shared) <= OVERLAP
        assert all(f"{part.strip()}." in sentences for part in shared.split(".") if part.strip())


def test_a_repetitive_text_is_not_mistaken_for_an_earlier_place() -> None:
    page = PageText(page=None, text=" ".join(["again"] * 2000))
    loaded = LoadedDocument(file_type=FileType.TXT, pages=[page])
    assert uncovered(loaded, chunk_document(loaded)) == ""


def test_an_unbroken_run_of_characters_is_cut() -> None:
    page = PageText(page=None, text="x" * 20_000)
    loaded = LoadedDocument(file_type=FileType.TXT, pages=[page])
    chunks = chunk_document(loaded)
    assert len(chunks) > 10
    assert uncovered(loaded, chunks) == ""
