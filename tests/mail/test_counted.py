"""What a machine counts stands in every mail about a forecast, and what a source revised in the owner's week."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.test import Client

from forecasts.answers import counting_round, proposing
from forecasts.mail import links, prompting
from forecasts.models import Forecast, Message, Prompt, PromptKind, Scenario, User
from tests import clocks, make
from tests.evidence.made import CLOSES, LAG_PASSED, OPENS, SETTLES, counted_forecast, months, vintage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
RATE = "It held in 11 of 102 windows like this one before it opened (11%, 6 to 18%)."
OPEN = OPENS + timedelta(days=1)


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("blind", blind_until_answered=True)


@pytest.fixture
def forecast(scenario: Scenario, tmp_path: Path) -> Forecast:
    made = counted_forecast(scenario=scenario, title="At least 120 die in Syria in September 2018")
    vintage(tmp_path, "18.0.7", OPENS, months([200, 10] * 12))
    counting_round.run(OPENS)
    return made


def mail(person: User, about: list[tuple[Forecast | None, str]], at: datetime) -> list[str]:
    """The parts of the one mail in which this person is asked all that, text and HTML, on one line each."""
    Message.objects.all().delete()
    for forecast, kind in about:
        Prompt.objects.create(recipient=person, forecast=forecast, kind=kind, slot=at)
    prompting.plan(at)
    sent = message_from_bytes(bytes(Message.objects.get(recipient=person).content or b""), policy=policy.default)
    return [" ".join(part.get_content().split()) for part in sent.walk() if part.get_content_maintype() == "text"]


@pytest.mark.parametrize(
    ("kind", "role", "at"),
    [
        (PromptKind.UPDATE, "analyst", OPEN),
        (PromptKind.CLOSING_SOON, "analyst", CLOSES - timedelta(days=1)),
        (PromptKind.RESOLVE, "owner", SETTLES + timedelta(hours=1)),
    ],
)
def test_a_mail_about_a_forecast_says_how_often_it_held_though_its_reader_has_not_answered(
    scenario: Scenario, forecast: Forecast, kind: str, role: str, at: datetime
) -> None:
    parts = mail(make.member(scenario, role), [(forecast, kind)], at)
    assert parts
    assert all(RATE in part for part in parts)


def test_each_entry_of_a_digest_says_so_of_its_own_forecast(scenario: Scenario, forecast: Forecast) -> None:
    others = [make.forecast(scenario, title=title, published_at=OPENS, opens_at=OPENS) for title in ("A", "B")]
    parts = mail(make.member(scenario), [(one, PromptKind.UPDATE) for one in (forecast, *others)], OPEN)
    assert [part.count(RATE) for part in parts] == [1, 1]


def test_the_page_behind_the_link_shows_it_before_anybody_answered(scenario: Scenario, forecast: Forecast) -> None:
    person = make.member(scenario)
    prompt = Prompt.objects.create(recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=OPEN)
    with clocks.standing_at(OPEN):
        page = Client().get(links.answer_url(prompt, OPEN)).content.decode()
    assert RATE in page
    assert "bar-held" in page


def test_the_weekly_summary_names_what_a_source_took_back(
    scenario: Scenario, forecast: Forecast, tmp_path: Path
) -> None:
    owner = make.member(scenario, "owner")
    vintage(tmp_path, "18.0.9", LAG_PASSED, [{"date_start": "2018-09-12", "best": 130}])
    counting_round.run(LAG_PASSED)
    proposing.accept(forecast, make.member(scenario, "resolver"), at=SETTLES)
    assert "counts otherwise" not in " ".join(mail(owner, [(None, PromptKind.SUMMARY)], SETTLES + timedelta(days=1)))
    later = SETTLES + timedelta(days=200)
    vintage(tmp_path, "19.1", later, [{"date_start": "2018-09-12", "best": 110}])
    counting_round.run(later)
    said = f"{forecast.title}: version 19.1 counts otherwise than it was resolved."
    for part in mail(owner, [(None, PromptKind.SUMMARY)], later + timedelta(days=1)):
        assert said in part
        assert f"/{forecast.pk}/counted/" in part
