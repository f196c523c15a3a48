"""The example of a table of briefs is itself a table that can be written."""

from pathlib import Path

from marketer_desktop.services.batch_table import CheckBatch, check_batch
from marketer_desktop.services.batch_template import (
    EXAMPLES,
    SaveBatchTemplate,
    save_batch_template,
)
from marketer_desktop.services.parts import Parts
from tests.factories.engines import Ear


async def test_every_row_of_the_template_is_valid(parts: Parts, tmp_path: Path) -> None:
    path = tmp_path / "briefs.csv"
    saved = await save_batch_template(SaveBatchTemplate(path=path), parts, Ear())
    assert saved.path == path
    check = await check_batch(CheckBatch(path=path), parts, Ear())
    assert [row.errors for row in check.rows] == [[], []]
    assert (check.valid, check.problems) == (len(EXAMPLES), [])
    assert [row.type for row in check.rows] == ["blog", "linkedin"]
    assert check.rows[0].keywords == ["coffee at home", "grind size", "water temperature"]
