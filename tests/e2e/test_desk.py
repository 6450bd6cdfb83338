"""The desk as Chromium lays it out: pages for axe, a phone, the keyboard, and pictures for the docs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from forecasts import watching
from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Forecast, Scenario, Statement, User
from forecasts.questions import amending
from forecasts.scores import scorekeeping
from tests import make
from tests.browsing import PHONE, Reader
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "Opposition forces entered Aleppo on Friday. The army may retake the city within weeks, an official said. "
    "Aid groups expect more people to flee north. Talks could resume in January."
)
OVERDUE = [
    "Will the army hold Hama city on 8 December?",
    "Will the United Nations report more than 500,000 newly displaced people by 31 December?",
    "Will aid reach Aleppo city by road before the year ends?",
]


@dataclass
class World:
    """Somebody with work of every kind, and a record."""

    rana: User
    chief: User
    scenario: Scenario
    open: Forecast
    resolved: Forecast


@pytest.fixture
def world() -> World:
    now = timezone.now()
    scenario = make.scenario(title="Aleppo, November 2024", cooling_off_hours=0)
    rana = make.member(scenario, "owner", name="Rana Resolver", email="rana@example.invalid")
    others = [make.member(scenario, name=f"Analyst {letter}") for letter in "BC"]
    make.forecast(scenario, title="Will a cease-fire hold in Aleppo province for seven days?", published_at=None)
    resolved = answered_forecasts(scenario, rana, others, now)
    asked = amended_forecast(scenario, rana, others, now)
    resolve_both(resolved, rana, others[0], now)
    for forecast in Forecast.objects.exclude(published_at=None):
        watching.refresh(forecast, now)
    scorekeeping.settle(now)
    return World(rana, make.administrator(name="Chief"), scenario, asked, resolved)


def published(scenario: Scenario, title: str, now: datetime, closes_at: datetime, **fields: object) -> Forecast:
    past = now - timedelta(days=40)
    times = {"published_at": past, "opens_at": past, "closes_at": closes_at}
    return make.forecast(scenario, title=title, **times, **fields)


def read_article(scenario: Scenario) -> Statement:
    """An article with one statement accepted, which is returned, and two to review."""
    article = make.article(BODY, title="Aleppo falls to opposition forces")
    scenario.articles.add(article)
    make.statement(article, "Aid groups expect more people to flee north", category="displacement")
    make.statement(article, "Talks could resume in January", category="negotiation")
    return make.statement(article, "The army may retake the city within weeks", review="accepted")


def answered_forecasts(scenario: Scenario, rana: User, others: list[User], now: datetime) -> Forecast:
    """Three that are overdue, and one from a statement, which is returned; all said something twice on each."""
    overdue = [
        published(scenario, title, now, now - timedelta(days=9 - 4 * place), resolver=rana)
        for place, title in enumerate(OVERDUE)
    ]
    title, closes_at = "Will the army retake Aleppo city by 15 December?", now - timedelta(days=5)
    statement = read_article(scenario)
    stated = published(scenario, title, now, closes_at, resolver=rana, statement=statement, fidelity="same")
    for number, person in enumerate([rana, *others]):
        at = now - timedelta(days=30 - 4 * number)
        for forecast in (stated, *overdue):
            make.estimate(forecast, person, 0.25 + 0.2 * number, at, rationale="Reinforcements are far away.")
            make.estimate(forecast, person, 0.15 + 0.1 * number, now - timedelta(days=15 - number))
    return stated


def amended_forecast(scenario: Scenario, rana: User, others: list[User], now: datetime) -> Forecast:
    """An open one that everybody is asked about, and the others have answered."""
    forecast = published(scenario, "Will talks resume before 31 January?", now, now + timedelta(days=20))
    forecast.assignees.set([rana, *others])
    for number, person in enumerate(others):
        make.estimate(forecast, person, 0.4 + 0.2 * number, now - timedelta(days=12))
    criteria = "YES if the United Nations announce a meeting of both sides that took place; NO otherwise."
    reason = "“Talks” could be read as any contact."
    amending.amend(forecast, rana, {"criteria": criteria}, "clarifying", reason, at=now - timedelta(days=6))
    return forecast


def resolve_both(resolved: Forecast, rana: User, other: User, now: datetime) -> None:
    """Resolve this one with evidence, and another that a second person has to confirm."""
    closes_at = now - timedelta(days=3)
    second = published(
        resolved.scenario,
        "Will the airport reopen?",
        now,
        closes_at,
        two_people_resolve=True,
        resolver=other,
        backup=rana,
    )
    finding = Finding(outcome="no", known_at=closes_at, note="It did not.")  # type: ignore[arg-type]
    resolving.resolve(second, other, finding, at=now - timedelta(days=2))
    proof = resolving.Proof(url="https://www.example.org/report", quote="The city remains under opposition control.")
    found = Finding(outcome="no", known_at=now - timedelta(days=5), note="It held.", evidence=[proof])  # type: ignore[arg-type]
    resolving.resolve(resolved, rana, found, at=now - timedelta(days=4))


def every_page(world: World) -> list[str]:
    """Every list of the admin, a row of each with its history, what may be added, and the pages beside them."""
    found = [*pages(world), reverse("admin:password_change"), reverse("admin:forecasts_user_add")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        first = model._default_manager.first()
        if first is not None:
            found += [reverse(f"{name}_{page}", args=[first.pk]) for page in ("change", "history")]
    return found


def pages(world: World) -> list[str]:
    """One page of each kind."""
    draft = Forecast.objects.get(published_at=None)
    return [
        reverse("admin:index"),
        f"{reverse('search')}?q=aleppo",
        f"{reverse('admin:forecasts_forecast_changelist')}?state=overdue",
        story(world.open),
        story(world.resolved),
        story(draft),
        reverse("admin:forecasts_user_change", args=[world.rana.pk]),
        reverse("admin:forecasts_forecast_history", args=[world.open.pk]),
        reverse("admin:forecasts_estimate_changelist"),
    ]


def story(forecast: Forecast) -> str:
    return reverse("admin:forecasts_forecast_change", args=[forecast.pk])


def serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


def test_axe_finds_nothing_serious_on_a_page_of_each_kind_and_the_console_stays_silent(
    world: World, read_as: Reader
) -> None:
    check(world, read_as, pages(world))


@pytest.mark.validate
def test_axe_finds_nothing_serious_on_any_page_of_the_admin(world: World, read_as: Reader) -> None:
    check(world, read_as, every_page(world))


def check(world: World, read_as: Reader, addresses: list[str]) -> None:
    reading = read_as(world.chief)
    page, found = reading.open(addresses[0]), {}
    for address in addresses:
        page.goto(reading.server + address)
        if problems := serious(page):
            found[address] = problems
    assert found == {}
    assert reading.said == []


def test_the_desk_and_the_story_keep_their_contrasts_in_the_dark(world: World, read_as: Reader) -> None:
    page = (reading := read_as(world.rana, color_scheme="dark")).open(reverse("admin:index"))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"
    assert serious(page) == []
    page.goto(reading.server + story(world.resolved))
    assert serious(page) == []


@pytest.mark.pictures
def test_the_desk_fits_a_phone_and_stands_in_the_docs_as_it_is(world: World, read_as: Reader) -> None:
    shown = [reverse("admin:index"), f"{reverse('search')}?q=aleppo", story(world.resolved), story(world.open)]
    page = (reading := read_as(world.rana, PHONE)).open(shown[0])
    picture(page, "desk-phone")
    for address in shown:
        page.goto(reading.server + address)
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    page = (reading := read_as(world.rana)).open(shown[0])
    picture(page, "desk", full_page=True)
    page.goto(reading.server + story(world.open))
    picture(page, "story", full_page=True)


def test_the_keyboard_alone_goes_from_the_desk_to_a_resolution_a_search_and_an_estimate(
    world: World, read_as: Reader
) -> None:
    page = (reading := read_as(world.rana)).open(reverse("admin:index"))
    expect(page).to_have_title("(8) The desk – Reckoner")
    tab_to(page, "Resolve: Will the army hold Hama city on 8 December?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Resolve")
    page.get_by_label("Search forecasts, articles and statements").focus()
    page.keyboard.type("retake city")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Will the army retake Aleppo city by 15 December?")).to_be_visible()
    expect(page.get_by_role("link", name="The army may retake the city within weeks")).to_be_visible()
    page.goto(reading.server + reverse("admin:index"))
    tab_to(page, "Estimate: Will talks resume before 31 January?")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Probability in percent")).to_be_visible()


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what says so."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == words:
            return
    raise AssertionError(f"The keyboard does not reach “{words}”.")
