"""A headless Chromium that reads pages as a person would."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from forecasts.models import User

# A page of ours is as slow as the machine is busy.
PATIENCE = 120_000  # milliseconds
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not os.path.exists(path) and not os.environ.get("CI"):  # noqa: PTH110 - a plain question
        pytest.skip("No Chromium here: install it, or name one in CHROMIUM.")
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def patient(browser: Browser) -> Page:
    """A page in a browser of its own."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    return page


@dataclass
class Reading:
    """One person's browser on the live server, and what its console said."""

    context: BrowserContext
    server: str
    said: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(self.server + address)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)


type Reader = Callable[..., Reading]


@pytest.fixture
def read_as(browser: Browser, live_server: LiveServer) -> Iterator[Reader]:
    """A browser of its own for a person, or for nobody in particular."""
    contexts: list[BrowserContext] = []

    def read(user: "User | None", size: tuple[int, int] = DESKTOP, **options: Any) -> Reading:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": _session(user), "url": live_server.url}]
            )
        return Reading(context, live_server.url)

    yield read
    for context in contexts:
        context.close()


def _session(user: "User") -> str:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)
