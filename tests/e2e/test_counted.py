"""What is counted, as it looks: base rate, running count with its fan, proposal and revision; in the docs as it is."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from forecasts.answers import counting_round, proposing
from forecasts.evidence.taking import take
from forecasts.models import Forecast, Scenario, User
from tests import make
from tests.browsing import PHONE, Reader
from tests.evidence.made import SETTLES, counted_forecast, settled_forecast, vintage
from tests.evidence.rows import ged_file
from tests.pictures import picture

pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.pictures, pytest.mark.django_db(transaction=True)
]  # fmt: skip
PAIRS = 18


@pytest.fixture
def scenario(settings: Any, tmp_path: Path) -> Scenario:
    settings.MEDIA_ROOT = tmp_path / "files"
    return make.scenario("north", title="The north")


@pytest.fixture
def resolver(scenario: Scenario) -> User:
    return make.member(scenario, "owner", name="Anna")


@pytest.fixture
def open_forecast(scenario: Scenario, tmp_path: Path) -> Forecast:
    """On this year and the next: 60 so far, of at least 120; in two of three pairs of years more came at their end."""
    at, year = timezone.now(), timezone.now().year
    span = {"from": f"{year}-01-01", "to": f"{year + 1}-12-31"}
    body = {
        "feed": "ucdp_ged", "where": {"country": ["Syria"]}, "measure": "best", "window": span,
        "outcome": {"at_least": 120}, "settles": {"after": "35d"},
    }  # fmt: skip
    dates = {"published_at": at - timedelta(hours=1), "opens_at": at - timedelta(hours=1)}
    dates |= {"closes_at": at + timedelta(days=800), "resolves_at": at + timedelta(days=900)}
    made = counted_forecast(body, scenario=scenario, title="At least 120 people are killed in Syria", **dates)
    begins = [year - 2 * back for back in range(PAIRS, -1, -1)]
    events: list[dict[str, object]] = [
        {"date_start": f"{one}-01-01", "best": 50 + 7 * i % 30} for i, one in enumerate(begins)
    ]
    events += [
        {"date_start": f"{one + 1}-12-20", "best": 30 + 37 * i % 90} for i, one in enumerate(begins[:-1]) if i % 3
    ]
    path = tmp_path / "ged.csv"
    path.write_text(ged_file(*events))
    take(path, "ucdp_ged", "26.0.11", at=at, covers=(date(begins[0], 1, 1), at.date()))
    counting_round.run(at)
    return made


@pytest.fixture
def settled(scenario: Scenario, tmp_path: Path) -> Forecast:
    """September 2018 came to 130 of at least 120, and the lag has passed."""
    return settled_forecast(scenario, tmp_path)


def is_well(page: Page) -> None:
    """Nothing is wider than the window, and nothing stands in the way of who does not see it."""
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def desk(forecast: Forecast) -> str:
    return reverse("admin:forecasts_forecast_counted", args=[forecast.pk])


def test_a_forecast_shows_base_rate_running_count_and_arithmetic(
    open_forecast: Forecast, resolver: User, read_as: Reader
) -> None:
    said(open_forecast, resolver)
    browsing = read_as(resolver)
    page = browsing.open(open_forecast.get_absolute_url())
    expect(page.locator(".counted-fan")).to_have_count(1)
    expect(page.locator(".line-reference").first).to_be_attached()
    expect(page.locator(".counted")).to_contain_text("If the rest goes as in past windows")
    is_well(page)
    picture(page, "counted")
    is_well(read_as(resolver, PHONE, color_scheme="dark").open(open_forecast.get_absolute_url()))
    assert browsing.said == []


def said(forecast: Forecast, resolver: User) -> None:
    at = timezone.now()
    for minutes, who in enumerate((resolver, make.member(forecast.scenario, name="Bea")), 1):
        make.estimate(forecast, who, 0.2 * minutes, at - timedelta(minutes=30 * minutes))


def test_the_desk_shows_a_proposal_with_its_proof(settled: Forecast, resolver: User, read_as: Reader) -> None:
    page = read_as(resolver).open(desk(settled))
    expect(page.get_by_role("button", name="Resolve as YES")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text("neighbouring rules")
    is_well(page)
    picture(page, "proposal", full_page=True)
    is_well(read_as(resolver, PHONE, color_scheme="dark").open(desk(settled)))


def test_the_desk_shows_a_revision_that_says_otherwise(
    settled: Forecast, resolver: User, read_as: Reader, tmp_path: Path
) -> None:
    proposing.accept(settled, resolver, at=SETTLES)
    later: datetime = SETTLES + timedelta(days=200)
    vintage(tmp_path, "19.1", later, [{"date_start": "2018-09-12", "best": 110}])
    counting_round.run(later)
    page = read_as(resolver).open(desk(settled))
    expect(page.locator(".lead")).to_contain_text("It stands as YES. Version 19.1")
    is_well(page)
    picture(page, "revision", full_page=True)
    is_well(read_as(resolver, PHONE, color_scheme="dark").open(desk(settled)))
