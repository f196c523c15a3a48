"""A text without markup, as a person would type it."""

from pathlib import Path

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.publishing.document.reader import read_document
from marketer_desktop.publishing.plain import file_of, plain_of
from tests.factories.manuscripts import make_manuscript


def plain(markdown: str) -> str:
    return plain_of(read_document(markdown))


def test_marks_are_gone_and_words_stay() -> None:
    assert plain("# A\n\n**b** *c* ~~d~~ `e`\n") == "A\n\nb c d e\n"


def test_addresses_stand_behind_their_words() -> None:
    assert plain("[a *b*](https://x.example) c") == "a b (https://x.example) c\n"
    assert plain("<https://x.example>, <a@x.example>") == "https://x.example, a@x.example\n"


def test_lists_keep_their_numbers_and_depth() -> None:
    text = "3. a\n4. b\n   - c\n\n     d\n   - [x] e\n"
    assert plain(text) == "3. a\n4. b\n   - c\n\n     d\n\n   - ☑ e\n"


def test_columns_of_tables_stand_below_each_other() -> None:
    text = "| a | b |\n|---|--:|\n| 日本 | 1 |\n| c | 22 |\n"
    assert plain(text).splitlines() == ["a      b", "----  --", "日本   1", "c     22"]


def test_notes_are_at_the_end() -> None:
    assert plain("a[^x]\n\n> b\n\n[^x]: c\n") == f"a[1]\n\n> b\n\n{'-' * 40}\n[1] c\n"


def test_posts_stand_as_they_are(tmp_path: Path) -> None:
    post = "1. of *our* best\n\n#coffee\n"
    made = make_manuscript(tmp_path, post, content_type=ContentType.LINKEDIN)
    assert file_of(made).decode() == post


def test_no_word_of_a_text_is_lost(tmp_path: Path) -> None:
    told = file_of(make_manuscript(tmp_path)).decode()
    for word in ("Grüße aus Köln 🎉", "fetter", "eins eins eins", "日本語", "שלום", "製品", "نكتب"):
        assert word in told
    assert "\treturn x < 1" in told
