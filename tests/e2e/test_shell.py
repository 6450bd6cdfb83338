"""One shell around pages and desk: the same header, letters, colours and controls on every kind of page of either."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from forecasts.models import Forecast, Relation, Scenario, User
from tests import make
from tests.browsing import PHONE, Reader, Reading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What the clothes are made of: each from the first visible element of its kind, where there is one.
CLOTHES = """() => {
  const said = {};
  const note = (name, selector, ...properties) => {
    const one = [...document.querySelectorAll(selector)].find(each => each.checkVisibility());
    if (one) said[name] = properties.map(property => getComputedStyle(one)[property]).join(' ');
  };
  note('ground', 'body', 'backgroundColor', 'color', 'fontFamily', 'fontSize', 'colorScheme');
  note('header', '.masthead', 'backgroundColor', 'color', 'borderBottom', 'height', 'fontSize');
  note('brand', '.brand', 'color', 'fontWeight', 'textDecorationLine');
  note('place', '.nav a:not([aria-current])', 'color', 'textDecorationLine', 'fontSize', 'fontWeight');
  note('heading', 'main h1', 'fontSize', 'fontWeight', 'color', 'fontFamily');
  note('cell', 'main td', 'fontSize', 'borderBottomColor', 'borderBottomWidth', 'backgroundColor');
  const head = ['fontSize', 'fontWeight', 'borderBottomColor', 'textTransform', 'backgroundColor'];
  note('head', 'main thead th[scope=col]:not(.sorted)', ...head);
  const fields = ['input[type=text]', 'input[type=search]', 'textarea', 'select'];
  const field = fields.map(one => `main ${one}:not(:focus)`).join();
  note('field', field, 'fontFamily', 'borderColor', 'borderRadius', 'backgroundColor', 'color');
  note('footer', '.colophon', 'color', 'fontSize');
  return said;
}"""
COLOURED = """() => {
  const found = new Set(), coloured = ['color', 'backgroundColor', 'borderTopColor', 'fill', 'stroke', 'outlineColor'];
  for (const one of document.querySelectorAll('*')) for (const part of [null, '::before', '::after']) {
    const style = getComputedStyle(one, part);
    for (const name of coloured) found.add(style[name]);
  }
  return [...found];
}"""


def stock() -> set[str]:
    """Every colour of the admin's own sheets that is no grey, as browsers say it."""
    folder = Path(admin.__file__).parent / "static" / "admin" / "css"
    text = "".join((folder / name).read_text() for name in ("base.css", "dark_mode.css"))
    found = set()
    for digits in re.findall(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", text, re.IGNORECASE):
        full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        red, green, blue = (int(full[place : place + 2], 16) for place in (0, 2, 4))
        if max(red, green, blue) - min(red, green, blue) > 8:
            found.add(f"rgb({red}, {green}, {blue})")
    return found


@pytest.fixture
def chief() -> User:
    """Somebody who sees every page of the desk, and something on each."""
    scenario = make.scenario(title="Aleppo")
    article = make.article()
    scenario.articles.add(article)
    statement = make.statement(article, "The army may retake the city.")
    analyst = make.member(scenario)
    make.estimate(
        make.forecast(scenario, title="Will it?", statement=statement, fidelity="same"), analyst, 0.3, make.day(1)
    )
    make.verdict(make.forecast(scenario, title="Did it?"))
    make.forecast(scenario, title="A draft?", published_at=None)
    Relation.objects.create(scenario=scenario, kind=Relation.Kind.EXCLUSIVE)
    return make.administrator(name="Chief")


def desk_addresses() -> list[str]:
    """A page of each kind: lists, a form with rows in it, a story, a history, what is added or deleted, an act."""
    forecast, scenario = Forecast.objects.get(title="Will it?"), Scenario.objects.get()
    of_rows = {
        "forecasts_forecast_change": forecast,
        "forecasts_forecast_resolve": forecast,
        "forecasts_forecast_amend": forecast,
        "forecasts_forecast_history": forecast,
        "forecasts_scenario_change": scenario,
        "forecasts_relation_delete": Relation.objects.get(),
    }
    bare = ("index", "files", "forecasts_forecast_changelist", "forecasts_user_changelist", "forecasts_user_add")
    found = [reverse(f"admin:{name}") for name in (*bare, "forecasts_forecast_add")]
    return found + [reverse(f"admin:{name}", args=[one.pk]) for name, one in of_rows.items()]


def every_address() -> list[str]:
    """Those, and every list with a row of each and its history."""
    found = desk_addresses()
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        first = model._default_manager.order_by("pk").first()
        found.append(reverse(f"{name}_changelist"))
        found += [reverse(f"{name}_{kind}", args=[first.pk]) for kind in ("change", "history") if first is not None]
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_of_the_desk_wears_what_the_pages_wear(chief: User, read_as: Reader, scheme: str) -> None:
    compare(chief, read_as, scheme, desk_addresses())


@pytest.mark.validate
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_desk_wears_what_the_pages_wear(chief: User, read_as: Reader, scheme: str) -> None:
    compare(chief, read_as, scheme, every_address())


def compare(chief: User, read_as: Reader, scheme: str, addresses: list[str]) -> None:
    reading = read_as(chief, color_scheme=scheme)
    page = reading.open(reverse("board"))
    worn = page.evaluate(CLOTHES) | {"field": _clothes(reading, page, reverse("account"))["field"]}
    header, stale = _header(page), stock()
    assert set(worn) >= {"ground", "header", "brand", "place", "heading", "cell", "head", "field", "footer"}
    faults: list[str] = []
    for address in addresses:
        answer = page.goto(reading.server + address)
        assert answer is not None
        assert answer.status == 200, address
        here = page.evaluate(CLOTHES)
        faults += [f"{address}: {name} {here[name]}, not {worn[name]}" for name in here if here[name] != worn[name]]
        faults += [f"{address}: {colour} is the admin's own" for colour in set(page.evaluate(COLOURED)) & stale]
        if _header(page) != header:
            faults.append(f"{address}: another header")
    assert faults == []
    assert reading.said == []


def _clothes(reading: Reading, page: Page, address: str) -> dict[str, str]:
    page.goto(reading.server + address)
    found: dict[str, str] = page.evaluate(CLOTHES)
    return found


def _header(page: Page) -> list[str]:
    """What stands in the header, wherever one is."""
    return page.locator(".masthead a, .masthead summary, .masthead button").all_text_contents()


@pytest.mark.parametrize(
    "address", ["/login/", "/password-reset/", "/nothing-is-here/", "/admin/login/", "/login/closed/"]
)
def test_the_doors_and_the_pages_of_errors_wear_it_too(read_as: Reader, address: str) -> None:
    reading = read_as(None)
    page = reading.open("/login/")
    worn = page.evaluate(CLOTHES)
    here = _clothes(reading, page, address)
    assert {name: here[name] for name in ("ground", "header", "brand")} == {
        name: worn[name] for name in ("ground", "header", "brand")
    }
    assert set(page.evaluate(COLOURED)) & stock() == set()


@pytest.mark.parametrize("name", ["account", "preferences", "change-password", "usersessions_list", "mfa_index"])
def test_the_pages_of_an_account_wear_it_too(chief: User, read_as: Reader, name: str) -> None:
    reading = read_as(chief)
    page = reading.open(reverse("board"))
    worn = page.evaluate(CLOTHES)
    page.goto(reading.server + reverse(name))
    here = page.evaluate(CLOTHES)
    for part in ("ground", "header", "brand", "place", "heading", "footer"):
        assert here[part] == worn[part], part


def test_the_desk_reads_from_right_to_left_and_fits_a_phone(chief: User, read_as: Reader) -> None:
    reading = read_as(chief, PHONE)
    page = reading.open(reverse("admin:index"))
    for address in desk_addresses():
        page.goto(reading.server + address)
        for direction in ("ltr", "rtl"):
            page.evaluate(f"document.documentElement.dir = '{direction}'")
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], (address, direction)


