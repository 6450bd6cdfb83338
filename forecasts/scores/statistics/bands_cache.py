"""Bands, intervals and counts of a slice: costly, so computed once per snapshot, and kept.

Those of everything, of each scenario, and of what was asked for lately are computed behind each snapshot by
`keep_wanted`, in a table that every process reads. Any other small slice is computed when it is asked for; a large
one is noted as wanted, and has none until then.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from django.core.cache import cache
from django.db import transaction

from forecasts.models import KeptBands, Scenario, Snapshot, Sweep
from forecasts.models.sql import rows
from forecasts.rules.kept import kept
from forecasts.scores.statistics import sql
from forecasts.scores.statistics.bands import Bands, computed, read_bands, told, written
from forecasts.scores.statistics.counting import counted
from forecasts.scores.statistics.shapes import Counts, Filters
from forecasts.scores.statistics.slices import Slice
from forecasts.scores.statistics.sums import Sums, read
from forecasts.scores.statistics.visibility import Moment

AT_ONCE_PAIRS, AT_ONCE_CELLS = 2_000, 200
"""Bands of slices up to this size are computed when asked for."""
CACHED_SECONDS = 24 * 3600
CARRIED_DAYS, MOST_CARRIED = 7, 100
"""What was asked for in so many days is computed anew for each snapshot, the latest so many slices."""


type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """What is there of a slice besides its sums; None where it was not computed yet, or belongs to other sums."""

    bands: Bands | None = None
    counts: Counts | None = None


def held(slice_: Slice, now: Moment, sums: Sums) -> Held:
    """What was kept of this slice and its sums; bands are computed now if the slice is small, else asked for."""
    if sums.cells.n.size == 0:
        return Held()
    kept_rows = _kept(slice_)
    for snapshot, row in kept_rows:
        # What an unrelated forecast settled leaves as it was; and a settle between reading the snapshot and the cells
        # leaves them apart for a moment.
        for bands in (row.get("bands"), row.get("before")):
            if _is_of(bands, sums):
                counts = row.get("counts") if snapshot == int(now.snapshot) else None
                return Held(read_bands(bands or {}), counts and Counts(**counts))
    if _is_small(sums):
        return Held(_at_once(slice_, sums))
    is_asked = any(snapshot == int(now.snapshot) for snapshot, _ in kept_rows)
    if not is_asked and now.as_of is not None and int(now.snapshot):
        KeptBands.objects.bulk_create([_asked(slice_, int(now.snapshot), now.as_of)], ignore_conflicts=True)
    return Held()


def keep_wanted(at: datetime) -> int:
    """Compute the bands that are wanted of the newest snapshot, and drop those of older ones; how many were kept.

    Wanted are those of everything, of each scenario, and of what was asked for in the last days. Several workers
    share the work; running it twice changes nothing, and what is of the same sums as before is taken over.
    """
    newest = Snapshot.objects.order_by("-pk").first()
    if newest is None:
        return 0
    _want(newest, at)
    done = 0
    while (more := _keep_next(newest, at)) is not None:
        done += more
    return done


def _kept(slice_: Slice) -> list[tuple[int, Json]]:
    """What is kept of a slice, of the newest snapshots."""
    found = rows(sql.KEPT_BANDS, [key_of(slice_)])
    return [(one["snapshot_id"], dict(orjson.loads(one["bands"]))) for one in found]


def key_of(slice_: Slice) -> str:
    """Equal for slices with equal bands: the bins change nothing of them."""
    return hashlib.sha256(repr(_without_bins(slice_)).encode()).hexdigest()


def _without_bins(slice_: Slice) -> Slice:
    return replace(slice_, filters=replace(slice_.filters, bins=10))


def _is_small(sums: Sums) -> bool:
    return sums.total.pairs <= AT_ONCE_PAIRS and sums.cells.n.size <= AT_ONCE_CELLS


def _is_of(bands: Json | None, sums: Sums) -> bool:
    return bands is not None and bands.get("sums") == told(sums)


def _at_once(slice_: Slice, sums: Sums) -> Bands:
    tag = f"{told(sums)} {key_of(slice_)}"
    return read_bands(orjson.loads(kept("bands", tag, lambda: orjson.dumps(written(computed(slice_, sums))))))


def _asked(slice_: Slice, snapshot: int, at: datetime, asked_at: datetime | None = None) -> KeptBands:
    asked = {"slice": _described(slice_), "asked_at": (asked_at or at).isoformat()}
    return KeptBands(snapshot_id=snapshot, slice=key_of(slice_), bands=asked, made_at=at)


@transaction.atomic
def _want(newest: Snapshot, at: datetime) -> None:
    """Ask anew for what older snapshots had, and for the slices that everybody looks at."""
    older = KeptBands.objects.exclude(snapshot=newest)
    asked = sorted(older, key=lambda row: str(row.bands["asked_at"]))
    lately = (at - timedelta(days=CARRIED_DAYS)).isoformat()
    carried = [row.bands for row in asked if row.bands["asked_at"] >= lately][-MOST_CARRIED:]
    wanted = [_asked(_slice(one["slice"]), newest.pk, at, datetime.fromisoformat(one["asked_at"])) for one in carried]
    if cache.add(f"usual:{newest.pk}:{newest.made_at.timestamp()}", 1, CACHED_SECONDS):
        wanted += [_asked(one, newest.pk, at) for one in _usual()]
    before = {row.slice: row.bands.get("bands") or row.bands.get("before") for row in asked}
    for one in wanted:
        one.bands["before"] = before.get(one.slice)
    KeptBands.objects.bulk_create(wanted, ignore_conflicts=True)
    older.delete()


def _usual() -> Iterator[Slice]:
    """Everything, and each scenario, of analysts by their last estimates."""
    slugs = dict(Scenario.objects.order_by("slug").values_list("slug", "pk"))
    yield Slice(tuple(slugs.values()), Filters(), "last")
    for slug, pk in slugs.items():
        yield Slice((pk,), Filters(scenario=slug), "last")


@transaction.atomic
def _keep_next(newest: Snapshot, at: datetime) -> int | None:
    """How many bands were kept of the next slice that waits; None where none does."""
    waiting = KeptBands.objects.filter(snapshot=newest).exclude(bands__has_key="bands").order_by("pk")
    row = waiting.select_for_update(skip_locked=True).first()
    if row is None:
        return None
    asked = _slice(row.bands["slice"])
    sums = read(asked)
    row.delete()
    if sums.cells.n.size == 0:
        return 0
    # A row of its own, with a higher id: by the newest id those who keep answers see that theirs are old.
    made = _made(row.bands, asked, sums) | _counted(asked, newest, sums)
    KeptBands.objects.create(snapshot=newest, slice=row.slice, bands=made, made_at=at)
    return 1


def _made(wanted: Json, asked: Slice, sums: Sums) -> Json:
    """The bands of a slice, taken over where they are of the same sums."""
    before = wanted.get("before")
    bands = before if _is_of(before, sums) else written(computed(asked, sums))
    return {"slice": wanted["slice"], "asked_at": wanted["asked_at"], "bands": bands}


def _counted(asked: Slice, newest: Snapshot, sums: Sums) -> Json:
    """The counts of a slice, unless they move with every answer."""
    as_of = Sweep.objects.filter(name="settle").values_list("finished_at", flat=True).first()
    if as_of is None or asked.filters.analyst is not None:
        return {}
    return {"counts": asdict(counted(asked, Moment(str(newest.pk), as_of, newest.made_at), sums.total))}


def _described(slice_: Slice) -> Json:
    plain = asdict(_without_bins(slice_))
    days = {name: day and day.isoformat() for name, day in plain["filters"].items() if name in ("since", "until")}
    return plain | {"filters": plain["filters"] | days}


def _slice(described: Json) -> Slice:
    given = described["filters"]
    days = {name: given[name] and date.fromisoformat(given[name]) for name in ("since", "until")}
    return Slice(tuple(described["scenarios"]), Filters(**(given | days)), described["estimand"])
