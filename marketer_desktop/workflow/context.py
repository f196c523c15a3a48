"""What the agents of one run work with; it is built anew when a run is taken up again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from marketer_desktop.domain.brand_voice import NO_VOICE, BrandVoice
from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.cohesion import leans, restates
from marketer_desktop.domain.grounding import Screen, supporting
from marketer_desktop.domain.internal_links import SitePage
from marketer_desktop.domain.keyphrase import KeyphraseBudget
from marketer_desktop.domain.piece import Sentence, Source
from marketer_desktop.domain.words import split_sentences
from marketer_desktop.workflow.ledger import Ledger
from marketer_desktop.workflow.lexicon import common_words
from marketer_desktop.workflow.model_calls import ModelCalls
from marketer_desktop.workflow.progress import RunProgress
from marketer_desktop.workflow.prompts import prompt
from marketer_desktop.workflow.relevance import similarities

# Below this cosine a sentence is about something else; one that follows a sound one says less by
# itself and may be further away.
LEAST_RELEVANCE = 0.4
LEAST_IN_FLOW = 0.33
_QUOTES = '"“” '
# Scenes for the reader to picture, and letters' greetings: they say nothing about the topic.
_STAGING = re.compile(r"(?:imagine|picture|welcome|dear|hello|hi|hey|thank you)\b", re.IGNORECASE)
# News and deeds of companies that nobody has named.
_UNFOUNDED = re.compile(
    r"\b(?:(?:a|the|one) recent|featured (?:in|on)|surveys?|awards?|award-winning|"
    r"our (?!lives|homes?|planet|environment|health|world|societ(?:y|ies)|bodies|own)\w+)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*\[(\d+)\]")
_MARKS_BEHIND = re.compile(r"([.!?])((?:\s*\[\d+\])+)")  # "It rained. [2]"


@dataclass(frozen=True)
class Ask:
    """A request to the model for sentences: `opening` is how a small model's answer begins."""

    agent: str
    node: str
    prompt: str
    anchors: Sequence[str]
    attempt: int = 1
    max_tokens: int = 110
    opening: str = ""


@dataclass(frozen=True)
class RunContext:
    """The brief, the model behind the ledger, the documents, and the way to tell progress.

    `brand` says who the company is and what it makes. `agreed` are the headings and points of an
    outline that somebody has approved, `pages` those of the site that a text may link to.
    """

    brief: Brief
    calls: ModelCalls
    ledger: Ledger
    progress: RunProgress
    embeddings: Embeddings
    retriever: BaseRetriever | None
    voice: BrandVoice = NO_VOICE
    brand: str = ""
    agreed: Sequence[str] = ()
    pages: Sequence[SitePage] = ()
    # What the retriever has found for each query: steps ask the same ones again.
    answered: dict[str, list[Document]] = field(default_factory=dict)
    # Sections, editing and posts have the same sources, which take long to read.
    screens: dict[tuple[tuple[int, str], ...], Screen] = field(default_factory=dict)

    @property
    def small(self) -> bool:
        """Whether the model has to be asked in small steps."""
        return self.calls.small

    def keyphrase_budget(self, keyphrase: str) -> KeyphraseBudget:
        """How often the keyphrase may stand in a text of the brief's language."""
        return KeyphraseBudget(keyphrase, self.brief.language)

    @property
    def asked(self) -> list[str]:
        """What the user has said: the brief, and the outline if somebody has approved one."""
        brief = self.brief
        return [brief.topic, *brief.keywords, brief.audience, *self.agreed]

    def screen(self, sources: Sequence[Source]) -> Screen:
        """What may be said, given the brief and these sources."""
        shown = tuple((source.n, source.text) for source in sources)
        if shown not in self.screens:
            self.screens[shown] = Screen(
                self.asked,
                sources,
                only_documents=self.brief.only_documents,
                common=common_words(self.brief.language),
            )
        return self.screens[shown]

    async def text(self, ask: Ask, **values: str) -> str:
        """The model's answer as it comes."""
        said = [self.voice.line(), "" if self.small else self.brand]
        asked = prompt(ask.prompt, self.brief, " ".join(filter(None, said)), **values)
        return await self.calls.ask(
            ask.agent, ask.node, asked, ask.max_tokens, ask.attempt, ask.opening
        )

    async def sentences(
        self, ask: Ask, screen: Screen, sources: Sequence[Source] = (), **values: str
    ) -> list[Sentence]:
        """Ask for a few sentences and keep those that are sound and about the anchors.

        A sentence that leans on the one before it goes with it; one that says the same as an
        earlier one goes too, and so does one with a phrase that the brand never uses. Marks such
        as [2] stay where the passage of that number says so.
        """
        text = _MARKS_BEHIND.sub(r"\2\1", await self.text(ask, **values))
        marked = [sentence.strip(_QUOTES) for sentence in split_sentences(text)]
        written = [_MARK.sub("", sentence) for sentence in marked]
        admitted = {sentence: self._admitted(sentence, screen) for sentence in written}
        sound = [text for text, sentence in admitted.items() if sentence is not None]
        relevance = await self._relevance([text for text in sound if not leans(text)], ask.anchors)
        kept: list[Sentence] = []
        broken = False
        for sentence, raw in zip(written, marked, strict=True):
            if broken and leans(sentence):
                continue
            fitting = admitted[sentence]
            if fitting is not None and sentence not in relevance:
                relevance |= await self._relevance([sentence], ask.anchors)
            least = LEAST_IN_FLOW if kept and not broken else LEAST_RELEVANCE
            broken = fitting is None or relevance[sentence] < least
            if fitting is None or broken or restates(sentence, (s.text for s in kept)):
                continue
            kept.append(self._cited(fitting, raw, sources))
        return kept

    def _admitted(self, sentence: str, screen: Screen) -> Sentence | None:
        empty = _STAGING.match(sentence) or _UNFOUNDED.search(sentence)
        return None if empty or self.voice.forbids(sentence) else screen.admitted(sentence)

    async def _relevance(self, texts: list[str], anchors: Sequence[str]) -> dict[str, float]:
        """How near texts are to the nearest anchor: to know it is the dearest part."""
        near = await similarities(self.embeddings, texts, list(anchors))
        return dict(zip(texts, near, strict=True))

    def _cited(self, sentence: Sentence, raw: str, sources: Sequence[Source]) -> Sentence:
        """The sentence with the citation that the model gave it, if that passage says so."""
        named = {int(number) for number in _MARK.findall(raw)}
        if sentence.source is not None or not named:
            return sentence
        cited = [source for source in sources if source.n in named]
        return sentence.model_copy(update={"source": supporting(sentence.text, cited, self.asked)})
