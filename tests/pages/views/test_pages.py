"""What the pages show, and to whom."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core import health
from forecasts.answers import resolving
from forecasts.models import Article, Forecast, Membership, Scenario, User, Verdict
from tests import clocks, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with clocks.standing_at(make.day(10)):
        yield


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("aleppo", title="Aleppo")


def _read(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def _forecast_page(forecast: Forecast) -> str:
    return reverse("forecast", args=[forecast.pk])


# Who may see what.


@pytest.fixture
def pages(scenario: Scenario) -> list[str]:
    article = make.article()
    scenario.articles.add(article)
    forecast = make.forecast(scenario)
    return [scenario.get_absolute_url(), forecast.get_absolute_url(), article.get_absolute_url()]


@pytest.mark.parametrize("role", list(Membership.Role))
def test_every_member_sees_the_pages_of_their_scenario(
    client: Client, scenario: Scenario, pages: list[str], role: str
) -> None:
    client.force_login(make.member(scenario, role))
    assert [client.get(address).status_code for address in pages] == [200, 200, 200]


def test_a_stranger_finds_nothing_there(client: Client, pages: list[str]) -> None:
    client.force_login(make.user())
    assert [client.get(address).status_code for address in pages] == [404, 404, 404]


def test_who_is_not_logged_in_is_asked_to_log_in(client: Client, pages: list[str]) -> None:
    for address in [*pages, reverse("board"), reverse("articles"), reverse("calibration")]:
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("login"))


def test_a_stranger_sees_nothing_of_a_private_scenario_on_any_list(client: Client, scenario: Scenario) -> None:
    article = make.article(title="A private headline")
    scenario.articles.add(article)
    make.forecast(scenario, title="A private question")
    stranger = make.user()
    for name in ("board", "articles", "calibration"):
        page = _read(client, stranger, reverse(name))
        assert "private" not in page
        assert "Aleppo" not in page


def test_a_draft_is_on_no_page(client: Client, scenario: Scenario) -> None:
    draft = make.forecast(scenario, title="A draft", published_at=None)
    owner = make.member(scenario, "owner")
    assert "A draft" not in _read(client, owner, reverse("board"))
    assert client.get(_forecast_page(draft)).status_code == 404


def test_a_forecast_that_is_published_later_is_on_no_page_yet(client: Client, scenario: Scenario) -> None:
    coming = make.forecast(scenario, title="Coming", published_at=make.day(11), opens_at=make.day(12))
    owner = make.member(scenario, "owner")
    assert "Coming" not in _read(client, owner, reverse("board"))
    assert client.get(_forecast_page(coming)).status_code == 404


# One forecast.


def test_a_forecast_shows_its_criteria_source_and_dates_with_their_zone(client: Client, scenario: Scenario) -> None:
    forecast = make.forecast(
        scenario,
        criteria="YES if the council says so.",
        fine_print="Letters do not count.",
        resolution_source="The council",
        resolution_source_url="https://council.example.org/",
        fallback_source="Two agencies.",
        time_zone="Asia/Damascus",
    )
    page = _read(client, make.member(scenario), _forecast_page(forecast))
    for words in (
        "YES if the council says so.",
        "Letters do not count.",
        "https://council.example.org/",
        "Two agencies.",
    ):
        assert words in page
    assert "31 December 2024, 03:00 Asia/Damascus (00:00 UTC)" in page


def test_the_line_of_state_says_when_it_closes_the_consensus_and_how_often_is_asked(
    client: Client, scenario: Scenario
) -> None:
    forecast = make.forecast(scenario)
    for _ in range(5):
        make.estimate(forecast, make.member(scenario), 0.34, make.day(1))
    page = _read(client, make.member(scenario, "viewer"), _forecast_page(forecast))
    line = " ".join(page.partition('class="state-line"')[2].partition("</p>")[0].split())
    for words in ("closes", "in 20 days", "34%</strong> of 5 analysts", "asked weekly"):
        assert words in line


def test_the_quote_stands_highlighted_in_its_context_with_a_link_to_the_article(
    client: Client, scenario: Scenario
) -> None:
    article = make.article("Before it. The army may retake the city. After it.")
    scenario.articles.add(article)
    statement = make.statement(article, "The army may retake the city.")
    forecast = make.forecast(scenario, statement=statement, fidelity="narrower")
    page = _read(client, make.member(scenario), _forecast_page(forecast))
    assert "Before it. <mark>The army may retake the city.</mark> After it." in page
    assert f"{article.get_absolute_url()}#statement-{statement.pk}" in page


def test_an_article_that_one_may_not_see_is_not_quoted(client: Client, scenario: Scenario) -> None:
    statement = make.statement(make.article("Secret. The army may move."), "The army may move.")
    forecast = make.forecast(scenario, statement=statement, fidelity="same")
    assert "Secret." not in _read(client, make.member(scenario), _forecast_page(forecast))


def test_estimates_stand_newest_first_with_their_reasons_and_the_consensus_after_each(
    client: Client, scenario: Scenario
) -> None:
    forecast = make.forecast(scenario)
    make.estimate(forecast, make.member(scenario), 0.2, make.day(1), rationale="Too early.")
    make.estimate(forecast, make.member(scenario), 0.2, make.day(2), rationale="I agree.")
    page = _read(client, make.member(scenario), _forecast_page(forecast))
    assert page.index("I agree.") < page.index("Too early.")
    table = page.partition('class="estimates"')[2]
    assert table.count('<td class="number muted" dir="auto" data-label="consensus">20%</td>') == 1


def test_a_blind_scenario_hides_estimates_plot_and_consensus_until_one_has_answered(client: Client) -> None:
    scenario = make.scenario(blind_until_answered=True)
    forecast, newcomer = make.forecast(scenario), make.member(scenario)
    for number in range(2):
        make.estimate(forecast, make.member(scenario), 0.77, make.day(1), rationale=f"Reason {number}")
    before = _read(client, newcomer, _forecast_page(forecast))
    assert "77%" not in before
    assert "Reason" not in before
    assert "hidden until you have answered" in before
    assert "77%" not in _read(client, newcomer, reverse("board"))
    make.estimate(forecast, newcomer, 0.5, make.day(9))
    assert "Reason 1" in _read(client, newcomer, _forecast_page(forecast))


def test_the_form_is_there_for_those_who_may_estimate_while_it_is_open(client: Client, scenario: Scenario) -> None:
    forecast = make.forecast(scenario)
    posts_to = reverse("estimate", args=[forecast.pk])
    assert posts_to in _read(client, make.member(scenario, "analyst"), _forecast_page(forecast))
    assert posts_to not in _read(client, make.member(scenario, "viewer"), _forecast_page(forecast))
    closed = make.forecast(scenario, closes_at=make.day(9), resolves_at=make.day(20))
    page = _read(client, make.member(scenario, "analyst"), _forecast_page(closed))
    assert reverse("estimate", args=[closed.pk]) not in page


def test_a_resolution_stands_with_its_evidence_and_everything_that_led_to_it(
    client: Client, scenario: Scenario
) -> None:
    forecast = make.forecast(scenario, closes_at=make.day(5), resolves_at=make.day(6))
    proof = resolving.Proof(url="https://un.example.org/report", quote="It happened.")
    first = resolving.Finding(Verdict.Outcome.NO, known_at=make.day(5), note="A first look.", evidence=[proof])
    resolving.resolve(forecast, make.member(scenario, "resolver"), first, at=make.day(6))
    second = resolving.Finding(Verdict.Outcome.YES, known_at=make.day(4), note="Corrected.")
    resolving.resolve(forecast, make.member(scenario, "resolver"), second, at=make.day(8))
    page = _read(client, make.member(scenario), _forecast_page(forecast))
    for words in ("Resolved: Yes", "It happened.", "https://un.example.org/report", "A first look.", "Superseded"):
        assert words in page
    assert page.index("Corrected.") < page.index("A first look.")


def test_markup_in_what_people_wrote_stays_text(client: Client, scenario: Scenario) -> None:
    bad = "<script>alert(1)</script>"
    forecast = make.forecast(scenario, title=bad, criteria=bad, fine_print=bad, background=bad)
    make.estimate(forecast, make.member(scenario, name=bad), 0.4, make.day(1), rationale=bad)
    page = _read(client, make.member(scenario), _forecast_page(forecast))
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("estimates", [1, 12])
def test_the_number_of_queries_does_not_grow_with_the_estimates(
    client: Client, scenario: Scenario, estimates: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    forecast = make.forecast(scenario)
    for _ in range(estimates):
        make.estimate(forecast, make.member(scenario), 0.4, make.day(1))
    client.force_login(make.member(scenario))
    with django_assert_max_num_queries(34):
        assert client.get(_forecast_page(forecast)).status_code == 200


# An article.


@pytest.fixture
def article(scenario: Scenario) -> Article:
    article = make.article("The army may retake the city. Talks may fail. A turning point.")
    scenario.articles.add(article)
    return article


def test_an_articles_margin_says_what_was_thought_and_what_came_of_it(
    client: Client, scenario: Scenario, article: Article
) -> None:
    statement = make.statement(article, "The army may retake the city.", category="territorial_control")
    forecast = make.forecast(
        scenario, statement=statement, fidelity="same", closes_at=make.day(5), resolves_at=make.day(6)
    )
    for _ in range(2):
        make.estimate(forecast, make.member(scenario), 0.3, make.day(1))
    make.verdict(forecast, "yes")
    page = _read(client, make.member(scenario), article.get_absolute_url())
    assert "1 statement, 1 made checkable, 1 forecast: 1 came true" in page
    note = page.partition('id="note-1"')[2].partition("</details>")[0]
    for words in (forecast.title, "30%", "✓ came true", "Territorial control"):
        assert words in note


def test_duplicates_and_rejections_stand_there_with_their_reasons(
    client: Client, scenario: Scenario, article: Article
) -> None:
    original = make.statement(article, "The army may retake the city.", review="accepted")
    make.statement(article, "Talks may fail.", review="duplicate", duplicate_of=original, reason="Said above.")
    make.statement(article, "A turning point.", review="rejected", reason="No event would decide it.")
    page = _read(client, make.member(scenario), article.get_absolute_url())
    assert 'Repeats <a href="#note-1">statement 1</a>' in page
    assert "Said above." in page
    assert "No event would decide it." in page


def test_an_article_of_two_scenarios_shows_only_the_forecasts_of_those_one_may_see(
    client: Client, scenario: Scenario, article: Article
) -> None:
    other = make.scenario("private")
    other.articles.add(article)
    statement = make.statement(article, "Talks may fail.")
    make.forecast(other, title="A private question", statement=statement, fidelity="same")
    make.forecast(other, title="A private conclusion")
    page = _read(client, make.member(scenario), article.get_absolute_url())
    assert "A private" not in page


@pytest.mark.parametrize("count", [1, 8])
def test_the_number_of_queries_does_not_grow_with_the_statements(
    client: Client, scenario: Scenario, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    words = [f"Thing {number} may happen." for number in range(count)]
    article = make.article(" ".join(words))
    scenario.articles.add(article)
    for quote in words:
        forecast = make.forecast(scenario, statement=make.statement(article, quote), fidelity="same")
        make.estimate(forecast, make.member(scenario), 0.4, make.day(1))
    client.force_login(make.member(scenario))
    with django_assert_max_num_queries(36):
        assert client.get(article.get_absolute_url()).status_code == 200


# Calibration.


def test_calibration_without_anything_scored_says_what_is_missing(client: Client, scenario: Scenario) -> None:
    make.forecast(scenario)
    page = _read(client, make.member(scenario), reverse("calibration"))
    assert "Nothing is scored here yet" in page
    assert "Here stands the reliability diagram" in page


def test_calibration_says_at_the_field_what_does_not_make_sense(client: Client) -> None:
    client.force_login(make.user())
    answer = client.get(reverse("calibration"), {"since": "2024-12-05", "until": "2024-12-01"})
    assert answer.status_code == 400
    assert "until must be after 2024-12-05" in answer.content.decode()


def test_calibration_offers_only_the_scenarios_that_one_may_see(client: Client, scenario: Scenario) -> None:
    member, stranger = make.member(scenario), make.user()
    assert 'value="aleppo"' in _read(client, member, reverse("calibration"))
    assert 'value="aleppo"' not in _read(client, stranger, reverse("calibration"))
    client.force_login(stranger)
    assert client.get(reverse("calibration"), {"scenario": "aleppo"}).status_code == 400


# Everywhere.


def test_times_are_in_the_readers_zone_with_the_absolute_one_at_hand(client: Client, scenario: Scenario) -> None:
    forecast = make.forecast(scenario)
    make.estimate(forecast, make.member(scenario), 0.4, datetime.fromisoformat("2024-12-04T20:30:00Z"))
    page = _read(client, make.member(scenario, time_zone="Asia/Tokyo"), _forecast_page(forecast))
    absolute = "5 December 2024, 05:30 Asia/Tokyo (4 Dec, 20:30 UTC)"
    assert f'<time datetime="2024-12-04T20:30:00Z" title="{absolute}">5 Dec 2024</time>' in page


@pytest.mark.parametrize(("person", "sees"), [("owner", True), ("analyst", True), ("viewer", False)])
def test_the_way_to_the_admin_is_shown_to_those_who_may_enter(
    client: Client, scenario: Scenario, person: str, *, sees: bool
) -> None:
    page = _read(client, make.member(scenario, person), reverse("board"))
    assert (f'href="{reverse("admin:index")}"' in page) is sees


def test_no_page_carries_inline_style_or_script(client: Client, scenario: Scenario, pages: list[str]) -> None:
    member = make.member(scenario)
    for address in [*pages, reverse("board"), reverse("articles"), reverse("calibration")]:
        page = _read(client, member, address)
        assert " style=" not in page
        assert page.count("<script") == len(re.findall(r'<script src="/static/forecasts/[\w.]+" defer></script>', page))
        assert "<style" not in page


def test_what_is_not_there_has_a_page_that_says_so(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_the_page_of_an_error_asks_nothing_of_the_database(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = rf.get("/")
    with django_assert_num_queries(0):
        try:
            raise OperationalError
        except OperationalError:
            answer = health.server_error(request)
    assert answer.status_code == 503
    assert "The database takes nothing just now" in answer.content.decode()
    assert "Reckoner" in answer.content.decode()


def test_a_long_review_interval_is_said_in_words(client: Client, scenario: Scenario) -> None:
    forecast = make.forecast(scenario, review_every=timedelta(days=10))
    assert "asked every 10 days" in _read(client, make.member(scenario), _forecast_page(forecast))
