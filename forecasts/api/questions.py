"""What is asked of the statistics: the query, read strictly, and a tag that is equal where the answer is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter

from forecasts.api.errors import Problem, Refused, problem
from forecasts.models import Category, Estimand, Forecaster, User
from forecasts.scores import statistics
from forecasts.scores.statistics import GROUP_BY, Filters, Grouped, Report, Sight
from forecasts.scores.statistics.slices import AHEAD_OR_EACH
from forecasts.scoring.cells import BIN_SETS

FORM = "5"
"""Changes with what is made of the same tallies, so that no client keeps an older form."""

FILTERS = tuple(one.name for one in fields(Filters))
OF_ONE_REPORT = (*FILTERS, "estimand")
OF_REPORTS = (*OF_ONE_REPORT, "group_by", "page", "page_size")
OF_TABLES = (*OF_REPORTS, "table", "bom")
OF_PICTURES = (*OF_ONE_REPORT, "plot")
DATES = ("since", "until")
NUMBERS = ("analyst", "source", "bins", "first", "second", "page", "page_size")
PAGE, MOST_GROUPS = 100, 500
"""Groups on a page where it is not said, and at most."""
WORDS: dict[str, list[str]] = {
    "category": Category.values,
    "forecaster_kind": Forecaster.Kind.values,
    "estimand": Estimand.values,
    "bins": [str(bins) for bins in BIN_SETS],
    "group_by": list(GROUP_BY),
    "plot": ["reliability", "months", "lead_time", "coverage", "pit"],
    "table": ["bins", "scores", "curve", "coverage", "pit"],
    "bom": ["0", "1"],
}
TOLD = {
    "scenario": "The slug of one scenario.",
    "category": "One category.",
    "analyst": "The id of one forecaster.",
    "source": "The id of one source.",
    "forecaster_kind": "Whose estimates; kinds are never mixed. `analyst` where not given.",
    "since": "First day of maturity, UTC.",
    "until": "The day after the last day of maturity, UTC.",
    "bins": "10 where not given.",
    "estimand": "Which estimates count; `last` where not given.",
    "group_by": "A report for each value of this dimension, page by page.",
    "page": "Which page of the groups, counted from 1.",
    "page_size": "How many groups on a page, 1 to 500; 100 where not given.",
    "plot": "Which picture; `reliability` where not given. `lead_time` needs an estimand that lead time splits.",
    "table": "Which numbers; `bins` where not given.",
    "bom": "1: with the mark by which Excel knows that a file is UTF-8.",
    "first": "The id of one forecaster.",
    "second": "The id of the other.",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and in which form. Equal where the answer is: same snapshot, visible scenarios and query."""

    etag: str
    form: str
    user: User = field(compare=False)
    seen: Sight = field(compare=False)
    filters: Filters = field(compare=False)
    estimand: str = field(compare=False)
    group_by: str | None = field(compare=False)
    plot: str | None = field(compare=False, default=None)
    table: str | None = field(compare=False, default=None)
    bom: bool = field(compare=False, default=False)
    page: int = field(compare=False, default=1)
    page_size: int = field(compare=False, default=PAGE)

    def report(self) -> Report:
        return statistics.report(self.user, self.filters, self.estimand, self.seen)

    def answer(self) -> Report | Grouped:
        if self.group_by is None:
            return self.report()
        wanted = slice((self.page - 1) * self.page_size, self.page * self.page_size)
        return statistics.grouped(self.user, self.group_by, self.filters, self.estimand, self.seen, wanted)

    def split(self, group_by: str) -> Grouped:
        """All groups, for a picture."""
        return statistics.grouped(self.user, group_by, self.filters, self.estimand, self.seen)


def asked(user: User, query: Mapping[str, str], form: str) -> Question:
    """The question that a query states. Raises Refused, naming what is allowed."""
    filters, estimand = read(query)
    chosen: dict[str, Any] = {name: query.get(name) for name in ("group_by", "plot", "table")}
    if "lead_time" in (chosen["group_by"], chosen["plot"]) and estimand not in AHEAD_OR_EACH:
        raise Refused({"group_by" if chosen["group_by"] else "plot": [_unsplit()]})
    chosen["bom"] = query.get("bom") == "1"
    seen = statistics.sight(user)
    page, size = int(query.get("page", 1)), int(query.get("page_size", PAGE))
    return Question(tag(seen, query, form), form, user, seen, filters, estimand, **chosen, page=page, page_size=size)


def _unsplit() -> Problem:
    words = [estimand.value for estimand in AHEAD_OR_EACH]
    return problem("invalid_choice", f"Lead time splits only these estimands: {', '.join(words)}.", words)


def read(query: Mapping[str, str]) -> tuple[Filters, str]:
    """Filters and estimand of a query. Raises Refused, naming what is allowed."""
    errors = {name: [fault] for name, value in query.items() if (fault := _fault(name, value))}
    if errors:
        raise Refused(errors)
    given: dict[str, Any] = {name: value_of(name, query[name]) for name in FILTERS if name in query}
    return Filters(**given), query.get("estimand", "last")


def value_of(name: str, text: str) -> str | int | date:
    """A parameter's value by its name. Raises ValueError."""
    if name in DATES:
        return date.fromisoformat(text)
    if name not in NUMBERS:
        return text
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ValueError(text)
    return int(text)


def _fault(name: str, text: str) -> Problem | None:
    if name in WORDS and text not in WORDS[name]:
        words = list(WORDS[name])
        return problem("invalid_choice", f"Unknown value “{text[:40]}”. Allowed: {', '.join(words)}.", words)
    if name in ("page", "page_size") and not _counts(text, MOST_GROUPS if name == "page_size" else 10**6):
        return problem("invalid", f"A whole number from 1; got “{text[:40]}”.")
    try:
        value_of(name, text)
    except ValueError:
        wanted = "a date, such as 2024-12-31" if name in DATES else "an id, a whole number"
        return problem("invalid", f"Give {wanted}; got “{text[:40]}”.")
    return None


def _counts(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most


def tag(seen: Sight, query: Mapping[str, str], form: str) -> str:
    """The ETag, of snapshot, visible scenarios and query."""
    stated = repr((FORM, form, seen.tag, sorted(query.items())))
    return f'"{hashlib.sha256(stated.encode()).hexdigest()[:32]}"'


def parameters(names: tuple[str, ...], required: tuple[str, ...] = ()) -> list[OpenApiParameter]:
    """How the schema describes these parameters."""
    return [
        OpenApiParameter(name, _type(name), required=name in required, enum=WORDS.get(name), description=TOLD[name])
        for name in names
    ]


def _type(name: str) -> Any:
    if name in DATES:
        return {"type": "string", "format": "date"}
    return {"type": "integer", "minimum": 1} if name in NUMBERS and name not in WORDS else str
