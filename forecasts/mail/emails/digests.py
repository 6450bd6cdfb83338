"""One mail for all that a person hears of at one time, grouped by scenario."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from forecasts.mail.emails import kinds, results, summaries
from forecasts.mail.emails.known import Known
from forecasts.mail.emails.plain import one_line
from forecasts.mail.emails.wire import Mail
from forecasts.mail.emails.writing import compose, forecast_of
from forecasts.models import Prompt, PromptKind

type Data = dict[str, Any]
type Teller = Callable[[Prompt, datetime, Known], Data]

NAME = "digest"
ACTS = {
    PromptKind.UPDATE: "Your estimate",
    PromptKind.CLOSING_SOON: "Closing soon",
    PromptKind.RESOLVE: "Time to resolve",
    PromptKind.OVERDUE: "Overdue",
    PromptKind.RESULT: "Result",
}
# What closes or waits longest comes first.
ORDER = [PromptKind.OVERDUE, PromptKind.RESOLVE, PromptKind.CLOSING_SOON, PromptKind.UPDATE, PromptKind.RESULT]
TELLERS: dict[str, Teller] = {
    PromptKind.UPDATE: kinds.estimating,
    PromptKind.CLOSING_SOON: kinds.estimating,
    PromptKind.RESOLVE: kinds.resolving,
    PromptKind.OVERDUE: kinds.resolving,
    PromptKind.RESULT: lambda prompt, at, known: results.brief(prompt, known),
}


def digest(prompts: Sequence[Prompt], at: datetime, known: Known) -> Mail:
    """The mail of several prompts of one person."""
    about = [prompt for prompt in prompts if prompt.kind in TELLERS]
    summary = next((prompt for prompt in prompts if prompt.kind == PromptKind.SUMMARY), None)
    ordered = sorted(about, key=_place)
    scenarios = [
        {"title": title, "entries": [_entry(prompt, at, known) for prompt in part]}
        for title, part in groupby(ordered, key=_scenario)
    ]
    first = min(about, key=lambda prompt: (ORDER.index(PromptKind(prompt.kind)), prompt.pk), default=None)
    data = {
        "scenarios": scenarios,
        "first": one_line(forecast_of(first).title) if first else "",
        "count": len(about),
        "others": len(about) - 1,
        "summary": summaries.of_owner(summary.recipient, at) if summary else None,
    }
    return compose(prompts, at, NAME, data)


def able(prompt: Prompt, at: datetime, known: Known) -> None:
    """Raise whatever makes it impossible to write this prompt's part of a digest."""
    if prompt.kind in TELLERS:
        _entry(prompt, at, known)
    else:
        kinds.WRITERS[prompt.kind](prompt, at, known)


def _entry(prompt: Prompt, at: datetime, known: Known) -> Data:
    return {**TELLERS[prompt.kind](prompt, at, known), "kind": prompt.kind, "act": ACTS[PromptKind(prompt.kind)]}


def _scenario(prompt: Prompt) -> str:
    return one_line(forecast_of(prompt).scenario.title)


def _place(prompt: Prompt) -> tuple[str, int, int]:
    return _scenario(prompt), ORDER.index(PromptKind(prompt.kind)), prompt.pk
