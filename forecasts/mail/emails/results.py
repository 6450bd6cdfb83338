"""What came of a forecast: the outcome, everybody's own scores beside the consensus', and their calibration."""

from collections.abc import Sequence
from typing import Any

from forecasts.mail import links
from forecasts.mail.emails.about_forecasts import about, forecast_of
from forecasts.mail.emails.known import Known
from forecasts.mail.emails.plain import one_line
from forecasts.mail.emails.wire import Picture
from forecasts.models import Estimate, Forecaster, Prompt
from forecasts.presenting import charts, diagram, states, words
from forecasts.scores.statistics import ForecasterScores, Report, sentence

type Data = dict[str, Any]
COLUMNS = (
    ("brier", "Brier score", "0 is best"),
    ("log", "Log score", "0 is best"),
    ("wis", "Weighted interval score", "0 is best"),
    ("baseline", "Baseline score", "100 is best"),
    ("peer", "Peer score", "above 0 beats the others"),
)
PICTURE = "calibration"


def told(prompt: Prompt, known: Known) -> tuple[Data, Sequence[Picture]]:
    """The news of one forecast, with the picture where there is something to draw."""
    data = brief(prompt, known)
    forecaster = Forecaster.objects.filter(user=prompt.recipient).first()
    report = known.calibration(prompt.recipient, forecaster) if forecaster is not None else None
    if report is None or not report.bins or report.curve is None:
        return {**data, "calibration": sentence(report) if report else "", "bins": []}, ()
    picture = Picture(PICTURE, charts.png(charts.reliability(report)))
    return {**data, "calibration": sentence(report), "bins": _bins(report), "picture": PICTURE}, [picture]


def brief(prompt: Prompt, known: Known) -> Data:
    """The same without the calibration, for a digest."""
    forecast, person = forecast_of(prompt), prompt.recipient
    verdict = known.resolution(forecast)
    scores = known.scores(forecast)
    own = Estimate.objects.filter(forecast=forecast, forecaster__user=person).values_list("forecaster", flat=True)
    mine = next((one for one in scores if one.forecaster in set(own[:1])), None)
    shared = next((one for one in scores if one.kind == Forecaster.Kind.CONSENSUS), None)
    return {
        **about(forecast, person, known.at, known.standing(prompt.pk)),
        "link": links.absolute(forecast.get_absolute_url()),
        "outcome": one_line(states.outcome(forecast, verdict)) if verdict else "",
        "known": words.date(verdict.known_at, forecast.zone) if verdict and verdict.known_at else "",
        "is_void": verdict is not None and verdict.outcome in verdict.UNSCORED,
        "scores": _scores(mine, shared) if mine else [],
        "is_again": verdict is None or verdict.round > 1,
    }


def _scores(mine: ForecasterScores, shared: ForecasterScores | None) -> list[Data]:
    """Own and consensus, one row for each score that exists."""
    rows = []
    for name, label, best in COLUMNS:
        own = getattr(mine, name)
        if own is not None:
            beside = getattr(shared, name) if shared is not None else None
            rows.append({"label": label, "best": best, "own": _number(own), "consensus": _number(beside)})
    return rows


def _number(score: float | None) -> str:
    if score is None:
        return "–"
    return f"{score:.0f}" if abs(score) >= 10 else f"{score:.3f}"


def _bins(report: Report) -> list[Data]:
    return [
        {
            "range": f"{one.lower:.0%} to {one.upper:.0%}",
            "n": diagram.counted(one.n),
            "said": diagram.share(one.mean_probability),
            "came": diagram.share(one.observed_frequency),
        }
        for one in report.bins
        if one.n > 0
    ]
