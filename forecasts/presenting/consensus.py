"""The consensus that a reader may see, for many forecasts at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt
from django.db.models import DateTimeField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Least

from forecasts.models import Amendment, Estimate, Forecast, Verdict
from forecasts.presenting import states, words
from forecasts.scoring import consensus as aggregates

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User

type Number = int | tuple[int, ...] | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Consensus:
    """An aggregate of `n` estimates: units of 1/10,000, one for each option, or quantiles. None below two."""

    n: int
    value: Number | None
    words: str
    brief: str


@dataclass(frozen=True, slots=True)
class InForce:
    """Estimates in force on one forecast at its cut-off, the newest first, and one's own among them."""

    estimates: tuple[Estimate, ...] = ()
    own: Estimate | None = None


def in_force(forecasts: Iterable[Forecast], user: "User | AnonymousUser", at: datetime) -> dict[int, InForce]:
    """What counts at each forecast's cut-off, or at `at` before that, as far as this person may see it."""
    chosen = [forecast.pk for forecast in forecasts]
    found: dict[int, list[Estimate]] = defaultdict(list)
    for estimate in _newest(chosen, user, at):
        if estimate.event in Estimate.ANSWERS:
            found[estimate.forecast_id].append(estimate)
    return {pk: _sorted(found[pk], user) for pk in chosen}


def _newest(chosen: Sequence[int], user: "User | AnonymousUser", at: datetime) -> QuerySet[Estimate]:
    """Each forecaster's last act before the cut-off that gives, repeats or withdraws a value, unless amended away."""
    known = Verdict.objects.complete(at).filter(forecast=OuterRef("forecast")).order_by("-round").values("known_at")
    material = Amendment.objects.filter(
        forecast=OuterRef("forecast"),
        kind=Amendment.Kind.MATERIAL,
        made_at__gt=OuterRef("made_at"),
        made_at__lte=OuterRef("cutoff"),
    )
    return (
        Estimate.objects.visible_to(user)
        .filter(forecast__in=chosen)
        .exclude(event=Estimate.Event.DECLINE)
        .alias(cutoff=Least("forecast__closes_at", Subquery(known[:1]), Value(at, DateTimeField())))
        .filter(~Exists(material), made_at__lt=F("cutoff"))
        .order_by("forecast_id", "forecaster_id", "-made_at", "-pk")
        .distinct("forecast_id", "forecaster_id")
        .select_related("forecaster")
    )


def _sorted(estimates: list[Estimate], user: "User | AnonymousUser") -> InForce:
    newest_first = sorted(estimates, key=lambda estimate: (estimate.made_at, estimate.pk), reverse=True)
    own = next((one for one in newest_first if user.pk is not None and one.forecaster.user_id == user.pk), None)
    return InForce(tuple(newest_first), own)


def consensus(forecast: Forecast, estimates: Sequence[Estimate]) -> Consensus:
    """The aggregate of estimates, the newest first. Options of the forecast must be at hand (prefetched)."""
    value = aggregate(forecast, [number(estimate) for estimate in estimates])
    if value is None:
        return Consensus(len(estimates), None, "–", "–")
    return Consensus(len(estimates), value, shown(forecast, value), brief(forecast, value))


def aggregate(forecast: Forecast, newest_first: Sequence[Number]) -> Number | None:
    """One value out of many of the forecast's kind; None below two."""
    return combiner(forecast)(np.array(padded(newest_first)))


def combiner(forecast: Forecast) -> Callable[[npt.NDArray[Any]], Number | None]:
    """How values of this kind, the newest first and one a row, become one."""
    match forecast.kind:
        case Forecast.Kind.BINARY:
            return aggregates.aggregate
        case Forecast.Kind.MULTIPLE_CHOICE:
            return aggregates.aggregate_options
    return aggregates.aggregate_quantiles


def padded(numbers: Sequence[Number]) -> list[Number]:
    """Equally long: an option that was added later was not there before (`NOT_THERE`)."""
    many = cast("list[tuple[int, ...]]", [one for one in numbers if isinstance(one, tuple)])
    return [*aggregates.widened(many)] if many else [*numbers]


def number(estimate: Estimate) -> Number:
    """The value of an estimate that has one."""
    if estimate.probability is not None:
        return estimate.probability
    if estimate.probabilities is not None:
        return tuple(estimate.probabilities)
    return tuple(estimate.quantiles or ())


def shown(forecast: Forecast, value: Number) -> str:
    """A value in words: 34%, the likeliest option with its probability, or the median."""
    if isinstance(value, int):
        return words.percent(value)
    if forecast.kind == Forecast.Kind.MULTIPLE_CHOICE:
        labels = [option.label for option in forecast.options.all()]
        best = max(range(len(value)), key=value.__getitem__)
        return f"{labels[best]}: {words.percent(value[best])}"
    return states.worded(forecast, median(forecast, value))


def brief(forecast: Forecast, value: Number) -> str:
    """The same in a narrow column: a number without its unit, which the question names."""
    if isinstance(value, int) or forecast.kind == Forecast.Kind.MULTIPLE_CHOICE:
        return shown(forecast, value)
    return _bare(forecast, median(forecast, value))


def _bare(forecast: Forecast, number: float) -> str:
    return states.worded(forecast, number) if forecast.kind == Forecast.Kind.DATE else f"{number:,.6g}"


def median(forecast: Forecast, quantiles: Sequence[float]) -> float:
    """The quantile at one half, or the middle one of those asked for."""
    levels = forecast.quantile_levels
    place = levels.index(5_000) if 5_000 in levels else len(quantiles) // 2
    return quantiles[min(place, len(quantiles) - 1)]


def details(forecast: Forecast, value: tuple[int, ...] | tuple[float, ...]) -> list[tuple[str, str]]:
    """Each option with its probability, or each quantile level with its value."""
    if forecast.kind == Forecast.Kind.MULTIPLE_CHOICE:
        labels = [option.label for option in forecast.options.all()]
        return [(label, words.percent(part)) for label, part in zip(labels, value, strict=False)]
    levels = [f"{level / 100:g}%" for level in forecast.quantile_levels]
    return [(level, _bare(forecast, number)) for level, number in zip(levels, value, strict=False)]
