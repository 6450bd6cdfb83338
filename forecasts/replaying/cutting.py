"""A file of a feed told as if it had come in time: cut by the day on which events ended, taken, counted, confirmed."""

import csv
import gzip
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

from forecasts.answers import counting_round, proposing
from forecasts.evidence.feeds import feed_named
from forecasts.evidence.opening import plain
from forecasts.evidence.taking import take
from forecasts.models import Forecast, User, Verdict, Vintage
from forecasts.questions.intake import Loaded
from forecasts.questions.intake.format import Cuts
from forecasts.questions.intake.people import Cast

CONFIRMED_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taking:
    """A cut is taken, and what follows from it: counts, references' estimates, proposals."""

    at: datetime
    source: Path
    cuts: Cuts

    @property
    def last_day(self) -> date:
        return (self.at - timedelta(days=self.cuts.cut_days)).date()

    def do(self) -> tuple[Vintage, list[Verdict]]:
        """The vintage, and what was proposed by it."""
        with TemporaryDirectory(prefix="reckoner-cut-") as folder:
            path = _cut(self.source, self.cuts, self.last_day, Path(folder))
            version = f"cut by event date: events until {self.last_day}"
            covers = (self.cuts.covers_from, self.last_day)
            vintage, _ = take(path, self.cuts.feed, version, at=self.at, covers=covers)
        counting_round.run(self.at)
        return vintage, list(Verdict.objects.filter(act=Verdict.Act.COMPUTED, recorded_at=self.at).order_by("pk"))


@dataclass(frozen=True, slots=True)
class Confirming:
    """A demonstration resolver confirms what was counted."""

    at: datetime
    forecasts: tuple[Forecast, ...]
    person: User

    def do(self) -> list[Verdict]:
        waiting = proposing.standing_proposals().filter(forecast__in=self.forecasts)
        resolved = Forecast.objects.resolved(self.at).filter(pk__in=[one.pk for one in self.forecasts])
        open_ones = waiting.exclude(forecast__in=resolved).order_by("forecast_id", "-pk").distinct("forecast_id")
        return [proposing.accept(one.forecast, self.person, at=self.at) for one in open_ones]


def acts_of(loaded: Loaded) -> list[Taking | Confirming]:
    """What a folder's files of feeds give, each at its time."""
    cast = Cast(loaded.folder.document, demo=True)
    counted = tuple(loaded.scenario.forecasts.filter(specs__isnull=False).distinct())
    found: list[Taking | Confirming] = []
    for cuts in loaded.folder.document.evidence:
        person = cast.acting("evidence: accepted_by", cuts.accepted_by)
        for at in cuts.retrieved_at:
            found.append(Taking(at, loaded.folder.path / cuts.file, cuts))
            found.append(Confirming(at + CONFIRMED_AFTER, counted, person))
    return found


def _cut(source: Path, cuts: Cuts, last_day: date, folder: Path) -> Path:
    """The rows of a file whose events had ended by a day, packed."""
    ends = feed_named(cuts.feed).ends[0]
    file = plain(source, folder)
    target = folder / "cut.csv.gz"
    with (
        file.path.open(encoding="utf-8-sig", newline="") as text,
        target.open("wb") as raw,
        # Without name and time, so that the same cut is the same file.
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed,
        TextIOWrapper(packed, encoding="utf-8", newline="") as lines,
    ):
        writer = csv.DictWriter(lines, file.columns, lineterminator="\n")
        writer.writeheader()
        rows = csv.DictReader(text, delimiter=file.delimiter)
        writer.writerows(row for row in rows if row[ends][:10] <= last_day.isoformat())
    return target
