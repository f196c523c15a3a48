"""Checks are mended from the editor, headlines chosen, variants made and edited."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.fix_check import FixCheck
from marketer_desktop.services.repurpose import RepurposeActivity, Repurposed, Variant
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.scoring.check_list import CheckRow
from marketer_desktop.ui.widgets.social.variant_card import MailCard, ThreadCard
from tests.factories.contents import ARTICLE
from tests.factories.editor_window import Opened, Store
from tests.factories.reports import DENSITY
from tests.guards import Problems

MENDED = ARTICLE.replace("It is best fresh.", "It is good.")
MAIL = "Subject: Coffee\nPreview: What it costs\n\nHello."
THREAD = "1/2 One.\n\n2/2 Two."

pytestmark = pytest.mark.usefixtures("quick_saves")


@pytest.fixture
async def window(qtbot: QtBot, theme: Theme) -> AsyncIterator[Opened]:
    opened = Opened(qtbot, Store(), (1280, 800))
    await opened.open()
    opened.page.show_tab("seo")
    yield opened
    await opened.close()


def row_of(window: Opened, message: str) -> CheckRow:
    verdict = window.page.panel.seo.view.verdict
    rows = (*verdict.contract.rows(), *verdict.advice.rows())
    return next(row for row in rows if row.text.text() == message)


async def test_a_fix_is_one_step_that_can_be_undone(window: Opened) -> None:
    window.store.fixed = {
        "outcome": "fixed",
        "message": "Fixed. Density is 2%.",
        "markdown": MENDED,
        "slug": "better-coffee",
    }
    row_of(window, DENSITY).fix_button.click()
    await window.until(lambda: window.fake.go.toasts)
    assert window.editor.markdown() == MENDED
    assert window.page.panel.seo.view.search.slug.text() == "better-coffee"
    (call,) = window.store.fixes
    assert (call.check_id, call.markdown, call.activity_id) == ("keyphraseDensity", ARTICLE, 7)
    text, action, undo = window.fake.go.toasts[0]
    assert (text, action) == ("Fixed. Density is 2%.", "Undo")
    await window.until(lambda: window.store.saves)
    assert (window.store.saves[0].markdown, window.store.saves[0].slug) == (MENDED, "better-coffee")
    assert undo is not None
    undo()
    assert window.editor.markdown() == ARTICLE
    assert window.page.panel.seo.view.search.slug.text() == "coffee"
    window.editor.redo()
    assert window.editor.markdown() == MENDED


async def test_ctrl_z_takes_a_fix_back_in_one_step(window: Opened) -> None:
    window.store.fixed = {"outcome": "fixed", "message": "Fixed.", "markdown": MENDED}
    row_of(window, DENSITY).fix_button.click()
    await window.until(lambda: window.editor.markdown() == MENDED)
    window.editor.undo()
    assert window.editor.markdown() == ARTICLE


async def test_a_fix_that_hurts_is_told_and_changes_nothing(window: Opened) -> None:
    told = "The fix hurt another check and was undone."
    window.store.fixed = {"outcome": "hurt", "message": told, "markdown": MENDED}
    row_of(window, DENSITY).fix_button.click()
    await window.until(lambda: window.fake.go.toasts)
    assert window.fake.go.toasts == [(told, "", None)]
    assert window.editor.markdown() == ARTICLE


async def test_only_one_check_is_mended_at_a_time(window: Opened) -> None:
    window.fake.engine.held.clear()
    row = row_of(window, DENSITY)
    row.fix_button.click()
    await window.until(lambda: row.fix_button.is_loading)
    others = list(window.page.panel.seo.view.verdict.contract.rows())
    assert others and not any(each.fix_button.isEnabled() for each in others)
    window.fake.engine.held.set()
    await window.until(lambda: not row.fix_button.is_loading)
    assert all(each.fix_button.isEnabled() for each in others)


async def test_what_is_typed_meanwhile_is_not_overwritten(window: Opened) -> None:
    window.store.fixed = {"outcome": "fixed", "message": "Fixed.", "markdown": MENDED}
    window.fake.engine.held.clear()
    row_of(window, DENSITY).fix_button.click()
    await window.fake.settle()
    window.type("x")
    window.fake.engine.held.set()
    await window.until(lambda: window.fake.go.toasts)
    assert window.fake.go.toasts[0][0].startswith("The text was changed meanwhile.")
    assert window.editor.markdown() == ARTICLE.replace("# Coffee", "# xCoffee")


async def test_a_fix_that_fails_says_so_and_can_be_tried_again(
    window: Opened, log_problems: Problems
) -> None:
    window.fake.engine.answers[FixCheck] = ServiceError("Ollama is not running. Start it.")
    row = row_of(window, DENSITY)
    row.fix_button.click()
    await window.until(lambda: window.fake.go.errors)
    log_problems.records.clear()
    assert window.fake.go.errors[0][0] == "Ollama is not running. Start it."
    assert not row.fix_button.is_loading and row.fix_button.isEnabled()


async def test_a_headline_becomes_title_and_heading(window: Opened) -> None:
    headlines = window.page.panel.seo.view.headlines
    assert [row.text for row in headlines.rows] == ["Coffee first", "Tea"]
    headlines.rows[1].use.click()
    assert window.page.head.title.text() == "Tea"
    assert window.editor.markdown().startswith("# Tea\n")
    assert headlines.rows[1].used.isVisible() and not headlines.rows[0].used.isVisible()
    headlines.rows[0].use.click()
    assert window.editor.markdown().startswith("# Coffee first\n")
    await window.until(lambda: window.store.saves)
    assert window.store.saves[0].title == "Coffee first"


async def test_variants_are_edited_counted_and_copied(window: Opened) -> None:
    window.page.show_tab("social")
    card = window.page.panel.social.cards["twitter"]
    assert card.count.text() == "7 of 280"
    card.text.setPlainText("☕" * 141)
    assert card.count.text() == "2 too many"
    card.copy.click()
    assert QGuiApplication.clipboard().text() == "☕" * 141
    assert window.fake.go.toasts[0][0] == "Copied."
    await window.until(lambda: window.store.saves)
    assert window.store.saves[0].variants == {"twitter": "☕" * 141}


async def test_a_variant_shows_what_its_contract_says(window: Opened) -> None:
    card = window.page.panel.social.cards["twitter"]
    window.page.show_tab("social")
    assert not card.message.isVisible()
    wrong = Check(
        id="variant_twitter", hard=True, passed=False, message="Too long.", group="variants"
    )
    window.store.checks = [*window.store.checks, wrong]
    card.text.setPlainText("Longer")
    await window.until(lambda: card.message.text() == "Too long.")
    assert card.message.isVisible()


async def test_threads_and_mails_are_edited_in_their_parts(qtbot: QtBot, theme: Theme) -> None:
    variants = {"email": MAIL, "thread": THREAD, "linkedin": "Coffee. #coffee"}
    opened = Opened(qtbot, Store(variants=variants), (1280, 800))
    await opened.open()
    opened.page.show_tab("social")
    cards = opened.page.panel.social.cards
    assert list(cards) == ["linkedin", "thread", "email"]
    thread, mail = cards["thread"], cards["email"]
    assert isinstance(thread, ThreadCard) and isinstance(mail, MailCard)
    assert [post.toPlainText() for post in thread.posts] == ["1/2 One.", "2/2 Two."]
    assert (thread.value(), mail.value()) == (THREAD, MAIL)
    thread.posts[1].setPlainText("")
    mail.subject[0].setPlainText("Tea")
    assert thread.count.text() == "1 post"
    assert mail.subject[1].text() == "3 of 60"
    await opened.until(lambda: opened.store.saves)
    assert opened.store.saves[0].variants == {
        **variants,
        "thread": "1/2 One.",
        "email": MAIL.replace("Subject: Coffee", "Subject: Tea"),
    }
    await opened.close()


def made(call: RepurposeActivity) -> Repurposed:
    good = Check(id="variant_linkedin", hard=True, passed=True, message="In order.")
    variants = [
        Variant(kind="linkedin", text="A post.", check=good),
        Variant(kind="email", text="", check=good.model_copy(update={"passed": False})),
    ]
    return Repurposed(title="Coffee", opening="", variants=variants)


async def test_variants_are_made_where_there_are_none(qtbot: QtBot, theme: Theme) -> None:
    opened = Opened(qtbot, Store(variants={}), (1280, 800))
    opened.fake.engine.answers[RepurposeActivity] = made
    await opened.open()
    opened.page.show_tab("social")
    make = opened.page.panel.social.make
    assert make is not None and make.text() == "Make variants"
    make.click()
    await opened.until(lambda: opened.page.panel.social.cards)
    assert list(opened.page.panel.social.cards) == ["linkedin"]
    (call,) = opened.calls(RepurposeActivity)
    assert call.activity_id == 7 and len(call.into) == 4
    await opened.until(lambda: opened.store.saves)
    assert opened.store.saves[0].variants == {"linkedin": "A post."}
    await opened.close()


async def test_variants_made_again_can_be_undone(window: Opened) -> None:
    window.fake.engine.answers[RepurposeActivity] = made
    window.store.content = window.store.content.model_copy(update={"type": "blog"})
    window.page.show_tab("social")
    make = window.page.panel.social.make
    assert make is not None
    make.click()
    await window.until(lambda: "linkedin" in window.page.panel.social.cards)
    _text, action, undo = window.fake.go.toasts[-1]
    assert action == "Undo" and undo is not None
    window.page.panel.social.cards["twitter"].text.setPlainText("Later")
    undo()
    assert window.page.panel.social.cards["twitter"].value() == "Coffee."


async def test_posts_have_no_variants(qtbot: QtBot, theme: Theme) -> None:
    opened = Opened(qtbot, Store(type="linkedin", variants={}), (1280, 800))
    await opened.open()
    opened.page.show_tab("social")
    assert opened.page.panel.social.make is None
    assert not opened.page.panel.social.cards
    await opened.close()
