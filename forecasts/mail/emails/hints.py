"""What an untouched probability would be by now."""

from datetime import datetime, timedelta

# Below this much of the time gone, or this much of a difference, a hint is noise. In units of 1/10,000.
FEWEST_DAYS = timedelta(days=3)
SMALLEST_CHANGE = 200
# Who is this sure mostly says that something stays as it is, and that does not fade with time.
HIGHEST = 8_000


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
