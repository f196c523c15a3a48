"""Privacy in the settings: what leaves as things are set up, and the log of what has left."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from marketer_desktop.services.departures import (
    ClearDepartures,
    ClearedDepartures,
    DepartureEntry,
    DeparturePage,
    ShowDepartures,
)
from marketer_desktop.services.pages import Pagination
from marketer_desktop.services.providers import ListProviders, ProviderList, ProviderState
from marketer_desktop.services.server_accounts import (
    ServerAccount,
    ServerAccountList,
    ShowAccounts,
)
from marketer_desktop.ui.widgets.sheet import Sheet
from tests.factories.settings_scene import NOTHING_LEFT, Scene


def left(kind: str, what: str, size: int = 0, times: int = 1) -> DepartureEntry:
    return DepartureEntry(
        at=datetime.now(UTC),
        account_id=None,
        account=None,
        destination="team.example.com",
        kind=kind,  # type: ignore[arg-type]
        what=what,
        times=times,
        bytes=size,
    )


ENTRIES = [
    left("sync_push", "3 changes of yours", 1_500, times=3),
    left("model_call", "A brief and passages", 2_000_000),
    left("sign_in", "Your address and password"),
]


def page_of(call: Any) -> DeparturePage:
    found = [each for each in ENTRIES if call.kind in (None, each.kind)]
    return DeparturePage(
        departures=found[: call.per_page],
        total_bytes=sum(each.bytes for each in found),
        kinds=["model_call", "sign_in", "sync_push"],
        pagination=Pagination(total=len(found), page=1, per_page=call.per_page, pages=1),
    )


def account(state: str = "signed_in") -> ServerAccountList:
    told: dict[str, Any] = dict.fromkeys(ServerAccount.model_fields)
    told |= {"id": 1, "server": "https://team.example.com", "host": "team.example.com"}
    told |= {"email": "ada@example.com", "kind": "password", "state": state, "problem": ""}
    return ServerAccountList(accounts=[ServerAccount(**told)])


def cloud(source: str | None) -> ProviderList:
    told: dict[str, Any] = {"provider": "mistral", "title": "Mistral", "installed": True}
    told |= {"source": source, "variable": "MISTRAL_API_KEY", "models": [], "leaves": ""}
    return ProviderList(providers=[ProviderState(**told)], keyring=True)


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


async def said(scene: Scene) -> str:
    await scene.show("privacy")
    return "\n".join(scene.texts(scene.page.privacy))


def names(scene: Scene) -> list[str]:
    model = scene.page.privacy.departures.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


async def test_local_mode_sends_nothing_and_has_sent_nothing(scene: Scene) -> None:
    told = await said(scene)
    assert "Nothing leaves this machine." in told and "no account" in told
    assert scene.page.privacy.departures.empty.isVisible()
    assert "Nothing has left this machine." in told
    assert not scene.page.privacy.departures.clear.isVisible()


async def test_an_account_says_what_goes_up_and_what_stays(scene: Scene) -> None:
    scene.window.engine.answers[ShowAccounts] = account()
    told = await said(scene)
    assert "Nothing leaves this machine." not in told and "no account" not in told
    assert "You are signed in to team.example.com." in told
    assert "Documents, other projects" in told


async def test_an_account_that_is_signed_out_sends_nothing(scene: Scene) -> None:
    scene.window.engine.answers[ShowAccounts] = account("signed_out")
    assert "Nothing leaves this machine." in await said(scene)


@pytest.mark.parametrize(("source", "is_told"), [("keyring", True), (None, False)])
async def test_keys_of_clouds_are_told(scene: Scene, source: str | None, is_told: bool) -> None:
    scene.window.engine.answers[ListProviders] = cloud(source)
    assert ("There are keys of Mistral." in await said(scene)) is is_told


async def test_the_log_says_what_left_how_much_and_where_to(scene: Scene) -> None:
    scene.window.engine.answers[ShowDepartures] = page_of
    told = await said(scene)
    assert names(scene)[0].startswith("3 changes of yours")
    assert "3 times" in names(scene)[0] and "team.example.com" in names(scene)[0]
    assert "2.0 MB in all" in told
    assert scene.page.privacy.departures.kinds.count() == 4


async def test_one_kind_can_be_looked_at_alone(scene: Scene) -> None:
    scene.window.engine.answers[ShowDepartures] = page_of
    await scene.show("privacy")
    card = scene.page.privacy.departures
    card.kinds.set_value("sign_in")
    card.kinds.chosen.emit("sign_in")
    await scene.window.settle()
    assert len(names(scene)) == 1 and names(scene)[0].startswith("Your address and password")
    assert card.kinds.value() == "sign_in"


async def test_a_kind_that_is_gone_gives_way_to_all(scene: Scene) -> None:
    scene.window.engine.answers[ShowDepartures] = page_of
    await scene.show("privacy")
    scene.page.privacy.departures.kinds.set_value("sign_in")
    gone = page_of(ShowDepartures()).model_copy(update={"kinds": ["sync_push"]})
    scene.window.engine.answers[ShowDepartures] = gone
    await scene.show("privacy")
    assert scene.page.privacy.departures.kinds.value() == ""
    assert scene.window.engine.of(ShowDepartures)[-1].kind is None


@pytest.mark.parametrize(("button", "cleared"), [("Clear", 1), ("Cancel", 0)])
async def test_the_log_is_cleared_after_a_question(scene: Scene, button: str, cleared: int) -> None:
    scene.window.engine.answers |= {
        ShowDepartures: page_of,
        ClearDepartures: ClearedDepartures(count=3),
    }
    scene.window.window.show()  # else there is nothing that a question could lie on
    await scene.show("privacy")
    scene.page.privacy.departures.clear.click()
    await scene.window.settle()
    sheet = scene.window.window.findChild(Sheet)
    assert sheet is not None
    if cleared:
        scene.window.engine.answers[ShowDepartures] = NOTHING_LEFT
    next(each for each in sheet.findChildren(QPushButton) if each.text() == button).click()
    await scene.window.settle()
    assert len(scene.window.engine.of(ClearDepartures)) == cleared
    assert scene.page.privacy.departures.empty.isVisible() is bool(cleared)


async def test_there_is_more_to_be_shown(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tests.ui.test_settings_privacy.ENTRIES", [left("sign_in", f"No {n}") for n in range(30)]
    )
    scene.window.engine.answers[ShowDepartures] = page_of
    await scene.show("privacy")
    card = scene.page.privacy.departures
    assert len(names(scene)) == 20 and card.more.isVisible()
    card.more.click()
    await scene.window.settle()
    assert len(names(scene)) == 30 and not card.more.isVisible()
