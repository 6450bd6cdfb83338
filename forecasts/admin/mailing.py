"""Acts on outgoing mail, each confirmed on a page of its own; and what a mail looks like, without its keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from forecasts.mail import pausing, prompting, queueing, suppressing
from forecasts.models import Message, Prompt, Suppression
from forecasts.rules import clock, security_log
from forecasts.rules.redaction import without_tokens
from forecasts.rules.security_log import Kind

BY_HAND = "An administrator cancelled it."
FRAMED: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": ["data:"],
    "frame-ancestors": [CSP.SELF],
    "sandbox": True,
}


@dataclass(frozen=True, slots=True)
class Act:
    """What can be done to rows that somebody chose."""

    title: str
    button: str
    sentence: str
    model: type[Message | Prompt | Suppression]
    do: Callable[[Sequence[str], datetime], str]


def retry(pks: Sequence[str], at: datetime) -> str:
    count = queueing.retry(Message.objects.filter(pk__in=pks), at)
    return f"Queued again: {count}. They go out with the next sweep."


def write(pks: Sequence[str], at: datetime) -> str:
    count = prompting.write_again(Prompt.objects.filter(pk__in=pks))
    return f"To be written: {count}. What can be written now goes out with the next sweep."


def cancel(pks: Sequence[str], at: datetime) -> str:
    return f"Cancelled: {queueing.cancel(Message.objects.filter(pk__in=pks), BY_HAND)}."


def lift(pks: Sequence[str], at: datetime) -> str:
    found = list(Suppression.objects.filter(pk__in=pks).values_list("address", flat=True))
    for address in found:
        suppressing.lift(address)
    return f"Lifted: {', '.join(found) or 'none'}. Mail goes there again."


ACTS = {
    "retry": Act(
        "Send again",
        "Send again",
        "They are queued with all their tries, except those sent already, being sent now, or so old that their bytes"
        " are forgotten. What nobody needs any more is cancelled when its turn comes.",
        Message,
        retry,
    ),
    "write": Act(
        "Write again",
        "Write again",
        "Those that were set aside because no mail could be made of them are tried once more: do it once the reason"
        " beside them is mended. What nobody needs any more is cancelled.",
        Prompt,
        write,
    ),
    "cancel": Act(
        "Cancel",
        "Do not send",
        "They are not sent, and what they ask for is not asked. One that is being sent now, or was, stays as it is.",
        Message,
        cancel,
    ),
    "lift": Act(
        "Lift the suppression",
        "Let mail go there again",
        "Mail made from now on goes to these addresses again; what was set aside meanwhile can be sent again from the"
        " list of messages. One more refusal, and the address is suppressed anew.",
        Suppression,
        lift,
    ),
}


def act_view(request: HttpRequest, act: str, site: AdminSite) -> HttpResponse:
    """GET asks whether to, POST does it."""
    _check(request)
    if request.method == "POST":
        chosen = [pk for pk in request.POST.getlist("pk") if pk.isdigit()]
        messages.success(request, ACTS[act].do(chosen, clock.now()))
        return HttpResponseRedirect(_list_of(ACTS[act].model))
    return asked(request, act, request.GET.getlist("pk"), site)


def asked(request: HttpRequest, act: str, pks: Sequence[str], site: AdminSite) -> HttpResponse:
    """The page that asks whether to do it."""
    chosen = ACTS[act]
    rows = list(chosen.model.objects.filter(pk__in=[pk for pk in pks if str(pk).isdigit()]).order_by("pk"))
    if not rows:
        raise Http404
    context = {
        **site.each_context(request),
        "title": chosen.title,
        "act": chosen,
        "rows": rows,
        "opts": chosen.model._meta,
        "address": reverse(f"admin:forecasts_mail_{act}"),
        "back": _list_of(chosen.model),
    }
    return render(request, "admin/forecasts/message/act.html", context)


def sending_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Whether mail goes out, and the button that changes it."""
    _check(request)
    at = clock.now()
    pausing.glance(at)
    if request.method == "POST":
        if pausing.paused() is None:
            pausing.pause(at, request.POST.get("because", "").strip()[:500] or "An administrator paused it.")
            messages.success(request, "Sending is paused. A mail on its way arrives; no other goes out.")
        else:
            pausing.resume()
            security_log.note(Kind.SETTING, None, at=at, detail="sending resumed")
            messages.success(request, "Sending is resumed.")
        return HttpResponseRedirect(reverse("admin:forecasts_sending"))
    context = {
        **site.each_context(request),
        "title": "Sending",
        "paused": pausing.paused(),
        "due": Message.objects.due(at).count(),
    }
    return render(request, "admin/forecasts/message/sending.html", context)


@xframe_options_sameorigin
@csp_override(FRAMED)
def html_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of a mail for a frame that may do nothing: no script, no link, nothing loaded from elsewhere."""
    _check(request)
    message = Message.objects.filter(pk=pk, content__isnull=False).first()
    if message is None:
        raise Http404
    return HttpResponse(part(message, "html"), headers={"Cache-Control": "no-store"})


def part(message: Message, kind: str) -> str:
    """The mail's text or HTML. Whoever reads it here must not answer in the recipient's name: the keys are cut out."""
    body = message_from_bytes(bytes(message.content or b""), policy=policy.default).get_body((kind,))
    return without_tokens(str(body.get_content())) if body else ""


def _list_of(model: type[Message | Prompt | Suppression]) -> str:
    return reverse(f"admin:forecasts_{model._meta.model_name}_changelist")


def _check(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise Http404
