"""All that mails asked of one person, on one page behind a mail's link: GET shows, POST records what was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forecasts.answers import estimating
from forecasts.mail import emails, inviting, links
from forecasts.mail.links import LinkRefused
from forecasts.models import Estimate, Forecast, Prompt, User
from forecasts.pages.forms import AnswerForm, value_fields
from forecasts.pages.views import stopping
from forecasts.rules import clock
from forecasts.rules.errors import InvalidValue, NotNow
from forecasts.rules.values import Value

# Keeps the value in force.
KEEP = "="


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row: a percentage, a number or a day."""

    name: str
    label: str
    type: str
    given: str
    is_wrong: bool


@dataclass(slots=True)
class Row:
    """One question. `given` is what was entered; `error` why it is not recorded, `done` what is."""

    prompt: Prompt
    forecast: Forecast
    own: Estimate | None
    said: str
    link: str
    given: dict[str, str] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    error: str = ""
    done: str = ""

    @property
    def is_one(self) -> bool:
        """Whether one field, a percentage, takes the whole answer."""
        return self.forecast.asks.is_yes_or_no

    @property
    def fields(self) -> list[Field]:
        return [
            Field(f"{self.prompt.pk}-{name}", str(one.label), kind(one), self.given.get(name, ""), name in self.wrong)
            for name, one in value_fields(self.forecast).items()
        ]

    @property
    def version_name(self) -> str:
        return f"{self.prompt.pk}-version"


def kind(one: forms.Field) -> str:
    return "date" if isinstance(one, forms.DateField) else "text"


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
        "at": at,
        "rows": rows,
        "scenarios": [{"title": title, "rows": found} for title, found in _by_scenario(rows).items()],
        "left": sum(not row.done for row in rows),
        "done": sum(bool(row.done) for row in rows),
        "action": request.path,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if any(row.error for row in rows) else HTTPStatus.OK
    return stopping.shown(render(request, "forecasts/answers.html", context, status=status))


def _by_scenario(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The scenario of what closes first is on top, as in the mail."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.forecast.scenario.title, []).append(row)
    return found


def _own(person: User, prompts: Sequence[Prompt], at: datetime) -> dict[int, Estimate]:
    """By forecast, the person's estimate in force."""
    asked = [prompt.forecast_id for prompt in prompts]
    held = Estimate.objects.filter(forecaster__user=person, forecast__in=asked).in_force(at)
    return {one.forecast_id: one for one in held}


def _row(prompt: Prompt, forecast: Forecast, held: Mapping[int, Estimate]) -> Row:
    own = held.get(forecast.pk)
    said = emails.in_words(forecast, Value.of(own)) if own else ""
    return Row(prompt, forecast, own, said, links.answer_url(prompt, prompt.slot))


def _take(row: Row, person: User, posted: Mapping[str, str]) -> None:
    """Record what stands in the row's fields; empty ones ask for nothing."""
    entered = {name: posted.get(f"{row.prompt.pk}-{name}", "").strip() for name in value_fields(row.forecast)}
    row.given = {name: value for name, value in entered.items() if value}
    if not row.given:
        return
    is_kept = set(row.given.values()) == {KEEP}
    data = {} if is_kept else {name: value.removesuffix("%").strip() for name, value in row.given.items()}
    data["event"] = Estimate.Event.REAFFIRM if is_kept else Estimate.Event.UPDATE
    form = AnswerForm(row.forecast, row.own, {**data, "version": posted.get(row.version_name, "")})
    if not form.is_valid():
        row.wrong = set(form.errors)
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
    return emails.in_words(form.forecast, Value.of(made))
