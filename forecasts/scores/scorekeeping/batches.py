"""Reads what settling rests on: a batch of forecasts with their verdicts, amendments and estimates, in few queries."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Min, Q

from forecasts.language import range_of
from forecasts.models import Amendment, Estimate, Forecast, Option, Statement, Verdict
from forecasts.models.kinds import KINDS, YES_OR_NO, QuestionKind
from forecasts.rules.values import UNITS
from forecasts.scores.scorekeeping.sql import Microseconds, among
from forecasts.scores.scorekeeping.standing import departures
from forecasts.scoring.timeline import Event, Window, microseconds

type Answers = dict[int, list[Event[Hashable]]]
ICD_203 = "icd_203"
FAITHFUL = (Forecast.Fidelity.SAME, Forecast.Fidelity.OPPOSITE)
_COUNTED = (Estimate.Event.UPDATE, Estimate.Event.REAFFIRM, Estimate.Event.WITHDRAW)


@dataclass(frozen=True, slots=True)
class Claim:
    """What an article's statement gives a forecast: its source's band in 1/10,000, from publication on."""

    source_id: int
    made_at: int
    low: int
    middle: int
    high: int


@dataclass(slots=True)
class Case:
    """One forecast with everything that its scores rest on. Instants are microseconds since 1970, UTC."""

    pk: int
    asks: QuestionKind
    scenario_id: int
    category: str
    source_id: int | None
    opens_at: int
    closes_at: int
    matures_at: datetime
    levels: tuple[int, ...]
    unit: str
    is_ordered: bool
    ends: tuple[float | None, float | None] = (None, None)
    verdict_id: int | None = None
    outcome: str = ""
    known_at: int | None = None
    truth: float | None = None
    coming_at: datetime | None = None
    amended_at: tuple[int, ...] = ()
    options_at: tuple[int, ...] = ()
    left_at: dict[int, tuple[int, ...]] = field(default_factory=dict)
    situation: str = ""
    claim: Claim | None = None
    answers: Answers = field(default_factory=dict)
    references: Answers = field(default_factory=dict)
    """What arithmetic said: scored, and of nobody's peers."""
    last_estimate_id: int | None = None

    @property
    def window(self) -> Window:
        return Window(self.closes_at, self.known_at, self.amended_at)

    def is_matured(self, at: datetime) -> bool:
        return self.matures_at <= at

    @property
    def is_scored(self) -> bool:
        """It has an answer, which was not known before the forecast opened."""
        if self.verdict_id is None or self.outcome in Verdict.UNSCORED or self.known_at is None:
            return False
        return self.known_at > self.opens_at

    def due_at(self, at: datetime) -> datetime | None:
        """When to look again after settling at `at`: at maturity, or when a verdict takes effect."""
        waits = [max(self.coming_at, self.matures_at)] if self.coming_at else []
        if self.verdict_id is not None and not self.is_matured(at):
            waits.append(self.matures_at)
        return min(waits, default=None)


def cases(forecasts: Iterable[int], at: datetime, *, unscored: bool = False) -> list[Case]:
    """The forecasts of these ids, by id, with their facts as they stand at `at`; drafts are left out.

    Estimates and the like are read of those only that are in the tallies at `at`, or of all where `unscored`.
    """
    found = {case.pk: case for case in map(_case, _rows(forecasts))}
    _add_verdicts(found, at)
    read = [case for case in found.values() if unscored or (case.is_matured(at) and case.is_scored)]
    scored = {case.pk: case for case in read}
    _add_amendments(scored)
    _add_options(scored)
    _add_claims(scored)
    _add_answers(scored)
    for (pk, forecaster), left_at in departures(scored, at).items():
        scored[pk].left_at[forecaster] = left_at
    return list(found.values())


def _rows(forecasts: Iterable[int]) -> Iterable[Any]:
    dated = Forecast.objects.filter(pk__in=among(forecasts)).exclude(published_at=None)
    return (
        dated.annotate(opened=Microseconds("opens_at"), closed=Microseconds("closes_at"))
        .order_by("pk")
        .values(
            "pk",
            "kind",
            "scenario_id",
            "category",
            "opened",
            "closed",
            "closes_at",
            "resolves_at",
            "quantile_levels",
            "unit",
            "options_are_ordered",
            "range_lower",
            "range_upper",
            source=F("statement__article__source_id"),
        )
    )


def _case(row: dict[str, Any]) -> Case:
    asks = KINDS[row["kind"]]
    return Case(
        pk=row["pk"],
        asks=asks,
        scenario_id=row["scenario_id"],
        category=row["category"],
        source_id=row["source"],
        opens_at=row["opened"],
        closes_at=row["closed"],
        matures_at=max(row["closes_at"], row["resolves_at"]),
        levels=tuple(row["quantile_levels"]),
        unit=asks.unit or row["unit"],
        is_ordered=row["options_are_ordered"],
        ends=(row["range_lower"], row["range_upper"]),
    )