@pytest.mark.parametrize(
    ("address", "place", "here"),
    [
        ("/", "Board", "page"),
        ("/forecasts/{}/", "Board", "true"),
        ("/calibration/", "Calibration", "page"),
        ("/admin/", "Desk", "page"),
        ("/admin/forecasts/forecast/{}/change/", "Desk", "true"),
    ],
)
def test_the_navigation_tells_where_one_is(chief: User, read_as: Reader, address: str, place: str, here: str) -> None:
    page = read_as(chief).open(address.format(Forecast.objects.get(title="Will it?").pk))
    present = page.locator(".nav a[aria-current]")
    assert present.count() == 1
    assert present.get_attribute("aria-current") == here
    assert present.inner_text().startswith(place)


def test_what_waits_is_counted_beside_the_desk_and_nothing_is_no_count(read_as: Reader) -> None:
    scenario = make.scenario()
    owner = make.member(scenario, "owner")
    page = (reading := read_as(owner)).open("/")
    desk = page.get_by_role("link", name="Desk")
    assert desk.inner_text().strip() == "Desk"
    _overdue(scenario, owner, 2)
    page.goto(reading.server + "/")
    assert page.get_by_role("link", name="Desk 2 waiting for you").count() == 1


def _overdue(scenario: Scenario, owner: User, count: int) -> None:
    for _ in range(count):
        make.forecast(scenario, resolver=owner, closes_at=timezone.now() - timedelta(days=3))
