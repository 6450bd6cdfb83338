"""Whether a mail about a forecast reaches somebody in time."""

from forecasts.models import Forecast, User
from forecasts.rules import timing
from forecasts.watching.grounds import wishes


def unreached(forecast: Forecast, person: User) -> str:
    """Why no mail about this forecast reaches the person before it closes, in a sentence; empty where one can.

    A day off or an hour gives way to a question that would be too late; an absence does not.
    """
    rhythm = wishes([person.pk])[person.pk].rhythm
    closes_at, until = forecast.closes_at, rhythm.absent_until
    if closes_at is None or until is None:
        return ""
    end = timing.back(rhythm, max(forecast.opens_at or closes_at, forecast.published_at or closes_at), closes_at)
    return f"You are away until {until:%-d %B %Y}, after this closes." if end is not None and end >= closes_at else ""
