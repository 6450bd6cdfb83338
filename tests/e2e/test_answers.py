"""The page behind a mail that takes all answers, as a reader meets it: long, in the dark, on a phone, right to left."""

from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from forecasts import watching
from forecasts.mail import links, prompting
from forecasts.models import Estimate, Scenario, User
from tests import make
from tests.browsing import DESKTOP, PHONE, Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)
TITLES = (
    "Will opposition forces hold Hama city on the last day of the year?",
    "هل ستسيطر قوات المعارضة على مدينة حماة قبل نهاية العام؟",
    "Wird die Donaudampfschifffahrtsgesellschaftskapitänsversammlung vor dem Jahresende zusammentreten?",
    "กองกำลังจะยึดเมืองได้ก่อนสิ้นปีหรือไม่",
)


@pytest.fixture
def scenarios() -> list[Scenario]:
    return [make.scenario(title="Aleppo, November 2024"), make.scenario(title="حلب، تشرين الثاني ٢٠٢٤")]


def asked(scenarios: list[Scenario], many: int) -> tuple[User, str]:
    """Somebody whom a mail has asked so many questions, each fourth scenario's its own, and where they answer."""
    now = timezone.now()
    person = make.user(name="Amal")
    for scenario in scenarios:
        scenario.memberships.create(user=person, role="analyst")
    for place in range(many):
        make.forecast(scenarios[place // 4 % 2], title=TITLES[place % 4], **dates(now, 9 + place / 10))
    make.choice(["the north", "the south", "neither"], scenarios[0], title="Who holds the bridge?", **dates(now, 8))
    make.numeric(scenarios[0], title="How many people will be counted?", unit="people", **dates(now, 7))
    for forecast in scenarios[0].forecasts.all() | scenarios[1].forecasts.all():
        watching.refresh(forecast, now)
    prompting.plan(now)
    return person, links.sheet_url(person, now).removeprefix(links.absolute(""))


def dates(now: datetime, days: float) -> dict[str, datetime]:
    closes_at = now + days * DAY
    return {"published_at": now - DAY, "opens_at": now - DAY, "closes_at": closes_at, "resolves_at": closes_at}


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (320, 640)], ids=["desktop", "phone", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_180_questions_read_well(
    scenarios: list[Scenario], read_as: Reader, size: tuple[int, int], scheme: str
) -> None:
    _, address = asked(scenarios, 178)
    reading = read_as(None, size, color_scheme=scheme)
    page = reading.open(address)
    assert page.locator(".questions > li").count() == 180
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.get_by_role("button", name="Record what is filled in").is_visible()
    assert page.evaluate("document.querySelector('.record-all').getBoundingClientRect().bottom <= innerHeight")
    assert Axe().run(page).response["violations"] == []
    assert reading.said == []


def test_it_takes_a_number_shares_and_levels_at_once(scenarios: list[Scenario], read_as: Reader) -> None:
    person, address = asked(scenarios, 2)
    page = read_as(None).open(address)
    page.get_by_label(TITLES[0]).fill("35")
    page.get_by_text("Your estimate: Who holds").click()
    for label, share in (("the north", "20"), ("the south", "30"), ("neither", "50")):
        page.get_by_label(label, exact=True).fill(share)
    page.get_by_text("Your estimate: How many").click()
    levels = page.locator("li", has_text="How many people").get_by_role("textbox")
    for place in range(levels.count()):
        levels.nth(place).fill(str(100 * (place + 1)))
    page.get_by_role("button", name="Record what is filled in").click()
    page.get_by_text("3 recorded, 1 left.").wait_for()
    made = Estimate.objects.filter(forecaster__user=person)
    assert {one.forecast.title for one in made} == {
        TITLES[0],
        "Who holds the bridge?",
        "How many people will be counted?",
    }


def test_one_slip_stays_at_its_field_and_the_rest_is_recorded(scenarios: list[Scenario], read_as: Reader) -> None:
    _, address = asked(scenarios, 2)
    page = read_as(None, PHONE).open(address)
    page.get_by_label(TITLES[0]).fill("35")
    page.get_by_label(TITLES[1]).fill("130")
    page.get_by_role("button", name="Record what is filled in").click()
    page.get_by_text("1 recorded, 3 left.").wait_for()
    wrong = page.locator("[aria-invalid]")
    assert (wrong.count(), wrong.input_value()) == (1, "130")
    assert "99.9" in page.locator(".errorlist").inner_text()
    assert Axe().run(page).response["violations"] == []
