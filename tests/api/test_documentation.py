"""The documentation page: Swagger UI under the strict content security policy, in a real browser."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from forecasts.models import User
from tests import make
from tests.api.world import API

DOCS = f"{API}docs/"


@pytest.mark.django_db
def test_the_documentation_asks_strangers_to_log_in() -> None:
    answer = Client().get(DOCS)
    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={DOCS}")


@pytest.mark.django_db
def test_the_page_holds_no_inline_script_or_style() -> None:
    client = Client()
    client.force_login(make.user())
    page = client.get(DOCS).content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert all("src=" in tag for tag in page.split("<script")[1:])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_swagger_shows_the_operations_and_nothing_breaks_the_policy(live_server: Any) -> None:
    session = session_of(make.user())
    with browsing(live_server.url, session) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.goto(f"{live_server.url}{DOCS}")
        page.locator("#operations-calibration-calibration_retrieve").wait_for()
        page.locator("#operations-forecasts-forecasts_list").click()
        page.get_by_text("awaiting_resolution").first.wait_for()
        assert said == []


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@contextmanager
def browsing(url: str, session: str) -> Iterator[Page]:
    """A page of headless Chromium with this session: the machine's own Chromium, or else Playwright's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        context = browser.new_context()
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        yield context.new_page()
        browser.close()
