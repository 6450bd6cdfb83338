"""What every mail about a forecast may say, and what an untouched probability would be by now."""

from datetime import datetime, timedelta
from typing import Any

from forecasts.mail import links
from forecasts.mail.emails.known import Standing
from forecasts.mail.emails.plain import core, in_words, one_line, rounded
from forecasts.models import Forecast, Prompt, User
from forecasts.presenting import words

# Below this much of the time gone, or this much of a difference, a hint is noise. In units of 1/10,000.
FEWEST_DAYS = timedelta(days=3)
SMALLEST_CHANGE = 200
# Who is this sure mostly says that something stays as it is, and that does not fade with time.
HIGHEST = 8_000


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


def hazard(p: float, then: timedelta, left: timedelta) -> float:
    """The probability that remains of `p`, given with `then` to go, when `left` is to go and nothing has happened.

    1 - (1 - p)^(left / then): the event is as likely in any day of the time that remains as in any other.

    >>> round(hazard(0.3, timedelta(days=60), timedelta(days=25)), 4)
    0.1381
    """
    return float(1 - (1 - p) ** (left / then))


def faded(units: int, made_at: datetime, at: datetime, closes_at: datetime) -> int | None:
    """What a constant hazard makes of a probability in units of 1/10,000; None where that says nothing new."""
    then, left = closes_at - made_at, closes_at - at
    if left <= timedelta() or at - made_at < FEWEST_DAYS or units > HIGHEST:
        return None
    now = round(hazard(units / 10_000, then, left) * 10_000)
    return now if units - now >= SMALLEST_CHANGE else None
