"""The sentence above the reliability diagram: what the numbers say, or how many are missing."""

from forecasts.scores.statistics.shapes import Bin, Report
from forecasts.scoring.uncertainty import FEWEST, is_enough, too_few_to_judge


def sentence(report: Report) -> str:
    """What a report says in one sentence.

    It speaks of the bin whose outcomes contradict its probabilities most, else of the one with most forecasts.
    """
    scored = report.counts.scored_forecasts
    if not report.bins:
        return (
            "Nothing is scored here yet: forecasts count once they are resolved and their scheduled dates have passed."
        )
    brier = report.scores.brier
    if scored < FEWEST and brier is not None:
        return f"{_counted(scored)} scored, {too_few_to_judge(scored, brier.situations, brier.effective_n)}."
    sure = [one for one in report.bins if one.ci95 is not None]
    if not sure:
        return _if_independent(report)
    wrong = [one for one in sure if _outside(one)]
    told = max(wrong, key=_outside) if wrong else max(sure, key=lambda one: one.forecasts)
    said, came = _percent(told.mean_probability), _percent(told.observed_frequency)
    return f"Of what was called {said}, {came} came true: {_judged(told)}"


def _if_independent(report: Report) -> str:
    """What is said where situations are too few: what came, and that it tells little of others."""
    held = [one for one in report.bins if one.ci95_if_independent is not None]
    if not held:
        scored, brier = report.counts.scored_forecasts, report.scores.brier
        if brier is not None and not is_enough(brier.effective_n):
            return f"{_counted(scored)} scored, {too_few_to_judge(scored, brier.situations, brier.effective_n)}."
        return f"{_counted(scored)} scored, but no bin holds {FEWEST} independent ones yet, too few to judge."
    told = max(held, key=lambda one: one.forecasts)
    said, came = _percent(told.mean_probability), _percent(told.observed_frequency)
    low, high = told.ci95_if_independent or (0.0, 1.0)
    were = f"were they independent, the 95% interval were {_percent(low, sign=False)} to {_percent(high)}"
    few = too_few_to_judge(told.forecasts, told.situations, told.effective_n)
    return f"Of what was called {said}, {came} came true in {told.forecasts:,} forecasts, {few} ({were})"


def _judged(told: Bin) -> str:
    low, high = told.ci95 or (0.0, 1.0)
    basis = f"(95% interval {_percent(low, sign=False)} to {_percent(high)}, {told.forecasts:,} forecasts)"
    if not _outside(told):
        return f"well calibrated, as far as can be told {basis}"
    said, came = told.mean_probability or 0.0, told.observed_frequency or 0.0
    return f"{'too sure' if (came < said) == (said >= 0.5) else 'not sure enough'} {basis}"


def _outside(one: Bin) -> float:
    """How far a bin's mean probability lies outside the interval of its frequency."""
    if one.ci95 is None or one.mean_probability is None:
        return 0.0
    low, high = one.ci95
    return max(low - one.mean_probability, one.mean_probability - high, 0.0)


def _percent(share: float | None, *, sign: bool = True) -> str:
    number = 100 * (share or 0.0)
    text = "<1" if 0 < number < 1 else f"{number:.0f}"
    return text + "%" * sign


def _counted(forecasts: int) -> str:
    return "1 forecast is" if forecasts == 1 else f"{forecasts:,} forecasts are"
