"""Revisions are listed, compared and restored, and none is lost by it."""

import pytest

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.content import (
    OpenContent,
    SaveContent,
    StaleText,
    open_content,
    save_content,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.profile import SaveProfile, save_profile
from marketer_desktop.services.revisions import (
    DiffRevisions,
    ListRevisions,
    RestoreRevision,
    ShowRevision,
    diff_revisions,
    list_revisions,
    restore_revision,
    show_revision,
)
from tests.factories.contents import ARTICLE, add_content
from tests.factories.engines import Ear


async def edited(parts: Parts) -> int:
    """A text with a generated and an edited revision."""
    activity_id = await add_content(parts)
    call = SaveContent(
        activity_id=activity_id,
        markdown=ARTICLE.replace("40 cents", "50 cents"),
        title="Dear coffee",
        base_revision=0,
    )
    await save_content(call, parts, Ear())
    return activity_id


async def test_a_restored_text_is_a_new_revision(parts: Parts, ear: Ear) -> None:
    activity_id = await edited(parts)
    call = RestoreRevision(activity_id=activity_id, number=1, base_revision=1)
    saved = await restore_revision(call, parts, ear)
    content = await open_content(OpenContent(activity_id=activity_id), parts, ear)
    assert (content.markdown, content.title) == (ARTICLE, "Coffee for the office")
    assert (content.revision, content.word_count) == (saved.revision, saved.word_count)
    listed = (await list_revisions(ListRevisions(activity_id=activity_id), parts, ear)).revisions
    assert [(r.number, r.reason) for r in listed] == [
        (3, "restored"),
        (2, "edited"),
        (1, "generated"),
    ]
    shown = await show_revision(ShowRevision(activity_id=activity_id, number=2), parts, ear)
    assert "50 cents" in shown.markdown


async def test_two_revisions_are_compared(parts: Parts, ear: Ear) -> None:
    activity_id = await edited(parts)
    compared = await diff_revisions(DiffRevisions(activity_id=activity_id, a=1, b=2), parts, ear)
    changed = [(c.kind, c.text) for c in compared.changes if c.kind != "same"]
    assert changed == [("removed", "40"), ("added", "50")]
    assert "".join(c.text for c in compared.changes if c.kind != "added") == ARTICLE


async def test_the_writer_has_a_name_once_there_is_one(parts: Parts, ear: Ear) -> None:
    await save_profile(SaveProfile(name="Ada"), parts, ear)
    activity_id = await edited(parts)
    listed = (await list_revisions(ListRevisions(activity_id=activity_id), parts, ear)).revisions
    assert [revision.by for revision in listed] == ["Ada", None]


async def test_a_stale_window_restores_nothing(parts: Parts, ear: Ear) -> None:
    activity_id = await edited(parts)
    with pytest.raises(StaleText, match="Not restored"):
        await restore_revision(
            RestoreRevision(activity_id=activity_id, number=1, base_revision=0), parts, ear
        )
    with pytest.raises(ServiceError, match="no revision 9"):
        await show_revision(ShowRevision(activity_id=activity_id, number=9), parts, ear)
