"""Which verdicts stand, for statements written by hand: the text of the same rule, made from it."""

from functools import cache

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from psycopg import sql

from forecasts.models.verdicts import Verdict

_COLUMNS = ("id", "forecast_id", "round", "outcome", "known_at", "recorded_at", "takes_effect_at")
_AT = RawSQL("{at}", [])


@cache
def complete() -> str:
    """`Verdict.objects.complete` as a subquery with the columns above; the statement gives it `%(at)s`."""
    return _text(Verdict.objects.complete(_AT))


@cache
def telling() -> str:
    """`Verdict.objects.telling` likewise."""
    return _text(Verdict.objects.telling(_AT))


def _text(verdicts: QuerySet[Verdict]) -> str:
    text, given = verdicts.order_by().values(*_COLUMNS).query.sql_with_params()
    return f"({text % tuple(sql.quote(one) for one in given)})".replace("{at}", "%(at)s")
