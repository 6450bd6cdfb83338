"""Builds calibration reports from the sums of slices."""

from typing import TYPE_CHECKING

import numpy as np

from forecasts.models import Forecaster, Scenario, Source
from forecasts.scorekeeping.contributing import LEAD_BANDS
from forecasts.scoring import calibration, corp
from forecasts.scoring.arrays import Booleans, Floats, Ints
from forecasts.scoring.bands import LEVEL, Band
from forecasts.scoring.cells import Cells, bin_table
from forecasts.scoring.rules import BRIER_UNIT, GRID, LOG_UNIT
from forecasts.scoring.totals import BRIER, LOG, bin_name
from forecasts.scoring.uncertainty import clustered, frequency
from forecasts.statistics import counting, keeping, noting, others
from forecasts.statistics.banding import Bands
from forecasts.statistics.counting import Moment
from forecasts.statistics.noting import NOT_OF_GROUPS, NOT_YET
from forecasts.statistics.reading import Sums, nothing, read, read_by
from forecasts.statistics.shapes import (
    Bin,
    CalibrationError,
    Corp,
    Counts,
    Decomposition,
    Filters,
    Grouped,
    GroupOfReport,
    MurphyParts,
    Pair,
    Point,
    Recalibration,
    Report,
    Scores,
    Sharpness,
)
from forecasts.statistics.slices import Slice, check_grouping, checked

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User

type Basis = tuple[float, int]
"""How many estimates, on how many forecasts."""

MOST_POINTS = 101
"""A curve of more probabilities than this shows the ends of its steps only."""


def report(user: "User | AnonymousUser", filters: Filters | None = None, estimand: str = "last") -> Report:
    """Calibration of the slice that the filters name, within what this person may see. Raises InvalidValue.

    Costs by the number of probabilities in use, or, for a combination of filters, by the pairs in the slice. Bands
    of a large slice are those that `keeping.keep_wanted` has kept, else null with a note, and it will keep them.
    """
    asked = checked(user, filters or Filters(), estimand)
    now = counting.moment()
    sums = read(asked)
    states = counting.kept_states(asked, now).get("", Counts())
    counts = counting.with_scores(states, sums.total, counting.forecasters(asked) if sums.total.pairs else 0)
    return _report(asked, now, sums, counts, keeping.bands_of(asked, now, sums))


def grouped(
    user: "User | AnonymousUser", group_by: str, filters: Filters | None = None, estimand: str = "last"
) -> Grouped:
    """A report for each value of a dimension, without bands. Raises InvalidValue. As many queries as one report."""
    check_grouping(group_by, estimand)
    asked = checked(user, filters or Filters(), estimand)
    now = counting.moment()
    found = read_by(asked, group_by)
    states = counting.kept_states(asked, now, group_by)
    people = counting.forecasters_by(asked, group_by)
    keys = sorted(found.keys() | states.keys(), key=_natural)
    names = _labels(group_by, keys)
    return Grouped(
        group_by,
        [
            GroupOfReport(
                _shown_key(key, group_by, names), names.get(key, key), _part(asked, now, key, found, states, people)
            )
            for key in keys
        ],
    )


def _part(
    asked: Slice, now: Moment, key: str, found: dict[str, Sums], states: dict[str, Counts], people: dict[str, int]
) -> Report:
    sums = found.get(key) or nothing()
    count = people.get(key, 1 if sums.total.pairs else 0)
    return _report(
        asked, now, sums, counting.with_scores(states.get(key, Counts()), sums.total, count), None, NOT_OF_GROUPS
    )


def _report(
    asked: Slice, now: Moment, sums: Sums, counts: Counts, bands: Bands | None, without: str = NOT_YET
) -> Report:
    cells, total, estimand = sums.cells, sums.total, asked.estimand
    said = {
        "snapshot": now.snapshot,
        "as_of": now.as_of,
        "filters": asked.filters,
        "estimand": estimand,
        "counts": counts,
        "bins": _bins(sums, asked),
        "multiple_choice": others.multiple_choice(total, estimand),
        "quantiles": others.quantiles(total, estimand),
        "band_level": LEVEL,
    }
    if cells.n.size == 0:
        return Report(**said, notes=noting.of_nothing(asked, now, sums))  # type: ignore[arg-type]
    recalibration = calibration.recalibration(cells)
    basis = (others.pairs(cells.total, estimand), total.of(BRIER).forecasts)
    return Report(
        **said,  # type: ignore[arg-type]
        base_rate=cells.base_rate,
        scores=_scores(sums, basis[0]),
        decomposition=Decomposition(
            Corp(*corp.decompose_brier(cells), *basis), MurphyParts(*calibration.murphy(cells), *basis)
        ),
        recalibration=_recalibrated(recalibration, bands, basis),
        calibration_error=_error(cells, asked, bands, basis),
        sharpness=Sharpness(*calibration.sharpness(cells), *basis),
        curve=_curve(cells, bands),
        notes=noting.of(asked, sums, recalibration.reason, bands, without),
    )


