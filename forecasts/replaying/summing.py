"""The calibration report of a replayed scenario, in lines for a terminal."""

from forecasts.models import Scenario, User
from forecasts.scores import statistics
from forecasts.scores.statistics import Filters, Report, Score

KINDS = {"analyst": "Analysts", "consensus": "Consensus"}


def summary(scenario: Scenario) -> list[str]:
    """One block for each kind of forecaster, under the estimand `last`. Numbers are those of the API."""
    return [line for kind in KINDS for line in _block(kind, scenario)]


def _block(kind: str, scenario: Scenario) -> list[str]:
    # Whoever runs a replay sees all of it; the account need not exist.
    report = statistics.report(User(is_superuser=True), Filters(scenario=scenario.slug, forecaster_kind=kind))
    counts = report.counts
    size = f"{counts.scored_pairs} estimates of {counts.forecasters} on {counts.scored_forecasts} forecasts"
    lines = [
        f"{KINDS[kind]}: {size}",
        *_scores(report),
        *_bins(report),
    ]
    return [*lines, *(f"  {note}" for note in report.notes), ""]


def _scores(report: Report) -> list[str]:
    base = [] if report.base_rate is None else [f"  base rate    {report.base_rate:.4f}"]
    return [*base, *_score("Brier score", report.scores.brier), *_score("log score", report.scores.log)]


def _score(name: str, score: Score | None) -> list[str]:
    if score is None:
        return []
    error = "" if score.standard_error is None else f"  standard error {score.standard_error:.4f}"
    skill = "" if score.skill is None else f"  skill {score.skill:.4f}"
    return [f"  {name:<11}  {score.mean:.4f}{error}{skill}"]


def _bins(report: Report) -> list[str]:
    return [
        f"  {one.lower:>4.0%} to {one.upper:>4.0%}  n {one.n:>3.0f}  said {one.mean_probability:>6.1%}"
        f"  came true {one.observed_frequency:>6.1%}"
        for one in report.bins
        if one.mean_probability is not None and one.observed_frequency is not None
    ]
