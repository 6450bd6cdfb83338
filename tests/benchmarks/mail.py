"""How fast due watches become prompts and rendered messages, what an empty tick costs, and how fast mail goes out."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.template.loader import render_to_string

from forecasts.mail import prompting
from forecasts.models import Estimate, Forecaster, Membership, Message, Prompt, PromptKind, User, Watch
from tests import make
from tests.benchmarks import _idle, _sending

type Row = dict[str, Any]

PEOPLE, FORECASTS = 200, 50
DUE = PEOPLE * FORECASTS
PLANNING_SECONDS = 20.0


def benchmark() -> list[Row]:
    rows: list[Row] = []
    with transaction.atomic():
        rows += _planning()
        transaction.set_rollback(True)
    return [*rows, *_idle.benchmark(), *_sending.benchmark()]


def _planning() -> list[Row]:
    """10,000 due updates of people with an estimate in force, beside as many bare rows and bare renderings."""
    _due()
    at = make.day(8)
    took = _seconds(lambda: prompting.plan(at))
    assert Message.objects.count() == DUE, "not every due prompt became a message"
    bare = _seconds(_inserted) + _seconds(_rendered)
    return [
        {
            "name": f"plan {DUE:,} due prompts, rendered",
            "value": took,
            "unit": "s",
            "yardstick": f"insert {DUE:,} rows, render {DUE:,} templates: {bare:.2f} s",
            "ratio": took / bare,
            "bar": f"<= {PLANNING_SECONDS:g} s",
            "ok": took <= PLANNING_SECONDS,
        },
    ]


def _due() -> None:
    """Everybody estimated every forecast a week ago, and is asked again."""
    scenario = make.scenario()
    people = User.objects.bulk_create(
        User(email=f"bench-{number}@example.invalid", name=f"Analyst {number}") for number in range(PEOPLE)
    )
    Membership.objects.bulk_create(Membership(scenario=scenario, user=person) for person in people)
    forecasters = Forecaster.objects.bulk_create(
        Forecaster(user=person, name=person.name, kind=Forecaster.Kind.ANALYST) for person in people
    )
    forecasts = [make.forecast(scenario) for _ in range(FORECASTS)]
    said = {"made_at": make.day(1), "recorded_at": make.day(1), "channel": Estimate.Channel.WEB}
    Estimate.objects.bulk_create(
        Estimate(forecast=forecast, forecaster=one, probability=100 + place * 40, **said)
        for forecast in forecasts
        for place, one in enumerate(forecasters)
    )
    Watch.objects.bulk_create(
        Watch(user=person, forecast=forecast, kind=PromptKind.UPDATE, next_at=make.day(8))
        for forecast in forecasts
        for person in people
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _inserted() -> None:
    slot = make.day(9)
    rows = Prompt.objects.values_list("recipient", "forecast")
    Prompt.objects.bulk_create(
        [
            Prompt(recipient_id=person, forecast_id=about, kind=PromptKind.UPDATE, slot=slot, state="sent")
            for person, about in rows
        ],
        batch_size=500,
    )


def _rendered() -> None:
    for _ in range(DUE):
        render_to_string(
            "forecasts/mail/password_reset.txt", {"name": "An analyst", "link": "https://example.org/", "site": ""}
        )


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
