"""The page that takes the answers to all questions of a mail: no log-in, looking records nothing, each by itself."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forecasts import watching
from forecasts.mail import links, prompting
from forecasts.models import Estimate, Forecast, Membership, Message, Prompt, Scenario, User
from tests import make
from tests.pages.views.test_answering import open_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def forecasts(scenario: Scenario, analyst: User, now: datetime) -> list[Forecast]:
    """Four questions that one mail asked, the last of them for a number of people."""
    made = [make.forecast(scenario, title=f"Question {place}?", **open_at(now)) for place in range(3)]
    made.append(make.numeric(scenario, title="How many?", **open_at(now)))
    for forecast in made:
        watching.refresh(forecast, now)
    prompting.plan(now)
    return made


def page(analyst: User, now: datetime) -> str:
    return links.sheet_url(analyst, now).removeprefix(links.absolute(""))


def fields(*answers: str) -> dict[str, str]:
    """What is posted with these answers to the first questions."""
    prompts = Prompt.objects.order_by("forecast")
    return {f"{prompt.pk}-percent": answer for prompt, answer in zip(prompts, answers, strict=False)}


def test_the_mail_leads_to_it_and_it_shows_all_that_the_mail_asked(
    client: Client, analyst: User, forecasts: list[Forecast], now: datetime
) -> None:
    content = bytes(Message.objects.get().content or b"").replace(b"=\r\n", b"").decode()
    assert page(analyst, now) in content
    assert "Answer all 4 on one page" in content
    shown = client.get(page(analyst, now)).content.decode()
    assert re.findall(r">(Question \d\?|How many\?)<", shown) == [
        "Question 0?",
        "Question 1?",
        "Question 2?",
        "How many?",
    ]
    assert len(re.findall(r'<input id="\d+-percent"', shown)) == 3
    assert not Estimate.objects.exists()


def test_what_is_filled_in_is_recorded_each_by_itself_and_the_rest_is_left(
    analyst: User, forecasts: list[Forecast], now: datetime
) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(page(analyst, now), fields("35", "", "130"))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "35% recorded" in shown
    assert "less than or equal to 99.9" in shown
    (made,) = Estimate.objects.all()
    assert (made.forecast, made.probability, made.channel) == (forecasts[0], 3_500, "mail")
    assert made.prompt is not None
    assert made.prompt.state == Prompt.State.ANSWERED
    assert "Question 0?" not in client.get(page(analyst, now)).content.decode()


def test_an_equals_sign_keeps_what_one_said(
    client: Client, analyst: User, forecasts: list[Forecast], now: datetime
) -> None:
    make.estimate(forecasts[0], analyst, 0.3, now - timedelta(hours=2))
    assert client.post(page(analyst, now), fields("=", "=")).status_code == 422
    assert Estimate.objects.get(event="reaffirm").forecast == forecasts[0]


def test_a_slip_is_corrected_from_there(
    client: Client, analyst: User, forecasts: list[Forecast], now: datetime
) -> None:
    shown = client.post(page(analyst, now), fields("99")).content.decode()
    (link,) = re.findall(r'href="http://[^/]+(/answer/[^"]+\?correct=1)"', shown)
    assert "What you meant to record" in client.get(link).content.decode()
    slip = Estimate.objects.get()
    client.post(link.partition("?")[0], {"event": "update", "percent": "9", "correct": slip.pk})
    assert Estimate.objects.get(corrects=slip).probability == 900


def test_posted_twice_it_records_once(client: Client, analyst: User, forecasts: list[Forecast], now: datetime) -> None:
    given = fields("35", "40", "45")
    for _ in range(2):
        client.post(page(analyst, now), given)
    assert Estimate.objects.count() == 3


def test_it_asks_for_nothing_that_came_later_is_closed_or_is_somebody_elses(
    client: Client, scenario: Scenario, analyst: User, forecasts: list[Forecast], now: datetime
) -> None:
    old = page(analyst, now - timedelta(days=2))
    assert "Nothing waits for your answer" in client.get(old).content.decode()
    assert "Nothing waits for your answer" in client.get(page(make.member(scenario), now)).content.decode()
    Forecast.objects.filter(pk=forecasts[0].pk).update(closes_at=now)
    assert "Question 0?" not in client.get(page(analyst, now)).content.decode()
    Membership.objects.filter(user=analyst).delete()
    assert "Nothing waits for your answer" in client.get(page(analyst, now)).content.decode()


@pytest.mark.parametrize("spoil", ["x", ""])
def test_a_damaged_link_shows_and_records_nothing(
    client: Client, analyst: User, forecasts: list[Forecast], now: datetime, spoil: str
) -> None:
    url = page(analyst, now)[:-4] + spoil + "/"
    assert client.post(url, fields("35")).status_code == 400
    assert not Estimate.objects.exists()


def test_it_costs_as_many_queries_for_thirty_questions_as_for_four(
    client: Client, scenario: Scenario, analyst: User, forecasts: list[Forecast], now: datetime
) -> None:
    client.get(page(analyst, now))
    with CaptureQueriesContext(connection) as few:
        client.get(page(analyst, now))
    for _ in range(26):
        watching.refresh(make.forecast(scenario, **open_at(now)), now)
    prompting.plan(now)
    with CaptureQueriesContext(connection) as many:
        shown = client.get(page(analyst, now)).content.decode()
    assert len(re.findall(r'<input id="\d+-percent"', shown)) == 29
    assert len(many) <= len(few)
