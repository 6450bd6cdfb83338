"""What was said about one forecast over time, and what the consensus made of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from forecasts.models import Amendment, Estimate, Forecast, Forecaster, Verdict
from forecasts.presenting import consensus, states
from forecasts.presenting.kinds import Number
from forecasts.scores.scorekeeping.standing import departures
from forecasts.scoring.consensus import Series, over_time
from forecasts.scoring.timeline import Event, Interval, Window, in_force, microseconds, until_left

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Held:
    """A value held from one moment until another; None where nothing was."""

    start: datetime
    end: datetime
    value: Number | None


@dataclass(frozen=True, slots=True)
class History:
    """Steps of every forecaster one may see and of the consensus, up to `until`, and the acts they come from."""

    forecast: Forecast
    until: datetime
    own: list[Held]
    others: dict[Forecaster, list[Held]]
    consensus: list[Held]
    estimates: list[Estimate]
    amendments: list[Amendment]
    references: dict[str, list[Held]] = field(default_factory=dict)
    """What arithmetic said, by the method's name: of nobody, so hidden from nobody."""

    def consensus_at(self, moment: datetime) -> Number | None:
        """The consensus in force at, and with what was said at, that moment."""
        return next((held.value for held in self.consensus if held.start <= moment < held.end), None)


def history(
    forecast: Forecast, user: "User | AnonymousUser", at: datetime, resolution: Verdict | None = None
) -> History:
    """What this person may see of what was said by `at`."""
    until = states.cutoff(forecast, resolution, at)
    visible = Estimate.objects.visible_to(user).filter(forecast=forecast).until(at)
    estimates = list(visible.select_related("forecaster__user").in_order())
    left_at = departures([forecast.pk], until)
    amendments = [amendment for amendment in forecast.amendments.all() if amendment.made_at <= at]
    window = _window(until, amendments)
    steps = {forecaster: in_force(events, window) for forecaster, events in _events(estimates).items()}
    mine = [forecaster for forecaster in steps if user.pk is not None and forecaster.user_id == user.pk]
    return History(
        forecast,
        until,
        own=[held for forecaster in mine for held in _held(steps[forecaster])],
        others={forecaster: _held(found) for forecaster, found in steps.items() if forecaster not in mine and found},
        consensus=_consensus(
            forecast,
            [one for who, own in steps.items() for one in until_left(own, left_at.get((forecast.pk, who.pk), ()))],
            window,
        ),
        estimates=estimates,
        amendments=amendments,
        references=_references(forecast, window, at),
    )


def _references(forecast: Forecast, window: Window, at: datetime) -> dict[str, list[Held]]:
    said = Estimate.references.filter(forecast=forecast).until(at).select_related("forecaster__user").in_order()
    steps = {str(one): _held(in_force(events, window)) for one, events in _events(list(said)).items()}
    return {name: held for name, held in steps.items() if held}


def _window(until: datetime, amendments: list[Amendment]) -> Window:
    material = [one.made_at for one in amendments if one.kind == Amendment.Kind.MATERIAL]
    return Window(microseconds(until), amended_at=tuple(microseconds(moment) for moment in material))


def _events(estimates: list[Estimate]) -> dict[Forecaster, list[Event[Number]]]:
    events: dict[Forecaster, list[Event[Number]]] = defaultdict(list)
    corrected = {estimate.corrects_id for estimate in estimates}
    for estimate in estimates:
        if estimate.pk in corrected:
            continue
        value = consensus.number(estimate) if estimate.event in Estimate.ANSWERS else None
        events[estimate.forecaster].append(Event(microseconds(estimate.made_at), estimate.pk, estimate.event, value))
    return events


def _consensus(forecast: Forecast, intervals: list[Interval[Number]], window: Window) -> list[Held]:
    padded = consensus.padded([interval.value for interval in intervals])
    even = [interval._replace(value=value) for interval, value in zip(intervals, padded, strict=True)]
    opens_at = microseconds(forecast.opens_at) if forecast.opens_at else window.closes_at
    series: Series[Number] = over_time(even, window, consensus.combiner(forecast), opens_at)
    ends = [*series.at[1:], window.cutoff][: len(series.at)]
    steps = zip(series.at, ends, series.values, strict=True)
    return [Held(_moment(start), _moment(end), value) for start, end, value in steps if value is not None]


def _held(intervals: list[Interval[Number]]) -> list[Held]:
    return [Held(_moment(one.start), _moment(one.end), one.value) for one in intervals]


def _moment(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)
