"""Me, one's data, and the page of a person: what is one's own, and of others what one may see."""

import csv
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forecasts import watching
from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Forecaster, Membership, Scenario, User
from forecasts.pages import own_data, records
from forecasts.scores import scorekeeping
from tests import clocks, make

pytestmark = pytest.mark.django_db
AT = make.day(40)
NO = Finding(outcome="no", known_at=make.day(30), note="It did not.")  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _in_january() -> Iterator[None]:
    with clocks.standing_at(AT):
        yield


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo")


@pytest.fixture
def analyst(scenario: Scenario) -> User:
    return make.member(scenario)


def page(client: Client, person: User, address: str = "") -> str:
    client.force_login(person)
    answer = client.get(address or reverse("me"))
    assert answer.status_code == 200
    return str(answer.content.decode())


def scored(scenario: Scenario, person: User, probability: float = 0.3, title: str = "Did it?") -> None:
    """A forecast on which this person said something, and which came to No."""
    made = make.forecast(scenario, title=title)
    make.estimate(made, person, probability, make.day(1))
    owner = make.member(scenario, "owner")
    resolving.resolve(made, owner, NO, at=make.day(33))
    scorekeeping.settle(AT)


def forecaster(person: User) -> Forecaster:
    return Forecaster.objects.get(user=person)


def test_who_is_new_reads_what_will_stand_there(client: Client) -> None:
    text = page(client, make.user())
    assert "Nothing waits for your estimate; 0 of yours are open" in text
    assert "Your calibration and your latest scores appear here" in text
    assert reverse("my-data") in text


def test_what_waits_stands_first_and_is_counted_in_the_header(
    client: Client, scenario: Scenario, analyst: User
) -> None:
    asked = make.forecast(scenario, title="Will it hold?", closes_at=make.day(50))
    watching.refresh(asked, make.day(20))
    text = page(client, analyst)
    assert "1 forecast waits for your estimate" in text
    assert text.index("Waiting for your estimate") < text.index("Your open forecasts")
    assert 'Me <span class="waiting">1<' in text


def test_one_s_open_forecasts_stand_there_and_those_of_others_do_not(
    client: Client, scenario: Scenario, analyst: User
) -> None:
    mine = make.forecast(scenario, title="Answered", closes_at=make.day(50))
    make.estimate(mine, analyst, 0.4, make.day(39))
    make.forecast(scenario, title="Of others", closes_at=make.day(50))
    text = page(client, analyst)
    assert "Answered" in text
    assert "Of others" not in text


def test_the_record_stands_beside_that_of_all_analysts(client: Client, scenario: Scenario, analyst: User) -> None:
    scored(scenario, analyst, 0.3)
    scored(scenario, analyst, 0.9, "Or this?")
    scored(scenario, make.member(scenario), 0.1, "And it?")
    text = page(client, analyst)
    assert text.index('<h3 dir="auto">You</h3>') < text.index('<h3 dir="auto">All analysts</h3>')
    assert text.count('class="diagram"') == 2
    own, team = records.of_person(analyst, forecaster(analyst)), records.of_team(analyst)
    [month] = records.month_by_month(own, team)
    assert month.team is not None
    assert (month.own.shown if month.own else "", month.team.shown) == ("0.450", "0.303")
    assert text.index("What cost most") < text.index("Brier score 0.81")


def test_of_what_one_does_not_see_any_more_the_record_tells_nothing(
    client: Client, scenario: Scenario, analyst: User
) -> None:
    scored(scenario, analyst)
    analyst.memberships.update(scenario=make.scenario())
    assert "Did it?" not in page(client, analyst)
    assert records.latest(analyst, forecaster(analyst), AT) == []
    assert records.of_person(analyst, forecaster(analyst)).diagram is None


def test_the_latest_scores_hold_those_of_multiple_choice_too(scenario: Scenario, analyst: User) -> None:
    made = make.choice(["none", "one", "more"], scenario)
    make.estimate(made, analyst, None, make.day(1), probabilities=[2000, 3000, 5000])
    make.verdict(made, "option", option=made.options.get(label="one"))
    resolving.follow(made, make.day(33))
    scorekeeping.settle(AT)
    [one] = records.latest(analyst, forecaster(analyst), AT)
    assert one.score == pytest.approx(0.2**2 + 0.7**2 + 0.5**2)


