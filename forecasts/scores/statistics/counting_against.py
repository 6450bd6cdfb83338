"""People beside references, rules of arithmetic, on the same forecasts: were they better than counting?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from forecasts.models import Contribution, Forecaster
from forecasts.scores.scorekeeping import Row, rows_from
from forecasts.scores.statistics.contributed import contributions, narrowed
from forecasts.scores.statistics.shapes import AgainstReference
from forecasts.scores.statistics.slices import Slice
from forecasts.scores.statistics.unit_reports import score
from forecasts.scoring.comparison import Answered, paired_difference
from forecasts.scoring.rules import BRIER_UNIT, BRIER_UNITS
from forecasts.scoring.uncertainty import Bounds

type PerForecast = dict[int, Answered]


def against_references(asked: Slice, methods: Mapping[int, str]) -> list[AgainstReference]:
    """The slice's forecasters beside each reference, on the yes-or-no forecasts that both answered.

    `methods` are the rules of all references, by id.
    """
    if not methods or asked.filters.forecaster_kind == Forecaster.Kind.REFERENCE:
        return []
    binary = {"estimand": asked.estimand, "outcome__isnull": False}
    theirs: dict[int, list[Row]] = defaultdict(list)
    for row in rows_from(Contribution.objects.filter(narrowed(asked), forecaster__in=methods, **binary)):
        theirs[row.forecaster].append(row)
    situation = {row.forecast: row.situation for rows in theirs.values() for row in rows}
    own = _pooled(rows_from(contributions(asked).filter(forecast__in=situation, **binary))) if situation else {}
    return [_against(methods[pk], pk, own, _pooled(rows), situation) for pk, rows in sorted(theirs.items())]


def _against(
    method: str, forecaster: int, own: PerForecast, theirs: PerForecast, situation: dict[int, str]
) -> AgainstReference:
    found = paired_difference(own, theirs, BRIER_UNIT, situation, Bounds(0.0, 1.0))
    shared = own.keys() & theirs.keys()
    ours, counted = (sum(Fraction(of[one].s, of[one].n) for one in shared) for of in (own, theirs))
    skill = float(1 - Fraction(ours, counted)) if counted else None
    return AgainstReference(method, forecaster, found.forecasts, score(found, found.forecasts), skill)


def _pooled(rows: Iterable[Row]) -> PerForecast:
    """Everybody's scores on a forecast together: each forecast counts once, whoever answered it."""
    table = BRIER_UNITS.tolist()
    found: PerForecast = {}
    for row in rows:
        came, other = (
            sum(weight * units[p] for p, weight in zip(row.probabilities, row.weights, strict=True))
            for units in (table[bool(row.outcome)], table[not row.outcome])
        )
        before = found.get(row.forecast, Answered(0, 0, 0))
        found[row.forecast] = Answered(before.n + sum(row.weights), before.s + came, (before.other or 0) + other)
    return found
