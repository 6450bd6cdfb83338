"""One mail for all that a person hears of at one time: by scenario, what closes first on top."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from forecasts.mail import links
from forecasts.mail.emails.plain import one_line
from forecasts.mail.emails.telling import Told
from forecasts.models import Asks, Prompt, record_of

DIGEST = "digest"
# So many entries say all that they have to say. The others are a line each: mail programs cut off long mails.
WHOLE = 20
LAST = datetime.max.replace(tzinfo=UTC)

type Data = dict[str, Any]


def digest(told: Mapping[Prompt, Told], at: datetime) -> Data:
    """What a digest says: what its prompts tell, those about a forecast by scenario, the others after them."""
    ordered = sorted(told, key=_place)
    about = [prompt for prompt in ordered if prompt.forecast is not None]
    others = [prompt for prompt in ordered if prompt.forecast is None]
    first = (about or others)[0]
    estimates = sum(record_of(prompt.kind).asks == Asks.ESTIMATE for prompt in about)
    return {
        "scenarios": _by_scenario(about, told),
        "alone": [told[prompt].data for prompt in others],
        "first": told[first].data.get("title") or record_of(first.kind).label,
        "others": len(about) - 1,
        "count": len(about),
        "sheet": links.sheet_url(ordered[0].recipient, at) if estimates > 1 else "",
        "estimates": estimates,
    }


def _by_scenario(about: Sequence[Prompt], told: Mapping[Prompt, Told]) -> list[Data]:
    """The scenario of what closes first is on top, too. Criteria that repeat stand once."""
    scenarios: dict[str, list[Data]] = {}
    criteria: dict[str, str] = {}
    for place, prompt in zip(count(), about, strict=False):
        data = dict(told[prompt].data)
        first = criteria.setdefault(data["criteria"], data["title"])
        data["same_as"] = first if first != data["title"] else ""
        data["is_brief"] = place >= WHOLE
        scenarios.setdefault(_scenario(prompt), []).append(data)
    return [{"title": title, "entries": entries} for title, entries in scenarios.items()]


def _scenario(prompt: Prompt) -> str:
    return one_line(prompt.forecast.scenario.title) if prompt.forecast is not None else ""


def _place(prompt: Prompt) -> tuple[bool, datetime, int, int]:
    """What asks for something before what only tells, and of that what closes first."""
    kind, closes_at = record_of(prompt.kind), prompt.forecast.closes_at if prompt.forecast is not None else None
    return kind.asks == Asks.NOTHING, closes_at or LAST, kind.place, prompt.pk
