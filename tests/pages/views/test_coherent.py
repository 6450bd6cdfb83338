"""Estimates that contradict each other are shown to whoever gave them, where they gave them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forecasts import watching
from forecasts.mail import links
from forecasts.models import Forecast, Prompt, Relation, RelationMember, Scenario, User
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "The earlier date has 60%, the later one only 40%"


@pytest.fixture
def pair(scenario: Scenario, analyst: User) -> list[Forecast]:
    """The same event by two dates; the earlier one was given 60%."""
    far = timezone.now().replace(year=2999)
    relation = Relation.objects.create(scenario=scenario, kind="deadlines")
    forecasts = [make.forecast(scenario, closes_at=far, resolves_at=far) for _ in range(2)]
    for position, forecast in enumerate(forecasts):
        RelationMember.objects.create(relation=relation, forecast=forecast, position=position)
    make.estimate(forecasts[0], analyst, 0.6, make.day(1))
    return forecasts


def test_an_answer_by_the_link_of_a_mail_shows_what_it_contradicts(
    client: Client, pair: list[Forecast], analyst: User
) -> None:
    at = timezone.now()
    watching.refresh(pair[1], at)
    prompt = Prompt.objects.create(recipient=analyst, forecast=pair[1], kind="update", slot=at)
    address = links.answer_url(prompt, at)
    answer = client.post(address, {"event": "update", "percent": "40", "rationale": ""}, follow=True)
    text = answer.content.decode()
    assert "Your answer is recorded" in text
    assert WORDS in text
    assert reverse("forecast", args=[pair[0].pk]) in text


def test_an_answer_on_the_page_shows_it_too_and_nobody_else_sees_it(
    client: Client, pair: list[Forecast], analyst: User, scenario: Scenario
) -> None:
    client.force_login(analyst)
    said = {"event": "update", "percent": "40", "rationale": ""}
    assert WORDS in client.post(reverse("estimate", args=[pair[1].pk]), said, follow=True).content.decode()
    client.force_login(make.member(scenario))
    assert WORDS not in client.get(pair[1].get_absolute_url()).content.decode()


def test_estimates_that_fit_together_say_nothing(client: Client, pair: list[Forecast], analyst: User) -> None:
    client.force_login(analyst)
    said = {"event": "update", "percent": "70", "rationale": ""}
    text = client.post(reverse("estimate", args=[pair[1].pk]), said, follow=True).content.decode()
    assert "contradict each other" not in text
