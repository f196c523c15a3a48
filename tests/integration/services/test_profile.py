"""The profile: made on first sight, changed in part, preferences merged."""

import asyncio

import pytest
from pydantic import ValidationError

from marketer_desktop.events.change import Change
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.profile import (
    Profile,
    SavePreferences,
    SaveProfile,
    ShowProfile,
    save_preferences,
    save_profile,
    show_profile,
)
from tests.factories.engines import Ear


async def shown(parts: Parts) -> Profile:
    return await show_profile(ShowProfile(), parts, Ear())


async def prefer(parts: Parts, **values: object) -> Profile:
    return await save_preferences(SavePreferences(values=values), parts, Ear())


async def test_a_new_installation_has_a_nameless_profile(parts: Parts) -> None:
    first = await shown(parts)
    assert (first.name, first.organization, first.preferences) == ("", "This computer", {})
    assert await shown(parts) == first


async def test_names_are_kept_and_told(parts: Parts) -> None:
    async with parts.bus.watch() as queue:
        saved = await save_profile(
            SaveProfile(name="  Ada Björk ", organization="Kestrow"), parts, Ear()
        )
        heard = [queue.get_nowait() for _ in range(2)]
    assert (saved.name, saved.organization) == ("Ada Björk", "Kestrow")
    assert await shown(parts) == saved
    assert heard == [Change(subject="profile"), Change(subject="organizations")]


async def test_what_is_not_named_stays(parts: Parts) -> None:
    await save_profile(SaveProfile(name="Ada", organization="Kestrow"), parts, Ear())
    await save_profile(SaveProfile(name="Ada Björk"), parts, Ear())
    saved = await save_profile(SaveProfile(organization="Kestrow Coffee"), parts, Ear())
    assert (saved.name, saved.organization) == ("Ada Björk", "Kestrow Coffee")
    assert (await save_profile(SaveProfile(name=""), parts, Ear())).name == ""


def test_an_organization_needs_a_name() -> None:
    with pytest.raises(ValidationError, match="at least 1 character"):
        SaveProfile(organization="  ")


async def test_preferences_are_merged(parts: Parts) -> None:
    await prefer(parts, theme="dark", welcome={"step": 2})
    saved = await prefer(parts, welcome={"step": 3})
    assert saved.preferences == {"theme": "dark", "welcome": {"step": 3}}
    assert await shown(parts) == saved


async def test_two_savers_at_once_lose_nothing(parts: Parts) -> None:
    await shown(parts)
    await asyncio.gather(*(prefer(parts, **{f"key{n}": n}) for n in range(6)))
    assert (await shown(parts)).preferences == {f"key{n}": n for n in range(6)}
