"""A draft that counts itself, made in the browser from the sentence's own words: how many acts it takes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from forecasts.answers import counting_round
from forecasts.evidence.parsing import parse
from forecasts.evidence.specs import read
from forecasts.models import Forecast, Membership, Scenario, User
from forecasts.questions import slot_reading
from forecasts.questions.intake import adding
from tests import make
from tests.browsing import PHONE, Reader
from tests.evidence.made import months, vintage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MOST_ACTS = 3
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def scenario(settings: Any, tmp_path: Path) -> Scenario:
    settings.MEDIA_ROOT = tmp_path / "files"
    vintage(tmp_path, "a", LONG_AGO, [{**one, "adm_1": "Idlib Governorate"} for one in months([200, 10] * 12)])
    made = make.scenario("north", title="The north")
    make.member(made, Membership.Role.RESOLVER, name="Rim")
    return made


@pytest.fixture
def draft(scenario: Scenario) -> str:
    """The address on which a sentence about deaths in a later month is drafted."""
    at = timezone.now()
    heading = adding.Heading("An outlet", "Fighting goes on", at - timedelta(hours=1))
    body = f"At least 120 people will probably be killed in Idlib in May {at.year + 1}.\n"
    article = adding.add(heading, body, scenario, at=at).article
    assert slot_reading.read_due() == 1
    article.statements.update(review="accepted")
    return reverse("draft", args=[article.statements.get().pk])


def test_a_draft_counts_itself_after_two_acts(scenario: Scenario, editor: User, draft: str, read_as: Reader) -> None:
    browsing = read_as(editor)
    page = browsing.open(draft)
    acts, year = [], timezone.now().year + 1
    with page.expect_navigation():
        page.get_by_label("Let it count itself").check()
        acts.append("tick")
    said = page.locator("#spec-said")
    expect(said).to_contain_text("At least 120 deaths (best estimate) in events that lie wholly inside May")
    expect(said).to_contain_text("in Syria, in Idlib Governorate")
    written = page.get_by_label("Criteria").input_value()
    assert written.startswith(f"YES if UCDP Georeferenced Event Dataset shows {words(said)} NO if it does not.")
    assert f"both ends included: 1 May {year} to 31 May {year}." in written
    page.get_by_role("button", name="Keep as a draft").click()
    acts.append("keep")
    expect(page.locator(".notice-success")).to_contain_text("Kept as a draft")
    assert len(acts) <= MOST_ACTS
    forecast = Forecast.objects.get()
    assert read(forecast.specs.get()) == parse(f"""
        feed: ucdp_ged
        where: {{country: [Syria], adm_1: [Idlib Governorate]}}
        measure: best
        window: {{from: {year}-05-01, to: {year}-05-31}}
        outcome: {{at_least: 120}}
        settles: {{after: 35d}}
    """)
    assert browsing.said == []


def words(said: Any) -> str:
    text = str(said.inner_text()).strip()
    return f"{text[:1].lower()}{text[1:]}"


def test_words_and_criteria_follow_what_is_chosen(
    scenario: Scenario, editor: User, draft: str, read_as: Reader
) -> None:
    page = read_as(editor).open(draft)
    with page.expect_navigation():
        page.get_by_label("Let it count itself").check()
    page.get_by_label("Number").fill("150")
    page.get_by_label("one sided").check()
    expect(page.locator("#spec-said")).to_contain_text("At least 150 deaths")
    expect(page.locator("#spec-said")).to_contain_text("of the type one-sided")
    page.wait_for_function("document.getElementById('id_criteria').value.includes('at least 150 deaths')")
    expect(page.locator("#findings")).to_contain_text("has counted it yet")


def test_the_desk_shows_the_same_menus_with_the_base_rate_and_fits_a_phone(
    scenario: Scenario, editor: User, draft: str, read_as: Reader
) -> None:
    page = read_as(editor).open(draft)
    with page.expect_navigation():
        page.get_by_label("Let it count itself").check()
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.locator(".notice-success")).to_contain_text("Kept as a draft")
    counting_round.run(timezone.now())
    desk = reverse("admin:forecasts_forecast_spec", args=[Forecast.objects.get().pk])
    browsing = read_as(editor, PHONE)
    page = browsing.open(desk)
    expect(page.locator(".counted-strip figcaption").first).to_contain_text("windows like this one")
    page.get_by_label("Number").fill("90")
    expect(page.locator("#spec-said")).to_contain_text("At least 90 deaths")
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert browsing.said == []
