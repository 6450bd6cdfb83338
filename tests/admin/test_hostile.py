"""What people enter wrongly, twice or too late on the pages of verdicts: refused in words, and nothing half-written."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from forecasts.answers import resolving
from forecasts.answers.resolving import LARGEST, Finding
from forecasts.models import Evidence, Forecast, Membership, Scenario, User, Verdict
from tests import make
from tests.admin.test_verdicts import FINDING

pytestmark = pytest.mark.django_db


@pytest.fixture
def forecast(scenario: Scenario) -> Forecast:
    return make.forecast(scenario)


def post(client: Client, forecast: Forecast, act: str = "resolve", **entries: Any) -> Any:
    given = {**FINDING, **entries} if act != "take_back" else entries
    return client.post(reverse(f"admin:forecasts_forecast_{act}", args=[forecast.pk]), given)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"outcome": "maybe"}, "Select a valid choice"),
    ({"outcome": ""}, "required"),
    ({"known_at": "2999-01-01T00:00", "occurred_at": ""}, "future"),
    ({"known_at": "yesterday"}, "valid date"),
    ({"known_at": "2024-12-05T18:00", "occurred_at": "2024-12-06T18:00"}, "after"),
    ({"known_at": "0001-01-01T00:00", "occurred_at": ""}, "open"),
    ({"evidence-0-url": "javascript:alert(1)"}, "valid URL"),
    ({"evidence-0-url": "data:text/html,x"}, "valid URL"),
    ({"evidence-0-url": "https://" + "a" * 3000 + ".example"}, "most"),
    ({"evidence-0-url": "", "evidence-0-quote": "It held."}, "Give the address where that stands"),
    ({"evidence-0-quote": "with \x00 in it"}, "Null characters"),
    ({"note": "with \x00 in it"}, "Null characters"),
    ({"note": "x" * 10_001}, "at most 10000 characters"),
    ({"outcome": "annulled", "annulled_because": "", "note": ""}, "wrong"),
    ({"outcome": "annulled", "annulled_because": "boredom"}, "Select a valid choice"),
    ({"evidence-0-file": SimpleUploadedFile("a.exe", b"MZ")}, "Keep a PDF"),
    ({"evidence-0-file": SimpleUploadedFile("a.pdf", b"<html>")}, "does not hold"),
    ({"evidence-0-file": SimpleUploadedFile("a.txt", b"x" * (LARGEST + 1))}, "larger than 10 MB"),
    ({"evidence-0-file": SimpleUploadedFile("a.txt", b"")}, "empty"),
]


@pytest.mark.parametrize(("entries", "said"), WRONG, ids=[f"{next(iter(row[0]))}: {row[1]}" for row in WRONG])
def test_a_wrong_entry_is_refused_in_words_and_nothing_is_kept(
    client: Client, resolver: User, forecast: Forecast, entries: dict[str, Any], said: str
) -> None:
    answer = post(client, forecast, **entries)
    assert (answer.status_code, Verdict.objects.count(), Evidence.objects.count()) == (422, 0, 0)
    assert said in answer.content.decode()


def test_the_same_form_sent_twice_resolves_once(client: Client, resolver: User, forecast: Forecast) -> None:
    """Within moments it leads where the first one led; later it is told what came of it meanwhile."""
    seen = {"seen": "0"}
    assert [post(client, forecast, **seen).status_code for _ in range(2)] == [302, 302]
    cache.clear()
    assert post(client, forecast, **seen).status_code == 422
    assert Verdict.objects.count() == 1


def test_whoever_lost_the_role_while_the_page_was_open_finds_nothing(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    Membership.objects.filter(user=resolver).delete()
    assert post(client, forecast).status_code == 404
    assert Verdict.objects.count() == 0


def test_whoever_was_put_out_of_work_while_the_page_was_open_is_asked_to_log_in(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    User.objects.filter(pk=resolver.pk).update(is_active=False)
    assert "login" in post(client, forecast)["Location"]
    assert Verdict.objects.count() == 0


def test_nobody_confirms_what_they_proposed_themselves(client: Client, resolver: User, scenario: Scenario) -> None:
    forecast = make.forecast(scenario, two_people_resolve=True)
    finding = Finding(Verdict.Outcome.YES, known_at=make.day(5), note="It did.", evidence=[])
    resolving.resolve(forecast, resolver, finding, at=make.day(31))
    answer = post(client, forecast, "confirm")
    assert answer.status_code == 422
    assert "Nothing of what you sent now is recorded." in answer.content.decode()
    assert Verdict.objects.count() == 1


def test_a_resolution_is_taken_back_once_and_what_is_not_there_not_at_all(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    assert post(client, forecast, "take_back", note="Misread.").status_code == 422
    post(client, forecast)
    assert post(client, forecast, "take_back", note="   ").status_code == 422
    assert post(client, forecast, "take_back", note="Misread.").status_code == 302
    cache.clear()
    assert post(client, forecast, "take_back", note="Misread.").status_code == 422
    assert [verdict.act for verdict in Verdict.objects.order_by("pk")] == ["propose", "take_back"]


def test_nothing_is_handed_over_to_somebody_who_is_gone(client: Client, scenario: Scenario, forecast: Forecast) -> None:
    client.force_login(make.member(scenario, Membership.Role.OWNER))
    gone = make.member(scenario, Membership.Role.RESOLVER, is_active=False)
    given = {"forecast": forecast.pk, "resolver": gone.pk, "note": "Holidays."}
    answer = client.post(reverse("admin:forecasts_forecast_hand_over"), given)
    assert "is not one of the available choices" in answer.content.decode()
    forecast.refresh_from_db()
    assert forecast.resolver is None


def test_more_than_two_hundred_are_not_taken_together_and_the_list_says_so(client: Client, scenario: Scenario) -> None:
    client.force_login(make.member(scenario, Membership.Role.OWNER))
    times = dict.fromkeys(["published_at", "opens_at"], make.OPENING) | {"closes_at": make.CLOSING}
    many = Forecast.objects.bulk_create(
        Forecast(
            scenario=scenario,
            key=str(number),
            title="?",
            criteria="YES or NO.",
            category="other",
            resolves_at=make.CLOSING,
            **times,
        )
        for number in range(201)
    )
    data = {"action": "annul", "_selected_action": [str(many[0].pk)], "select_across": "1"}
    answer = client.post(reverse("admin:forecasts_forecast_changelist"), data, follow=True)
    assert "At most 200 at a time." in answer.content.decode()
    assert Verdict.objects.count() == 0
