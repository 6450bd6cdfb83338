"""What an article, or a source, said and what came of it: how much could be checked, and how its words held."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from forecasts.language.likelihood import SPOKEN, spoken
from forecasts.models import Article, Forecast, Source, Statement, User
from forecasts.models.forecasts import ForecastQuerySet
from forecasts.models.kinds import YES_OR_NO
from forecasts.presenting.kinds import answers_to
from forecasts.rules.values import UNITS
from forecasts.scores.scorekeeping import Case, cases, consensus_events
from forecasts.scoring import timeline
from forecasts.scoring.timeline import Estimand

FAITHFUL = (Forecast.Fidelity.SAME, Forecast.Fidelity.OPPOSITE)


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of what was said could be checked. Repeats are counted apart; so are words that are no number."""

    said: int
    repeated: int
    checkable: int
    decided: int
    quantified: int

    @property
    def unquantified(self) -> int:
        return self.said - self.quantified

    @property
    def share(self) -> float | None:
        return self.checkable / self.said if self.said else None


@dataclass(frozen=True, slots=True)
class Word:
    """One likelihood word: what it means on its scale, how often it was said of what is decided, how often it held."""

    term: str
    scale: str
    low: float
    high: float
    said: int
    held: int

    @property
    def share(self) -> float:
        return self.held / self.said

    @property
    def width(self) -> float:
        return self.high - self.low

    @property
    def is_inside(self) -> bool:
        return self.low <= self.share <= self.high


@dataclass(frozen=True, slots=True)
class Brier:
    """Mean Brier scores, 0 (best) to 1, of the source at the ends of its bands, and of others on the same forecasts."""

    forecasts: int
    low: float
    middle: float
    high: float
    analysts: float | None
    analysts_pairs: int
    consensus: float | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    reach: Reach
    words: list[Word]
    brier: Brier | None


def of_article(article: Article, user: User, at: datetime) -> Scorecard:
    return _scorecard(Statement.objects.filter(article=article), user, at)


def of_source(source: Source, user: User, at: datetime) -> Scorecard:
    """Over all its articles that this person may see."""
    visible = Article.objects.visible_to(user).filter(source=source)
    return _scorecard(Statement.objects.filter(article__in=visible), user, at)


def first_consensus(forecasts: Sequence[Forecast], at: datetime) -> dict[int, str]:
    """What the first consensus of each was, in words, by id; absent where there never was one."""
    by_id = {forecast.pk: forecast for forecast in forecasts}
    found = {}
    for case in cases(by_id, at, unscored=True):
        events = consensus_events(case, also_ahead=False) if len(case.answers) > 1 else []
        value: Any = next((event.value for event in events if event.value is not None), None)
        if value is not None:
            found[case.pk] = answers_to(by_id[case.pk]).brief(value)
    return found


def _scorecard(statements: Any, user: User, at: datetime) -> Scorecard:
    visible = Forecast.objects.visible_to(user).published(at)
    stated = visible.filter(statement__in=statements, fidelity__in=FAITHFUL, kind__in=YES_OR_NO)
    quantified = stated.exclude(statement__likelihood=Statement.UNQUANTIFIED)
    by_id = {forecast.pk: forecast for forecast in quantified.select_related("statement")}
    # Most articles state no likelihood, and what scores one asks five times.
    found = cases(by_id, at) if by_id else ()
    scored = [case for case in found if case.claim and case.is_scored and case.is_matured(at)]
    return Scorecard(_reach(statements, visible, at), _words(scored, by_id), _brier(scored))


def _reach(statements: Any, visible: ForecastQuerySet, at: datetime) -> Reach:
    made = visible.filter(statement=OuterRef("pk"))
    said = ~Q(review=Statement.Review.DUPLICATE)
    counted = statements.aggregate(
        said=Count("pk", filter=said),
        repeated=Count("pk", filter=~said),
        checkable=Count("pk", filter=said & Q(Exists(made))),
        decided=Count("pk", filter=said & Q(Exists(made.resolved(at)))),
        quantified=Count("pk", filter=said & ~Q(likelihood=Statement.UNQUANTIFIED)),
    )
    return Reach(**counted)


