"""Every statistic of a report in a sentence of its own."""

from collections.abc import Iterator

from forecasts.presenting.diagram import counted, share
from forecasts.statistics.shapes import MultipleChoice, Quantiles, Report, Score

LEANING = 0.1
"""A recalibration slope this close to 1 is called right."""


def findings(report: Report) -> list[str]:
    """What the numbers say, the most telling first."""
    return [
        *_brier(report),
        *_parts(report),
        *_slope(report),
        *_error(report),
        *_choice(report.multiple_choice),
        *_quantiles(report.quantiles),
    ]


def _brier(report: Report) -> Iterator[str]:
    score, log = report.scores.brier, report.scores.log
    if score is None:
        return
    base = report.base_rate or 0.0
    yield (
        f"Brier score {score.mean:.3f}{_interval(score)}: 0 is perfect; always saying {share(base)}, how often it was "
        f"yes, would give {base * (1 - base):.3f}{_skill(score)}."
    )
    if log is not None:
        yield f"Logarithmic score {log.mean:.3f}{_interval(log)}, in nats: 0 is perfect, a coin gives 0.693."


def _interval(score: Score) -> str:
    if score.ci95 is None:
        return " (too few forecasts for an interval)"
    return f" (95% interval {score.ci95[0]:.3f} to {score.ci95[1]:.3f})"


def _skill(score: Score) -> str:
    if score.skill is None:
        return ""
    better = "better" if score.skill >= 0 else "worse"
    return f", so these are {100 * abs(score.skill):.0f}% {better}"


def _parts(report: Report) -> Iterator[str]:
    corp = report.decomposition.corp
    if corp is not None:
        yield (
            f"It is made of {corp.uncertainty:.3f} that nobody could know, less {corp.discrimination:.3f} for telling "
            f"yes from no, plus {corp.miscalibration:.3f} for wrong confidence."
        )


def _slope(report: Report) -> Iterator[str]:
    fitted = report.recalibration
    if fitted is None:
        return
    if abs(fitted.slope - 1) <= LEANING:
        judged = "about right"
    else:
        judged = "too sure on the whole" if fitted.slope < 1 else "not sure enough on the whole"
    yield f"Recalibration slope {fitted.slope:.2f}, where 1 is right: {judged}."


def _error(report: Report) -> Iterator[str]:
    error = report.calibration_error
    if error is None:
        return
    chance = error.ece_if_calibrated
    beside = "" if chance is None else f"; chance alone would give a calibrated forecaster {100 * chance:.1f}"
    yield f"Expected calibration error {100 * error.ece:.1f} points{beside}."


def _choice(choice: MultipleChoice | None) -> Iterator[str]:
    if choice is None:
        return
    rps = "" if choice.rps is None else f", ranked probability score {choice.rps.mean:.3f} where options are ordered"
    yield f"Multiple choice, {forecasts(choice.forecasts)}: Brier score {choice.brier.mean:.3f} of at most 2{rps}."


def _quantiles(quantiles: Quantiles | None) -> Iterator[str]:
    if quantiles is None:
        return
    for one in quantiles.coverage:
        yield (
            f"Intervals meant to hold {share(one.nominal)} held the truth in {share(one.observed)} "
            f"of {counted(one.n)} cases."
        )
    for unit in quantiles.units:
        yield f"Weighted interval score {_amount(unit.wis.mean)} {unit.unit}, {forecasts(unit.forecasts)}."


def _amount(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def forecasts(count: int) -> str:
    """How many forecasts, in words.

    >>> forecasts(1), forecasts(1200)
    ('1 forecast', '1,200 forecasts')
    """
    return "1 forecast" if count == 1 else f"{count:,} forecasts"
