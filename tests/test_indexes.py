"""What each tick and each report asks is read through an index: EXPLAIN on tables of many rows, few of them due."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from forecasts.models import (
    Category,
    Cell,
    Contribution,
    Estimate,
    Forecast,
    Forecaster,
    Group,
    Message,
    Scenario,
    Settlement,
    Total,
    Watch,
)
from forecasts.models.mail_kinds import PromptKind
from forecasts.scores.scorekeeping.sql import among
from forecasts.scores.scorekeeping.tallying import WIDTH
from forecasts.scores.statistics import Filters, slices, sql
from forecasts.scores.statistics import contributed as chosen
from tests import make

pytestmark = pytest.mark.django_db

AT = make.day(31)
MANY, FEW = 1000, 5


@pytest.fixture
def forecasts() -> list[Forecast]:
    scenario = make.scenario()
    times = {"published_at": make.day(0), "opens_at": make.day(0), "closes_at": make.day(9), "resolves_at": make.day(9)}
    return Forecast.objects.bulk_create(
        Forecast(scenario=scenario, key=str(number), title="?", category="other", is_imported=True, **times)
        for number in range(MANY)
    )


def analyzed(*tables: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(f"forecasts_{table}" for table in tables))


def plan(found: QuerySet[Any]) -> str:
    return found.explain()


def due_of(number: int) -> datetime | None:
    """A few are due, some later, most wait for nothing."""
    if number < FEW:
        return AT
    return AT + timedelta(days=number) if number % 10 == 0 else None


def test_what_is_to_be_settled(forecasts: list[Forecast]) -> None:
    Settlement.objects.bulk_create(
        Settlement(forecast=forecast, due_at=due_of(number)) for number, forecast in enumerate(forecasts)
    )
    analyzed("settlement", "forecast")
    due = Settlement.objects.due(AT).order_by("-due_at", "-forecast_id")
    assert "settlement_due" in plan(due[:500])
    assert "settlement_due" in plan(due.select_related("forecast").select_for_update(skip_locked=True)[:500])


def test_whom_to_ask(forecasts: list[Forecast]) -> None:
    person = make.user()
    Watch.objects.bulk_create(
        Watch(user=person, forecast=forecast, kind=PromptKind.UPDATE, next_at=due_of(number))
        for number, forecast in enumerate(forecasts)
    )
    analyzed("watch")
    assert "watch_due" in plan(Watch.objects.due(AT).order_by("next_at", "pk")[:500])


def test_which_messages_to_send() -> None:
    person = make.user()
    Message.objects.bulk_create(
        Message(
            recipient=person,
            address=person.email,
            subject="A question",
            message_id=f"<{number}@example.invalid>",
            made_at=AT,
            state="queued" if number < FEW else "sent",
            due_at=AT,
        )
        for number in range(MANY)
    )
    analyzed("message")
    assert "message_due" in plan(Message.objects.due(AT).order_by("due_at", "pk")[:1])


def test_the_estimates_of_the_forecasts_that_are_settled(forecasts: list[Forecast]) -> None:
    who = Forecaster.objects.imported("Model A")
    about = {"forecaster": who, "recorded_at": AT, "probability": 3000, "event": "update", "channel": "import"}
    Estimate.objects.bulk_create(
        Estimate(forecast=one, made_at=make.day(day), **about) for one in forecasts for day in range(1, 7)
    )
    analyzed("estimate")
    settled = Estimate.objects.filter(forecast__in=among([one.pk for one in forecasts[:FEW]]))
    assert "Seq Scan on forecasts_estimate" not in plan(
        settled.order_by("forecast_id", "forecaster_id", "made_at", "pk")
    )


def test_the_newest_estimates_of_all(forecasts: list[Forecast]) -> None:
    who = Forecaster.objects.imported("Model A")
    about = {"forecaster": who, "recorded_at": AT, "probability": 3000, "event": "update", "channel": "import"}
    Estimate.objects.bulk_create(
        Estimate(forecast=one, made_at=make.day(day), **about) for one in forecasts for day in range(1, 7)
    )
    analyzed("estimate")
    assert "estimate_made" in plan(Estimate.objects.order_by("-made_at", "-pk")[:25])


def contributed(forecasts: list[Forecast]) -> None:
    """Of thirty forecasters, in each of the categories and in twenty months."""
    people = [Forecaster.objects.imported(f"Model {number}") for number in range(30)]
    categories = list(Category.values)
    Contribution.objects.bulk_create(
        Contribution(
            forecast=forecast,
            forecaster=people[number % 30],
            estimand=estimand,
            probabilities=[3000],
            weights=[1],
            outcome=True,
            scenario_id=forecast.scenario_id,
            category=categories[number % len(categories)],
            month=datetime(2023 + number % 20 // 12, number % 12 + 1, 1, tzinfo=UTC).date(),
            matured_at=datetime(2023 + number % 20 // 12, number % 12 + 1, 9, tzinfo=UTC),
            forecaster_kind="analyst",
        )
        for number, forecast in enumerate(forecasts)
        for estimand in ("last", "first", "each_update")
    )
    analyzed("contribution", "forecaster")


def asked(filters: Filters) -> str:
    wanted = slices.checked(dict(Scenario.objects.values_list("slug", "pk")), filters, "last")
    return plan(chosen.contributions(wanted).filter(estimand="last"))


def test_the_pairs_of_a_combination_of_filters(forecasts: list[Forecast]) -> None:
    contributed(forecasts)
    slug = Scenario.objects.get().slug
    category = Filters(scenario=slug, category="airstrikes", since=datetime(2023, 2, 1, tzinfo=UTC).date())
    assert "contribution_slice" in asked(category)
    person = Contribution.objects.earliest("pk").forecaster_id
    Group.objects.create(
        scenario=Scenario.objects.get(), forecaster_kind="analyst", dimension="forecaster", value=str(person)
    )
    assert "contribution_forecaster" in asked(Filters(analyst=person, category="airstrikes"))


def test_the_contributions_that_a_settling_replaces(forecasts: list[Forecast]) -> None:
    contributed(forecasts)
    held = Contribution.objects.filter(forecast__in=among([one.pk for one in forecasts[:FEW]]))
    assert "Seq Scan on forecasts_contribution" not in plan(held)


def test_the_cells_and_totals_of_a_report() -> None:
    scenario = make.scenario()
    groups = Group.objects.bulk_create(
        Group(
            scenario=scenario,
            forecaster_kind="analyst",
            dimension="month",
            value=f"{1900 + number // 12}-{number % 12}",
        )
        for number in range(200)
    )
    groups.append(Group.objects.create(scenario=scenario, forecaster_kind="analyst", dimension="all", value=""))
    Cell.objects.bulk_create(
        Cell(group=group, estimand="last", probability=p, n=2, k=1) for group in groups for p in range(0, 10_000, 200)
    )
    Total.objects.bulk_create(Total(group=group, estimand="last", sums=[10**9] * WIDTH) for group in groups)
    analyzed("group", "cell", "total")
    wanted: dict[str, Any] = {"scenarios": [scenario.pk], "kind": "analyst", "dimension": "all", "estimand": "last"}
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + sql.TALLIES.format(key="''", narrowed=""), wanted)
        found = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on forecasts_cell" not in found
    assert "Seq Scan on forecasts_total" not in found
