"""A spec that was kept under earlier rules and that those of today do not read: people decide, and nothing stops."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.answers import proposing
from forecasts.evidence.recounting import recount, waits
from forecasts.evidence.specs import UNREADABLE
from forecasts.models import Count, Forecast, Spec, Verdict
from forecasts.presenting import counted
from forecasts.questions import counting_gate
from tests import make
from tests.evidence.made import CLOSES, LAG_PASSED, OPENS, SEPTEMBER, SETTLES, counted_forecast, vintage

pytestmark = pytest.mark.django_db
BODIES: list[dict[str, Any]] = [
    {"feed": "a_feed_that_is_gone", "window": SEPTEMBER["window"]},
    {"feed": "ucdp_ged", "where": {"country": "Syria"}},
    {**SEPTEMBER, "outcome": "perhaps"},
]


def kept_before(body: dict[str, Any], **fields: Any) -> Forecast:
    dates = {"published_at": OPENS, "opens_at": OPENS, "closes_at": CLOSES, "resolves_at": SETTLES}
    forecast = make.forecast(**{**dates, **fields})
    first_day, last_day = OPENS.date(), CLOSES.date()
    Spec.objects.create(
        forecast=forecast, number=1, feed=body["feed"], body=body, first_day=first_day, last_day=last_day, made_at=OPENS
    )
    return forecast


@pytest.mark.parametrize("body", BODIES)
def test_it_stops_no_other_from_being_counted_and_proposed(settings: Any, tmp_path: Path, body: dict[str, Any]) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    kept_before(body)
    other = counted_forecast()
    vintage(tmp_path, "1", LAG_PASSED, [{"date_start": "2018-09-15", "best": 500}])
    recount(SETTLES)
    assert not waits(SETTLES)
    assert [one.spec.forecast_id for one in Count.objects.all()] == [other.pk]
    assert proposing.propose(SETTLES) == 1
    assert Verdict.objects.get().forecast == other


@pytest.mark.parametrize("body", BODIES)
def test_pages_desk_and_api_say_so(client: Client, body: dict[str, Any]) -> None:
    forecast, draft = kept_before(body), kept_before(body, published_at=None)
    client.force_login(make.grouped("administrator"))
    desk = [reverse(f"admin:forecasts_forecast_{page}", args=[forecast.pk]) for page in ("change", "counted")]
    desk += [reverse(f"admin:forecasts_forecast_{page}", args=[draft.pk]) for page in ("publish", "spec")]
    assert [client.get(path).status_code for path in desk] == [200] * len(desk)
    assert UNREADABLE in client.get(forecast.get_absolute_url()).content.decode()
    assert client.get(f"/api/v1/forecasts/{forecast.pk}/").json()["spec"]["words"] == UNREADABLE
    assert {one["words"] for one in client.get("/api/v1/specs/").json()["results"]} == {UNREADABLE}


@pytest.mark.parametrize("body", BODIES)
def test_mails_say_nothing_of_it(body: dict[str, Any]) -> None:
    forecast = kept_before(body)
    assert counted.sentences([forecast], SETTLES) == {forecast.pk: ""}


def test_a_draft_with_it_is_not_published() -> None:
    found = counting_gate.spec_findings(kept_before(BODIES[0], published_at=None))
    assert [(one.code, one.level) for one in found] == [("unreadable_spec", "blocks")]
