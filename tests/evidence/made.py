"""Forecasts with specs and vintages of made-up events, as they would stand in the database."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from forecasts.answers import counting_round
from forecasts.evidence.specs import keep
from forecasts.evidence.taking import take
from forecasts.models import Forecast, Scenario, Spec, Vintage
from tests import make
from tests.evidence.rows import ged_file

type Event = dict[str, object]

SEPTEMBER: dict[str, Any] = {
    "feed": "ucdp_ged",
    "where": {"country": ["Syria"]},
    "measure": "best",
    "window": {"from": "2018-09-01", "to": "2018-09-30", "rule": "inside"},
    "outcome": {"at_least": 120},
    "settles": {"after": "35d"},
}
OPENS = datetime(2018, 8, 20, 12, tzinfo=UTC)
CLOSES = datetime(2018, 10, 1, tzinfo=UTC)
LAG_PASSED = datetime(2018, 11, 4, tzinfo=UTC)
SETTLES = datetime(2018, 11, 5, 12, tzinfo=UTC)


def months(figures: Sequence[int], last: date = date(2018, 8, 1)) -> list[Event]:
    """An event in the middle of each month, the last in that of `last`, with so many dead."""
    found = []
    for back, figure in enumerate(reversed(figures)):
        number = last.year * 12 + last.month - 1 - back
        found.append({"date_start": f"{number // 12}-{number % 12 + 1:02}-15", "best": figure})
    return found[::-1]


def vintage(
    folder: Path, version: str, at: datetime, events: Iterable[Event], covers_to: date | None = None
) -> Vintage:
    """A file with these events, retrieved at `at`; it covers what happened until 35 days before, where not said."""
    path = folder / f"{version}.csv"
    path.write_text(ged_file(*events))
    covers = (date(2010, 1, 1), covers_to or (at - timedelta(days=35)).date())
    return take(path, "ucdp_ged", version, at=at, covers=covers)[0]


def counted_forecast(body: dict[str, Any] | None = None, **fields: Any) -> Forecast:
    """A forecast about September 2018 with a spec, open from 20 August on."""
    dates = {"published_at": OPENS, "opens_at": OPENS, "closes_at": CLOSES, "resolves_at": SETTLES}
    forecast = make.forecast(**{**dates, **fields})
    spec(forecast, body)
    return forecast


def spec(forecast: Forecast, body: dict[str, Any] | None = None) -> Spec:
    return keep(forecast, body or SEPTEMBER, None, at=OPENS)


def settled_forecast(scenario: Scenario, folder: Path) -> Forecast:
    """September came to 130 of at least 120, the lag has passed, and that is proposed."""
    made = counted_forecast(scenario=scenario, title="At least 120 die in Syria in September 2018")
    before = months([200, 10] * 12)
    vintage(folder, "18.0.7", OPENS, before)
    counting_round.run(OPENS)
    vintage(folder, "18.0.9", LAG_PASSED, [*before, {"date_start": "2018-09-12", "best": 130}])
    counting_round.run(LAG_PASSED)
    return made
