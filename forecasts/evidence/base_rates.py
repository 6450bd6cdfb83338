"""What was kept of a forecast's base rate and of its running count, as pages, mails and the API show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet, Subquery

from forecasts.evidence.past import FEWEST, Share, share
from forecasts.evidence.spec import Answer, Spec
from forecasts.evidence.specs import read
from forecasts.models import BaseRate, Count, Forecast, Vintage
from forecasts.models import Spec as KeptSpec


@dataclass(frozen=True)
class Bar:
    """A past window: its figure, and the answer that it would have given."""

    first: date
    last: date
    figure: int
    answer: Answer


@dataclass(frozen=True)
class Rate:
    """How often a spec held in past windows, in the newest vintage known at the opening."""

    spec: Spec
    vintage: Vintage
    bars: tuple[Bar, ...]
    swayed: Mapping[str, int] = field(default_factory=dict)
    """Of a draft: by neighbouring rule, in how many of these windows it answers otherwise."""

    def share(self, answer: Answer = "yes") -> Share:
        return share([bar.answer for bar in self.bars], answer)


def with_rates(at: datetime) -> QuerySet[KeptSpec]:
    """Specs in force with their base rates at hand."""
    rates = BaseRate.objects.filter(vintage__retrieved_at__lte=at).select_related("vintage")
    kept = Prefetch("base_rates", rates.order_by("vintage__retrieved_at", "vintage_id"))
    return KeptSpec.objects.standing(at).prefetch_related(kept)


def rate_of(kept: KeptSpec, opens_at: datetime | None) -> Rate | None:
    """The base rate of a spec that came out of `with_rates`: nobody's estimate, so it is hidden from nobody."""
    return _rate(kept, _chosen(list(kept.base_rates.all()), opens_at))


def base_rate(forecast: Forecast, at: datetime) -> Rate | None:
    kept = with_rates(at).filter(forecast=forecast).first()
    return None if kept is None else rate_of(kept, forecast.opens_at)


def newest_rate(kept: KeptSpec) -> Rate | None:
    """The base rate of a draft's spec in the newest vintage that has enough windows."""
    rates = list(kept.base_rates.select_related("vintage").order_by("vintage__retrieved_at", "vintage_id"))
    return _rate(kept, _chosen(rates, None))


def is_counted_on_newest(kept: KeptSpec) -> bool:
    """Whether the newest vintage of its feed has evaluated a spec."""
    newest = Vintage.objects.filter(feed=kept.feed).order_by("-retrieved_at", "-pk").values("pk")[:1]
    return BaseRate.objects.filter(spec=kept, vintage=Subquery(newest)).exists()


def newest_counts(forecasts: list[int], at: datetime) -> dict[int, Count]:
    """The same for many, by forecast."""
    shown = Count.objects.shown(at).filter(spec__in=KeptSpec.objects.standing(at), spec__forecast__in=forecasts)
    newest = shown.known(at).distinct("spec__forecast_id").select_related("vintage", "spec")
    return {count.spec.forecast_id: count for count in newest}


def newest_count(forecast: Forecast, at: datetime) -> Count | None:
    """The count that is shown at `at`; None also where it would tell the second of two people what to answer."""
    return newest_counts([forecast.pk], at).get(forecast.pk)


def _chosen(rates: list[BaseRate], opens_at: datetime | None) -> BaseRate | None:
    """In the newest vintage known at the opening, where none was in the first one after; rather with windows enough."""
    enough = [one for one in rates if len(one.windows) >= FEWEST] or rates
    known = [one for one in enough if opens_at is None or one.vintage.retrieved_at <= opens_at]
    return known[-1] if known else next(iter(enough), None)


def _rate(kept: KeptSpec, chosen: BaseRate | None) -> Rate | None:
    spec = read(kept)
    if chosen is None or spec is None:
        return None
    return Rate(spec, chosen.vintage, tuple(_bar(*one) for one in chosen.windows), chosen.swayed)


def _bar(first: str, last: str, figure: int, answer: Answer) -> Bar:
    return Bar(date.fromisoformat(first), date.fromisoformat(last), figure, answer)
