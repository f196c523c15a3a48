"""The brand voice while it is edited."""

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.ui.pages.project.voice_presenter import VoicePresenter

TEXT = "We roast on Mondays and you drink it on Tuesdays. " * 6
STORED = BrandVoice(
    tone="warm",
    guidelines="Use active voice.",
    preferred=["we brew"],
    forbidden=["synergy"],
    examples=["A text."],
)


def presenter(**values: object) -> VoicePresenter:
    made = VoicePresenter()
    made.take(STORED)
    for name, value in values.items():
        setattr(made, name, value)
    return made


def test_a_voice_that_was_taken_is_not_changed() -> None:
    made = presenter()
    assert made.voice() == STORED
    assert not made.is_dirty
    assert made.line == STORED.line()


def test_blanks_and_empty_examples_are_no_change() -> None:
    assert not presenter(tone=" warm ", examples=["A text.", "  "]).is_dirty


def test_each_field_is_a_change() -> None:
    for name, value in (
        ("tone", "cold"),
        ("style", "short"),
        ("guidelines", "Explain terms."),
        ("preferred", []),
        ("forbidden", ["synergy", "leverage"]),
        ("examples", []),
    ):
        assert presenter(**{name: value}).is_dirty, name


def test_what_is_too_long_is_named_and_not_kept() -> None:
    made = presenter(tone="x" * 201, examples=["x" * 5001], forbidden=["y" * 81])
    assert made.too_long == {"tone", "examples", "forbidden"}
    assert presenter(guidelines="x" * 2001).too_long == {"guidelines"}
    assert made.voice() is None
    assert made.line == ""
    assert made.is_dirty


def test_a_phrase_cannot_be_both() -> None:
    assert presenter(preferred=["Synergy"]).contradictions == ["Synergy"]
    assert presenter().contradictions == []


def test_examples_are_measured_once_there_is_enough() -> None:
    assert presenter(examples=["Too little. To say much."]).measured_words() is None
    assert presenter(examples=[TEXT]).measured_words() == 10
