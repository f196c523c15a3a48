"""Passages of invented documents about coffee, and a retriever that finds them all."""

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

ROASTING = """Roasting days

Harbour Roasters roasts its coffee on Tuesdays and Fridays in a hall near the fish market.
Every batch of coffee rests for two days before the bags are closed by hand.

The tasting panel

A panel of four cups each coffee on the morning after the roast and notes its sweetness.
In 2023 the panel sent back 2.3 percent of all coffee because the colour was off."""
OFFICES = """Coffee at work

An office of thirty people drinks about nine kilograms of coffee from Harbour Roasters a month.
The grinder for offices costs 420 euros and grinds coffee for eight cups a minute.

Delivery

Bicycle couriers bring the coffee to every office in the old town before ten in the morning.
Empty coffee bags are collected on the same tour and washed for the next delivery."""
PASSAGES = (
    Document(
        ROASTING,
        metadata={
            "document_id": 1,
            "filename": "roastery.pdf",
            "page": 2,
            "start": 400,
            "end": 400 + len(ROASTING),
            "heading": None,
        },
    ),
    Document(
        OFFICES,
        metadata={
            "document_id": 2,
            "filename": "offices.md",
            "page": None,
            "start": 0,
            "end": len(OFFICES),
            "heading": "Customers",
        },
    ),
)


class EveryPassage(BaseRetriever):
    """Finds the same two passages for every question, and counts the questions."""

    questions: int = 0

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        self.questions += 1
        return list(PASSAGES)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        raise NotImplementedError
