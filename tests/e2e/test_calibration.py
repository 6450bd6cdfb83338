"""The calibration page and the plot of many options as Chromium lays them out, and pictures for the docs."""

from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from forecasts.models import Forecast, Scenario, User
from forecasts.presenting import charts
from forecasts.presenting.trend import over_months
from forecasts.scores import scorekeeping, statistics
from tests import make
from tests.browsing import PHONE, Reader
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = reverse("calibration")
DASHED = "getComputedStyle(document.querySelector('.line-option-{}')).strokeDasharray"


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="The north")


@pytest.fixture
def ada(scenario: Scenario, request: pytest.FixtureRequest) -> User:
    """One of three analysts with yes-or-no forecasts in five months, and numbers."""
    # A picture for the docs shows more than the other tests need.
    forecasts = 200 if request.node.get_closest_marker("pictures") else 36
    random, ada = Random(11), make.member(scenario, name="Ada")
    people = [ada, make.member(scenario), make.member(scenario)]
    for number in range(forecasts):
        chance = random.choice([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
        closes_at = make.day(20 + 30 * (number % 5))
        yes_or_no(scenario, people, chance, "yes" if random.random() < chance else "no", closes_at=closes_at)
    for _ in range(10):
        number_of_people(scenario, people, random.uniform(100, 1200))
    scorekeeping.settle(make.day(200))
    return ada


def yes_or_no(scenario: Scenario, people: list[User], chance: float, outcome: str, **dates: object) -> None:
    forecast = make.forecast(scenario, **dates)
    for place, who in enumerate(people):
        make.estimate(forecast, who, min(0.97, chance + 0.02 * place), make.day(3 + place))
    settle(forecast, outcome)


def number_of_people(scenario: Scenario, people: list[User], truth: float) -> None:
    forecast = make.numeric(scenario)
    for place, who in enumerate(people):
        middle = 400 + 100 * place
        levels = [middle * part for part in (0.4, 0.7, 1, 1.5, 2.5)]
        make.estimate(forecast, who, None, make.day(3), quantiles=levels)
    settle(forecast, "value", value=truth)


def settle(forecast: Forecast, outcome: str, **fields: object) -> None:
    make.verdict(forecast, outcome, **fields)
    scorekeeping.mark_due([forecast.pk], make.day(190))


@pytest.mark.pictures
def test_plots_stand_beside_their_tables_and_below_them_on_a_phone(ada: User, read_as: Reader) -> None:
    page = read_as(ada).open(PAGE)
    picture(page, "calibration")
    unfold(page)
    for section in ("#months-title", "#lead_time-title", "#coverage-title", "#pit-title"):
        figure, table = (box(page, f"section:has({section}) {part}") for part in ("figure", "table"))
        assert table["x"] > figure["x"] + figure["width"]
    page.locator("#months-title").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#months-title').scrollIntoView()")
    picture(page, "calibration-over-time")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for section in ("#months-title", "#coverage-title"):
        figure, table = (box(page, f"section:has({section}) {part}") for part in ("figure", "table"))
        assert table["y"] > figure["y"] + figure["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return {"x": found["x"], "y": found["y"], "width": found["width"], "height": found["height"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_all_its_sections_axe_finds_nothing_serious_and_the_console_is_silent(
    ada: User, read_as: Reader, scheme: str
) -> None:
    reading = read_as(ada, color_scheme=scheme)
    page = reading.open(PAGE)
    unfold(page)
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert reading.said == []


def test_the_page_opens_with_one_sentence_and_one_picture_and_the_rest_unfolds(ada: User, read_as: Reader) -> None:
    page = read_as(ada).open(PAGE)
    assert page.locator("main figure:visible").count() == 1
    assert page.locator("main table:visible, main form:visible, main dl:visible").count() == 0
    assert page.locator("#finding").inner_text().startswith("46 forecasts are scored")
    page.get_by_text("Show others: whose, of what, when").click()
    page.locator("select[name=forecaster_kind]").select_option("consensus")
    page.get_by_role("button", name="Show").click()
    assert "of the consensus" in page.locator("main").inner_text()


def test_charts_answer_the_pointer_and_the_keyboard(ada: User, scenario: Scenario, read_as: Reader) -> None:
    """What was held at a time, and by whom; under the content policy, which the console would tell of."""
    dates = {"closes_at": make.day(9000), "resolves_at": make.day(9000)}
    forecast = make.forecast(scenario, title="Will it hold?", opens_at=make.day(10), **dates)
    make.estimate(forecast, ada, 0.3, make.day(20))
    make.estimate(forecast, make.member(scenario, name="Grace"), 0.6, make.day(120))
    page = (reading := read_as(ada)).open(forecast.get_absolute_url())
    slider, said = page.locator(".plot input[type=range]"), page.locator(".plot .reading p")
    slider.focus()
    page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuetext") == "21 December 2024: you 30%"
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "31 March 2025: consensus 59%, you 30%, Grace 60%"
    drawn = page.locator(".plot-frame").bounding_box()
    assert drawn is not None
    page.mouse.move(drawn["x"] + 1, drawn["y"] + 40)
    expect(said).to_have_text("21 December 2024 you 30%")
    expect(page.locator(".plot .reading-at.is-shown")).to_have_count(1)
    page.goto(reading.server + PAGE)
    page.locator(".diagram input[type=range]").first.focus()
    page.keyboard.press("Home")
    assert "came true" in (page.locator(".diagram input[type=range]").first.get_attribute("aria-valuetext") or "")
    assert reading.said == []


def test_a_new_forecast_shows_no_empty_frame(ada: User, scenario: Scenario, read_as: Reader) -> None:
    dates = {"closes_at": make.day(9000), "resolves_at": make.day(9000)}
    page = read_as(ada).open(make.forecast(scenario, **dates).get_absolute_url())
    assert page.locator(".sheet-plot :is(.empty, figure, svg)").count() == 0
    assert page.locator(".sheet-plot").inner_text().startswith("Here the estimates appear")


def test_options_are_told_apart_without_colours(ada: User, scenario: Scenario, read_as: Reader) -> None:
    dates = {"closes_at": make.day(9000), "resolves_at": make.day(9000)}
    forecast = make.choice(["none", "one", "two or more"], scenario, title="How many governorates fall?", **dates)
    for number, who in enumerate([ada, make.member(scenario), make.member(scenario)]):
        first = 1000 + 1500 * number
        make.estimate(forecast, who, None, make.day(200 + 90 * number), probabilities=[first, 4000, 6000 - first])
    page = read_as(ada).open(forecast.get_absolute_url())
    assert len({page.evaluate(DASHED.format(option)) for option in (1, 2, 3)}) == 3
    assert page.locator("rect.end.is-mine").count() == 3
    assert "yours" in page.locator(".plot .legend").inner_text()


def test_a_picture_in_a_mail_is_a_white_sheet_with_dark_words_in_dark_mode_too(ada: User, read_as: Reader) -> None:
    spec = charts.trend(over_months(statistics.grouped(ada, "month")), "months")
    page = read_as(None, color_scheme="dark").open(reverse("login"))
    page.set_content(f"<body>{charts.svg(spec)}</body>")
    assert page.locator("svg > rect").first.get_attribute("fill") == "white"
    inks = page.eval_on_selector_all("svg text", "all => all.map(one => getComputedStyle(one).fill)")
    assert inks
    assert max(brightness(ink) for ink in inks) < 120


def brightness(colour: str) -> float:
    numbers = [float(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    return sum(numbers) / 3