def _add_verdicts(found: dict[int, Case], at: datetime) -> None:
    complete = Verdict.objects.complete(at).filter(forecast__in=among(found))
    newest_last = complete.filter(takes_effect_at__lte=at).order_by("forecast_id", "round")
    for pk, verdict, outcome, known_at, option, value in newest_last.values_list(
        "forecast_id", "pk", "outcome", "known_at", "option__position", "value"
    ):
        case = found[pk]
        case.verdict_id, case.outcome = verdict, outcome
        case.known_at = None if known_at is None else microseconds(known_at)
        case.truth = _truth(case, outcome, option, value)
    waiting = complete.filter(takes_effect_at__gt=at).values("forecast_id").annotate(first=Min("takes_effect_at"))
    for pk, first in waiting.values_list("forecast_id", "first"):
        found[pk].coming_at = first


def _truth(case: Case, outcome: str, option: int | None, value: float | None) -> float | None:
    """What came true as a number; past an open end, that end: of what lies beyond nothing more is known."""
    if outcome in (Verdict.Outcome.YES, Verdict.Outcome.NO):
        return int(outcome == Verdict.Outcome.YES)
    if outcome in Verdict.BEYOND:
        return case.ends[outcome == Verdict.Outcome.ABOVE]
    return option if option is not None else value


def _add_amendments(scored: dict[int, Case]) -> None:
    material = Amendment.objects.filter(forecast__in=among(scored), kind=Amendment.Kind.MATERIAL)
    for pk, made_at in material.order_by("made_at").values_list("forecast_id", Microseconds("made_at")):
        scored[pk].amended_at += (made_at,)


def _add_options(scored: dict[int, Case]) -> None:
    choices = [case.pk for case in scored.values() if case.asks.has_options]
    if not choices:
        return
    options = Option.objects.filter(forecast__in=among(choices)).order_by("forecast_id", "position")
    for pk, added_at in options.values_list("forecast_id", Microseconds("added_at")):
        scored[pk].options_at += (added_at,)


def _add_claims(scored: dict[int, Case]) -> None:
    faithful = Forecast.objects.filter(
        pk__in=among(case.pk for case in scored.values() if case.source_id is not None),
        kind__in=YES_OR_NO,
        fidelity__in=FAITHFUL,
    ).exclude(statement__likelihood=Statement.UNQUANTIFIED)
    stated = list(faithful.select_related("statement__article__source"))
    chosen = _first_of_statement([forecast.statement_id for forecast in stated if forecast.statement_id])
    for forecast in stated:
        if chosen.get(forecast.statement_id or 0) == forecast.pk:
            scored[forecast.pk].claim = _claim(forecast)


def _first_of_statement(statements: Sequence[int]) -> dict[int, int]:
    """The forecast that a statement's source is scored on: the first published one that is faithful to it."""
    faithful = Forecast.objects.filter(
        ~Q(published_at=None), statement__in=statements, kind__in=YES_OR_NO, fidelity__in=FAITHFUL
    )
    ordered = faithful.order_by("statement_id", "-published_at", "-pk")
    return dict(ordered.values_list("statement_id", "pk"))


def _claim(forecast: Forecast) -> Claim | None:
    statement = forecast.statement
    assert statement is not None  # noqa: S101
    source = statement.article.source
    stated = (statement.scale, statement.scale_edition) if statement.scale else (source.scale, source.scale_edition)
    band = _band(statement.likelihood, *stated)
    if band is None:
        return None
    low, high = (round(bound * UNITS) for bound in band)
    ends = (low, (low + high) // 2, high)
    if forecast.fidelity == Forecast.Fidelity.OPPOSITE:
        ends = (UNITS - ends[0], UNITS - ends[1], UNITS - ends[2])
    return Claim(source.pk, microseconds(statement.article.published_at), *ends)


def _band(term: str, scale: str, edition: str) -> tuple[float, float] | None:
    """The range of a likelihood word; where no scale is stated, or an unknown one, that of ICD 203."""
    try:
        return range_of(term, scale or ICD_203, edition)  # type: ignore[arg-type]
    except KeyError:
        return range_of(term)


def _add_answers(scored: dict[int, Case]) -> None:
    by_field = defaultdict(list)
    for case in scored.values():
        by_field[case.asks.column].append(case.pk)
    for name, forecasts in by_field.items():
        columns = ("forecast_id", "forecaster_id", Microseconds("made_at"), "pk", "event", name)
        for estimates, references in ((Estimate.objects, False), (Estimate.references, True)):
            rows = estimates.filter(forecast__in=among(forecasts), correction=None).order_by(
                "forecast_id", "forecaster_id", "made_at", "pk"
            )
            _add_events(scored, rows.values_list(*columns), references=references)


def _add_events(scored: dict[int, Case], rows: Iterable[tuple[Any, ...]], *, references: bool) -> None:
    for forecast, forecaster, made_at, pk, act, value in rows:
        case = scored[forecast]
        said = case.references if references else case.answers
        case.last_estimate_id = max(pk, case.last_estimate_id or 0)
        if act not in _COUNTED:
            continue
        kept = tuple(value) if isinstance(value, list) else value
        said.setdefault(forecaster, []).append(Event(made_at, pk, act, kept))
