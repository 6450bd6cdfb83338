"""What waits to be written: a batch of prompts, locked."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from forecasts.mail.prompting import batch_rows
from forecasts.models import Prompt, PromptKind, User, Watch
from forecasts.models.prompts import PromptQuerySet


def waiting(at: datetime, batch: int) -> list[Prompt]:
    """A batch of what waits, locked. All that is ready for one person is in one batch, or in none."""
    to_come = Watch.objects.due(at).filter(user=OuterRef("recipient"))
    ready = Prompt.objects.waiting(at).exclude(~Q(kind__in=PromptKind.going_alone()) & Exists(to_come))
    first = ready.order_by("send_after", "forecast", "pk").values_list("recipient", flat=True)[:batch]
    people = _held(list(dict.fromkeys(first)), ready, batch)
    chosen = ready.filter(recipient__in=people).order_by("pk") if people else ready.none()
    return batch_rows.with_their_own(list(chosen.select_for_update(skip_locked=True, of=("self",))))


def _held(people: Sequence[int], ready: QuerySet[Prompt], batch: int) -> list[int]:
    """Of these people the first for whom a batch is ready, locked. Those to whom another writes are passed over."""
    counts = ready.filter(recipient__in=people).order_by().values_list("recipient").annotate(Count("pk"))
    sizes = dict(counts) if people else {}
    total = list(accumulate(sizes.get(person, 0) for person in people))
    wanted = [person for person, so_far in zip(people, total, strict=True) if so_far - sizes.get(person, 0) < batch]
    free = User.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True, skip_locked=True)
    return list(free.values_list("pk", flat=True))


def write_again(prompts: PromptQuerySet) -> int:
    """Have those of them that were set aside unwritten written with the next sweep; returns how many."""
    return prompts.unwritten().update(state=Prompt.State.PLANNED, reason="")
