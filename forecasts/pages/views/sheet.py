"""All that mails asked of one person, on one page behind a mail's link: GET shows, POST records what was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forecasts.answers import estimating
from forecasts.mail import emails, inviting, links
from forecasts.mail.links import LinkRefused
from forecasts.models import Estimate, Forecast, Prompt, User
from forecasts.pages.forms import AnswerForm
from forecasts.pages.views import stopping
from forecasts.rules import clock
from forecasts.rules.errors import InvalidValue, NotNow

# Keeps the value in force.
KEEP = "="


@dataclass(slots=True)
class Row:
    """One question. `given` is what was entered; `error` why it is not recorded, `done` what is."""

    prompt: Prompt
    forecast: Forecast
    own: Estimate | None
    said: str
    link: str
    given: str = ""
    error: str = ""
    done: str = ""

    @property
    def is_number(self) -> bool:
        return self.forecast.asks.is_yes_or_no


# The token itself says who may act here and on what; there is no session that another site could ride on.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, token: str) -> HttpResponse:
    """Each answer stands by itself: one that cannot be recorded says why at its field, the others are."""
    at = clock.now()
    try:
        person, prompts = links.sheet_of(token, at)
    except LinkRefused as error:
        return stopping.refused(request, error)
    own = _own(person, prompts, at)
    rows = [_row(prompt, prompt.forecast, own) for prompt in prompts if prompt.forecast is not None]
    if request.method == "POST":
        for row in rows:
            _take(row, person, request.POST)
    context = {
        "reader": person,
        "rows": rows,
        "left": sum(not row.done for row in rows),
        "done": sum(bool(row.done) for row in rows),
        "action": request.path,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if any(row.error for row in rows) else HTTPStatus.OK
    return stopping.shown(render(request, "forecasts/answers.html", context, status=status))


def _own(person: User, prompts: Sequence[Prompt], at: datetime) -> dict[int, Estimate]:
    """By forecast, the person's estimate in force."""
    asked = [prompt.forecast_id for prompt in prompts]
    held = Estimate.objects.filter(forecaster__user=person, forecast__in=asked).in_force(at)
    return {one.forecast_id: one for one in held}


def _row(prompt: Prompt, forecast: Forecast, held: Mapping[int, Estimate]) -> Row:
    own = held.get(forecast.pk)
    said = emails.in_words(forecast, estimating.value_of(own)) if own else ""
    return Row(prompt, forecast, own, said, links.answer_url(prompt, prompt.slot))


def _take(row: Row, person: User, entered: Mapping[str, str]) -> None:
    """Record what stands in the row's field; an empty one asks for nothing."""
    row.given = entered.get(f"percent-{row.prompt.pk}", "").strip()
    if not row.given or not row.is_number:
        return
    event = Estimate.Event.REAFFIRM if row.given == KEEP else Estimate.Event.UPDATE
    data = {"event": event, "percent": "" if row.given == KEEP else row.given.removesuffix("%")}
    data["version"] = entered.get(f"version-{row.prompt.pk}", "")
    form = AnswerForm(row.forecast, row.own, data)
    if not form.is_valid():
        row.error = " ".join(str(message) for messages in form.errors.values() for message in messages)
        return
    try:
        row.done = _recorded(row.prompt, form, person)
    except (InvalidValue, NotNow) as error:
        row.error = str(error)


@transaction.atomic
def _recorded(prompt: Prompt, form: AnswerForm, person: User) -> str:
    """Record it once, however often the page is posted."""
    Prompt.objects.select_for_update().get(pk=prompt.pk)
    if Estimate.objects.filter(prompt=prompt).exists():
        raise NotNow("This was answered meanwhile.")
    at = clock.now()
    made = estimating.record(form.forecast, person, form.answer(), at=at, channel=Estimate.Channel.MAIL, prompt=prompt)
    inviting.came_in(person)
    return emails.in_words(form.forecast, estimating.value_of(made))
