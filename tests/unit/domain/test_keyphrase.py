"""Uses of a keyphrase."""

from marketer_desktop.domain.keyphrase import keyphrase_use

TEXT = "Marketing automation saves time. Teams like marketing\nautomation; marketing is more."


def test_uses_are_counted_across_lines_and_case() -> None:
    use = keyphrase_use(TEXT, "Marketing Automation")
    assert (use.count, round(use.density, 1)) == (2, 18.2)


def test_a_part_of_the_phrase_is_none() -> None:
    assert keyphrase_use("automation of marketing", "marketing automation").count == 0


def test_nothing_is_used_in_nothing() -> None:
    assert keyphrase_use("", "tea").density == keyphrase_use("tea", "").density == 0
