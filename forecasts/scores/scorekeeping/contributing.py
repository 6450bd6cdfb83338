"""From the facts of one forecast to what each forecaster adds under each estimand. Reads no database."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from forecasts.models import Forecaster
from forecasts.scores.scorekeeping.batches import Case
from forecasts.scores.scorekeeping.contribution_rows import ESTIMANDS, Row, ScoreSums
from forecasts.scores.scorekeeping.kinds import answers_of
from forecasts.scoring import timeline
from forecasts.scoring.timeline import AHEAD, DAY, Event, Interval, Reading, Selection

METHOD = "age_weighted"
BAND = ("low", "middle", "high")
type Pooled = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]

_NO_SCORES: ScoreSums = {}

LEAD_DAYS = (1, 7, 30, 90)
LEAD_BANDS = ("0-1", "1-7", "7-30", "30-90", "over 90")
"""Days between making an estimate and the scheduled close, by band; a bound belongs to the longer one."""

_BOUNDS = tuple(days * DAY for days in LEAD_DAYS)
_PLACES = {estimand: ESTIMANDS.index(estimand) for estimand in timeline.Estimand}
_EVERY = tuple(timeline.Estimand)
_WITHOUT_UPDATES = tuple(e for e in timeline.Estimand if e != timeline.Estimand.EACH_UPDATE)
_WITH_LEAD = {_PLACES[timeline.Estimand.EACH_UPDATE], *(_PLACES[estimand] for estimand in AHEAD)}


@dataclass(frozen=True, slots=True)
class Speakers:
    """Ids of the forecasters that are no analysts: the consensus, and each source at each end of its band."""

    consensus: int
    sources: dict[tuple[int, str], int]
    references: dict[int, str]
    """The rule of each reference, by its id."""


def contributions(case: Case, speakers: Speakers) -> list[Row]:
    """All rows of a scored, matured forecast, by forecaster and estimand. Empty where nobody said anything in time."""
    window, about = case.window, _about(case)
    rows: list[Row] = []
    readings = {forecaster: timeline.read(events, window) for forecaster, events in case.answers.items()}
    spoken = (*about, Forecaster.Kind.ANALYST, "", case.situation)
    for forecaster, reading in readings.items():
        rows += _rows(case, forecaster, reading, _EVERY, spoken)
    for forecaster, events in case.references.items():
        computed = (*about, Forecaster.Kind.REFERENCE, speakers.references[forecaster], case.situation)
        rows += _rows(case, forecaster, timeline.read(events, window), _EVERY, computed)
    if len(case.answers) > 1:
        agreed = consensus_events(case, readings)
        spoken = (*about, Forecaster.Kind.CONSENSUS, METHOD, case.situation)
        rows += _rows(case, speakers.consensus, timeline.read(agreed, window), _WITHOUT_UPDATES, spoken)
    for method, forecaster, event in _claims(case, speakers):
        claimed = (*about, Forecaster.Kind.SOURCE, method, case.situation)
        rows += _rows(case, forecaster, timeline.read([event], window), _EVERY, claimed)
    return rows


def consensus_events(
    case: Case, readings: Mapping[int, Reading[Any]] | None = None, *, also_ahead: bool = True
) -> list[Event[Hashable]]:
    """What the consensus said when, as if it were a forecaster of its own.

    `readings` by forecaster, where made already, spare another reading. Of a long series, points at which `at:`
    estimands look are exact, unless `also_ahead` is off.
    """
    intervals = in_consensus(case, readings)
    also = [case.window.closes_at - ahead for ahead in AHEAD.values()] if also_ahead else []
    return answers_of(case).agreed(case, intervals, also)


def in_consensus(case: Case, readings: Mapping[int, Reading[Any]] | None = None) -> list[Interval[Any]]:
    """What was in force of everybody, each until they left."""
    if readings is None:
        readings = {who: timeline.read(events, case.window) for who, events in case.answers.items()}
    found = (timeline.until_left(one.intervals, case.left_at.get(who, ())) for who, one in readings.items())
    return [interval for own in found for interval in own]


def _claims(case: Case, speakers: Speakers) -> Iterator[tuple[str, int, Event[Hashable]]]:
    if case.claim is None:
        return
    for method, value in zip(BAND, (case.claim.low, case.claim.middle, case.claim.high), strict=True):
        event: Event[Hashable] = Event(case.claim.made_at, 0, timeline.Act.UPDATE, value)
        yield method, speakers.sources[case.claim.source_id, method], event


def _about(case: Case) -> tuple[Any, ...]:
    """The columns from `scenario` to `matured_at`, which all rows of a forecast share."""
    month = case.matures_at.astimezone(UTC).date().replace(day=1)
    return case.scenario_id, case.category, case.source_id, month, case.matures_at


def _rows(
    case: Case,
    forecaster: int,
    reading: Reading[Hashable],
    estimands: tuple[timeline.Estimand, ...],
    about: tuple[Any, ...],
) -> Iterator[Row]:
    """The rows of one forecaster; `about` is what all of them share, from `scenario` on."""
    window, withdrawn, pk, answers = case.window, reading.withdrawn, case.pk, answers_of(case)
    outcome = bool(case.truth) if case.asks.is_yes_or_no else None
    for estimand in estimands:
        selection = timeline.selected(reading, window, estimand)
        if not selection.values:
            continue
        place = _PLACES[estimand]
        if outcome is not None:
            pooled = _pooled(selection, case, has_lead=place in _WITH_LEAD)
            yield Row(pk, forecaster, place, *pooled, outcome, _NO_SCORES, withdrawn, *about)
        elif (sums := answers.sums(case, selection.values, selection.weights)) or estimand == timeline.Estimand.FIRST:
            # An option that came later scores nobody who answered before it, but they are counted as left out.
            yield Row(pk, forecaster, place, (), (), (), None, sums, withdrawn, *about)


def _pooled(selection: Selection[Any], case: Case, *, has_lead: bool) -> Pooled:
    """Equal probabilities of one lead time joined, rising: probabilities, weights, lead times (or none)."""
    if len(selection.values) == 1:
        lead = (lead_band(case.closes_at - selection.made_at[0]),) if has_lead else ()
        return (selection.values[0],), (selection.weights[0],), lead
    if not has_lead:
        # Only time-weighted has several, and its values are joined already.
        rising = sorted(zip(selection.values, selection.weights, strict=True))
        return tuple([p for p, _ in rising]), tuple([weight for _, weight in rising]), ()
    closes_at = case.closes_at
    bands = [lead_band(closes_at - made_at) for made_at in selection.made_at]
    joined = sorted(Counter(zip(selection.values, bands, strict=True)).items())
    return tuple([p for (p, _), _ in joined]), tuple([n for _, n in joined]), tuple([band for (_, band), _ in joined])


def lead_band(ahead: int) -> int:
    """Index into LEAD_BANDS of a lead time in microseconds.

    >>> LEAD_BANDS[lead_band(7 * DAY)]
    '7-30'
    """
    return bisect_right(_BOUNDS, ahead)
