"""Keeps a model's thoughts out of its answer, also while the answer comes in pieces."""

import re

_TAGS = ("<think>", "</think>", "<thinking>", "</thinking>")
_TAG = re.compile("|".join(_TAGS), re.IGNORECASE)


class Spoken:
    """What a model says outside of `<think>` and `</think>`: `text`, as far as it has come.

    Some templates open the thoughts themselves, so that only their end is seen: then all that
    came before was thought, and `text` begins anew.
    """

    def __init__(self) -> None:
        self.text = ""
        self.is_thinking = False
        self._has_thought = False
        self._held = ""  # what may be the beginning of a tag

    def add(self, piece: str) -> None:
        """Take in the next piece of the answer."""
        self._held += piece
        while tag := _TAG.search(self._held):
            self._say(self._held[: tag.start()])
            self._held = self._held[tag.end() :]
            closes = tag[0].startswith("</")
            if closes and not self.is_thinking:
                self.text = ""
            self.is_thinking, self._has_thought = not closes, True
        ready = self._ready()
        self._say(self._held[:ready])
        self._held = self._held[ready:]

    def end(self) -> None:
        """No more pieces come: what looked like the beginning of a tag was none."""
        self._say(self._held)
        self._held = ""

    def _ready(self) -> int:
        place = self._held.rfind("<")
        begun = self._held[place:].lower()
        return place if place >= 0 and any(t.startswith(begun) for t in _TAGS) else len(self._held)

    def _say(self, words: str) -> None:
        if not self.is_thinking:
            first = self._has_thought and not self.text
            self.text += words.lstrip() if first else words
