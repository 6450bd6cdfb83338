"""What costs the machine much, and how much of it one person and one token may ask for. `docs/api.md` lists it."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings

from forecasts.rules.limits import Limit, take_all


class Cost(StrEnum):
    WRITE = "write"
    PICTURE = "picture"
    TABLE = "table"
    SEARCH = "search"
    INTAKE = "intake"
    INVITATION = "invitation"


# How many within how many seconds: for one token, and for one person with all their tokens and pages.
MOST: dict[Cost, tuple[int, int, int]] = {
    Cost.WRITE: (300, 600, 60),
    Cost.PICTURE: (120, 180, 60),
    Cost.TABLE: (120, 180, 60),
    Cost.SEARCH: (120, 180, 60),
    Cost.INTAKE: (30, 60, 600),
    Cost.INVITATION: (50, 50, 3600),
}


def take(cost: Cost, person: int, token: str = "", *, at: datetime) -> None:
    """Count one for this person, and for the token that they came with. Raises TooMany."""
    by_token, by_person, seconds = MOST[cost]
    counted = [(Limit(f"{cost}-by-person", _most(by_person), seconds), str(person))]
    if token:
        counted.append((Limit(f"{cost}-by-token", _most(by_token), seconds), token))
    take_all(counted, at)


def _most(number: int) -> int:
    return max(1, round(number * settings.LIMIT_FACTOR))
