"""What the agents of one run work with; it is built anew when a run is taken up again."""

from dataclasses import dataclass

from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from marketer_desktop.domain.brand_voice import NO_VOICE, BrandVoice
from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.cohesion import leans, restates
from marketer_desktop.domain.grounding import Screen
from marketer_desktop.domain.piece import Sentence, Source
from marketer_desktop.domain.words import split_sentences
from marketer_desktop.workflow.ledger import Ledger
from marketer_desktop.workflow.model_calls import ModelCalls
from marketer_desktop.workflow.progress import RunProgress
from marketer_desktop.workflow.prompts import prompt
from marketer_desktop.workflow.relevance import similarities

# Below this cosine a sentence is about something else.
LEAST_RELEVANCE = 0.35


@dataclass(frozen=True)
class RunContext:
    """The brief, the model behind the ledger, the documents, and the way to tell progress."""

    brief: Brief
    calls: ModelCalls
    ledger: Ledger
    progress: RunProgress
    embeddings: Embeddings
    retriever: BaseRetriever | None
    voice: BrandVoice = NO_VOICE

    def screen(self, sources: list[Source]) -> Screen:
        """What may be said, given the brief and these sources."""
        return Screen([self.brief.topic, *self.brief.keywords, self.brief.audience], sources)

    async def sentences(
        self,
        agent: str,
        node: str,
        prompt_name: str,
        screen: Screen,
        anchors: list[str],
        *,
        attempt: int = 1,
        max_tokens: int = 110,
        **values: str,
    ) -> list[Sentence]:
        """Ask for a few sentences and keep those that are sound and about the anchors.

        A sentence that leans on the one before it goes with it; one that says the same as an
        earlier one goes too, and so does one with a phrase that the brand never uses.
        """
        asked = prompt(prompt_name, self.brief, self.voice.line(), **values)
        text = await self.calls.ask(agent, node, asked, max_tokens, attempt)
        written = split_sentences(text)
        relevance = await similarities(self.embeddings, written, anchors)
        kept: list[Sentence] = []
        broken = False
        for sentence, near in zip(written, relevance, strict=True):
            fitting = near >= LEAST_RELEVANCE and not self.voice.forbids(sentence)
            admitted = screen.admitted(sentence) if fitting else None
            sound = admitted is not None and not (broken and leans(sentence))
            broken = not sound
            if admitted is not None and sound and not restates(sentence, (s.text for s in kept)):
                kept.append(admitted)
        return kept
