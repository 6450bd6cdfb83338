"""What scenario.yaml holds, field by field, as docs/scenarios.md describes it. For what spans entries: checking.py."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from forecasts.models import Category as Categories
from forecasts.models import Membership
from forecasts.models import Scenario as Scenarios
from forecasts.models import Source as Sources
from forecasts.questions.intake.question import Forecast
from forecasts.questions.intake.simple_values import (
    Address,
    Key,
    Line,
    Offset,
    Part,
    Short,
    Text,
    Time,
    Title,
    Word,
    Zone,
)

Category = Annotated[Categories, Field(strict=False)]
Kind = Annotated[Sources.Kind, Field(strict=False)]
Role = Annotated[Membership.Role, Field(strict=False)]
Visibility = Annotated[Scenarios.Visibility, Field(strict=False)]
Review = Literal["accepted", "rejected", "duplicate"]


class Scenario(Part):
    slug: Key
    title: Line
    summary: Text
    visibility: Visibility
    blind_until_answered: bool = False
    two_people_resolve: bool = False
    cooling_off_hours: Annotated[int, Field(ge=0, le=24 * 365)] = 24


class Person(Part):
    """Somebody of a demonstration."""

    key: Key
    name: Short
    role: Role
    time_zone: Zone

    @property
    def email(self) -> str:
        return f"{self.key}@demo.invalid"


class Source(Part):
    name: Short
    kind: Kind


class Article(Part):
    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)]
    title: Title
    source: Source
    authors: list[Short] = []
    url: Address | None = None
    published_at: Time
    published_at_note: Annotated[str, Field(max_length=200)] = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=12)] = "en"
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Span(Part):
    start: Offset
    end: Offset

    @field_validator("end")
    @classmethod
    def _follows(cls, end: int, info: ValidationInfo) -> int:
        if end <= info.data.get("start", -1):
            raise ValueError("lies after start")
        return end


class Claim(Span):
    """One of the claims of a sentence that was split."""

    id: Annotated[str, Field(min_length=1, max_length=40)]
    quote: str
    category: Category
    cue: Short


class Likelihood(Part):
    """A term on a scale of likelihood words."""

    term: Annotated[Short, Field(max_length=40)]
    scale: Word
    edition: Word


class Statement(Span):
    """One claim of the article, or a sentence that was split into `claims`."""

    id: Annotated[str, Field(min_length=1, max_length=40)]
    quote: str
    sentence: Span | None = None
    category: Category | None = None
    cue: Short | None = None
    likelihood: Likelihood | Literal["unquantified"]
    conditional: bool = False
    attributed_to: Short | None = None
    review: Review
    reason: Text = ""
    duplicate_of: str | None = None
    claims: list[Claim] = []

    @field_validator("reason")
    @classmethod
    def _gives_a_reason(cls, reason: str, info: ValidationInfo) -> str:
        if info.data.get("review") in ("rejected", "duplicate") and not reason.strip():
            raise ValueError("say why it was rejected, or is a duplicate")
        return reason

    @field_validator("duplicate_of")
    @classmethod
    def _names_the_original(cls, original: str | None, info: ValidationInfo) -> str | None:
        if (info.data.get("review") == "duplicate") != (original is not None):
            raise ValueError("is given for a duplicate, and only for a duplicate")
        return original

    @field_validator("claims")
    @classmethod
    def _is_split_or_whole(cls, claims: list[Claim], info: ValidationInfo) -> list[Claim]:
        own = [name for name in ("category", "cue") if info.data.get(name) is not None]
        if not claims and len(own) < 2:
            raise ValueError("a statement has a category and a cue; a sentence that was split has claims instead")
        if claims and (own or len(claims) < 2 or info.data.get("review") != "accepted"):
            raise ValueError("a sentence that was split is accepted, has two or more claims, and no category or cue")
        return claims


class Cuts(Part):
    """A file of a feed, told as if it had come in cuts: each holds what had ended so many days before."""

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)]
    feed: Word
    cut_days: Annotated[int, Field(ge=0, le=3650)]
    covers_from: date
    retrieved_at: Annotated[list[Time], Field(min_length=1)]
    accepted_by: Short


class Document(Part):
    """The whole of scenario.yaml."""

    format: Literal[1]
    scenario: Scenario
    people: list[Person]
    article: Article
    statements: list[Statement]
    forecasts: list[Forecast]
    evidence: list[Cuts] = []

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if not self.forecasts:
            raise ValueError("forecasts: a scenario has at least one forecast")
        return self
