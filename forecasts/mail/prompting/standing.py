"""Where forecasts stand: the estimates in force and their consensus, for many mails at once."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from forecasts.mail.emails import Own, Standing
from forecasts.models import Estimate, Forecast, Prompt
from forecasts.presenting import counted
from forecasts.presenting.consensus import InForce, aggregate, everybodys
from forecasts.rules import values as answers


def standings(prompts: Collection[Prompt], at: datetime) -> Mapping[int, Standing]:
    """By prompt: the recipient's estimate in force, what is counted, and the consensus unless they answer blind."""
    about = {prompt.forecast.pk: prompt.forecast for prompt in prompts if prompt.forecast is not None}
    in_force = everybodys(about.values(), at)
    shared = {pk: _consensus(forecast, in_force[pk]) for pk, forecast in about.items()}
    own = {
        pk: {one.forecaster.user_id: Own(_value(one), one.made_at) for one in held.estimates}
        for pk, held in in_force.items()
    }
    told = counted.sentences(about.values(), at)
    return {
        prompt.pk: replace(
            _standing(prompt, prompt.forecast, own[prompt.forecast.pk], shared[prompt.forecast.pk]),
            counted=told.get(prompt.forecast.pk, ""),
        )
        for prompt in prompts
        if prompt.forecast is not None
    }


def _value(estimate: Estimate) -> answers.Value:
    options, quantiles = estimate.probabilities, estimate.quantiles
    return answers.Value(
        estimate.probability,
        None if options is None else tuple(options),
        None if quantiles is None else tuple(quantiles),
    )


def _standing(
    prompt: Prompt, forecast: Forecast, own: Mapping[int | None, Own], consensus: answers.Value | None
) -> Standing:
    mine = own.get(prompt.recipient_id)
    hidden = forecast.scenario.blind_until_answered and mine is None
    return Standing(mine, None if hidden else consensus)


def _consensus(forecast: Forecast, in_force: InForce) -> answers.Value | None:
    """The aggregate of the estimates in force, None below two."""
    value: Any = aggregate(forecast, in_force)
    return None if value is None else answers.Value(**{forecast.asks.column: value})
