"""One mail for all that a person hears of at one time, grouped by scenario."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from forecasts.mail.emails.plain import one_line
from forecasts.mail.emails.telling import Told
from forecasts.models import Prompt, record_of

NAME = "digest"


def digest(told: Mapping[Prompt, Told]) -> dict[str, Any]:
    """What a digest says: what its prompts tell, those about a forecast by scenario, the others after them."""
    ordered = sorted(told, key=_place)
    about = [prompt for prompt in ordered if prompt.forecast is not None]
    others = [prompt for prompt in ordered if prompt.forecast is None]
    scenarios = [
        {"title": title, "entries": [told[prompt].data for prompt in part]}
        for title, part in groupby(about, key=_scenario)
    ]
    first = min(about or others, key=_urgency)
    return {
        "scenarios": scenarios,
        "alone": [told[prompt].data for prompt in others],
        "first": told[first].data.get("title") or record_of(first.kind).label,
        "others": len(about) - 1,
    }


def _scenario(prompt: Prompt) -> str:
    return one_line(prompt.forecast.scenario.title) if prompt.forecast is not None else ""


def _urgency(prompt: Prompt) -> tuple[int, int]:
    return record_of(prompt.kind).place, prompt.pk


def _place(prompt: Prompt) -> tuple[str, int, int]:
    return _scenario(prompt), *_urgency(prompt)
