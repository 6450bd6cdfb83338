"""Question kinds: all that tells one from another, in one record each. Who needs to know asks `forecast.asks`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def days(moment: date) -> float:
    """Days since 1970-01-01 UTC of a date (its midnight UTC) or of a moment with a zone.

    >>> days(date(1970, 1, 2))
    1.0
    """
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), UTC)
    return (moment - EPOCH) / DAY


def day(number: float) -> date:
    """The date, UTC, that lies `number` days after 1970-01-01."""
    return (EPOCH + number * DAY).date()


def _number(given: float | str) -> float:
    if isinstance(given, str):
        raise ValueError(f"{given!r} is not a number")
    return float(given)


def _date(given: float | str) -> float:
    if not isinstance(given, str):
        raise ValueError('a date stands in quotes, such as "2024-12-08"')
    try:
        return days(date.fromisoformat(given))
    except ValueError:
        raise ValueError(f"{given!r} is not a date such as 2024-12-08") from None


def _iso(number: float) -> str:
    return day(number).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionKind:
    """One kind of question. Raises ValueError where a part is empty.

    `column` is the field of an estimate that holds its value, `outcomes` what a verdict may say, besides that it is
    annulled or ambiguous. `read` makes a number of what files and the API hold (ValueError where it is none), `write`
    is the reverse, `noun` names it; `unit` is that of its quantity where the question names none. `score` is what
    people are told it is scored by, `counted_as` what a spec that counts it has to say, `beyond` how one speaks of what
    lies past the lower and the upper end of a range.
    """

    key: str
    label: str
    column: str
    outcomes: tuple[str, ...]
    score: str
    counted_as: str
    read: Callable[[float | str], float] = _number
    write: Callable[[float], float | str] = float
    noun: str = "a number"
    beyond: tuple[str, str] = ("less than", "more than")
    unit: str = ""
    is_measured: bool = False

    def __post_init__(self) -> None:
        for part in fields(self):
            if part.default not in (False, "") and not getattr(self, part.name):
                raise ValueError(f"Question kind “{self.key}”: {part.name} is missing.")

    @property
    def is_yes_or_no(self) -> bool:
        """It takes a likelihood word, its source's word can be scored, and it can stand in relations."""
        return self.column == "probability"

    @property
    def has_options(self) -> bool:
        return self.column == "probabilities"

    @property
    def has_quantiles(self) -> bool:
        """It asks for a quantity: a number, or a date."""
        return self.column == "quantiles"

    @property
    def is_dated(self) -> bool:
        """Its quantity is a day."""
        return self.has_quantiles and not self.is_measured


KINDS: Mapping[str, QuestionKind] = {
    one.key: one
    for one in (
        QuestionKind(
            key="binary",
            label="yes or no",
            column="probability",
            outcomes=("yes", "no"),
            score="Brier score",
            counted_as="range",
        ),
        QuestionKind(
            key="multiple_choice",
            label="multiple choice",
            column="probabilities",
            outcomes=("option",),
            score="Brier score",
            counted_as="options",
        ),
        QuestionKind(
            key="numeric",
            label="number",
            column="quantiles",
            outcomes=("value", "below", "above"),
            score="weighted interval score",
            counted_as="value",
            is_measured=True,
        ),
        QuestionKind(
            key="date",
            label="date",
            column="quantiles",
            outcomes=("value", "below", "above"),
            score="weighted interval score",
            counted_as="first_day",
            read=_date,
            write=_iso,
            noun="a date, such as 2024-12-31",
            beyond=("before", "not by"),
            unit="days",
        ),
    )
}
YES_OR_NO = tuple(one.key for one in KINDS.values() if one.is_yes_or_no)
