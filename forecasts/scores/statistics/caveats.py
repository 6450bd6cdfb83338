"""Why a statistic of a report is missing, and what its reader must know. One sentence each."""

from forecasts.models import Forecaster
from forecasts.scores.statistics.bands import Bands
from forecasts.scores.statistics.shapes import Bin, MultipleChoice, Quantiles
from forecasts.scores.statistics.slices import Slice
from forecasts.scores.statistics.sums import Sums
from forecasts.scores.statistics.visibility import Moment
from forecasts.scoring.resampling import OF_BOTH, RARER
from forecasts.scoring.totals import BRIER
from forecasts.scoring.uncertainty import FEWEST, is_enough, lacking, too_few


def of_nothing(asked: Slice, now: Moment, sums: Sums) -> list[str]:
    """Notes of a report without binary estimates."""
    if now.as_of is None:
        return ["Nothing has been settled yet, so nothing is counted."]
    if sums.total.other:
        return ["No yes-or-no forecast is scored here, so there is no curve."]
    notes = ["Nothing is scored here yet: a forecast enters when it is resolved and its scheduled dates have passed."]
    return notes + _left_out(asked, sums)


TELLING_APART = "skill, AUC, resolution and discrimination"
LATER = (
    "Bands, the test of calibration, the watch for drift, calibration error under calibration, intervals of skill, "
    "AUC, calibration error, sharpness, decompositions, slope and intercept"
)
NOT_YET = f"{LATER}: not computed yet for a slice of this size; they will be within minutes."
NOT_OF_GROUPS = f"{LATER}: given for one slice, so ask for this group alone."


def of(asked: Slice, sums: Sums, unrecalibrated: str | None, bands: Bands | None, without: str = NOT_YET) -> list[str]:
    """Notes of a report with binary estimates; `without` says why there are no bands where there are none."""
    by_situation, by_forecast = sums.total.of(BRIER)
    forecasts, notes = by_forecast.clusters, []
    if not by_situation.is_enough:
        notes.append(f"No interval: {_lower(too_few(by_situation))}")
    if bands is not None and bands.intervals is not None and not bands.intervals.resampled.keys() & set(OF_BOTH):
        notes.append(f"No interval of {TELLING_APART}: {RARER} independent situations of either outcome are needed.")
    if sums.cells.base_rate in (0, 1):
        notes.append("All outcomes are alike, so skill is not defined.")
    if unrecalibrated:
        notes.append(f"No recalibration: {unrecalibrated}")
    return [*notes, *_bands(sums, bands, forecasts, without), *_left_out(asked, sums), *_kind(asked)]


def of_bins(bins: list[Bin]) -> list[str]:
    """A bin may hold too few where the slice holds enough."""
    few = [one for one in bins if one.n and one.ci95 is None]
    if not few or few == bins:
        return []
    return [f"A bin whose forecasts count for fewer than {FEWEST} independent situations has no interval."]


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def of_others(choice: MultipleChoice | None, spread: Quantiles | None) -> list[str]:
    """Notes of multiple choice, numbers and dates."""
    notes = []
    if choice is not None:
        notes += _too_few("multiple choice", choice.brier.situations, choice.effective_n)
        notes += [] if choice.rps else ["No ranked probability score: no options here are ordered."]
    for unit in spread.units if spread else []:
        notes += _too_few(f"scores in {unit.unit or 'days'}", unit.wis.situations, unit.effective_n)
    if spread is not None and spread.pit:
        least = min(spread.pit, key=lambda one: one.effective_n)
        if not spread.units:
            notes += _too_few("coverage and ranges of quantiles", least.situations, least.effective_n)
    return notes


def _too_few(what: str, situations: int, effective: float) -> list[str]:
    if is_enough(effective):
        return []
    return [f"No interval of {what}: {_lower(lacking(situations, effective))}"]


def _bands(sums: Sums, bands: Bands | None, forecasts: int, without: str) -> list[str]:
    notes = []
    if sums.cells.total != forecasts:
        notes.append(
            "No consistency band and no calibration error under calibration: "
            "they hold only where each forecast has one estimate."
        )
    elif bands is not None and bands.p_value is None:
        notes.append("No test of calibration: it holds only where each forecast is a situation by itself.")
    if bands is None:
        notes.append(without)
    elif bands.confidence is None:
        notes.append(f"No confidence band: it needs {FEWEST} forecasts.")
    return notes


def _left_out(asked: Slice, sums: Sums) -> list[str]:
    left_out = sums.total.left_out
    if not left_out:
        return []
    was = (
        "1 pair of forecaster and forecast has"
        if left_out == 1
        else f"{left_out:,} pairs of forecaster and forecast have"
    )
    return [f"{was} no estimate under “{asked.estimand}” and are left out."]


def _kind(asked: Slice) -> list[str]:
    if asked.filters.forecaster_kind != Forecaster.Kind.SOURCE or asked.filters.analyst is not None:
        return []
    return ["Sources are scored at the middle of the range of their words; group by analyst for the ends."]
