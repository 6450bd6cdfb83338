"""What the people of a scenario folder did: their answers and findings, each done at its own time by the live code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forecasts import watching
from forecasts.answers import estimating, resolving
from forecasts.answers.estimating import Answer
from forecasts.answers.resolving import Finding, Proof
from forecasts.models import Estimate, Forecast, Option, Prompt, User, Verdict
from forecasts.questions.intake import Loaded
from forecasts.questions.intake.estimates_file import Row
from forecasts.questions.intake.people import Cast
from forecasts.questions.intake.question import UNSCORED, Resolution
from forecasts.questions.intake.question import Forecast as Entry
from forecasts.replaying import cutting


@dataclass(frozen=True, slots=True)
class Estimating:
    at: datetime
    forecast: Forecast
    person: User
    answer: Answer

    def do(self, prompt: Prompt | None = None) -> Estimate:
        """Record the estimate, as the answer to a mail where there was one."""
        channel = Estimate.Channel.MAIL if prompt else Estimate.Channel.WEB
        return estimating.record(self.forecast, self.person, self.answer, at=self.at, channel=channel, prompt=prompt)


@dataclass(frozen=True, slots=True)
class Resolving:
    at: datetime
    forecast: Forecast
    person: User
    finding: Finding

    def do(self) -> Verdict:
        return resolving.resolve(self.forecast, self.person, self.finding, at=self.at)


@dataclass(frozen=True, slots=True)
class Told:
    """How much of a history was new."""

    estimates: int = 0
    resolutions: int = 0


@transaction.atomic
def retell(loaded: Loaded, until: datetime) -> Told:
    """Record the demonstration history of a folder up to `until`, at its original times. Nobody is written to.

    What is open at `until` is asked about from then on. A forecast that has such a history keeps the one it has.
    """
    known = _told_already(loaded)
    acts = [act for act in acts_of(loaded) if act.at <= until and act.forecast.pk not in known]
    counted = [act for act in cutting.acts_of(loaded) if act.at <= until] if acts else []
    with watching.once_each():
        for act in sorted([*acts, *counted], key=lambda one: one.at):
            act.do()
    watching.catch_up({act.forecast.pk: act.forecast for act in acts}.values(), until)
    estimates = sum(isinstance(act, Estimating) for act in acts)
    return Told(estimates, len(acts) - estimates)


def _told_already(loaded: Loaded) -> set[int]:
    forecasts = loaded.scenario.forecasts
    estimated = forecasts.filter(estimates__is_demo=True).values_list("pk", flat=True)
    resolved = forecasts.filter(verdicts__isnull=False).values_list("pk", flat=True)
    return {*estimated, *resolved}


def acts_of(loaded: Loaded) -> Sequence[Estimating | Resolving]:
    """Everything that the folder says people did, in the order of time; at one time answers come first."""
    document = loaded.folder.document
    forecasts = {forecast.key: forecast for forecast in loaded.scenario.forecasts.all()}
    cast = Cast(document, demo=True)
    estimates = [_estimating(row, forecasts[row.forecast], cast) for row in loaded.folder.estimates]
    findings = [
        _resolving(f"forecasts[{index}] {entry.id}", entry, entry.resolution, forecasts[entry.id], cast)
        for index, entry in enumerate(document.forecasts)
        if entry.resolution is not None
    ]
    return sorted([*estimates, *findings], key=lambda act: act.at)


def _estimating(row: Row, forecast: Forecast, cast: Cast) -> Estimating:
    return Estimating(
        row.made_at, forecast, cast.acting("people", row.analyst), Answer(row.event, row.value, row.rationale)
    )


def _resolving(place: str, entry: Entry, resolution: Resolution, forecast: Forecast, cast: Cast) -> Resolving:
    person = cast.acting(f"{place}: resolution: by", resolution.by)
    return Resolving(resolution.recorded_at, forecast, person, _finding(entry, resolution, forecast))


def _finding(entry: Entry, resolution: Resolution, forecast: Forecast) -> Finding:
    outcome, option, value = _outcome(entry, resolution.outcome, forecast)
    return Finding(
        outcome=outcome,
        option=option,
        value=value,
        occurred_at=resolution.occurred_at,
        known_at=resolution.known_at,
        note=resolution.note,
        evidence=[Proof(proof.url, proof.quote, proof.retrieved_at, proof.as_of) for proof in resolution.evidence],
    )


def _outcome(
    entry: Entry, given: str | float, forecast: Forecast
) -> tuple[Verdict.Outcome, Option | None, float | None]:
    if given in (*UNSCORED, *Verdict.BEYOND) or forecast.asks.is_yes_or_no:
        return Verdict.Outcome(str(given)), None, None
    if forecast.asks.has_options:
        return Verdict.Outcome.OPTION, forecast.options.get(label=given), None
    return Verdict.Outcome.VALUE, None, forecast.asks.read(given)