def _scores(sums: Sums, n: float) -> Scores:
    uncertainty = corp.decompose_log(sums.cells).uncertainty
    log = clustered(sums.total.of(LOG), LOG_UNIT)
    log_skill = 1 - log.mean / uncertainty if log.mean is not None and uncertainty else None
    brier = clustered(sums.total.of(BRIER), BRIER_UNIT)
    return Scores(others.score(brier, n, calibration.skill(sums.cells)), others.score(log, n, log_skill))


def _recalibrated(found: calibration.Recalibration, bands: Bands | None, basis: Basis) -> Recalibration | None:
    if found.slope is None or found.intercept is None:
        return None
    slope, intercept = bands.recalibration if bands and bands.recalibration else (None, None)
    return Recalibration(found.slope, found.intercept, slope, intercept, *basis)


def _error(cells: Cells, asked: Slice, bands: Bands | None, basis: Basis) -> CalibrationError:
    bins = asked.filters.bins
    calibrated = bands.error_if_calibrated if bands else None
    error = calibration.calibration_error(cells, bins)
    return CalibrationError(error, calibrated[bins] if calibrated else None, *basis)


def _bins(sums: Sums, asked: Slice) -> list[Bin]:
    bins, found = asked.filters.bins, []
    if sums.cells.n.size == 0:
        return []
    for place, row in enumerate(bin_table(sums.cells, bins)):
        held = frequency(sums.total.of(bin_name(bins, place)))
        found.append(
            Bin(
                row.lower / GRID,
                row.upper / GRID,
                others.pairs(row.n, asked.estimand),
                held.forecasts,
                row.mean_probability,
                row.observed_frequency,
                held.ci95,
            )
        )
    return found


def _curve(cells: Cells, bands: Bands | None) -> list[Point]:
    calibrated = corp.curve(cells)
    shown = np.flatnonzero(_shown(calibrated))
    consistency, confidence = (
        _pairs(band, shown) for band in ((bands.consistency, bands.confidence) if bands else (None, None))
    )
    columns = (cells.forecast[shown].tolist(), calibrated[shown].tolist(), consistency, confidence)
    return [Point(*row) for row in zip(*columns, strict=True)]


def _pairs(band: Band | None, shown: Ints) -> list[Pair | None]:
    if band is None:
        return [None] * shown.size
    return list(zip(band.lower[shown].tolist(), band.upper[shown].tolist(), strict=True))


def _shown(calibrated: Floats) -> Booleans:
    if calibrated.size <= MOST_POINTS:
        return np.ones(calibrated.size, dtype=np.bool_)
    steps = np.diff(calibrated) != 0
    shown: Booleans = np.append(True, steps) | np.append(steps, True)
    return shown


def _natural(key: str) -> tuple[int, str]:
    """Ids by number, lead times by length, the rest by name."""
    if key in LEAD_BANDS:
        return LEAD_BANDS.index(key), ""
    return (int(key) if key.isdigit() else 0, key)


def _labels(group_by: str, keys: list[str]) -> dict[str, str]:
    """What people call the values of a dimension whose keys are ids."""
    if group_by == "analyst":
        people = Forecaster.objects.filter(pk__in=map(int, keys)).select_related("user")
        return {str(one.pk): str(one) for one in people}
    if group_by == "source":
        return {str(pk): name for pk, name in Source.objects.filter(pk__in=map(int, keys)).values_list("pk", "name")}
    if group_by == "scenario":
        return {str(pk): slug for pk, slug in Scenario.objects.filter(pk__in=map(int, keys)).values_list("pk", "slug")}
    return {}


def _shown_key(key: str, group_by: str, names: dict[str, str]) -> str:
    """Scenarios go by their slugs, as in the filter."""
    return names.get(key, key) if group_by == "scenario" else key
