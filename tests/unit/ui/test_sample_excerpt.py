"""The opening of the sample, as the packaged text has it."""

from marketer_desktop.system.places import packaged
from marketer_desktop.ui.pages.welcome.sample_excerpt import excerpt


def test_title_blocks_and_figures() -> None:
    body = "# A title\n\nOne two[1].\n\n## Head\n\nThree."
    text = f"{body}\n\n---\n\n**Sources**\n\n- [1] a.pdf, page 3\n"
    shown = excerpt(text)
    assert shown.title == "A title"
    assert shown.blocks == [("One two[1].", False), ("Head", True), ("Three.", False)]
    assert (shown.words, shown.sources) == (6, 1)


def test_the_packaged_sample_has_sources_and_about_300_words() -> None:
    text = (packaged("resources") / "samples" / "piece.md").read_text("utf-8")
    shown = excerpt(text)
    assert len(shown.blocks) == 5
    assert 270 <= shown.words <= 330
    assert shown.sources >= 3
