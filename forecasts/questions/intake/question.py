"""A forecast of scenario.yaml and what came of it: the fields, and what each says about the fields before it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator

from forecasts.models import Category as Categories
from forecasts.models import Forecast as Rows
from forecasts.models import Verdict
from forecasts.models.kinds import KINDS, QuestionKind, days
from forecasts.questions.intake.simple_values import Address, Key, Line, Part, Short, Text, Time, Title, Zone
from forecasts.rules import values

Category = Annotated[Categories, Field(strict=False)]
Kind = Annotated[Rows.Kind, Field(strict=False)]
Fidelity = Annotated[Rows.Fidelity, Field(strict=False)]
Scale = Annotated[Rows.Scale, Field(strict=False)]
UNSCORED = tuple(outcome.value for outcome in Verdict.UNSCORED)
ABOVE = Verdict.Outcome.ABOVE


class Range(Part):
    """The answers that a numeric or date forecast offers."""

    lower: float | str
    upper: float | str
    lower_open: bool = False
    upper_open: bool = False
    scale: Scale = Rows.Scale.LINEAR


class Authority(Part):
    """Who decides, and how long after the event it speaks."""

    name: Line
    url: Address
    lag: Short


class Proof(Part):
    url: Address
    quote: Text = ""
    retrieved_at: Time | None = None
    as_of: Time | None = None


class Resolution(Part):
    """What one person found."""

    outcome: str | int | float
    occurred_at: Time | None = None
    known_at: Time
    recorded_at: Time
    evidence: Annotated[list[Proof], Field(min_length=1)]
    note: Text
    by: Short
    certainty: Literal["A", "A-", "B"]

    @field_validator("outcome", mode="before")
    @classmethod
    def _is_not_a_truth_value(cls, outcome: object) -> object:
        if isinstance(outcome, bool):
            raise ValueError('YAML reads yes and no as true and false: write "yes" or "no" in quotes')
        return outcome

    @field_validator("known_at")
    @classmethod
    def _is_known_after_it_occurred(cls, known_at: datetime, info: ValidationInfo) -> datetime:
        return _ordered(info.data.get("occurred_at"), known_at, "cannot be known before it occurred_at")

    @field_validator("recorded_at")
    @classmethod
    def _is_recorded_after_it_was_known(cls, recorded_at: datetime, info: ValidationInfo) -> datetime:
        return _ordered(info.data.get("known_at"), recorded_at, "cannot be recorded before it was known_at")


class Forecast(Part):
    id: Annotated[Key, Field(max_length=200)]
    statement: str | None
    fidelity: Fidelity | None
    category: Category
    kind: Kind
    title: Title
    criteria: Annotated[Text, Field(min_length=1)]
    fine_print: Text = ""
    background: Text = ""
    options: list[Short] = []
    ordered: bool = False
    unit: Annotated[str, Field(max_length=60)] = ""
    range: Range | None = None
    quantile_levels: list[float] = []
    resolution_source: Authority
    fallback: Text
    time_zone: Zone
    published_at: Time
    opens_at: Time
    closes_at: Time
    resolves_at: Time
    review_every_days: Annotated[int, Field(ge=1, le=366)] = 7
    resolver: Short
    backup: Short
    spec: dict[str, Any] | None = None
    resolution: Resolution | None = None

    @field_validator("fidelity")
    @classmethod
    def _comes_with_a_statement(cls, fidelity: Rows.Fidelity | None, info: ValidationInfo) -> Rows.Fidelity | None:
        if "statement" in info.data and (fidelity is None) != (info.data["statement"] is None):
            raise ValueError("is given for a forecast with a statement, and null for a derived one")
        return fidelity

    @field_validator("options")
    @classmethod
    def _are_for_multiple_choice(cls, options: list[str], info: ValidationInfo) -> list[str]:
        wanted = _asks(info, "has_options")
        if bool(options) != wanted or (wanted and len(options) < 2):
            raise ValueError("two or more for multiple_choice, none for other kinds")
        if len(set(options)) < len(options) or any(";" in option for option in options):
            raise ValueError("differ from each other and hold no semicolon")
        return options

    @field_validator("ordered")
    @classmethod
    def _is_for_multiple_choice(cls, ordered: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 -- pydantic's
        return _only(ordered, info, "has_options", "multiple_choice")

    @field_validator("unit")
    @classmethod
    def _is_for_numbers(cls, unit: str, info: ValidationInfo) -> str:
        return _only(unit, info, "is_measured", "numeric")

    @field_validator("range")
    @classmethod
    def _is_for_numbers_and_dates(cls, offered: Range | None, info: ValidationInfo) -> Range | None:
        kind = info.data.get("kind")
        if (offered is not None) != _asks(info, "has_quantiles"):
            raise ValueError("is given for numeric and date, and only for them")
        if offered is None or kind is None:
            return offered
        lower, upper = (KINDS[kind].read(end) for end in (offered.lower, offered.upper))
        if lower >= upper:
            raise ValueError("lower lies below upper")
        if offered.scale == Rows.Scale.LOG and (not KINDS[kind].is_measured or lower <= 0):
            raise ValueError("a log scale is for numbers with lower above 0")
        return offered

    @field_validator("quantile_levels")
    @classmethod
    def _rise(cls, levels: list[float], info: ValidationInfo) -> list[float]:
        if bool(levels) != _asks(info, "has_quantiles"):
            raise ValueError("are given for numeric and date, and only for them")
        if any(not 0 < level < 1 or abs(level * values.UNITS % 1 - 0.5) < 0.499_999 for level in levels):
            raise ValueError("lie between 0 and 1, in steps of 0.0001")
        if any(low >= high for low, high in pairwise(levels)):
            raise ValueError("rise")
        return levels

    @field_validator("opens_at")
    @classmethod
    def _opens_after_publication(cls, opens_at: datetime, info: ValidationInfo) -> datetime:
        return _ordered(info.data.get("published_at"), opens_at, "lies before published_at")

    @field_validator("closes_at")
    @classmethod
    def _closes_after_opening(cls, closes_at: datetime, info: ValidationInfo) -> datetime:
        if closes_at == info.data.get("opens_at"):
            raise ValueError("is the same as opens_at")
        return _ordered(info.data.get("opens_at"), closes_at, "lies before opens_at")

    @field_validator("resolves_at")
    @classmethod
    def _resolves_after_closing(cls, resolves_at: datetime, info: ValidationInfo) -> datetime:
        return _ordered(info.data.get("closes_at"), resolves_at, "lies before closes_at")

    @field_validator("backup")
    @classmethod
    def _is_somebody_else(cls, backup: str, info: ValidationInfo) -> str:
        if backup == info.data.get("resolver"):
            raise ValueError("is another person than resolver")
        return backup

    @field_validator("resolution")
    @classmethod
    def _fits(cls, resolution: Resolution | None, info: ValidationInfo) -> Resolution | None:
        if resolution is not None and "kind" in info.data:
            _check_outcome(resolution, info.data)
        return resolution

    @property
    def review_every(self) -> timedelta:
        return timedelta(days=self.review_every_days)


def _check_outcome(resolution: Resolution, forecast: dict[str, Any]) -> None:
    outcome = resolution.outcome
    if outcome in UNSCORED:
        return
    asks = KINDS[forecast["kind"]]
    if asks.has_quantiles:
        _check_quantity(resolution, asks, forecast)
        return
    allowed: Sequence[str] = forecast.get("options", ()) if asks.has_options else asks.outcomes
    if outcome not in allowed:
        raise ValueError(f"outcome: is one of {', '.join([*allowed, *UNSCORED])}")


def _check_quantity(resolution: Resolution, asks: QuestionKind, forecast: dict[str, Any]) -> None:
    """Within the closed ends; past an open one without a value; a date not after the day on which it became known."""
    offered: Range | None = forecast.get("range")
    if resolution.outcome in Verdict.BEYOND:
        is_open = offered is not None and (offered.upper_open if resolution.outcome == ABOVE else offered.lower_open)
        if not is_open:
            raise ValueError(f"outcome: this end of the range is closed; {_allowed(offered)}")
        return
    value = asks.read(resolution.outcome)
    if offered is not None:
        below = value < asks.read(offered.lower) and not offered.lower_open
        above = value > asks.read(offered.upper) and not offered.upper_open
        if below or above:
            raise ValueError(f"outcome: lies outside the range, at an end that is not open; {_allowed(offered)}")
    if asks.is_dated and "time_zone" in forecast:
        known_on = resolution.known_at.astimezone(ZoneInfo(forecast["time_zone"])).date()
        if value > days(known_on):
            raise ValueError(f"outcome: it became known on {known_on}, and is that day or earlier")


def _allowed(offered: Range | None) -> str:
    if offered is None:
        return "allowed is a value"
    least = "" if offered.lower_open else f" from {offered.lower}"
    most = "" if offered.upper_open else f" up to {offered.upper}"
    return f"allowed is what lies{least}{most}"


def _ordered(earlier: datetime | None, later: datetime, complaint: str) -> datetime:
    if earlier is not None and later < earlier:
        raise ValueError(complaint)
    return later


def _asks(info: ValidationInfo, what: str) -> bool:
    """Whether the kind is there and has a trait."""
    return "kind" in info.data and bool(getattr(KINDS[info.data["kind"]], what))


def _only[T](given: T, info: ValidationInfo, trait: str, kind: str) -> T:
    if given and not _asks(info, trait):
        raise ValueError(f"is for {kind} only")
    return given
