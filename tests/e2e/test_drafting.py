"""From a proposed statement of an article that is not the seed to a published forecast, by the keyboard."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from forecasts.models import Article, Forecast, Membership, Scenario, User
from forecasts.questions import slot_reading
from forecasts.questions.intake import adding
from tests import make
from tests.browsing import PHONE, Reader

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

BODY = (
    "Upwards of 40,000 people may leave the camps around Adré before Easter.[4]\n"
    "N'Djamena is likely to close the Adré crossing within six weeks.\n"
    "The ceasefire could collapse.\n"
)
MOST_KEYS = 5
TITLE = re.compile(r"At least 40,000 people leave the camps around Adré by \d{1,2} (?:March|April) 20\d\d")


@pytest.fixture
def scenario() -> Scenario:
    made = make.scenario("chad", title="Eastern Chad")
    make.member(made, Membership.Role.RESOLVER, name="Rim")
    return made


@pytest.fixture
def article(scenario: Scenario) -> Article:
    at = timezone.now()
    heading = adding.Heading("An outlet", "Camps fill", at - timedelta(hours=1))
    added = adding.add(heading, BODY, scenario, at=at).article
    assert slot_reading.read_due() == 3
    return added


def test_a_right_proposal_is_published_in_at_most_five_keys(
    scenario: Scenario, editor: User, article: Article, read_as: Reader
) -> None:
    browsing = read_as(editor)
    page = browsing.open(reverse("review", args=[article.pk]))
    expect(page.locator(".card.is-current")).to_be_visible()
    keys = ["f", "p"]
    page.keyboard.press(keys[0])
    # Keys are heard once the page's script runs.
    page.wait_for_url("**/draft/**")
    expect(page.get_by_role("heading", name="Draft a forecast")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    page.keyboard.press(keys[1])
    expect(page.locator(".notice-success")).to_contain_text("Published: At least 40,000 people leave")
    published = Forecast.objects.exclude(published_at=None).get()
    assert published.overrides == []
    assert published.statement is not None
    assert published.fidelity == Forecast.Fidelity.SAME
    assert len(keys) <= MOST_KEYS
    assert browsing.said == []


def test_the_draft_shows_slots_proposals_and_what_is_not_in_the_text(
    scenario: Scenario, editor: User, article: Article, read_as: Reader
) -> None:
    statement = article.statements.order_by("start")[2]
    article.statements.update(review="accepted")
    browsing = read_as(editor, PHONE)
    page = browsing.open(reverse("draft", args=[statement.pk]))
    expect(page.locator(".draft-quote .slot-predicate")).to_have_text("collapse")
    expect(page.locator(".offers .is-chosen .slot-blank").first).to_contain_text("not in the text")
    expect(page.get_by_label("Closes at the end of")).to_have_value("")
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert browsing.said == []


def test_whoever_becomes_the_resolver_hands_the_backup_on(
    scenario: Scenario, editor: User, article: Article, read_as: Reader
) -> None:
    article.statements.update(review="accepted")
    page = read_as(editor).open(reverse("draft", args=[article.statements.order_by("start")[0].pk]))
    page.get_by_label("Resolver").select_option(label="Rim")
    assert page.get_by_label("Else by").locator("option:checked").inner_text() == "Anna"
