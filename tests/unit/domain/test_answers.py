"""What models put around an answer goes; what belongs to it stays."""

import pytest

from marketer_desktop.domain.answers import cleaned


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Tea is served at five.", "Tea is served at five."),
        ("  Tea.\n", "Tea."),
        ("Here is the shortened text:\n\nTea at five.", "Tea at five."),
        ("Sure! Here's a shorter version: Tea at five.", "Tea at five."),
        ("The rewritten text:\nTea at five.", "Tea at five."),
        ("“Tea at five.”", "Tea at five."),
        ('"Tea at five."', "Tea at five."),
        ("```markdown\nTea at five.\n```", "Tea at five."),
        ('"Tea", she said, "is ready."', '"Tea", she said, "is ready."'),
        (
            "Here are three rules for tea. Keep it hot.",
            "Here are three rules for tea. Keep it hot.",
        ),
        ("Certainly not: tea is served at five.", "Certainly not: tea is served at five."),
        ("Of course tea is served.", "Of course tea is served."),
        ("", ""),
    ],
)
def test_an_answer_is_cleaned(answer: str, text: str) -> None:
    assert cleaned(answer) == text


def test_quotes_and_fences_of_the_passage_stay() -> None:
    assert cleaned("“Tea at six.”", "“Tea at five.”") == "“Tea at six.”"
    assert cleaned("```\nb\n```", "```\na\n```") == "```\nb\n```"
