"""The second person gives an answer of their own, told by no page what the first one was."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from forecasts.answers import resolving
from forecasts.models import Forecast, Membership, User, Verdict
from tests import make
from tests.admin.test_verdicts import FINDING, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(forecast: Forecast) -> tuple[User, User]:
    """Two who resolve, where two are asked for; the first has said Yes."""
    Forecast.objects.update(two_people_resolve=True)
    first, second = (make.member(forecast.scenario, Membership.Role.RESOLVER) for _ in range(2))
    finding = resolving.Finding(
        Verdict.Outcome.YES,
        known_at=make.day(4),
        note="It says they fled at dawn.",
        evidence=[resolving.Proof("https://www.unocha.org/7", "They left.")],
    )
    resolving.resolve(forecast, first, finding, at=make.day(31))
    return first, second


def test_the_second_person_sees_the_evidence_and_neither_answer_nor_note_nor_time(
    client: Client, forecast: Forecast, pair: tuple[User, User]
) -> None:
    client.force_login(pair[1])
    text = client.get(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])).content.decode()
    assert "https://www.unocha.org/7" in text
    for telling in ("fled at dawn", "5 December 2024", "Proposed"):
        assert telling not in text


READ_BY_THE_SECOND = [
    lambda pk: reverse("admin:forecasts_forecast_change", args=[pk]),
    lambda pk: reverse("admin:forecasts_forecast_history", args=[pk]),
    lambda pk: reverse("admin:forecasts_verdict_changelist"),
    lambda pk: reverse("forecast", args=[pk]),
    lambda pk: reverse("board"),
    lambda pk: f"/api/v1/forecasts/{pk}/",
    lambda pk: f"/api/v1/resolutions/?forecast={pk}",
]


@pytest.mark.parametrize("address", READ_BY_THE_SECOND)
def test_no_other_page_tells_the_second_person_what_to_agree_with(
    client: Client, forecast: Forecast, pair: tuple[User, User], address: Callable[[int], str]
) -> None:
    client.force_login(pair[1])
    text = client.get(address(forecast.pk), follow=True).content.decode()
    for telling in ("fled at dawn", "oposed as Yes", "oposed: Yes", "as YES", "2024-12-05T00"):
        assert telling not in text


def test_a_dissent_goes_to_an_owner_who_is_neither_of_the_two(
    client: Client, forecast: Forecast, pair: tuple[User, User]
) -> None:
    client.force_login(pair[1])
    text = act(client, forecast, "resolve", {**FINDING, "outcome": "no"})
    assert "You said NO; the first person came to another answer." in text
    assert "An owner of the scenario who is neither of them decides." in act(client, forecast, "resolve", FINDING)
    owner = make.member(forecast.scenario, Membership.Role.OWNER)
    client.force_login(owner)
    page = client.get(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])).content.decode()
    assert "fled at dawn" in page
    assert "Say why" in act(client, forecast, "resolve", {**FINDING, "note": ""})
    assert "Resolved as NO." not in page
    assert "Confirmed as YES." in act(client, forecast, "resolve", FINDING)
    assert [verdict.act for verdict in forecast.verdicts.all()] == ["propose", "dissent", "confirm"]


def test_an_owner_may_side_with_the_second_in_a_round_of_its_own(
    client: Client, forecast: Forecast, pair: tuple[User, User]
) -> None:
    client.force_login(pair[1])
    act(client, forecast, "resolve", {**FINDING, "outcome": "no"})
    client.force_login(make.member(forecast.scenario, Membership.Role.OWNER))
    assert "Resolved as NO." in act(client, forecast, "resolve", {**FINDING, "outcome": "no"})
    assert Verdict.objects.complete(datetime.now(UTC)).get().round == 2


def test_the_history_of_the_admin_does_not_say_what_waits_for_a_second_person(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    Forecast.objects.update(two_people_resolve=True)
    act(client, forecast, "resolve", FINDING)
    assert LogEntry.objects.get().change_message == "Gave a resolution, which waits for a second person."
