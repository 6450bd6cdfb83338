"""What every mail about a forecast may say."""

from datetime import datetime
from typing import Any

from forecasts.mail import links
from forecasts.mail.emails.hints import faded
from forecasts.mail.emails.known import Standing
from forecasts.mail.emails.plain import core, in_words, one_line, rounded
from forecasts.models import Forecast, Prompt, User
from forecasts.presenting import words


def forecast_of(prompt: Prompt) -> Forecast:
    if prompt.forecast is None:
        raise ValueError(f"A prompt of kind “{prompt.kind}” needs a forecast.")
    return prompt.forecast


def about(forecast: Forecast, person: User, at: datetime, standing: Standing) -> dict[str, Any]:
    """What every mail about a forecast may say."""
    own, closes_at = standing.own, forecast.closes_at
    return {
        "title": one_line(forecast.title),
        "scenario": one_line(forecast.scenario.title),
        "criteria": core(forecast.criteria),
        "closes_at": closes_at,
        "left": words.span(closes_at - at) if closes_at and closes_at > at else "",
        "own": in_words(forecast, own.value) if own else "",
        "own_ago": words.ahead(own.made_at, at) if own else "",
        "hint": _hint(forecast, at, standing),
        "consensus": in_words(forecast, rounded(standing.consensus)) if standing.consensus else "",
        "counted": one_line(standing.counted),
        "snooze": links.snooze_url(person, forecast, at),
    }


def _hint(forecast: Forecast, at: datetime, standing: Standing) -> str:
    """What time alone would have made of a probability that was not touched."""
    own, closes_at = standing.own, forecast.closes_at
    if own is None or own.value.probability is None or closes_at is None or not forecast.asks.is_yes_or_no:
        return ""
    now = faded(own.value.probability, own.made_at, at, closes_at)
    if now is None:
        return ""
    said, then, left = own.value.probability, words.span(closes_at - own.made_at), words.span(closes_at - at)
    return (
        f"You said {said / 100:g}% with {then} left; if nothing has changed, a constant hazard gives "
        f"{words.percent(now)} with {left} left."
    )
