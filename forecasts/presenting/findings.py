"""Every statistic of a report in a sentence of its own."""

from collections.abc import Callable, Iterator

from forecasts.presenting.diagram import share
from forecasts.scores.statistics.shapes import Drift, Frequency, MultipleChoice, Pair, Report, Score, UnitScores
from forecasts.scoring.uncertainty import FEWEST, counting_for, is_enough

LEANING = 0.1
"""A recalibration slope this close to 1 is called right."""


def findings(report: Report) -> list[str]:
    """What the numbers of yes-or-no forecasts say, the most telling first; empty where none is scored."""
    if report.scores.brier is None:
        return []
    return [
        *_brier(report),
        *_parts(report),
        *_slope(report),
        *_error(report),
        *_sharpness(report),
        *_against_counting(report),
        *_apart(report),
        *_test(report),
        *_drift(report),
    ]


def _against_counting(report: Report) -> Iterator[str]:
    """Whether it was better than arithmetic that knew what was known at the time."""
    for one in report.references:
        if one.difference is None:
            continue
        interval = uncertain(one.difference, "{:.3f}".format, one.forecasts)
        how = "better" if one.difference.mean < 0 else "worse"
        skill = "" if one.skill is None else f", a skill of {one.skill:.2f}"
        yield (
            f"On {one.forecasts:,} forecast{'' if one.forecasts == 1 else 's'} that the"
            f" {one.method.replace('_', ' ')} answered too: {abs(one.difference.mean):.3f} {how} in Brier"
            f" score{interval}{skill}."
        )


def _brier(report: Report) -> Iterator[str]:
    score, log = report.scores.brier, report.scores.log
    if score is None:
        return
    base = report.base_rate or 0.0
    interval = uncertain(score, "{:.3f}".format, score.forecasts or report.counts.scored_forecasts)
    often = _often(report.base_rate_interval)
    yield (
        f"Brier score {score.mean:.3f}{interval}: 0 is perfect; always saying {share(base)}, how often it was "
        f"yes{often}, would give {base * (1 - base):.3f}{_skill(score)}."
    )
    if log is not None:
        interval = uncertain(log, "{:.3f}".format, log.forecasts or report.counts.scored_forecasts)
        yield f"Logarithmic score {log.mean:.3f}{interval}, in nats: 0 is perfect, a coin gives 0.693."


def uncertain(score: Score, shown: Callable[[float], str], count: int) -> str:
    """How sure a mean over so many forecasts is, in brackets, or what is missing, and what it were if independent."""
    if score.ci95 is not None:
        return f" (95% interval {_ends(score.ci95, shown)})"
    independent = score.ci95_if_independent
    were = f"; {_ends(independent, shown)} if its forecasts were independent" if independent else ""
    return f" ({too_few(score, count)}{were})"


def _ends(interval: Pair, shown: Callable[[float], str]) -> str:
    return f"{shown(interval[0])} to {shown(interval[1])}"


def too_few(score: Score, count: int) -> str:
    """Why a mean over so many forecasts has no interval."""
    if score.situations == 1 and count > 1:
        return "no 95% interval: all from one situation, which tells nothing about another"
    if score.situations == count < FEWEST:
        missing = FEWEST - count
        return f"{missing} more {'is' if missing == 1 else 'are'} needed for an interval"
    if is_enough(score.effective_n):
        return "no 95% interval: all scores are alike, and how far another may lie cannot be told"
    counted = f"{forecasts(count)} of {score.situations:,} situations count for {counting_for(score.effective_n)}"
    return f"no 95% interval: {counted} independent ones, {FEWEST} are needed"


def _often(base: Frequency | None) -> str:
    if base is None or base.ci95 is None:
        return ""
    return f" (95% interval {share(base.ci95[0])} to {share(base.ci95[1])})"


def _skill(score: Score) -> str:
    if score.skill is None:
        return "; all outcomes were alike, so there is no skill to speak of"
    better = "better" if score.skill >= 0 else "worse"
    return f", so these are {100 * abs(score.skill):.0f}% {better}"


def _parts(report: Report) -> Iterator[str]:
    corp, murphy = report.decomposition.corp, report.decomposition.murphy
    if corp is not None:
        yield (
            f"It is made of {corp.uncertainty:.3f} that nobody could know, less {corp.discrimination:.3f} for telling "
            f"yes from no, plus {corp.miscalibration:.3f} for wrong confidence."
        )
    if murphy is not None:
        yield (
            f"Murphy's parts of it, which take each probability by itself and so blame chance on the forecasters: "
            f"{murphy.uncertainty:.3f} uncertainty, less {murphy.resolution:.3f} resolution, plus "
            f"{murphy.reliability:.3f} reliability."
        )


