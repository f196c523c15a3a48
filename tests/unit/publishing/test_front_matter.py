"""The head of a page for generators of static sites, and what is in a page's head already."""

import yaml

from marketer_desktop.publishing.front_matter import fields_of, page_file

FIELDS = {"title": 'Coffee: "fresh" & --- strong', "slug": "", "tags": ["Café", "2026"], "by": None}


def test_what_is_known_reads_as_it_was_meant() -> None:
    opening, front, body = page_file(FIELDS, "Text.\n").decode().split("---\n", 2)
    assert (opening, body) == ("", "\nText.\n")
    assert yaml.safe_load(front) == {"title": FIELDS["title"], "tags": ["Café", "2026"]}


def test_commands_to_the_generator_are_shown() -> None:
    page = page_file({}, '{{< readfile "/etc/passwd" >}} {{% evil %}} {{</* shown */>}}').decode()
    assert '{{</* readfile "/etc/passwd" */>}} {{%/* evil */%}} {{</* shown */>}}' in page


def test_a_head_that_cannot_be_read_says_nothing() -> None:
    for head in ("", "---\n---\n", "---\n: [\n---\n", "---\n- a\n---\n", "+++\na =\n+++\n"):
        assert fields_of(head) == {}
    assert fields_of("+++\ndraft = true\n+++\n") == fields_of("---\ndraft: true\n---\n")
