"""Estimates that cannot all be right: what somebody says about forecasts that bind each other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import QuerySet

from forecasts.models import Estimate, Forecast, Forecaster, Relation, RelationMember, Scenario, User
from forecasts.models.kinds import YES_OR_NO

WHOLE = 10_000
Kind = Relation.Kind


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody holds of one forecast of a relation: a probability in units of 1/10,000."""

    forecast: Forecast
    probability: int

    @property
    def percent(self) -> str:
        return f"{self.probability / 100:g}%"


@dataclass(frozen=True, slots=True)
class Clash:
    """Estimates of one forecaster that cannot all be right, and the words for it."""

    relation: Relation
    forecaster: int
    held: Sequence[Held]

    @property
    def words(self) -> str:
        if self.relation.kind == Kind.EXCLUSIVE:
            total = sum(one.probability for one in self.held)
            return f"At most one of these happens, and your estimates sum to {total / 100:g}%."
        first, then = self.held
        if self.relation.kind == Kind.DEADLINES:
            return (
                f"The earlier date has {first.probability / 100:g}%, the later one only {then.probability / 100:g}%:"
                " whatever happens by the earlier date has happened by the later one."
            )
        return (
            f"The higher threshold has {first.probability / 100:g}%, the lower one only {then.probability / 100:g}%:"
            " whatever is over the higher one is over the lower one."
        )


def clashes(kind: str, held: Sequence[Held]) -> list[Sequence[Held]]:
    """The estimates that contradict each other, in the relation's order. Rounded thirds are no contradiction."""
    if kind == Kind.EXCLUSIVE:
        return [held] if sum(one.probability for one in held) > WHOLE + len(held) // 2 else []
    return [pair for pair in pairwise(held) if pair[0].probability > pair[1].probability]


def of_person(user: User, forecasts: Iterable[Forecast], at: datetime) -> list[Clash]:
    """What this person's estimates in force contradict, in relations that hold any of these forecasts."""
    relations = Relation.objects.filter(members__forecast__in=[forecast.pk for forecast in forecasts]).distinct()
    forecaster = Forecaster.objects.filter(user=user).first()
    return _found(relations, at, forecaster) if forecaster else []


def of_scenario(scenario: Scenario, at: datetime) -> list[Clash]:
    """The contradictions of every analyst in a scenario, as of now."""
    return _found(Relation.objects.filter(scenario=scenario), at)


def counts(scenario: Scenario, reader: User, at: datetime) -> dict[int, int | None]:
    """How many analysts contradict themselves, by relation, those with none left out.

    None where the reader may not see the estimates on one of its forecasts: the count would tell of them.
    """
    pairs = {(clash.relation.pk, clash.forecaster) for clash in of_scenario(scenario, at)}
    if not scenario.blind_until_answered:
        return dict(Counter(relation for relation, _ in pairs))
    hidden = RelationMember.objects.filter(relation__scenario=scenario, forecast__in=blind_to(reader))
    return {**Counter(relation for relation, _ in pairs), **dict.fromkeys(hidden.values_list("relation", flat=True))}


def blind_to(reader: User) -> QuerySet[Forecast]:
    """Forecasts of blind scenarios that this person has not answered."""
    if reader.is_superuser:
        return Forecast.objects.none()
    answered = Estimate.objects.filter(forecaster__user=reader, event__in=Estimate.ANSWERS).values("forecast")
    return Forecast.objects.filter(scenario__blind_until_answered=True).exclude(pk__in=answered)


def _found(relations: Iterable[Relation], at: datetime, forecaster: Forecaster | None = None) -> list[Clash]:
    """Of forecasts that are open: on the others nothing can be mended."""
    by_id = {relation.pk: relation for relation in relations}
    if not by_id:
        return []
    members = RelationMember.objects.filter(
        relation__in=by_id, forecast__in=Forecast.objects.open(at).filter(kind__in=YES_OR_NO)
    )
    said = _in_force([member.forecast_id for member in members], at, forecaster)
    held: dict[tuple[int, int], list[Held]] = defaultdict(list)
    for member in members.select_related("forecast__scenario"):
        for who, probability in said[member.forecast_id]:
            held[member.relation_id, who].append(Held(member.forecast, probability))
    return [
        Clash(by_id[relation], who, clash)
        for (relation, who), estimates in sorted(held.items(), key=lambda item: item[0])
        for clash in clashes(by_id[relation].kind, estimates)
    ]


def _in_force(
    forecasts: Sequence[int], at: datetime, forecaster: Forecaster | None
) -> dict[int, list[tuple[int, int]]]:
    standing = Estimate.objects.filter(forecast__in=forecasts, forecaster__kind=Forecaster.Kind.ANALYST)
    if forecaster is not None:
        standing = standing.filter(forecaster=forecaster)
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for forecast, who, probability in standing.in_force(at).values_list("forecast_id", "forecaster_id", "probability"):
        if probability is not None:
            found[forecast].append((who, probability))
    return found
