"""Nearness: every text is embedded once, by two threads, and compared with every anchor."""

import math

import pytest
from langchain_core.embeddings import Embeddings

from marketer_desktop.workflow.relevance import similarities

ANGLES = {"north": 0.0, "north-east": 45.0, "east": 90.0, "a little north of east": 80.0}


class Compass(Embeddings):
    """Vectors of two numbers; remembers what it was asked for, call by call."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.calls.append(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        angle = math.radians(ANGLES[text])
        return [math.sin(angle), math.cos(angle)]


async def test_the_nearest_anchor_counts_in_the_order_of_the_texts() -> None:
    near = await similarities(
        Compass(), ["east", "north", "north-east"], ["north", "a little north of east"]
    )
    turned = (10, 0, 35)
    assert near == pytest.approx([math.cos(math.radians(angle)) for angle in turned])


async def test_each_text_is_embedded_once_in_two_shares() -> None:
    compass = Compass()
    texts = ["east", "north", "north-east", "east", "a little north of east"]
    await similarities(compass, texts, ["north", "east"])
    assert sorted(text for call in compass.calls for text in call) == sorted(ANGLES)
    assert len(compass.calls) == 2


async def test_one_text_is_one_share_and_none_is_no_work() -> None:
    compass = Compass()
    assert await similarities(compass, ["north"], ["north"]) == pytest.approx([1])
    assert await similarities(compass, [], ["north"]) == []
    assert compass.calls == [["north"]]
