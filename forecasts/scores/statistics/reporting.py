"""Builds calibration reports from the sums of slices."""

from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING

from forecasts.models import Forecaster, Scenario, Source
from forecasts.scores.scorekeeping.contributing import LEAD_BANDS
from forecasts.scores.statistics import bands_cache, caveats, counting, unit_reports
from forecasts.scores.statistics.bands import Bands, Intervals, shown
from forecasts.scores.statistics.caveats import NOT_OF_GROUPS, NOT_YET
from forecasts.scores.statistics.counting_against import against_references
from forecasts.scores.statistics.shapes import (
    Auc,
    Bin,
    CalibrationError,
    CalibrationTest,
    Corp,
    Counts,
    Decomposition,
    Filters,
    Frequency,
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
from forecasts.scores.statistics.slices import Slice, check_grouping, checked
from forecasts.scores.statistics.sums import Sums, nothing, read, read_by
from forecasts.scores.statistics.visibility import Moment, Sight, sight
from forecasts.scoring import calibration, corp, resampling
from forecasts.scoring.arrays import Floats
from forecasts.scoring.bands import LEVEL, Band
from forecasts.scoring.cells import Cells, bin_table
from forecasts.scoring.rules import BRIER_UNIT, GRID, LOG_MOST, LOG_UNIT
from forecasts.scoring.totals import BRIER, LOG, OUTCOME, bin_name
from forecasts.scoring.uncertainty import Bounds, mean_of, share_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User

type Basis = tuple[float, int, float]
"""How many estimates, on how many forecasts, that count for how many independent situations."""


def report(
    user: "User | AnonymousUser", filters: Filters | None = None, estimand: str = "last", seen: Sight | None = None
) -> Report:
    """Calibration of the slice that the filters name, within what this person may see. Raises InvalidValue.

    Costs by the number of probabilities in use, or, for a combination of filters, by the pairs in the slice. Bands
    of a large slice are those that `bands_cache.keep_wanted` has kept, else null with a note, and it will keep them.
    `seen` is what this person sees, for who has looked already.
    """
    seen = seen or sight(user)
    return _reported(checked(seen.scenarios, filters or Filters(), estimand), seen)


def own(user: "User", forecaster: int) -> Report:
    """The record of whoever asks, over all that they may see: empty where nothing of theirs is left to see."""
    seen = sight(user)
    return _reported(Slice(tuple(seen.scenarios.values()), Filters(analyst=forecaster), "last"), seen)


def _reported(asked: Slice, seen: Sight) -> Report:
    sums = read(asked)
    held = bands_cache.held(asked, seen.now, sums)
    counts = held.counts or counting.counted(asked, seen.now, sums.total)
    found = _report(asked, seen.now, sums, counts, held.bands)
    return replace(found, references=against_references(asked, seen.references))


def grouped(
    user: "User | AnonymousUser",
    group_by: str,
    filters: Filters | None = None,
    estimand: str = "last",
    seen: Sight | None = None,
    wanted: slice = slice(None),
) -> Grouped:
    """A report for each value of a dimension, without bands. Raises InvalidValue. As many queries as one report.

    `wanted` says which of the values, in their order.
    """
    check_grouping(group_by, estimand)
    seen = seen or sight(user)
    asked, now = checked(seen.scenarios, filters or Filters(), estimand), seen.now
    found = read_by(asked, group_by)
    states = counting.kept_states(asked, now, group_by)
    people = counting.forecasters_by(asked, group_by)
    every = sorted(found.keys() | states.keys(), key=_natural)
    keys = every[wanted]
    names = _labels(group_by, keys)
    return Grouped(
        group_by,
        [
            GroupOfReport(
                _shown_key(key, group_by, names), names.get(key, key), _part(asked, now, key, found, states, people)
            )
            for key in keys
        ],
        len(every),
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
    bins, choice, spread = (
        _bins(sums, asked),
        unit_reports.multiple_choice(total, estimand),
        unit_reports.quantiles(total, estimand),
    )
    said = {
        "snapshot": now.snapshot,
        "as_of": now.as_of,
        "filters": asked.filters,
        "estimand": estimand,
        "counts": counts,
        "bins": bins,
        "multiple_choice": choice,
        "quantiles": spread,
        "band_level": LEVEL,
    }
    if cells.n.size == 0:
        return Report(**said, notes=caveats.of_nothing(asked, now, sums) + caveats.of_others(choice, spread))  # type: ignore[arg-type]
    recalibration = calibration.recalibration(cells)
    calibrated = corp.curve(cells)
    by_situation, by_forecast = total.of(BRIER)
    basis = (unit_reports.pairs(cells.total, estimand), by_forecast.clusters, by_situation.effective)
    intervals = bands.intervals if bands and bands.intervals else Intervals()
    return Report(
        **said,  # type: ignore[arg-type]
        base_rate=cells.base_rate,
        base_rate_interval=_base_rate(sums, basis[0]),
        scores=_scores(sums, basis[0], intervals),
        decomposition=_decomposition(cells, calibrated, intervals, basis),
        recalibration=_recalibrated(recalibration, intervals, basis),
        calibration_error=_error(cells, asked, bands, intervals, basis),
        auc=_auc(cells, intervals, basis),
        calibration_test=CalibrationTest(bands.p_value) if bands and bands.p_value is not None else None,
        drift=bands.drift if bands else None,
        sharpness=_sharpness(cells, intervals, basis),
        curve=_curve(cells, calibrated, bands, estimand),
        notes=caveats.of(asked, sums, recalibration.reason, bands, without)
        + caveats.of_bins(bins)
        + caveats.of_others(choice, spread),
    )


def _auc(cells: Cells, intervals: Intervals, basis: Basis) -> Auc | None:
    value = float(resampling.auc(cells.forecast, cells.n, cells.k))
    return None if isnan(value) else Auc(value, intervals.resampled.get("auc"), *basis)


def _decomposition(cells: Cells, calibrated: Floats, intervals: Intervals, basis: Basis) -> Decomposition:
    ends = intervals.resampled.get
    of_corp = (ends(part) for part in ("miscalibration", "discrimination", "uncertainty"))
    of_murphy = (ends(part) for part in ("reliability", "resolution", "uncertainty"))
    return Decomposition(
        Corp(*corp.decompose_brier(cells, calibrated), *basis, *of_corp),
        MurphyParts(*calibration.murphy(cells), *basis, *of_murphy),
        Corp(*corp.decompose_log(cells), *basis),
    )


def _scores(sums: Sums, n: float, intervals: Intervals) -> Scores:
    cells, total = sums.cells, sums.total
    uncertainty = corp.log_uncertainty(cells)
    log = mean_of(total.of(LOG), LOG_UNIT, corp.would_log(cells), Bounds(0.0, LOG_MOST))
    log_skill = 1 - log.mean / uncertainty if log.mean is not None and uncertainty else None
    brier = mean_of(total.of(BRIER), BRIER_UNIT, corp.would_brier(cells), Bounds(0.0, 1.0))
    told = unit_reports.score(brier, n, calibration.skill(cells))
    told = told and replace(told, skill_ci95=intervals.resampled.get("skill"))
    return Scores(told, unit_reports.score(log, n, log_skill))


def _base_rate(sums: Sums, n: float) -> Frequency:
    found = share_of(sums.total.of(OUTCOME))
    counted = (n, found.forecasts, found.situations, found.effective)
    return Frequency(sums.cells.base_rate, found.ci95, *counted, found.if_independent)


def _recalibrated(found: calibration.Recalibration, intervals: Intervals, basis: Basis) -> Recalibration | None:
    if found.slope is None or found.intercept is None:
        return None
    return Recalibration(found.slope, found.intercept, intervals.slope, intervals.intercept, *basis)


def _error(cells: Cells, asked: Slice, bands: Bands | None, intervals: Intervals, basis: Basis) -> CalibrationError:
    bins = asked.filters.bins
    calibrated = bands.error_if_calibrated if bands else None
    error = calibration.calibration_error(cells, bins)
    ends = intervals.resampled.get(f"ece:{bins}")
    return CalibrationError(error, calibrated[bins] if calibrated else None, *basis, ends)


def _sharpness(cells: Cells, intervals: Intervals, basis: Basis) -> Sharpness:
    means = calibration.sharpness(cells)
    return Sharpness(*means, *basis[:2], intervals.mean_confidence, intervals.brier_if_calibrated, basis[2])


def _bins(sums: Sums, asked: Slice) -> list[Bin]:
    bins, found = asked.filters.bins, []
    if sums.cells.n.size == 0:
        return []
    for place, row in enumerate(bin_table(sums.cells, bins)):
        held = share_of(sums.total.of(bin_name(bins, place)))
        said = (row.mean_probability, row.observed_frequency, held.ci95)
        n, how_sure = unit_reports.pairs(row.n, asked.estimand), (held.situations, held.effective, held.if_independent)
        found.append(Bin(row.lower / GRID, row.upper / GRID, n, held.forecasts, *said, *how_sure))
    return found


def _curve(cells: Cells, calibrated: Floats, bands: Bands | None, estimand: str) -> list[Point]:
    at = shown(calibrated)
    consistency, confidence, whole = (
        _pairs(band, at.size)
        for band in ((bands.consistency, bands.confidence, bands.simultaneous) if bands else (None,) * 3)
    )
    counts = [unit_reports.pairs(n, estimand) for n in cells.n[at].tolist()]
    columns = (cells.forecast[at].tolist(), calibrated[at].tolist(), consistency, confidence, counts, whole)
    return [Point(*row) for row in zip(*columns, strict=True)]


def _pairs(band: Band | None, points: int) -> list[Pair | None]:
    if band is None:
        return [None] * points
    return list(zip(band.lower.tolist(), band.upper.tolist(), strict=True))


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
