"""Where forecasts stand: the estimates in force and their consensus, for many mails at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import numpy as np

from forecasts.mail.emails import Own, Standing
from forecasts.models import Estimate, Forecast, Forecaster, Prompt
from forecasts.rules import values as answers
from forecasts.scoring import consensus

type Held = tuple[int | None, answers.Value, datetime]


def standings(prompts: Collection[Prompt], at: datetime) -> Mapping[int, Standing]:
    """By prompt: the recipient's estimate in force, and the consensus unless it is hidden until they answer."""
    about = {prompt.forecast.pk: prompt.forecast for prompt in prompts if prompt.forecast is not None}
    in_force = _in_force(about, at)
    shared = {pk: _consensus(forecast, in_force[pk]) for pk, forecast in about.items()}
    own = {pk: {who: Own(value, said_at) for who, value, said_at in held} for pk, held in in_force.items()}
    return {
        prompt.pk: _standing(prompt, prompt.forecast, own[prompt.forecast.pk], shared[prompt.forecast.pk])
        for prompt in prompts
        if prompt.forecast is not None
    }


def _in_force(forecasts: Collection[int], at: datetime) -> Mapping[int, list[Held]]:
    """The estimates in force on each forecast, the newest first, by the account behind them."""
    held: dict[int, list[Held]] = defaultdict(list)
    estimates = Estimate.objects.filter(forecast__in=forecasts, forecaster__kind=Forecaster.Kind.ANALYST)
    rows = estimates.in_force(at).order_by("-made_at", "-pk")
    for forecast, person, p, options, quantiles, made_at in rows.values_list(
        "forecast_id", "forecaster__user_id", "probability", "probabilities", "quantiles", "made_at"
    ):
        value = answers.Value(
            p, None if options is None else tuple(options), None if quantiles is None else tuple(quantiles)
        )
        held[forecast].append((person, value, made_at))
    return held


def _standing(
    prompt: Prompt, forecast: Forecast, own: Mapping[int | None, Own], consensus: answers.Value | None
) -> Standing:
    mine = own.get(prompt.recipient_id)
    hidden = forecast.scenario.blind_until_answered and mine is None
    return Standing(mine, None if hidden else consensus)


def _consensus(forecast: Forecast, newest_first: Sequence[Held]) -> answers.Value | None:
    """The aggregate of the estimates in force, None below two."""
    held = [value for _, value, _ in newest_first]
    if forecast.kind == Forecast.Kind.BINARY:
        one = consensus.aggregate(np.array([v.probability for v in held if v.probability is not None], dtype=int))
        return None if one is None else answers.Value(probability=one)
    if forecast.kind == Forecast.Kind.MULTIPLE_CHOICE:
        given = [v.probabilities for v in held if v.probabilities is not None]
        rows = consensus.widened(given, len(forecast.options.all()))
        shares = consensus.aggregate_options(np.array(rows, dtype=int)) if rows else None
        return None if shares is None else answers.Value(probabilities=shares)
    levels = [v.quantiles for v in held if v.quantiles is not None]
    numbers = consensus.aggregate_quantiles(np.array(levels)) if levels else None
    return None if numbers is None else answers.Value(quantiles=numbers)
