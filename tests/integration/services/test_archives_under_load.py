"""Archives made while pieces are written and documents come and go are equal when restored."""

from pathlib import Path

from benchmarks.archives.proof import proven
from marketer_desktop.services.parts import Parts


async def test_what_was_archived_under_load_is_there_elsewhere(
    parts: Parts, tmp_path: Path, second_url: str
) -> None:
    """Into one database after the other, so what was there is replaced as well."""
    outcome = await proven(parts, tmp_path, 1, 1, lambda: second_url)
    assert outcome.complaints == []
    assert outcome.archives == 2
    assert outcome.load.documents
    assert outcome.rows[-1] > 50
    assert outcome.questions == len(outcome.load.kept[:20])
