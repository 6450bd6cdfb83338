"""What one person may see, and as of when: one statement for all that a report asks before it reads its tallies."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from forecasts.models import Scenario

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User

# Half of what a small report costs is asking. Scenarios come as one row, so that none leave the rest standing.
_SEEN = """
    SELECT s.id, s.made_at, w.finished_at, (SELECT max(id) FROM forecasts_keptbands), v.slugs, v.ids
    FROM (SELECT array_agg(slug ORDER BY slug) AS slugs, array_agg(pk ORDER BY slug) AS ids FROM ({visible}) one) v
    LEFT JOIN (SELECT id, made_at FROM forecasts_snapshot ORDER BY id DESC LIMIT 1) s ON true
    LEFT JOIN forecasts_sweep w ON w.name = 'settle'
"""
_NONE = "SELECT NULL::text AS slug, NULL::bigint AS pk WHERE false"


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
    """The scenarios that somebody may see, ids by slug; the moment; and the id of the newest bands that were kept."""

    scenarios: dict[str, int]
    now: Moment
    bands: int

    @property
    def tag(self) -> str:
        """Equal where the same question has the same answer. Bands of large slices come after their snapshot."""
        return repr((self.scenarios, self.now.key, self.bands))


def sight(user: "User | AnonymousUser") -> Sight:
    """What this person sees now: one query."""
    # Who is nobody in particular has no hash.
    statement = _statement if user.pk is not None else _statement.__wrapped__
    sql, values = statement(user, (user.is_superuser, user.is_staff, user.is_active))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        snapshot, made_at, as_of, bands, slugs, ids = cursor.fetchone()
    return Sight(dict(zip(slugs or [], ids or [], strict=True)), Moment(str(snapshot or 0), as_of, made_at), bands or 0)


# Building this query takes twice as long as running it, and an answer of 304 does little else.
@lru_cache(maxsize=1024)
def _statement(user: "User | AnonymousUser", rights: tuple[bool, ...]) -> tuple[str, tuple[Any, ...]]:
    """The statement for this person. Users are equal by id, so `rights` keeps them apart."""
    try:
        visible, values = Scenario.objects.visible_to(user).order_by().values("slug", "pk").query.sql_with_params()
    except EmptyResultSet:
        visible, values = _NONE, ()
    return _SEEN.format(visible=visible), tuple(values)
