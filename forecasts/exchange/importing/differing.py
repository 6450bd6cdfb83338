"""What a file says of forecasts that are here already, where it differs; changed only where one says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from forecasts.exchange.importing import sql
from forecasts.models import Amendment, Forecast, Scenario, User
from forecasts.models.kinds import EPOCH
from forecasts.models.sql import rows

FIELDS = {"title": "title", "opens_at": "date", "closes_at": "date"}
"""Columns that are compared, and what each is for whoever says that it may change."""
REASON = "As the file says that was imported anew."


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one forecast: what stands here and what the file says. `what` is title, date or outcome."""

    forecast: int
    key: str
    what: str
    column: str
    here: str
    there: str
    value: Any
    changes: bool

    def __str__(self) -> str:
        name = self.column.replace("_", " ")
        done = "changed" if self.changes else f"kept; --change {self.what} changes it"
        return f"“{self.key}”, {name}: here {self.here}, in the file {self.there} ({done})."


def differences(
    scratch: duckdb.DuckDBPyConnection, scenario: Scenario, change: frozenset[str], at: datetime
) -> list[Difference]:
    """Where the file's forecasts differ from those of the scenario, by key."""
    here = {one.key: one for one in Forecast.objects.filter(scenario=scenario, is_imported=True)}
    if not here:
        return []
    stands = {row["forecast_id"]: row for row in rows(sql.STANDING, {"scenario": scenario.pk, "at": at})}
    columns = ("key", "title", "opens_at", "closes_at", "outcome", "known_at")
    found = scratch.execute(f"SELECT {', '.join(columns)} FROM forecast ORDER BY n").fetchall()  # noqa: S608
    told = [dict(zip(columns, one, strict=True)) for one in found]
    return [
        difference
        for one in told
        if one["key"] in here
        for difference in _of_one(here[one["key"]], one, stands, change)
    ]


def _of_one(
    forecast: Forecast, told: Mapping[str, Any], stands: Mapping[int, Mapping[str, Any]], change: frozenset[str]
) -> Iterator[Difference]:
    for column, what in FIELDS.items():
        before, after = getattr(forecast, column), told[column]
        if what == "date":
            after = EPOCH + timedelta(microseconds=after)
        if before != after:
            here, there = (_moment(one) if what == "date" else f"“{one}”" for one in (before, after))
            yield Difference(forecast.pk, forecast.key, what, column, here, there, after, what in change)
    standing = stands.get(forecast.pk)
    if standing is None or not told["outcome"]:
        return
    known = EPOCH + timedelta(microseconds=told["known_at"])
    before, after = _outcome(standing["outcome"], standing["known_at"]), _outcome(told["outcome"], known)
    if before != after:
        yield Difference(forecast.pk, forecast.key, "outcome", "outcome", before, after, None, "outcome" in change)


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else "nothing"


def _outcome(outcome: str, known_at: datetime) -> str:
    return f"{outcome}, known {_moment(known_at)}"


def change(
    scratch: duckdb.DuckDBPyConnection, found: Sequence[Difference], person: User | None, at: datetime
) -> set[int]:
    """Write titles and dates that are to change, each forecast's as one amendment; outcomes are verdicts."""
    changed: dict[int, list[Difference]] = {}
    for one in found:
        if one.changes and one.column in FIELDS:
            changed.setdefault(one.forecast, []).append(one)
    for forecast in Forecast.objects.select_for_update(no_key=True).filter(pk__in=changed).order_by("pk"):
        _amend(forecast, changed[forecast.pk], person, at)
    return set(changed)


def _amend(forecast: Forecast, found: Sequence[Difference], person: User | None, at: datetime) -> None:
    fields = {one.column: one.value for one in found}
    said = {one.column: [one.here, one.there] for one in found}
    if "closes_at" in fields and forecast.resolves_at is not None:
        moves_along = forecast.resolves_at in (forecast.closes_at, min(forecast.resolves_at, fields["closes_at"]))
        fields["resolves_at"] = fields["closes_at"] if moves_along else forecast.resolves_at
        said["resolves_at"] = [_moment(forecast.resolves_at), _moment(fields["resolves_at"])]
    for name, value in fields.items():
        setattr(forecast, name, value)
    forecast.version += 1
    forecast.save(update_fields=[*fields, "version"])
    Amendment.objects.create(
        forecast=forecast,
        version=forecast.version,
        kind=Amendment.Kind.CLARIFYING,
        changes=said,
        reason=REASON,
        made_by=person,
        made_at=at,
    )
