"""One function for each kind of mail."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from forecasts.answers.resolving import dissent_from
from forecasts.mail import links
from forecasts.mail.emails import results, summaries
from forecasts.mail.emails.known import Known
from forecasts.mail.emails.plain import one_line
from forecasts.mail.emails.wire import Mail
from forecasts.mail.emails.writing import about, compose, forecast_of
from forecasts.models import Prompt, PromptKind, Suppression, User, Verdict
from forecasts.presenting import words

type Data = dict[str, Any]


def update(prompt: Prompt, at: datetime, known: Known) -> Mail:
    return compose([prompt], at, prompt.kind, estimating(prompt, at, known))


def estimating(prompt: Prompt, at: datetime, known: Known) -> Data:
    """What a mail says that asks for an estimate."""
    said = about(forecast_of(prompt), prompt.recipient, at, known.standing(prompt.pk))
    return {**said, "link": links.answer_url(prompt, at)}


def resolve(prompt: Prompt, at: datetime, known: Known) -> Mail:
    """Leads to the admin, where resolving is done by whoever is logged in."""
    return compose([prompt], at, prompt.kind, resolving(prompt, at, known))


def resolving(prompt: Prompt, at: datetime, known: Known) -> Data:
    """What a mail says that asks to resolve, or asks again."""
    forecast, person = forecast_of(prompt), prompt.recipient
    proposed = known.proposal(forecast)
    due = forecast.resolves_at
    return {
        **about(forecast, person, at, known.standing(prompt.pk)),
        "link": links.absolute(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])),
        "role": "resolver"
        if person.pk == forecast.resolver_id
        else "backup"
        if person.pk == forecast.backup_id
        else "owner",
        "proposed": _asked_of_others(proposed) if proposed else "",
        "is_early": due is not None and due > at,
        "late": words.span(at - due) if due is not None and due < at else "",
    }


def _asked_of_others(proposed: Verdict) -> str:
    """What is wanted of whoever did not give the first answer. Not what that was: they might agree for its sake."""
    if dissent_from(proposed) is not None:
        return "Two people came to different answers: an owner of the scenario, who is neither of them, decides."
    return "Somebody has answered it. A second person is asked for an answer of their own, before being told the first."


def result(prompt: Prompt, at: datetime, known: Known) -> Mail:
    data, pictures = results.told(prompt, known)
    return compose([prompt], at, prompt.kind, data, pictures)


def summary(prompt: Prompt, at: datetime, known: Known) -> Mail:
    told = summaries.of_owner(prompt.recipient, at)
    return compose([prompt], at, prompt.kind, {**told, "summary": told})


def returned(prompt: Prompt, at: datetime, known: Known) -> Mail:
    """To owners: an address refused mail twice for good, and gets none any more."""
    stopped = Suppression.objects.filter(made_at=prompt.slot).order_by("address")
    people = User.objects.filter(
        email__in=[one.address for one in stopped], scenarios__memberships__user=prompt.recipient
    ).distinct()
    names = {person.email: one_line(person.name) for person in people}
    told = [
        {"name": names[one.address], "address": one.address, "reason": one_line(one.reason)}
        for one in stopped
        if one.address in names
    ]
    return compose([prompt], at, prompt.kind, {"stopped": told})


def invitation(prompt: Prompt, at: datetime, known: Known) -> Mail:
    """To somebody who became a member: how to set a password, or for who has one, where to look."""
    person = prompt.recipient
    is_new = not person.has_usable_password()
    link = links.password_url("invite", person, at) if is_new else links.page("board")
    scenarios = person.scenarios.order_by("-memberships__pk").values_list("title", flat=True)
    titles = [one_line(title) for title in dict.fromkeys(scenarios)]
    return compose([prompt], at, prompt.kind, {"link": link, "is_new": is_new, "scenarios": titles})


def password_reset(prompt: Prompt, at: datetime, known: Known) -> Mail:
    return compose([prompt], at, prompt.kind, {"link": links.password_url("reset", prompt.recipient, at)})


WRITERS: dict[str, Callable[[Prompt, datetime, Known], Mail]] = {
    PromptKind.UPDATE: update,
    PromptKind.CLOSING_SOON: update,
    PromptKind.RESOLVE: resolve,
    PromptKind.OVERDUE: resolve,
    PromptKind.RESULT: result,
    PromptKind.SUMMARY: summary,
    PromptKind.RETURNED: returned,
    PromptKind.INVITATION: invitation,
    PromptKind.PASSWORD_RESET: password_reset,
}