def _slope(report: Report) -> Iterator[str]:
    fitted = report.recalibration
    if fitted is None:
        reasons = [note for note in report.notes if note.startswith("No recalibration")]
        yield reasons[0] if reasons else "No recalibration slope: too few forecasts for it."
        return
    if abs(fitted.slope - 1) <= LEANING:
        judged = "about right"
    else:
        judged = "too sure on the whole" if fitted.slope < 1 else "not sure enough on the whole"
    yield f"Recalibration slope {fitted.slope:.2f}{_between(fitted.slope_ci95)}, where 1 is right: {judged}."
    leaning = "neither way" if abs(fitted.intercept) <= LEANING else "low" if fitted.intercept > 0 else "high"
    intercept = f"{fitted.intercept:.2f}{_between(fitted.intercept_ci95)}"
    yield f"Recalibration intercept {intercept}, where 0 is right: what was said leans {leaning}."


def _between(interval: Pair | None) -> str:
    return "" if interval is None else f" (95% interval {interval[0]:.2f} to {interval[1]:.2f})"


def _error(report: Report) -> Iterator[str]:
    error = report.calibration_error
    if error is None:
        return
    chance = error.ece_if_calibrated
    beside = (
        "; what chance alone would give is not known here"
        if chance is None
        else f"; chance alone would give a calibrated forecaster {100 * chance:.1f}"
    )
    yield f"Expected calibration error {100 * error.ece:.1f} points{beside}."


def _sharpness(report: Report) -> Iterator[str]:
    sharp = report.sharpness
    if sharp is not None:
        yield (
            f"Sharpness {sharp.mean_confidence:.2f}{_between(sharp.mean_confidence_ci95)}, where 0 is always evens and "
            f"1 always certain; a calibrated forecaster who said these numbers would have a Brier score of "
            f"{sharp.brier_if_calibrated:.3f}."
        )


def _apart(report: Report) -> Iterator[str]:
    if report.auc is not None:
        yield (
            f"What came true was called likelier than what did not in {share(report.auc.value)} of pairs"
            f"{_between(report.auc.ci95)} (AUC): 50% is chance."
        )


def _test(report: Report) -> Iterator[str]:
    if report.calibration_test is None:
        return
    p = report.calibration_test.p_value
    judged = "no sign of miscalibration" if p >= 0.05 else "hardly chance"
    yield f"Test of calibration: {share(p)} of calibrated forecasters would look as badly so, or worse: {judged}."


def _drift(report: Report) -> Iterator[str]:
    drift = report.drift
    if drift is None:
        return
    if drift.alarmed_on is None:
        yield f"No sign of drift: e-value {drift.e_value:.1f}, and the alarm goes at 20. One may look every day."
        return
    yield alarm(drift)


def alarm(drift: Drift) -> str:
    """What has drifted, of one whose alarm has gone."""
    told = f"of what was called {share(drift.said)}, {share(drift.came)} came true since {drift.since:%-d %B %Y}"
    return (
        f"Alarm since {drift.alarmed_on:%-d %B %Y}: {told} (e-value {drift.e_value:.1f}; 1 in 20 calibrated "
        "forecasters would ever set it off, however often one looks)."
    )


def choice_findings(choice: MultipleChoice) -> list[str]:
    """What the scores of multiple choice say."""
    brier = choice.brier
    between = uncertain(brier, "{:.3f}".format, choice.forecasts)
    said = [f"Brier score {brier.mean:.3f}{between} over {forecasts(choice.forecasts)}: 0 is perfect, 2 is the worst."]
    if choice.log is not None:
        shown = uncertain(choice.log, "{:.3f}".format, choice.forecasts)
        said.append(f"Logarithmic score {choice.log.mean:.3f}{shown}, in nats: 0 is perfect.")
    if choice.rps is not None:
        said.append(
            f"Ranked probability score {choice.rps.mean:.3f} where options are ordered: 0 is perfect, and the option "
            "beside the right one costs less than one far off."
        )
    return said


def unit_finding(unit: UnitScores) -> str:
    """What the weighted interval score of one unit says, and what it is made of."""
    parts = {
        "intervals being wide": unit.dispersion,
        "truths below them": unit.overprediction,
        "truths above them": unit.underprediction,
    }
    between = uncertain(unit.wis, amount, unit.forecasts)
    most = max(parts, key=lambda name: parts[name])
    return (
        f"Weighted interval score {amount(unit.wis.mean)} {unit.unit or 'days'}{between} over "
        f"{forecasts(unit.forecasts)}: 0 is perfect; most of it comes of {most}."
    )


def amount(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def forecasts(count: int) -> str:
    """How many forecasts, in words.

    >>> forecasts(1), forecasts(1200)
    ('1 forecast', '1,200 forecasts')
    """
    return "1 forecast" if count == 1 else f"{count:,} forecasts"