def test_me_asks_as_much_for_much_as_for_little(client: Client, scenario: Scenario, analyst: User) -> None:
    client.force_login(analyst)
    client.get(reverse("me"))
    counts = []
    for number in (2, 8):
        for _ in range(number):
            scored(scenario, analyst)
            asked = make.forecast(scenario, closes_at=make.day(50))
            make.estimate(asked, analyst, 0.3, make.day(2))
            watching.refresh(asked, make.day(2))
        client.get(reverse("me"))  # keeps what is worked out once
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("me"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# One's data


def rows(person: User) -> list[dict[str, str]]:
    return list(csv.DictReader(own_data.table(person).splitlines()))


def test_one_s_data_are_one_s_estimates_and_verdicts_and_nobody_else_s(
    client: Client, scenario: Scenario, analyst: User
) -> None:
    made = make.forecast(scenario, title="Will it?")
    make.estimate(made, analyst, 0.3, make.day(1), rationale="=1+1")
    make.estimate(made, make.member(scenario), 0.6, make.day(2), rationale="Of another")
    resolving.resolve(made, make.member(scenario, "owner"), NO, at=make.day(33))
    client.force_login(analyst)
    answer = client.get(reverse("my-data"))
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    assert "Of another" not in answer.content.decode()
    [row] = rows(analyst)
    assert (row["what"], row["title"], row["value"], row["text"]) == ("estimate", "Will it?", "0.3", "'=1+1")
    owner = User.objects.get(memberships__role="owner")
    [row] = rows(owner)
    assert (row["what"], row["outcome"], row["text"]) == ("verdict", "no", "It did not.")


def test_what_one_said_of_what_one_does_not_see_any_more_has_no_title(scenario: Scenario, analyst: User) -> None:
    make.estimate(make.forecast(scenario, title="Secret now?"), analyst, 0.3, make.day(1))
    analyst.memberships.all().delete()
    [row] = rows(analyst)
    assert (row["title"], row["scenario"], row["value"]) == ("", "", "0.3")


def test_every_kind_of_answer_is_written_as_files_hold_it(scenario: Scenario, analyst: User) -> None:
    choice, number = make.choice(["none", "one"], scenario), make.numeric(scenario)
    make.estimate(choice, analyst, None, make.day(1), probabilities=[2500, 7500])
    make.estimate(number, analyst, None, make.day(2), quantiles=[1, 2.5, 3, 4, 5])
    assert [row["value"] for row in rows(analyst)] == ["0.25 0.75", "1 2.5 3 4 5"]


# The page of a person


@pytest.mark.parametrize("role", [*Membership.Role.values, "administrator"])
def test_whoever_takes_part_with_somebody_sees_their_page(
    client: Client, scenario: Scenario, analyst: User, role: str
) -> None:
    scored(scenario, analyst)
    reader = make.administrator() if role == "administrator" else make.member(scenario, role)
    text = page(client, reader, reverse("person", args=[forecaster(analyst).pk]))
    assert "1 forecast is scored" in text
    assert "Did it?" in text


def test_a_stranger_finds_no_such_person(client: Client, scenario: Scenario, analyst: User) -> None:
    scored(scenario, analyst)
    for stranger in (make.user(), make.member(make.scenario(), "owner")):
        client.force_login(stranger)
        assert client.get(reverse("person", args=[forecaster(analyst).pk])).status_code == 404


def test_a_page_tells_of_what_its_reader_sees_alone(client: Client, scenario: Scenario, analyst: User) -> None:
    private = make.scenario(title="Private")
    Membership.objects.create(scenario=private, user=analyst, role="analyst")
    scored(private, analyst, title="Private one?")
    scored(scenario, analyst, title="Shared one?")
    text = page(client, make.member(scenario), reverse("person", args=[forecaster(analyst).pk]))
    assert "Shared one?" in text
    assert "Private one?" not in text
    assert "1 forecast is scored" in text


def test_where_estimates_are_hidden_a_page_shows_none_of_what_its_reader_has_not_answered(client: Client) -> None:
    blind = make.scenario(blind_until_answered=True)
    analyst, reader = make.member(blind), make.member(blind)
    scored(blind, analyst, title="Not answered?")
    address = reverse("person", args=[forecaster(analyst).pk])
    assert "Not answered?" not in page(client, reader, address)
    assert "Not answered?" in page(client, analyst, address)
