"""The brand voice while it is edited, and what it changes in plain words."""

from dataclasses import dataclass, field

from pydantic import ValidationError

from marketer_desktop.domain.brand_voice import NO_VOICE, BrandVoice
from marketer_desktop.domain.words import count_words, split_sentences

LEAST_WORDS = 40  # of examples, before they are measured
SHORT, LONG = 12, 20  # words of a sentence


@dataclass
class VoicePresenter:
    """The fields as they are typed, beside what is stored."""

    stored: BrandVoice = NO_VOICE
    tone: str = ""
    style: str = ""
    guidelines: str = ""
    preferred: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)

    def take(self, voice: BrandVoice) -> None:
        """Begin with a stored voice."""
        self.stored = voice
        self.tone, self.style, self.guidelines = voice.tone, voice.style, voice.guidelines
        self.preferred, self.forbidden = list(voice.preferred), list(voice.forbidden)
        self.examples = list(voice.examples)

    def voice(self) -> BrandVoice | None:
        """The voice as it is typed; None if it cannot be kept so."""
        try:
            return BrandVoice(
                tone=self.tone,
                style=self.style,
                guidelines=self.guidelines,
                preferred=self.preferred,
                forbidden=self.forbidden,
                examples=[text for text in self.examples if text.strip()],
            )
        except ValidationError:
            return None

    @property
    def too_long(self) -> set[str]:
        """The fields that are longer than can be kept."""
        limits = {"tone": self.tone, "style": self.style}
        found = {name for name, text in limits.items() if len(text.strip()) > 200}
        if len(self.guidelines.strip()) > 2000:
            found.add("guidelines")
        if any(len(text.strip()) > 5000 for text in self.examples):
            found.add("examples")
        for name, phrases in (("preferred", self.preferred), ("forbidden", self.forbidden)):
            if any(len(phrase) > 80 for phrase in phrases):
                found.add(name)
        return found

    @property
    def contradictions(self) -> list[str]:
        """Phrases that are both preferred and forbidden."""
        banned = {phrase.casefold() for phrase in self.forbidden}
        return [phrase for phrase in self.preferred if phrase.casefold() in banned]

    @property
    def is_dirty(self) -> bool:
        """Whether something differs from what is stored."""
        return self.voice() != self.stored

    @property
    def line(self) -> str:
        """What a prompt would say of the voice."""
        voice = self.voice()
        return voice.line() if voice else ""

    def measured_words(self) -> int | None:
        """The mean words of a sentence in the examples; None while there is too little."""
        sentences = [each for text in self.examples for each in split_sentences(text)]
        words = sum(count_words(sentence) for sentence in sentences)
        return round(words / len(sentences)) if words >= LEAST_WORDS else None
