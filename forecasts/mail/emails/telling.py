"""What mails say: one function for each thing that they tell; the record of a kind names its own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse

from forecasts.answers.resolving import dissent_from
from forecasts.mail import links
from forecasts.mail.emails import results, summaries
from forecasts.mail.emails.about_forecasts import about, forecast_of
from forecasts.mail.emails.known import Known
from forecasts.mail.emails.plain import one_line
from forecasts.mail.emails.wire import Picture
from forecasts.models import Membership, Prompt, SecurityEvent, Suppression, Verdict, record_of
from forecasts.models.security import TOLD
from forecasts.presenting import words


class Told(NamedTuple):
    """What a mail says, by the names that its templates use, and the pictures in it."""

    data: Mapping[str, Any]
    pictures: Sequence[Picture] = ()


type Teller = Callable[[Prompt, datetime, Known], Told]


def estimating(prompt: Prompt, at: datetime, known: Known) -> Told:
    """What a mail says that asks for an estimate."""
    said = about(forecast_of(prompt), prompt.recipient, at, known.standing(prompt.pk))
    return Told({**said, "link": links.answer_url(prompt, at)})


def resolving(prompt: Prompt, at: datetime, known: Known) -> Told:
    """What a mail says that asks to resolve, or asks again. Leads to the desk, where whoever is logged in resolves."""
    forecast, person = forecast_of(prompt), prompt.recipient
    proposed = known.proposal(forecast)
    due = forecast.resolves_at
    said = {
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
    return Told(said)


def _asked_of_others(proposed: Verdict) -> str:
    """What is wanted of whoever did not give the first answer. Not what that was: they might agree for its sake."""
    if dissent_from(proposed) is not None:
        return "Two people came to different answers: an owner of the scenario, who is neither of them, decides."
    return "Somebody has answered it. A second person is asked for an answer of their own, before being told the first."


def outcome(prompt: Prompt, at: datetime, known: Known) -> Told:
    """What came of a forecast, with the recipient's calibration."""
    return Told(*results.told(prompt, known))


def outcome_in_brief(prompt: Prompt, at: datetime, known: Known) -> Told:
    return Told(results.brief(prompt, known))


def summary(prompt: Prompt, at: datetime, known: Known) -> Told:
    return Told(summaries.of(prompt.recipient, at))


def returned(prompt: Prompt, at: datetime, known: Known) -> Told:
    """To owners: an address refused mail twice for good, and gets none any more."""
    stopped = Suppression.objects.filter(made_at=prompt.slot).order_by("address")
    theirs = Membership.objects.filter(
        user__email__in=[one.address for one in stopped], scenario__memberships__user=prompt.recipient
    ).select_related("user")
    # Who takes part in one of them is told of by name; who was invited only, as their inviter wrote.
    names = {one.user.email: one_line(one.invited_as or one.user.name) for one in theirs.order_by("-invited_as")}
    told = [
        {"name": names[one.address], "address": one.address, "reason": one_line(one.reason)}
        for one in stopped
        if one.address in names
    ]
    return Told({"stopped": told})


def invitation(prompt: Prompt, at: datetime, known: Known) -> Told:
    """To somebody who became a member: how to set a password, or for who has one, where to look."""
    person = prompt.recipient
    is_new = not person.has_usable_password()
    link = links.password_url("invite", person, at) if is_new else links.page("board")
    awaited = person.memberships.exclude(invited_as="").values("scenario")
    joined = person.scenarios.filter(pk__in=awaited) or person.scenarios.all()
    return Told({"link": link, "is_new": is_new, "joined": [one_line(scenario.title) for scenario in joined]})


def password_reset(prompt: Prompt, at: datetime, known: Known) -> Told:
    return Told({"link": links.password_url("reset", prompt.recipient, at)})


def security(prompt: Prompt, at: datetime, known: Known) -> Told:
    """What happened to the person's own account, so that they notice what somebody else did in their name."""
    events = SecurityEvent.objects.filter(person=prompt.recipient, made_at=prompt.slot, kind__in=TOLD).order_by("pk")
    told = [
        {
            "what": event.get_kind_display(),
            "detail": one_line(event.detail),
            "address": event.address or "",
            "by": "" if event.by is None or event.by == prompt.recipient else one_line(event.by.name),
        }
        for event in events.select_related("by")
    ]
    when = prompt.slot.astimezone(ZoneInfo(prompt.recipient.time_zone))
    links_ = {"account": links.page("account"), "reset": links.page("password_reset")}
    return Told({"events": told, "when": when, **links_})


TELLERS: Mapping[str, Teller] = {
    teller.__name__: teller
    for teller in (
        estimating,
        resolving,
        outcome,
        outcome_in_brief,
        summary,
        returned,
        invitation,
        password_reset,
        security,
    )
}


def tell(prompt: Prompt, at: datetime, known: Known, *, is_entry: bool) -> Told:
    """What a mail of this prompt says, or an entry of a digest. Raises whatever its data make impossible."""
    kind = record_of(prompt.kind)
    said = TELLERS[(is_entry and kind.teller_in_digest) or kind.teller](prompt, at, known)
    return said._replace(data={**said.data, "act": kind.act, "entry": kind.entry})
