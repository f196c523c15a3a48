"""What the database is told of the archive."""

from marketer_desktop.storage.repositories.archive import outside_archive


def test_the_word_is_in_the_statement_and_no_parameter() -> None:
    told = outside_archive().compile()
    assert str(told) == "activities.status != 'archived'" and told.params == {}
