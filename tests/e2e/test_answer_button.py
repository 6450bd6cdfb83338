"""The button of an answer says what it will do, as far as a script can tell; without one it does the same."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from forecasts.models import Estimate, Forecast, Scenario, User
from tests import make
from tests.browsing import Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="The north")


@pytest.fixture
def ada(scenario: Scenario) -> User:
    return make.member(scenario, name="Ada")


def dates() -> dict[str, object]:
    now, day = timezone.now(), timedelta(days=1)
    return {
        "published_at": now - 9 * day,
        "opens_at": now - 9 * day,
        "closes_at": now + 9 * day,
        "resolves_at": now + 9 * day,
    }


def button(page: Page) -> str:
    return page.locator("form[data-answer] button[type=submit]").inner_text()


def test_it_says_the_number_that_will_be_recorded(scenario: Scenario, ada: User, read_as: Reader) -> None:
    forecast = make.forecast(scenario, **dates())
    reading = read_as(ada)
    page = reading.open(forecast.get_absolute_url())
    assert button(page) == "Record this answer"
    page.get_by_label("My estimate").check()
    page.get_by_label("Probability in percent").fill("35.5")
    assert button(page) == "Record 35.5%"
    page.get_by_role("button", name="Record 35.5%").click()
    page.wait_for_load_state()
    assert Estimate.objects.get().probability == 3550
    assert reading.said == []


def test_it_says_what_the_other_choices_do(scenario: Scenario, ada: User, read_as: Reader) -> None:
    forecast = make.forecast(scenario, **dates())
    make.estimate(forecast, ada, 0.2, timezone.now() - timedelta(days=1))
    page = read_as(ada).open(forecast.get_absolute_url())
    said = []
    for choice in ("No change", "Withdraw", "Not my area"):
        page.get_by_label(choice).check()
        said.append(button(page))
    assert said == ["Keep 20%", "Withdraw 20%", "Do not ask me about this again"]


@pytest.mark.parametrize("kind", ["choice", "numeric"])
def test_of_options_it_says_their_sum_and_of_quantiles_the_median(
    scenario: Scenario, ada: User, read_as: Reader, kind: str
) -> None:
    asked: Forecast = (
        make.choice(["none", "some"], scenario, **dates()) if kind == "choice" else make.numeric(scenario, **dates())
    )
    page = read_as(ada).open(asked.get_absolute_url())
    page.get_by_label("My estimate").check()
    inputs = page.locator("[data-value] input")
    for place, number in enumerate(["30", "60"] if kind == "choice" else ["1", "2", "3", "4", "5"]):
        inputs.nth(place).fill(number)
    assert button(page) == ("Record 2 probabilities, 90% in all" if kind == "choice" else "Record 3 people")


def test_without_scripts_it_records_all_the_same(scenario: Scenario, ada: User, read_as: Reader) -> None:
    forecast = make.forecast(scenario, **dates())
    page = read_as(ada, java_script_enabled=False).open(forecast.get_absolute_url())
    page.get_by_label("My estimate").check()
    page.get_by_label("Probability in percent").fill("42")
    page.get_by_role("button", name="Record this answer").click()
    page.wait_for_load_state()
    assert Estimate.objects.get().probability == 4200
