"""Bands of the reliability curve: costly, so computed once per snapshot and slice, and kept.

Those of a small slice are computed when first asked for, and each process keeps its own. Those of a large one are
noted as asked for; `keep_wanted` computes them in the background and keeps them in a table that every process reads.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

from django.core.cache import cache
from django.db import transaction

from forecasts.models import KeptBands, Scenario, Snapshot
from forecasts.statistics.banding import Bands, computed, read_bands, told, written
from forecasts.statistics.counting import Moment
from forecasts.statistics.reading import Sums, read
from forecasts.statistics.shapes import Filters
from forecasts.statistics.slices import Slice

AT_ONCE_PAIRS, AT_ONCE_CELLS = 2_000, 200
"""Bands of slices up to this size are computed when first asked for."""
CACHED_SECONDS = 24 * 3600
CARRIED_DAYS, MOST_CARRIED = 7, 100
"""What was asked for in so many days is computed anew for each snapshot, the latest so many slices."""

type Json = dict[str, Any]


def bands_of(slice_: Slice, now: Moment, sums: Sums) -> Bands | None:
    """The bands of this snapshot and slice, computed now if the slice is small; else None, and they are asked for."""
    if sums.cells.n.size == 0:
        return None
    cached, cells = f"bands:{now.key}:{key_of(slice_)}", told(sums)
    bands: Bands | None = cache.get(cached)
    if bands is None or bands.cells != cells:
        bands = computed(slice_, sums) if _is_small(sums) else _kept(slice_, now)
        cache.set(cached, bands, CACHED_SECONDS if bands else 0)
    # A settle between reading the snapshot and the cells leaves them apart for a moment.
    return bands if bands is not None and bands.cells == cells else None


def keep_wanted(at: datetime) -> int:
    """Compute the bands that are wanted of the newest snapshot, and drop those of older ones; how many were computed.

    Wanted are the large ones of everything, of each scenario, and of what was asked for in the last days. Several
    workers share the work; running it twice changes nothing.
    """
    newest = Snapshot.objects.order_by("-pk").first()
    if newest is None:
        return 0
    _want(newest, at)
    kept = 0
    while _keep_next(newest, at):
        kept += 1
    return kept


def key_of(slice_: Slice) -> str:
    """Equal for slices with equal bands: the bins change nothing of them."""
    return hashlib.sha256(repr(_without_bins(slice_)).encode()).hexdigest()


def _without_bins(slice_: Slice) -> Slice:
    return replace(slice_, filters=replace(slice_.filters, bins=10))


def _is_small(sums: Sums) -> bool:
    return sums.total.pairs <= AT_ONCE_PAIRS and sums.cells.n.size <= AT_ONCE_CELLS


def _kept(slice_: Slice, now: Moment) -> Bands | None:
    found = KeptBands.objects.filter(snapshot=int(now.snapshot), slice=key_of(slice_)).first()
    if found is None and now.as_of is not None and int(now.snapshot):
        KeptBands.objects.bulk_create([_asked(slice_, int(now.snapshot), now.as_of)], ignore_conflicts=True)
    return read_bands(found.bands["bands"]) if found is not None and "bands" in found.bands else None


def _asked(slice_: Slice, snapshot: int, at: datetime, asked_at: datetime | None = None) -> KeptBands:
    asked = {"slice": _described(slice_), "asked_at": (asked_at or at).isoformat()}
    return KeptBands(snapshot_id=snapshot, slice=key_of(slice_), bands=asked, made_at=at)


@transaction.atomic
def _want(newest: Snapshot, at: datetime) -> None:
    """Ask anew for what older snapshots had, and for the slices that everybody looks at."""
    older = KeptBands.objects.exclude(snapshot=newest)
    lately = (at - timedelta(days=CARRIED_DAYS)).isoformat()
    asked = sorted(((row.bands["asked_at"], row.bands["slice"]) for row in older), key=itemgetter(0))
    carried = [one for one in asked if one[0] >= lately][-MOST_CARRIED:]
    wanted = [_asked(_slice(what), newest.pk, at, datetime.fromisoformat(when)) for when, what in carried]
    if cache.add(f"usual:{newest.pk}:{newest.made_at.timestamp()}", 1, CACHED_SECONDS):
        wanted += [_asked(one, newest.pk, at) for one in _usual() if not _is_small(read(one))]
    KeptBands.objects.bulk_create(wanted, ignore_conflicts=True)
    older.delete()


def _usual() -> Iterator[Slice]:
    """Everything, and each scenario, of analysts by their last estimates."""
    slugs = dict(Scenario.objects.order_by("slug").values_list("slug", "pk"))
    yield Slice(tuple(slugs.values()), Filters(), "last")
    for slug, pk in slugs.items():
        yield Slice((pk,), Filters(scenario=slug), "last")


@transaction.atomic
def _keep_next(newest: Snapshot, at: datetime) -> bool:
    waiting = KeptBands.objects.filter(snapshot=newest).exclude(bands__has_key="bands").order_by("pk")
    row = waiting.select_for_update(skip_locked=True).first()
    if row is None:
        return False
    asked = _slice(row.bands["slice"])
    sums = read(asked)
    row.delete()
    if sums.cells.n.size:
        # A row of its own, with a higher id: by the newest id those who keep answers see that theirs are old.
        bands = {**row.bands, "bands": written(computed(asked, sums))}
        KeptBands.objects.create(snapshot=newest, slice=row.slice, bands=bands, made_at=at)
    return True


def _described(slice_: Slice) -> Json:
    plain = asdict(_without_bins(slice_))
    days = {name: day and day.isoformat() for name, day in plain["filters"].items() if name in ("since", "until")}
    return plain | {"filters": plain["filters"] | days}


def _slice(described: Json) -> Slice:
    given = described["filters"]
    days = {name: given[name] and date.fromisoformat(given[name]) for name in ("since", "until")}
    return Slice(tuple(described["scenarios"]), Filters(**(given | days)), described["estimand"])