def _words(scored: Iterable[Case], by_id: Mapping[int, Forecast]) -> list[Word]:
    held: dict[tuple[str, str, str, float, float], list[bool]] = defaultdict(list)
    for case in scored:
        forecast = by_id[case.pk]
        statement, claim = forecast.statement, case.claim
        assert statement is not None  # noqa: S101 - of these only
        assert claim is not None  # noqa: S101 - of these only
        is_opposite = forecast.fidelity == Forecast.Fidelity.OPPOSITE
        ends = (UNITS - claim.low, UNITS - claim.high) if is_opposite else (claim.low, claim.high)
        scale = SPOKEN.get(statement.scale, "ICD 203")  # type: ignore[call-overload]
        name = f"{scale}{', assumed' if statement.scale_is_assumed or not statement.scale else ''}"
        key = (spoken(statement.likelihood), name, statement.scale_edition, ends[0] / UNITS, ends[1] / UNITS)
        held[key].append(bool(case.truth) != is_opposite)
    rows = [Word(term, scale, low, high, len(each), sum(each)) for (term, scale, _, low, high), each in held.items()]
    return sorted(rows, key=lambda word: (word.low, word.term))


def _brier(scored: Sequence[Case]) -> Brier | None:
    if not scored:
        return None
    claims = [(case.claim, float(case.truth or 0)) for case in scored if case.claim]
    answers = [
        _loss(value, case)
        for case in scored
        for events in case.answers.values()
        for value in timeline.select(events, case.window, Estimand.LAST).values
    ]
    agreed = [
        _loss(value, case)
        for case in scored
        if len(case.answers) > 1
        for value in timeline.select(consensus_events(case), case.window, Estimand.LAST).values
    ]
    return Brier(
        len(scored),
        _mean([(claim.low / UNITS - truth) ** 2 for claim, truth in claims]) or 0.0,
        _mean([(claim.middle / UNITS - truth) ** 2 for claim, truth in claims]) or 0.0,
        _mean([(claim.high / UNITS - truth) ** 2 for claim, truth in claims]) or 0.0,
        _mean(answers),
        len(answers),
        _mean(agreed),
    )


def _loss(value: Any, case: Case) -> float:
    return float((value / UNITS - float(case.truth or 0)) ** 2)


def _mean(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None


def sentences(card: Scorecard) -> list[str]:
    """The scorecard in sentences, the most telling first; where data are missing they say which."""
    reach = card.reach
    if not reach.said:
        return ["Nothing it says of the future has been found yet."]
    repeats = f"; {reach.repeated} more only repeat{'s' * (reach.repeated == 1)} another" if reach.repeated else ""
    told = (
        f"{reach.checkable} of {_statements(reach.said)} ({reach.checkable / reach.said:.0%}) could be made checkable, "
        f"{reach.decided} {'is' if reach.decided == 1 else 'are'} decided{repeats}."
    )
    return [told, _quantified(reach), *_compared(card.brier)]


def _quantified(reach: Reach) -> str:
    if not reach.quantified:
        return "None gives a likelihood: “may” and “could” are no numbers, so none of its own words can be scored."
    return (
        f"{reach.quantified} {'gives' if reach.quantified == 1 else 'give'} a likelihood in words; "
        f"the {reach.unquantified} unquantified are counted here and never scored."
    )


def _compared(brier: Brier | None) -> list[str]:
    if brier is None:
        return []
    who = f"On {brier.forecasts} forecast{'s' if brier.forecasts > 1 else ''} of its likelihood words"
    ends = f"{brier.low:.3f} and {brier.high:.3f} at the ends"
    own = f"its Brier score is {brier.middle:.3f} at the middle of their bands, {ends}"
    if brier.analysts is None:
        return [f"{who} {own}; no analyst estimated them."]
    agreed = "" if brier.consensus is None else f", that of their consensus {brier.consensus:.3f}"
    return [f"{who} {own}; that of the analysts on the same forecasts is {brier.analysts:.3f}{agreed}. 0 is perfect."]


def _statements(count: int) -> str:
    return "1 statement" if count == 1 else f"{count:,} statements"
