"""What was due, and what the sink's log says about it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import InterfaceError, OperationalError, connection

from forecasts.models import Attempt, Forecast, Membership, Message, Prompt, PromptKind, User, Watch
from tests import make
from tests.chaos import sink

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Count:
    """What became of so many mails that were due. `unequal` had copies that differ in Message-ID or bytes."""

    lost: int
    extra: int
    max_copies: int
    unexplained: int
    unequal: int


def forecast(at: datetime, **fields: object) -> Forecast:
    """Open since yesterday, for a month."""
    given = {"published_at": at - DAY, "opens_at": at - DAY, "closes_at": at + 30 * DAY, "resolves_at": at + 30 * DAY}
    return make.forecast(make.scenario(), **{**given, **fields})


def people(prefix: str, count: int, about: Forecast) -> list[User]:
    """So many members who estimate, with addresses of their own."""
    new = [User(email=f"{prefix}-{n}@example.invalid", name=f"Person {n}", password="!") for n in range(count)]
    made = User.objects.bulk_create(new, batch_size=1000)
    Membership.objects.bulk_create(
        [Membership(scenario=about.scenario, user=one, role=Membership.Role.ANALYST) for one in made], batch_size=1000
    )
    return made


def due(prefix: str, count: int, at: datetime) -> list[User]:
    """So many people who are to be asked about one forecast at `at`, as watches."""
    about = forecast(at)
    made = people(prefix, count, about)
    Watch.objects.bulk_create(
        [Watch(user=one, forecast=about, kind=PromptKind.UPDATE, next_at=at) for one in made], batch_size=1000
    )
    return made


def is_drained(asked: Collection[User]) -> bool:
    """Nothing is left to plan or to send to these people. False as well while the database does not answer."""
    mine = {"recipient__in": asked}
    try:
        connection.close()
        return not (
            Watch.objects.filter(user__in=asked, next_at__lte=max_slot()).exists()
            or Prompt.objects.filter(**mine, state=Prompt.State.PLANNED).exists()
            or Message.objects.filter(**mine, state__in=[Message.State.QUEUED, Message.State.LEASED]).exists()
        )
    except (OperationalError, InterfaceError):
        return False


def max_slot() -> datetime:
    from django.utils import timezone

    return timezone.now()


def count(log: Path, asked: Collection[User], expected: Callable[[str], bool] = lambda address: True) -> Count:
    """Compare what arrived with whom we asked. A copy too many is explained by an attempt of unknown outcome."""
    addresses = {one.email for one in asked if expected(one.email)}
    copies: dict[str, list[sink.Copy]] = defaultdict(list)
    for one in sink.read(log):
        if one.recipient in addresses:
            copies[one.recipient].append(one)
    unknown = Counter(
        Attempt.objects.filter(message__recipient__in=asked, receipt=None).values_list("message__address", flat=True)
    )
    numbers = {address: len(found) for address, found in copies.items()}
    return Count(
        lost=len(addresses - set(copies)),
        extra=sum(number - 1 for number in numbers.values()),
        max_copies=max(numbers.values(), default=0),
        unexplained=sum(max(0, number - 1 - unknown[address]) for address, number in numbers.items()),
        unequal=sum(len({(one.message_id, one.sha256) for one in found}) > 1 for found in copies.values()),
    )
