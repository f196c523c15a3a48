"""What the writer tells of the work to come: the calls and answers that each section takes."""

from collections.abc import Sequence

from marketer_desktop.domain.outline import SectionPlan
from marketer_desktop.domain.rest import INTRODUCTION_WORK, Rest, round_rest, steps_rest
from marketer_desktop.domain.words import count_words
from marketer_desktop.workflow.context import RunContext

TOLERATED = 7  # words: the shortest sentence has more, so a section may lack as many
MOST_ATTEMPTS = 4
AT_ONCE = 2  # a small model's first answer is mostly in vain: the second does not wait for it
INTRODUCTION = "writing/introduction"


def place_of(section: int) -> str:
    """Where a section stands in the graph."""
    return f"writing/section:{section}"


def foretell(context: RunContext, plans: Sequence[SectionPlan]) -> None:
    """Tell what the sections will take, also those whose turn is yet to come."""
    context.progress.expect(len(plans) + 1)
    for index, planned in enumerate(plans):
        SectionOutlook(context, place_of(index), planned).tell()
    if not context.brief.only_documents:
        foretell_introduction(context)
    context.progress.renew()


def foretell_introduction(context: RunContext) -> None:
    """One more attempt at it."""
    tell_rest(context, INTRODUCTION, Rest(1, INTRODUCTION_WORK))


def tell_rest(context: RunContext, place: str, rest: Rest) -> None:
    """A large model's answers are of any length: its calls are counted instead."""
    if context.small:
        context.progress.rest(place, rest)


class SectionOutlook:
    """What a section lacks besides its heading and quotations, the model's answers have to bring.

    It is told anew with each step, which has brought all of that or nothing.
    """

    def __init__(self, context: RunContext, place: str, planned: SectionPlan) -> None:
        self._context, self._place = context, place
        quoted = [planned.heading, *(fact.text for fact in (*planned.facts, *planned.spare))]
        self._lacking = planned.words - sum(map(count_words, quoted)) - TOLERATED
        self._steps = len(planned.facts) + len(planned.points)

    def tell(self) -> None:
        """What the section takes, by what is known of it."""
        rounds = MOST_ATTEMPTS // AT_ONCE
        tell_rest(
            self._context, self._place, steps_rest(self._lacking, self._steps, rounds, AT_ONCE)
        )

    def said(self, texts: Sequence[str]) -> None:
        """A step has brought these sentences."""
        self._steps -= 1
        self._lacking -= sum(map(count_words, texts))
        self.tell()


class RoundOutlook:
    """What a section lacks in a round of answers that go side by side; told anew with each."""

    def __init__(self, context: RunContext, place: str, lacking: int, attempts: int) -> None:
        self._context, self._place, self._lacking = context, place, lacking
        self._answers, self._rounds = AT_ONCE, attempts // AT_ONCE - 1

    def tell(self) -> None:
        """What the section takes, with at most so many attempts as it has left."""
        rest = round_rest(self._lacking, self._answers, self._rounds, AT_ONCE)
        tell_rest(self._context, self._place, rest)

    def said(self, texts: Sequence[str]) -> None:
        """An answer has brought these sentences."""
        self._answers -= 1
        self._lacking -= sum(map(count_words, texts))
        self.tell()
