"""Which forecasts resolve together: what their owner names, else those of one scenario and quarter.

Quarters, of one scenario or of several, are joined where forecasts share an article's family: an article, and those
with a statement that repeats one of it. Of a pool of unrelated questions each is alone.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from forecasts.models import Forecast, JoinedQuarter
from forecasts.models.sql import rows
from forecasts.scores.scorekeeping import sql
from forecasts.scores.scorekeeping.contribution_rows import ALONE
from forecasts.scores.scorekeeping.due import mark_due

NAMED = "named:"


def quarter(scenario: int, opens_at: datetime) -> str:
    """The name of a scenario's quarter, in UTC.

    >>> quarter(7, datetime(2024, 11, 27, tzinfo=UTC))
    'quarter:7:2024Q4'
    """
    opened = opens_at.astimezone(UTC)
    return f"quarter:{scenario}:{opened.year}Q{(opened.month + 2) // 3}"


def situations(forecasts: Iterable[int]) -> dict[int, str]:
    """The situation of each of these forecasts, as they stand now."""
    dated = Forecast.objects.filter(pk__in=list(forecasts), opens_at__isnull=False)
    listed = dated.values_list("pk", "situation", "scenario_id", "scenario__is_pool", "opens_at")
    quarters = {pk: quarter(scenario, opens_at) for pk, _, scenario, _, opens_at in listed if opens_at}
    joined = dict(JoinedQuarter.objects.filter(quarter__in=set(quarters.values())).values_list("quarter", "situation"))
    return {
        pk: f"{NAMED}{' '.join(name.casefold().split())}"
        if name
        else f"{ALONE}{pk}"
        if is_pool
        else joined.get(quarters[pk], quarters[pk])
        for pk, name, _, is_pool, _ in listed
    }


def join_quarters(at: datetime) -> None:
    """Note which quarters make one situation, and have those settled again for which that has changed."""
    now = joined((one["quarter"], one["article"]) for one in rows(sql.FAMILIES))
    before = dict(JoinedQuarter.objects.values_list("quarter", "situation"))
    changed = {name for name, _ in before.items() ^ now.items()}
    if not changed:
        return
    JoinedQuarter.objects.filter(quarter__in=changed).delete()
    made = [JoinedQuarter(quarter=name, situation=now[name]) for name in sorted(changed & now.keys())]
    JoinedQuarter.objects.bulk_create(made, ignore_conflicts=True)
    scenarios = {int(name.split(":")[1]) for name in changed}
    mark_due([one["id"] for one in rows(sql.OF_QUARTERS, [list(scenarios), list(changed)])], at)


def joined(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Quarters that hang together by articles, each with the situation that they make; none of those that stand alone.

    >>> seen = [("quarter:1:2024Q3", "article:5"), ("quarter:1:2024Q4", "article:5"), ("quarter:2:2024Q4", "article:6")]
    >>> joined(seen)
    {'quarter:1:2024Q3': 'quarter:1:2024Q3', 'quarter:1:2024Q4': 'quarter:1:2024Q3'}
    """
    leader: dict[str, str] = {}

    def root(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for one, other in pairs:
        first, second = root(one), root(other)
        leader[second] = first
    together: dict[str, list[str]] = {}
    for name in sorted(leader):
        if name.startswith("quarter:"):
            together.setdefault(root(name), []).append(name)
    return {name: names[0] for names in together.values() if len(names) > 1 for name in names}
