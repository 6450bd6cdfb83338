"""Resolving, drafting and amending as a new user tries them, in Chromium."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from forecasts.answers import resolving
from forecasts.models import Amendment, Evidence, Forecast, Membership, Scenario, User, Verdict
from forecasts.rules import coherence
from tests import make
from tests.browsing import PHONE, Reader
from tests.pictures import picture
from tests.questions.test_publishing import SOUND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Will opposition forces hold Hama city at midnight on 8 December 2024, Damascus time?"
CRITERIA = (
    "Resolves YES if the Institute for the Study of War's map assessed at 8 December 2024, 23:59 Damascus time, shows"
    " Hama city under opposition control; otherwise NO."
)
QUOTE = "Opposition forces entered Hama city and the army confirmed that it had redeployed outside it."


@dataclass
class Hand:
    """Somebody at the keyboard and the mouse, who counts what they do: a click, a key or a filled field is one."""

    page: Page
    done: list[str] = field(default_factory=list)

    def click(self, role: Any, name: str, **options: Any) -> None:
        self.done.append(f"click {name}")
        self.page.get_by_role(role, name=name, **options).first.click()

    def fill(self, label: str, text: str) -> None:
        self.done.append(f"fill {label}")
        self.page.get_by_label(label, exact=True).first.fill(text)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("aleppo", title="Aleppo, November 2024", cooling_off_hours=24)


@pytest.fixture
def resolver(scenario: Scenario) -> User:
    return make.member(scenario, Membership.Role.RESOLVER, name="Rana Resolver")


@pytest.fixture
def forecast(scenario: Scenario, resolver: User) -> Forecast:
    now = timezone.now()
    made = make.forecast(
        scenario,
        title=TITLE,
        criteria=CRITERIA,
        fine_print="Control means that the map shows the city's centre and its northern districts as held.",
        resolution_source="Institute for the Study of War, daily map",
        resolution_source_url="https://www.understandingwar.org/",
        resolution_source_lag="published the next morning",
        fallback_source="Syrian Observatory for Human Rights; where they differ, the Institute prevails",
        time_zone="Asia/Damascus",
        category="territorial_control",
        published_at=now - timedelta(days=12),
        opens_at=now - timedelta(days=12),
        closes_at=now - timedelta(days=3),
        resolves_at=now - timedelta(days=2),
        resolver=resolver,
    )
    for name, probability, days in (("Ada", 0.35, 11), ("Bea", 0.6, 9), ("Cem", 0.82, 4)):
        make.estimate(made, make.member(scenario, name=name), probability, now - timedelta(days=days))
    return made


def known(forecast: Forecast, days: float = 4.5) -> str:
    moment = (timezone.now() - timedelta(days=days)).astimezone(forecast.zone)
    return f"{moment:%Y-%m-%dT%H:%M}"


def at_page(forecast: Forecast, act: str) -> str:
    return reverse(f"admin:forecasts_forecast_{act}", args=[forecast.pk])


def answer(hand: Hand, forecast: Forecast, outcome: str = "Yes") -> None:
    hand.click("radio", outcome)
    hand.fill("Known:", known(forecast))
    hand.fill("Address:", "https://www.understandingwar.org/8-december")
    hand.fill("Verbatim quote:", QUOTE)


def at_rest(page: Page, name: str) -> None:
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    picture(page, name, full_page=True)


def serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.pictures
def test_from_the_desk_to_a_resolution_with_evidence_takes_six_interactions(
    forecast: Forecast, resolver: User, read_as: Reader
) -> None:
    reading = read_as(resolver)
    hand = Hand(reading.open(reverse("admin:index")))
    hand.click("link", "Resolve")
    answer(hand, forecast)
    at_rest(hand.page, "resolve")
    assert serious(hand.page) == []
    hand.click("button", "Resolve as YES, scores follow in 24 hours")
    expect(hand.page.get_by_text("Resolved as YES.").first).to_be_visible()
    assert len(hand.done) <= 6
    verdict = Verdict.objects.get()
    assert (verdict.outcome, verdict.person) == ("yes", resolver)
    assert Evidence.objects.get().quote == QUOTE
    assert reading.said == []


def test_what_the_outcome_does_not_need_is_out_of_the_way(forecast: Forecast, resolver: User, read_as: Reader) -> None:
    page = read_as(resolver).open(at_page(forecast, "resolve"))
    seen: dict[str, tuple[bool, ...]] = {}
    for outcome in ("Yes", "Annulled: the forecast was defective", "Not knowable yet"):
        page.get_by_label(outcome).check()
        fields = ("Known:", "What was wrong with it:", "Not knowable before:")
        seen[outcome] = tuple(page.get_by_label(name, exact=True).first.is_visible() for name in fields)
    assert list(seen.values()) == [(True, False, False), (False, True, False), (False, False, True)]


def test_the_preview_follows_the_time_that_was_entered(forecast: Forecast, resolver: User, read_as: Reader) -> None:
    page = read_as(resolver).open(at_page(forecast, "resolve"))
    page.get_by_label("Known:", exact=True).fill(known(forecast, 10))
    page.get_by_role("button", name="Show it for what I entered").click()
    preview = page.locator(".preview")
    expect(preview).to_contain_text("2 of 3 estimates came too late to count")
    expect(preview.locator("tbody tr")).to_have_count(1)
    expect(preview.locator("tbody tr")).to_contain_text("Ada")
    assert Verdict.objects.count() == 0


def test_a_file_is_kept_and_given_back(forecast: Forecast, resolver: User, read_as: Reader, tmp_path: Path) -> None:
    page = read_as(resolver).open(at_page(forecast, "resolve"))
    answer(Hand(page), forecast)
    page.get_by_text("Keep a copy of it").first.click()
    page.get_by_label("File to keep:").first.set_input_files(
        files={"name": "map.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 map"}
    )
    page.get_by_role("button", name="Resolve as YES").click()
    page.goto(page.url.split("/admin/")[0] + forecast.get_absolute_url())
    with page.expect_download() as download:
        page.get_by_role("link", name="the copy kept").click()
    assert download.value.suggested_filename == "map.pdf"
    assert Path(download.value.path()).read_bytes() == b"%PDF-1.7 map"


@pytest.mark.pictures
def test_a_second_person_answers_without_being_told_and_both_agree(
    forecast: Forecast, resolver: User, read_as: Reader
) -> None:
    Forecast.objects.update(two_people_resolve=True)
    first = Hand(read_as(resolver).open(at_page(forecast, "resolve")))
    answer(first, forecast)
    first.click("button", "Resolve as YES, a second person follows")
    second = make.member(forecast.scenario, Membership.Role.RESOLVER, name="Sami Second")
    hand = Hand(read_as(second).open(reverse("admin:index")))
    hand.click("link", "Give your answer")
    expect(hand.page.get_by_text(QUOTE)).to_be_visible()
    assert "YES" not in hand.page.locator(".criteria").inner_text().replace("Resolves YES", "")
    at_rest(hand.page, "second")
    assert serious(hand.page) == []
    answer(hand, forecast)
    hand.click("button", "Resolve as YES, if the first agrees")
    expect(hand.page.get_by_text("Confirmed as YES.").first).to_be_visible()


def test_a_resolution_is_taken_back_given_again_and_superseded(
    forecast: Forecast, resolver: User, read_as: Reader
) -> None:
    hand = Hand(read_as(resolver).open(at_page(forecast, "resolve")))
    answer(hand, forecast)
    hand.click("button", "Resolve as YES")
    hand.click("link", "Take the resolution back")
    hand.fill("Why:", "I looked at the wrong day.")
    hand.click("button", "Take it back")
    expect(hand.page.get_by_text("The resolution is taken back.").first).to_be_visible()
    for outcome, words in (("No", "Resolve as NO"), ("Yes", "Resolve as YES")):
        hand.click("link", "Resolve again" if outcome == "Yes" else "Resolve", exact=True)
        answer(hand, forecast, outcome)
        hand.fill("Note:", "The map was corrected.")
        hand.click("button", words)
        expect(hand.page.get_by_text(f"Resolved as {outcome.upper()}.").first).to_be_visible()
    assert [one.act for one in Verdict.objects.order_by("pk")] == ["propose", "take_back", "propose", "supersede"]


def test_a_defective_forecast_is_annulled_with_a_reason(forecast: Forecast, resolver: User, read_as: Reader) -> None:
    hand = Hand(read_as(resolver).open(at_page(forecast, "resolve")))
    hand.click("radio", "Annulled: the forecast was defective")
    hand.click("button", "Annul, scoring nobody")
    expect(hand.page.get_by_text("Choose what was wrong.")).to_be_visible()
    hand.page.get_by_label("What was wrong with it:").select_option("source_gone")
    hand.click("button", "Annul, scoring nobody")
    expect(hand.page.get_by_text("Resolved as annulled.").first).to_be_visible()
    assert Verdict.objects.get().annulled_because == "source_gone"


def test_who_comes_second_is_told_and_finds_what_they_wrote(
    forecast: Forecast, resolver: User, read_as: Reader
) -> None:
    hand = Hand(read_as(resolver).open(at_page(forecast, "resolve")))
    answer(hand, forecast, "No")
    other = make.member(forecast.scenario, Membership.Role.RESOLVER)
    found = resolving.Finding(Verdict.Outcome.YES, known_at=timezone.now() - timedelta(days=4), note="Seen.")
    resolving.resolve(forecast, other, found, at=timezone.now())
    hand.click("button", "Resolve as NO")
    expect(hand.page.get_by_text("Somebody else acted on this forecast")).to_be_visible()
    expect(hand.page.get_by_text("It is resolved.")).to_be_visible()
    expect(hand.page.get_by_label("Verbatim quote:").first).to_have_value(QUOTE)
    assert Verdict.objects.count() == 1


def test_the_keyboard_alone_resolves(forecast: Forecast, resolver: User, read_as: Reader) -> None:
    page = read_as(resolver).open(at_page(forecast, "resolve"))
    _tab_to(page, "input[name=outcome]")
    page.keyboard.press("Space")
    _tab_to(page, "input[name=evidence-0-url]")
    page.keyboard.type("https://www.unocha.org/")
    _tab_to(page, "textarea[name=evidence-0-quote]")
    page.keyboard.type(QUOTE)
    page.locator("#id_known_at").evaluate("(one, value) => { one.value = value }", known(forecast))
    _tab_to(page, "button.record")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Resolved as YES.").first).to_be_visible()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}.")


@pytest.mark.pictures
def test_on_a_phone_nothing_runs_out_of_the_screen(forecast: Forecast, resolver: User, read_as: Reader) -> None:
    page = read_as(resolver, PHONE, color_scheme="dark").open(at_page(forecast, "resolve"))
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    answer(Hand(page), forecast)
    at_rest(page, "resolve-phone")
    page.get_by_role("button", name="Resolve as YES").click()
    expect(page.get_by_text("Resolved as YES.").first).to_be_visible()


@pytest.fixture
def editor(scenario: Scenario) -> User:
    return make.member(scenario, Membership.Role.EDITOR, name="Edda Editor")


@pytest.fixture
def bad(scenario: Scenario, editor: User) -> Forecast:
    """A draft with faults of every level."""
    soon = timezone.now() + timedelta(days=20)
    spoilt = {"title": "Will tensions in Syria likely escalate soon?", "fallback_source": "", "fine_print": ""}
    dates = {"published_at": None, "opens_at": timezone.now(), "closes_at": soon, "resolves_at": soon}
    make.forecast(scenario, title="Will tensions in Syria escalate by 31 December 2024?")
    return make.forecast(scenario, **{**SOUND, **spoilt, **dates, "resolver": editor})


@pytest.mark.pictures
def test_a_bad_draft_is_stopped_and_published_only_with_a_reason(bad: Forecast, editor: User, read_as: Reader) -> None:
    reading = read_as(editor)
    hand = Hand(reading.open(reverse("admin:forecasts_forecast_change", args=[bad.pk])))
    at_rest(hand.page, "draft")
    assert serious(hand.page) == []
    hand.click("button", "Save and publish…")
    hand.click("button", "Publish over")
    expect(hand.page.get_by_text("Something blocks it")).to_be_visible()
    at_rest(hand.page, "publish")
    assert serious(hand.page) == []
    hand.fill("Why it is published all the same:", "A trial with our own staff.")
    hand.click("button", "Publish over")
    expect(hand.page.get_by_text("Published over what blocked it").first).to_be_visible()
    bad.refresh_from_db()
    assert bad.overrides[0]["reason"] == "A trial with our own staff."
    assert [line for line in reading.said if "422" not in line] == []


def test_mending_a_draft_makes_its_findings_go(bad: Forecast, editor: User, read_as: Reader) -> None:
    hand = Hand(read_as(editor).open(reverse("admin:forecasts_forecast_change", args=[bad.pk])))
    expect(hand.page.get_by_text("There is no fallback.")).to_be_visible()
    hand.fill("Else decided by:", "UNHCR regional flash updates; where they differ, OCHA prevails.")
    hand.click("button", "Save and check")
    expect(hand.page.get_by_text("There is no fallback.")).not_to_be_visible()
    expect(hand.page.get_by_text("There is no second person to resolve it.")).to_be_visible()


@pytest.mark.pictures
def test_criteria_are_amended_with_a_reason(scenario: Scenario, editor: User, read_as: Reader) -> None:
    now = timezone.now()
    dates = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(days=9)}
    forecast = make.forecast(
        scenario, title=TITLE, criteria=CRITERIA, resolves_at=dates["closes_at"], time_zone="Asia/Damascus", **dates
    )
    make.estimate(forecast, make.member(scenario), 0.4, now - timedelta(days=2))
    hand = Hand(read_as(editor).open(reverse("admin:forecasts_forecast_change", args=[forecast.pk])))
    hand.click("link", "Amend…")
    hand.fill("Fine print:", "The map as archived on 9 December counts.")
    hand.click("radio", "Clarifying")
    hand.fill("Why:", "The map is corrected without notice.")
    at_rest(hand.page, "amend")
    assert serious(hand.page) == []
    hand.click("button", "Amend, telling 1 forecaster")
    expect(hand.page.get_by_text("Amended: version 2.").first).to_be_visible()
    assert list(Amendment.objects.get().changes) == ["fine_print"]


def test_contradicting_estimates_are_shown_where_they_are_given(scenario: Scenario, read_as: Reader) -> None:
    from forecasts.models import Relation, RelationMember

    analyst, now = make.member(scenario), timezone.now()
    ahead = {"closes_at": now + timedelta(days=9), "resolves_at": now + timedelta(days=9)}
    relation = Relation.objects.create(scenario=scenario, kind="deadlines")
    pair = [make.forecast(scenario, title=f"Will Hama fall by {day} December?", **ahead) for day in (5, 9)]
    for position, forecast in enumerate(pair):
        RelationMember.objects.create(relation=relation, forecast=forecast, position=position)
    make.estimate(pair[0], analyst, 0.6, now - timedelta(days=2))
    page = read_as(analyst).open(pair[1].get_absolute_url())
    page.get_by_label("My estimate").check()
    page.get_by_label("Probability in percent").fill("40")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("The earlier date has 60%, the later one only 40%")).to_be_visible()
    assert len(coherence.of_person(analyst, pair, timezone.now())) == 1
