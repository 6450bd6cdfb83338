"""From filters to the slice of the tallies that they ask for, checked against what the caller may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forecasts.models import Category, Estimand, Estimate, Forecaster, Group, Source
from forecasts.rules.errors import InvalidValue
from forecasts.scores.statistics.shapes import Filters
from forecasts.scoring.cells import BIN_SETS

Dimension = Group.Dimension
GROUP_BY = ("analyst", "scenario", "category", "source", "lead_time", "month")
AHEAD_OR_EACH = (Estimand.EACH_UPDATE, Estimand.AT_1D, Estimand.AT_7D, Estimand.AT_30D, Estimand.AT_90D)
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Slice:
    """What to sum: in these scenarios, of this kind of forecaster, one estimand, and the filters' dimensions."""

    scenarios: tuple[int, ...]
    filters: Filters
    estimand: str

    @property
    def dimensions(self) -> list[str]:
        """Which dimensions the filters narrow; one at most is served from a tally."""
        given = {
            Dimension.FORECASTER.value: self.filters.analyst,
            Dimension.CATEGORY.value: self.filters.category,
            Dimension.SOURCE.value: self.filters.source,
            Dimension.MONTH.value: self.filters.since or self.filters.until,
        }
        return [name for name, value in given.items() if value is not None]

    @property
    def is_tallied(self) -> bool:
        """At most one dimension, and months whole."""
        return len(self.dimensions) <= 1 and all(
            border is None or border.day == 1 for border in (self.filters.since, self.filters.until)
        )

    @property
    def dimension(self) -> str:
        """The dimension of the groups that make up a tallied slice."""
        return self.dimensions[0] if self.dimensions else Dimension.ALL.value

    @property
    def value(self) -> str | None:
        """The one value of that dimension; None where months are a range."""
        if self.dimension == Dimension.MONTH:
            return None
        chosen = {
            Dimension.FORECASTER: self.filters.analyst,
            Dimension.CATEGORY: self.filters.category,
            Dimension.SOURCE: self.filters.source,
        }.get(Dimension(self.dimension))
        return "" if chosen is None else str(chosen)


def checked(visible: Mapping[str, int], filters: Filters, estimand: str) -> Slice:
    """The slice of the scenarios that somebody may see, ids by slug. Raises InvalidValue, naming what is allowed."""
    _one_of("estimand", estimand, Estimand.values)
    _one_of("forecaster_kind", filters.forecaster_kind, Forecaster.Kind.values)
    _one_of("bins", filters.bins, BIN_SETS)
    if filters.category is not None:
        _one_of("category", filters.category, Category.values)
    if filters.forecaster_kind == Forecaster.Kind.CONSENSUS and estimand == Estimand.EACH_UPDATE:
        allowed = [name for name in Estimand.values if name != Estimand.EACH_UPDATE]
        raise InvalidValue("estimand", f"The consensus makes no updates of its own. Allowed: {', '.join(allowed)}.")
    _check_period(filters.since, filters.until)
    if filters.scenario is not None:
        _one_of("scenario", filters.scenario, visible)
    scenarios = tuple(pk for slug, pk in visible.items() if filters.scenario in (None, slug))
    _check_source(filters.source, scenarios)
    _check_forecaster(filters, tuple(visible.values()))
    return Slice(scenarios, filters, estimand)


def check_grouping(group_by: str, estimand: str) -> None:
    """Raises InvalidValue where a report cannot be split so."""
    _one_of("group_by", group_by, GROUP_BY)
    if group_by == "lead_time" and estimand not in AHEAD_OR_EACH:
        raise InvalidValue(
            "group_by", f"Lead time splits only these estimands: {', '.join(e.value for e in AHEAD_OR_EACH)}."
        )


def _one_of(name: str, value: object, allowed: Iterable[object]) -> None:
    known = list(allowed)
    if value not in known:
        raise InvalidValue(name, f"Unknown value “{value}”. Allowed: {_listed(known)}.")


def _listed(known: Sequence[object]) -> str:
    if not known:
        return "none that you may see"
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return ", ".join(str(one) for one in known[:MOST_NAMED]) + more


def _check_period(since: date | None, until: date | None) -> None:
    if since is not None and until is not None and since >= until:
        raise InvalidValue("until", f"The period ends before it begins: until must be after {since:%Y-%m-%d}.")


def _check_source(source: int | None, scenarios: tuple[int, ...]) -> None:
    if source is None:
        return
    visible = Source.objects.filter(articles__scenarios__in=scenarios).distinct().order_by("pk")
    if not visible.filter(pk=source).exists():
        _one_of("source", source, visible.values_list("pk", flat=True)[: MOST_NAMED + 1])


def _check_forecaster(filters: Filters, visible: tuple[int, ...]) -> None:
    if filters.analyst is not None:
        checked_speaker("analyst", filters.analyst, visible, [filters.forecaster_kind])


def checked_speaker(
    name: str, forecaster: int, visible: tuple[int, ...], kinds: Sequence[str] = Forecaster.Kind.values
) -> None:
    """Raises InvalidValue for a forecaster who has said nothing in these scenarios."""
    groups = Group.objects.filter(scenario__in=visible, forecaster_kind__in=kinds, dimension=Dimension.FORECASTER)
    spoke = Estimate._base_manager.filter(forecaster=forecaster, forecast__scenario__in=visible)
    is_known = Forecaster.objects.filter(pk=forecaster, kind__in=kinds).exists()
    if is_known and (spoke.exists() or groups.filter(value=str(forecaster)).exists()):
        return
    known = sorted({int(value) for value in groups.values_list("value", flat=True)})
    raise InvalidValue(name, f"Unknown value “{forecaster}”. Allowed: {_listed(known)}.")
