"""Who forgot the password asks for a mail on a page; nobody learns there who has an account."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from marketer_desktop.services.parts import Parts
from tests.factories.pages import seen, sent
from tests.factories.serving import Teammate, client_of
from tests.fakes.mail_host import MailHostFake, mail_host
from tests.integration.api.test_browser_sign_in import place

PAGE = "/password"
BETTER = "correct horse battery"


@pytest.fixture
async def mails(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MailHostFake]:
    async with mail_host() as host:
        monkeypatch.setattr(parts.settings, "smtp_host", "127.0.0.1")
        monkeypatch.setattr(parts.settings, "smtp_port", host.port)
        monkeypatch.setattr(parts.settings, "smtp_security", "none")
        yield host


async def test_the_way_from_signing_in_to_another_password(
    parts: Parts, owner: Teammate, mails: MailHostFake
) -> None:
    async with client_of(parts) as browser:
        before = seen(await browser.get(place(login_hint=owner.email)))
        (way,) = before.soup.select("a")
        assert way.get_text() == "Forgot the password?"
        page = seen(await browser.get(str(way["href"])))
        assert page.title == "Forgotten password"
        assert page.field("email")["value"] == owner.email
        asked = seen(await sent(browser, page, PAGE))
        assert "a mail is on its way" in asked.text
        (mail,) = mails.mails
        (line,) = [each for each in mail.get_content().split() if "/password/" in each]
        link = urlsplit(line).path
        form = seen(await browser.get(link))
        done = seen(await sent(browser, form, link, password=BETTER, repeated=BETTER))
        assert done.title == "The password is set"
        login = {"email": owner.email, "password": BETTER}
        assert (await browser.post("/api/login", json=login)).status_code == 200


async def test_whether_there_is_an_account_is_not_said(
    parts: Parts, owner: Teammate, mails: MailHostFake
) -> None:
    async with client_of(parts) as browser:
        page = seen(await browser.get(PAGE))
        answers = [
            await sent(browser, page, PAGE, email=email)
            for email in (owner.email, "nobody@example.com")
        ]
    assert [mail["To"] for mail in mails.mails] == [owner.email]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].text == answers[1].text
    told = [{**each.headers, "x-request-id": ""} for each in answers]
    assert told[0] == told[1]


async def test_the_page_is_read_by_screen_readers_and_keeps_the_policy(
    parts: Parts, mails: MailHostFake
) -> None:
    async with client_of(parts) as browser:
        page = seen(await browser.get(f"{PAGE}?login_hint=%22%3E%3Cscript%3E"))
        policy = page.answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "form-action 'self';" in policy
        assert not page.soup.find_all(["script", "style", "img", "iframe"])
        assert page.field("email")["value"] == '"><script>'
        label = page.soup.select_one(f"label[for={page.field('email')['id']}]")
        assert label is not None and label.get_text() == "E-mail address"
        wrong = await sent(browser, page, PAGE, email="no address")
        assert wrong.status_code == 400 and seen(wrong).problem.startswith("Email:")
        assert seen(wrong).field("email")["value"] == "no address"
        browser.cookies.clear()
        forged = await sent(browser, page, PAGE, email="a@example.com")
        assert forged.status_code == 409 and "not filled in here" in seen(forged).problem
    assert not mails.mails


async def test_one_address_may_ask_so_often(
    parts: Parts, mails: MailHostFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.settings, "logins_per_minute", 1)
    async with client_of(parts) as browser:
        page = seen(await browser.get(PAGE))
        tries = [await sent(browser, page, PAGE, email="a@example.com") for _ in range(2)]
    assert [each.status_code for each in tries] == [200, 429]


async def test_without_a_mail_host_the_page_says_whom_to_ask(parts: Parts) -> None:
    async with client_of(parts) as browser:
        page = seen(await browser.get(PAGE))
        assert page.fields == {} and "Ask its administrator for a link" in page.text
        sign_in = seen(await browser.get(place()))
        asked = await sent(browser, sign_in, PAGE, email="a@example.com")
        assert asked.status_code == 409
