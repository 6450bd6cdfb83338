"""Records estimates. Web, mail and API all come through here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from forecasts import watching
from forecasts.models import Estimate, Forecast, Forecaster, Prompt, User, Verdict
from forecasts.rules import access, values
from forecasts.rules.errors import InvalidValue, NotNow
from forecasts.rules.values import RATIONALE_LENGTH, Value

CORRECTED_FOR = timedelta(minutes=15)
"""So long after a mail's link was used a slip can be corrected through it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says: an event, a value where it needs one, why; and the version of the criteria that they read."""

    event: Estimate.Event = Estimate.Event.UPDATE
    value: Value | None = None
    rationale: str = ""
    word: str = ""
    word_scale: str = ""
    word_scale_edition: str = ""
    version: int | None = None


@transaction.atomic
def record(
    forecast: Forecast,
    user: User,
    answer: Answer,
    *,
    at: datetime,
    channel: Estimate.Channel,
    prompt: Prompt | None = None,
    corrects: Estimate | None = None,
) -> Estimate:
    """Write one estimate and move the person's next prompt. Raises NotAllowed, InvalidValue or NotNow; then nothing
    is kept.

    Who declines twice has declined once. One that `corrects` another takes its place wherever estimates are scored.
    """
    forecast = (
        Forecast.objects.select_for_update(no_key=True, of=("self",)).select_related("scenario").get(pk=forecast.pk)
    )
    access.require(access.may_estimate(user, forecast), "Estimating is for members of the scenario who are asked.")
    at = at if channel == Estimate.Channel.IMPORT else forecast.moment(at)
    check_open(forecast, at)
    if answer.version not in (None, forecast.version):
        raise NotNow("The criteria were amended while you were answering. Nothing is recorded yet: read them again.")
    forecaster = Forecaster.objects.of(user)
    said = _newest(forecast, forecaster) if answer.event == Estimate.Event.DECLINE else None
    if said is not None and said.event == Estimate.Event.DECLINE:
        return said
    value = _value(forecast, forecaster, answer, at)
    estimate = Estimate.objects.create(
        forecast=forecast,
        forecaster=forecaster,
        event=answer.event,
        made_at=at,
        recorded_at=at,
        **value.columns,
        word=answer.word,
        word_scale=answer.word_scale,
        word_scale_edition=answer.word_scale_edition,
        rationale=_rationale(answer.rationale),
        channel=channel,
        criteria_version=forecast.version,
        prompt=prompt,
        corrects=corrects,
        is_demo=user.is_demo,
    )
    if prompt is not None:
        Prompt.objects.filter(pk=prompt.pk).update(state=Prompt.State.ANSWERED)
    watching.refresh(forecast, at)
    return estimate


def check_open(forecast: Forecast, at: datetime) -> None:
    """Raise NotNow unless the forecast takes estimates at `at`."""
    if (
        forecast.published_at is None
        or forecast.published_at > at
        or forecast.opens_at is None
        or forecast.closes_at is None
    ):
        raise NotNow("This forecast is not published yet.")
    if at < forecast.opens_at:
        raise NotNow(f"This forecast opens on {forecast.opens_at:%Y-%m-%d %H:%M} UTC.")
    if at >= forecast.closes_at:
        raise NotNow(f"This forecast closed on {forecast.closes_at:%Y-%m-%d %H:%M} UTC.")
    if Verdict.objects.complete(at).filter(forecast=forecast).exists():
        raise NotNow("This forecast has been resolved.")


def correctable(first: Estimate, at: datetime) -> tuple[Estimate, datetime] | None:
    """What was said last in the place of this estimate, and until when it can be corrected; None after that."""
    until = first.made_at + CORRECTED_FOR
    newest = first
    while (correction := Estimate.objects.filter(corrects=newest).first()) is not None:
        newest = correction
    is_last = not Estimate.objects.filter(
        forecast=first.forecast_id, forecaster=first.forecaster_id, made_at__gt=newest.made_at
    ).exists()
    return (newest, until) if at < until and is_last else None


def current(forecast: Forecast, forecaster: Forecaster, at: datetime) -> Estimate | None:
    """The estimate of this forecaster in force at `at`."""
    return Estimate.objects.filter(forecast=forecast, forecaster=forecaster).in_force(at).first()


def _newest(forecast: Forecast, forecaster: Forecaster) -> Estimate | None:
    return Estimate.objects.filter(forecast=forecast, forecaster=forecaster).in_order().last()


def _value(forecast: Forecast, forecaster: Forecaster, answer: Answer, at: datetime) -> Value:
    """What the estimate holds. A reaffirmation repeats the value in force; leaving has none."""
    if answer.event == Estimate.Event.UPDATE:
        if answer.value is None:
            raise InvalidValue("probability", "A new estimate needs a value.")
        values.fits(forecast, answer.value)
        if not covers_options(forecast, answer.value.probabilities):
            raise InvalidValue("probabilities", "The options have changed meanwhile: give one probability for each.")
        return answer.value
    if answer.event == Estimate.Event.DECLINE:
        return Value()
    old = current(forecast, forecaster, at)
    if old is None:
        raise NotNow("There is no estimate of yours in force here: give a value first.")
    if answer.event == Estimate.Event.REAFFIRM and not covers_options(forecast, old.probabilities):
        raise NotNow("An option was added since you answered: give a new value, with all options.")
    return Value.of(old) if answer.event == Estimate.Event.REAFFIRM else Value()


def covers_options(forecast: Forecast, probabilities: Sequence[int] | None) -> bool:
    """Whether these hold one for each option of today; values of other kinds have none to hold."""
    return probabilities is None or len(probabilities) == forecast.options.count()


def _rationale(text: str) -> str:
    if len(text) > RATIONALE_LENGTH:
        raise InvalidValue("rationale", f"A rationale has at most {RATIONALE_LENGTH:,} characters.")
    if "\x00" in text:
        raise InvalidValue("rationale", "A rationale cannot hold NUL characters.")
    return text.strip()
