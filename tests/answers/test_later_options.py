"""Options that are added while a forecast is open: answers keep those of their time, and new ones need them all."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.models import Estimate, Forecast, Membership, Scenario, User
from forecasts.questions import amending
from forecasts.rules.errors import InvalidValue, NotNow
from forecasts.rules.values import Value
from forecasts.scores import scorekeeping, statistics
from tests import make
from tests.api.world import API, as_person

pytestmark = pytest.mark.django_db
Event = Estimate.Event
DAY = timedelta(days=1)


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="The north")


@pytest.fixture
def ada(scenario: Scenario) -> User:
    return make.member(scenario, name="Ada")


@pytest.fixture
def forecast(scenario: Scenario, ada: User, now: datetime) -> Forecast:
    """Two options, of which Ada said 20% and 80%; a third came an hour ago."""
    dates = {"published_at": now - 9 * DAY, "opens_at": now - 9 * DAY, "closes_at": now + DAY, "resolves_at": now + DAY}
    made = make.choice(["none", "some"], scenario, **dates)
    made.options.update(added_at=now - 9 * DAY)
    make.estimate(made, ada, None, now - 5 * DAY, probabilities=[2000, 8000])
    editor = make.member(scenario, Membership.Role.EDITOR)
    amending.amend(made, editor, {}, "clarifying", "A third way.", at=now - timedelta(hours=1), options=["all"])
    return Forecast.objects.get(pk=made.pk)


def say(forecast: Forecast, who: User, answer: Answer, at: datetime) -> Estimate:
    return estimating.record(forecast, who, answer, at=at, channel=Estimate.Channel.WEB)


def page(client: Client, forecast: Forecast, who: User) -> str:
    client.force_login(who)
    return unescape(client.get(forecast.get_absolute_url()).content.decode())


def test_an_answer_of_fewer_options_cannot_be_kept_as_it_was(forecast: Forecast, ada: User, now: datetime) -> None:
    with pytest.raises(NotNow, match="An option was added since you answered"):
        say(forecast, ada, Answer(Event.REAFFIRM), now)


def test_a_value_that_was_checked_before_the_option_came_is_refused(
    forecast: Forecast, ada: User, now: datetime
) -> None:
    with pytest.raises(InvalidValue, match="options have changed meanwhile"):
        say(forecast, ada, Answer(value=Value(probabilities=(5000, 5000))), now)


def test_with_all_options_given_it_can_be_kept_again(forecast: Forecast, ada: User, now: datetime) -> None:
    say(forecast, ada, Answer(value=Value(probabilities=(2000, 5000, 3000))), now)
    kept = say(forecast, ada, Answer(Event.REAFFIRM), now + timedelta(minutes=1))
    assert kept.probabilities == [2000, 5000, 3000]


def test_withdrawing_needs_no_options(forecast: Forecast, ada: User, now: datetime) -> None:
    assert say(forecast, ada, Answer(Event.WITHDRAW), now).probabilities is None


def test_the_form_asks_for_all_options_and_does_not_offer_to_keep_the_old_answer(
    client: Client, forecast: Forecast, ada: User
) -> None:
    shown = page(client, forecast, ada)
    assert re.findall(r'name="(option_\d)"', shown) == ["option_0", "option_1", "option_2"]
    assert "No change: keep" not in shown
    assert "Withdraw my estimate of none 20%, some 80%" in shown


def test_the_page_shows_what_was_said_of_the_options_of_its_time_and_when_the_third_came(
    client: Client, forecast: Forecast, ada: User
) -> None:
    shown = page(client, forecast, ada)
    row = shown[shown.index('class="is-own"') :]
    row = row[: row.index("</tr>")]
    assert re.findall(r"<span>(\w+) <b[^>]*>(\d+%)", row) == [("none", "20%"), ("some", "80%")]
    assert re.search(r'<bdi>all</bdi> <span class="muted">\(added ', shown)
    assert "moment-option" in shown
    assert "moment-amendment" not in shown


def test_the_api_names_the_options_that_each_answer_is_of(forecast: Forecast, ada: User) -> None:
    client = as_person(ada)
    body = {"forecast": forecast.pk, "probabilities": [0.2, 0.5, 0.3]}
    assert client.post(f"{API}estimates/", body).json()["options"] == ["none", "some", "all"]
    rows = client.get(f"{API}estimates/", {"ordering": "made_at"}).json()["results"]
    assert [(row["probabilities"], row["options"]) for row in rows] == [
        ([0.2, 0.8], ["none", "some"]),
        ([0.2, 0.5, 0.3], ["none", "some", "all"]),
    ]


def test_the_api_refuses_an_answer_without_the_third_option_and_says_how_many_there_are(
    forecast: Forecast, ada: User
) -> None:
    refused = as_person(ada).post(f"{API}estimates/", {"forecast": forecast.pk, "probabilities": [0.5, 0.5]}).json()
    assert "3 options; got 2" in refused["errors"]["probabilities"][0]["message"]
    refused = as_person(ada).post(f"{API}estimates/", {"forecast": forecast.pk, "event": "reaffirm"}).json()
    assert refused["code"] == "not_now"


def test_an_answer_of_another_kind_names_no_options(scenario: Scenario, ada: User) -> None:
    make.estimate(make.forecast(scenario), ada, 0.3, make.day(3))
    (row,) = as_person(ada).get(f"{API}estimates/").json()["results"]
    assert row["options"] is None


def test_the_consensus_over_time_has_as_many_probabilities_as_there_were_options(scenario: Scenario, ada: User) -> None:
    forecast = make.choice(["none", "some"], scenario)
    bob = make.member(scenario)
    for who in (ada, bob):
        make.estimate(forecast, who, None, make.day(3), probabilities=[2000, 8000])
    forecast.options.create(position=2, label="all", added_at=make.day(6))
    make.estimate(forecast, ada, None, make.day(9), probabilities=[2000, 5000, 3000])
    points = statistics.consensus(forecast, make.day(40))
    assert [len(point.probabilities) for point in points if point.probabilities] == [2, 3]


def test_who_did_not_answer_again_is_scored_on_the_options_of_their_time(scenario: Scenario, ada: User) -> None:
    forecast = make.choice(["none", "some"], scenario)
    make.estimate(forecast, ada, None, make.day(3), probabilities=[2000, 8000])
    forecast.options.create(position=2, label="all", added_at=make.day(6))
    make.verdict(forecast, "option", option=forecast.options.get(label="some"))
    scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(make.day(31))
    found = statistics.report(ada).multiple_choice
    assert found is not None
    assert found.brier.mean == pytest.approx(0.2**2 + 0.2**2)
