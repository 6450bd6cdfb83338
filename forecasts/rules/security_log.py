"""Notes what matters for security, with who asked and from where, as far as a request says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from forecasts.models import Prompt, PromptKind, SecurityEvent, User
from forecasts.models.security import TOLD

Kind = SecurityEvent.Kind
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asks, where known, and from which address."""

    person: int | None = None
    address: str | None = None


_origin: ContextVar[Callable[[], Origin]] = ContextVar("origin", default=Origin)


@contextmanager
def asked_by(origin: Callable[[], Origin]) -> Iterator[None]:
    """What is noted within was asked for by whoever this says when it is noted."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def note(kind: Kind, person: User | None, *, at: datetime, by: User | None = None, detail: str = "") -> SecurityEvent:
    """Write one event, and have its person told by mail where that matters. Without `by`, whoever asks did it."""
    origin = _origin.get()()
    if kind in TOLD and person is not None and person.is_active:
        prompt = Prompt(recipient=person, kind=PromptKind.SECURITY, slot=at)
        Prompt.objects.bulk_create([prompt], ignore_conflicts=True)
    return SecurityEvent.objects.create(
        kind=kind,
        made_at=at,
        person=person,
        by_id=by.pk if by is not None else origin.person,
        address=origin.address,
        detail=detail[:LONGEST],
    )
