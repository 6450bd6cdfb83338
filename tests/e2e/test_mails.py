"""Every kind of mail as a reader sees it: in light and dark, wide and at 320 pixels; with pictures for the docs."""

import base64
import re
from email import message_from_bytes, policy

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from forecasts.mail import preferring, prompting
from forecasts.models import Forecast, Message, Prompt, PromptKind, Scenario, Settlement, Suppression, User
from forecasts.scores import scorekeeping
from tests import make
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CRITERIA = (
    "Resolves YES if the Institute for the Study of War's map assessed at 31 December 2024, 23:59 Damascus time, shows"
    " Hama city under opposition control; otherwise NO.\n\nIf the map is not published that day, the next one counts."
)
KINDS = [*(str(kind) for kind in PromptKind), "digest"]
# Beside the light one, these show what dark mode and a phone make of it.
ALSO_DARK = ALSO_PHONE = {"update", "result", "digest"}
DAY = 20


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo, November 2024")


@pytest.fixture
def person(scenario: Scenario) -> User:
    """Somebody who is asked for everything."""
    return make.member(scenario, "owner", name="Amal Analyst")


def question(scenario: Scenario, person: User, title: str, days: float = 31) -> Forecast:
    """A forecast that three people have estimated."""
    forecast = make.forecast(
        scenario, title=title, criteria=CRITERIA, closes_at=make.day(days), resolver=person, backup=make.user()
    )
    forecast.assignees.add(person)
    for place, who in enumerate((person, make.member(scenario), make.member(scenario))):
        make.estimate(forecast, who, 0.6 - place / 10, make.day(2))
    return forecast


def mail(kind: str, scenario: Scenario, person: User) -> str:
    """The HTML of one mail of a kind, with its pictures in it."""
    if kind == "digest":
        return digest(scenario, person)
    if kind == PromptKind.INVITATION:
        return invitation(scenario, person)
    forecast = question(scenario, person, "Will opposition forces hold Hama city on 31 December 2024?")
    about: Forecast | None = forecast
    slot = make.day(DAY)
    if kind in (PromptKind.RESOLVE, PromptKind.OVERDUE, PromptKind.CONTESTED):
        due = DAY - 10.5 if kind == PromptKind.OVERDUE else DAY
        Forecast.objects.filter(pk=forecast.pk).update(closes_at=make.day(9), resolves_at=make.day(due))
    elif kind == PromptKind.RESULT:
        history(scenario, person)
        make.verdict(forecast, "yes", known_at=slot)
    elif kind not in (PromptKind.UPDATE, PromptKind.CLOSING_SOON):
        about = None
        late = question(scenario, make.member(scenario, name="Rana Resolver"), "Will the M5 road reopen?", 9)
        assert late.closes_at == make.day(9)
        question(scenario, person, "Will the United Nations report 100,000 newly displaced people?", DAY + 3)
        Suppression.objects.create(
            address=make.member(scenario, email="moved@example.org", name="Moved Member").email,
            made_at=slot,
            reason="550 5.1.1 The address does not exist here",
        )
    Prompt.objects.create(recipient=person, forecast=about, kind=kind, slot=slot)
    return sent(person)


def invitation(scenario: Scenario, person: User) -> str:
    """Of somebody new, whom two questions await."""
    person.set_unusable_password()
    person.save()
    Prompt.objects.create(recipient=person, kind=PromptKind.INVITATION, slot=make.day(DAY))
    for title in ("Will opposition forces hold Hama city on 31 December 2024?", "Will the M5 road reopen?"):
        about = make.forecast(scenario, title=title, criteria=CRITERIA)
        about.assignees.add(person)
        Prompt.objects.create(recipient=person, forecast=about, kind=PromptKind.UPDATE, slot=make.day(DAY))
    return sent(person)


def digest(scenario: Scenario, person: User) -> str:
    other = make.scenario(title="Northport talks")
    preferring.save(person, {"digest": "daily", "hour": 9}, at=make.day(0))
    asked = [
        (question(scenario, person, "Will opposition forces hold Hama city on 31 December 2024?"), PromptKind.UPDATE),
        (question(scenario, person, "Will the M5 road reopen before the new year?", 21), PromptKind.CLOSING_SOON),
        (question(other, person, "Will the delegations sign in Northport?", 9), PromptKind.OVERDUE),
    ]
    for about, kind in asked:
        Prompt.objects.create(recipient=person, forecast=about, kind=kind, slot=make.day(DAY))
    return sent(person)


def history(scenario: Scenario, person: User) -> None:
    """Thirty scored estimates, so that there is a calibration to draw."""
    for place in range(30):
        forecast = make.forecast(scenario, opens_at=make.day(-40), closes_at=make.day(-9), published_at=make.day(-40))
        make.estimate(forecast, person, 0.15 + place % 3 * 0.3, make.day(-30))
        make.verdict(forecast, "yes" if place % 10 < 2 + place % 3 * 3 else "no", known_at=make.day(-9))
        Settlement.objects.create(forecast=forecast, due_at=make.day(-8))
    scorekeeping.settle(make.day(-8))


def sent(person: User) -> str:
    prompting.plan(make.day(DAY))
    message = Message.objects.get(recipient=person)
    parts = message_from_bytes(bytes(message.content or b""), policy=policy.default)
    html = parts.get_body(("html",))
    assert html is not None
    source = str(html.get_content())
    for image in (part for part in parts.walk() if part.get_content_type() == "image/png"):
        name = str(image["Content-ID"]).strip("<>")
        data = base64.b64encode(bytes(image.get_content())).decode()
        source = source.replace(f"cid:{name}", f"data:image/png;base64,{data}")
    return source


def show(page: Page, width: int, *, dark: bool) -> None:
    page.set_viewport_size({"width": width, "height": 400})
    page.emulate_media(color_scheme="dark" if dark else "light")


def complaints(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:90]}" for one in found for node in one["nodes"] if one["id"] not in PAGES_ONLY
    ]


# What holds for pages that one moves about in, not for mails.
PAGES_ONLY = {"region", "landmark-one-main", "heading-order", "page-has-heading-one"}


@pytest.mark.pictures
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_reads_well_in_light_and_dark_and_at_320_pixels(
    browser: Browser, scenario: Scenario, person: User, kind: str
) -> None:
    source = mail(kind, scenario, person)
    grounds = set()
    page = browser.new_page(device_scale_factor=1)
    page.set_content(source)
    for name, width, dark in (("", 640, False), ("-dark", 640, True), ("-phone", 320, False)):
        show(page, width, dark=dark)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert complaints(page) == []
        assert page.evaluate("[...document.images].every(one => one.alt && one.naturalWidth > 0)")
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        if not name or kind in (ALSO_DARK if dark else ALSO_PHONE):
            picture(page, f"mail/{kind}{name}", full_page=True)
    page.close()
    assert len(grounds) == 2
    assert not re.search(r"https?://[^\"\s]+\.(png|gif|css|js)", source)
