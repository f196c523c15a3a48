"""Answers about sentences are remembered, those about whole texts are not."""

from marketer_desktop.domain.remembered import LONGEST, of_sentences


def test_a_sentence_is_looked_at_once() -> None:
    seen: list[str] = []

    @of_sentences
    def shouts(text: str) -> bool:
        seen.append(text)
        return text.isupper()

    text = "A" * (LONGEST + 1)
    assert [shouts(each) for each in ("HELLO", "HELLO", "hello", text, text)] == [
        *(True, True, False, True, True)
    ]
    assert seen == ["HELLO", "hello", text, text]
