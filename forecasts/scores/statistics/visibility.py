"""What one person may see, and as of when: one statement for all that a report asks before it reads its tallies."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet

from forecasts.models import Scenario
from forecasts.models.sql import row
from forecasts.scores.statistics import sql

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User


@dataclass(frozen=True, slots=True)
class Moment:
    """The state that a report speaks of: the last completed settle, and the newest change of the tallies."""

    snapshot: str
    as_of: datetime | None
    made_at: datetime | None = None

    @property
    def key(self) -> str:
        """Of this snapshot alone: ids come again where a backup has been put back."""
        return f"{self.snapshot}:{self.made_at.timestamp() if self.made_at else 0}"


@dataclass(frozen=True, slots=True)
class Sight:
    """The scenarios that somebody may see, ids by slug; the moment; the id of the newest bands that were kept; and the
    rule of each reference, by id.
    """

    scenarios: dict[str, int]
    now: Moment
    bands: int
    references: dict[int, str]

    @property
    def tag(self) -> str:
        """Equal where the same question has the same answer. Bands of large slices come after their snapshot."""
        return repr((self.scenarios, self.now.key, self.bands))


def sight(user: "User | AnonymousUser") -> Sight:
    """What this person sees now: one query."""
    # Who is nobody in particular has no hash.
    narrowed = _visible if user.pk is not None else _visible.__wrapped__
    visible, values = narrowed(user, (user.is_superuser, user.is_staff, user.is_active))
    seen = row(sql.SEEN.format(visible=visible), values)
    scenarios = dict(zip(seen["slugs"] or [], seen["ids"] or [], strict=True))
    references = {int(pk): method for pk, method in (seen["rules"] or {}).items()}
    moment = Moment(str(seen["snapshot"] or 0), seen["as_of"], seen["made_at"])
    return Sight(scenarios, moment, seen["bands"] or 0, references)


# Building this query takes twice as long as running it, and an answer of 304 does little else.
@lru_cache(maxsize=1024)
def _visible(user: "User | AnonymousUser", rights: tuple[bool, ...]) -> tuple[str, tuple[Any, ...]]:
    """The part of the statement that is this person's. Users are equal by id, so `rights` keeps them apart."""
    try:
        visible, values = Scenario.objects.visible_to(user).order_by().values("slug", "pk").query.sql_with_params()
    except EmptyResultSet:
        visible, values = sql.NONE_SEEN, ()
    return visible, tuple(values)
