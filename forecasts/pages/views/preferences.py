"""How one is asked: one page, and what a forecast's page adds for that forecast alone."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from forecasts import watching
from forecasts.mail import links, preferring
from forecasts.models import Estimate, Forecast, Mute, Preference, PromptKind, User
from forecasts.pages.views.stopping import MUTE, SnoozeForm, take
from forecasts.presenting import words
from forecasts.rules import clock, timing
from forecasts.rules.errors import NotAllowed, NotNow

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]
DIGESTS = [
    (Preference.Digest.EACH, "At once: each on its own, from three at a time on together"),
    (Preference.Digest.DAILY, "One mail a day, at the hour below"),
    (Preference.Digest.WEEKLY, "One mail a week, on the first of the days below after the days off"),
]


def _wishes() -> list[tuple[str, str]]:
    return [(str(kind), kind.record.wish) for kind in PromptKind.stoppable()]


MOST = [
    (1, "one mail a day"),
    *((count, f"{count} mails a day") for count in (2, 3, 5, 10)),
    (0, "as many as there are"),
]


class PreferenceForm(forms.Form):
    """Everything that holds for all forecasts."""

    digest = forms.ChoiceField(label="How often", choices=DIGESTS, widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label="On these days",
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one day at least; to get no mail for a while, set an absence below."},
    )
    hour = forms.TypedChoiceField(
        label="At",
        coerce=int,
        choices=HOURS,
        help_text="Of one mail a day or a week, and of the first mail after a day off. Where clocks skip the hour, it"
        " comes when they change.",
    )
    most_a_day = forms.TypedChoiceField(
        label="At most",
        required=False,
        coerce=int,
        choices=MOST,
        help_text="What is left over comes together on the next day; what closes within a day comes nonetheless.",
    )
    time_zone = forms.ChoiceField(label="Time zone", choices=[(name, name) for name in sorted(available_timezones())])
    kinds = forms.MultipleChoiceField(
        label="Ask and tell me", required=False, choices=_wishes, widget=forms.CheckboxSelectMultiple
    )
    absent_until = forms.DateField(
        label="Away until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="No mail before this day; what fell due meanwhile is asked once, when you are back.",
    )

    def wishes(self) -> dict[str, Any]:
        """Columns by name. Only of a form that is valid."""
        data = {name: value for name, value in self.cleaned_data.items() if value != ""}
        wanted = data.pop("kinds")
        return {**data, "stopped": [str(kind) for kind in PromptKind.stoppable() if kind not in wanted]}


def _initial(person: User, preference: Preference) -> dict[str, Any]:
    return {
        "digest": preference.digest,
        "weekdays": preference.weekdays,
        "hour": preference.hour,
        "most_a_day": preference.most_a_day,
        "time_zone": person.time_zone,
        "kinds": [str(kind) for kind in PromptKind.stoppable() if kind not in preference.stopped],
        "absent_until": preference.absent_until,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How one is asked, about what one is not, and the address of one's calendar."""
    person, at = _person(request), clock.now()
    if request.method != "POST":
        return _page(request, PreferenceForm(initial=_initial(person, _preference(person))), at)
    form = PreferenceForm(request.POST)
    if not form.is_valid():
        return _page(request, form, at, status=422)
    preferring.save(person, form.wishes(), at=at)
    messages.success(request, "Saved. It holds from now on.")
    return redirect("preferences")


def _page(
    request: HttpRequest, form: PreferenceForm, at: datetime, status: int = 200, secret: str = ""
) -> HttpResponse:
    person = _person(request)
    preference = _preference(person)
    mutes = Mute.objects.filter(user=person).in_force(at).select_related("forecast__scenario").order_by("forecast_id")
    context = {
        "form": form,
        "next": _next(person, at),
        "mutes": mutes,
        "declined": _declined(person, at),
        "has_calendar": preference.calendar_key is not None,
        "calendar": links.calendar_url(secret) if secret else "",
        "at": at,
    }
    shown = render(request, "forecasts/preferences.html", context, status=status)
    shown["Cache-Control"] = "no-store"
    return shown


def _next(person: User, at: datetime) -> str:
    """When a mail that fell due now would go out, in words."""
    rhythm = watching.wishes([person.pk])[person.pk].rhythm
    window = timing.window(rhythm, at)
    return (
        "at once" if window == at else f"on {window.astimezone(rhythm.zone):%A}, {words.absolute(window, rhythm.zone)}"
    )


def _declined(person: User, at: datetime) -> list[Forecast]:
    """Open forecasts that the person called not their area."""
    said = Estimate.objects.filter(forecaster__user=person)
    newest = said.order_by("forecast_id", "-made_at", "-pk").distinct("forecast_id")
    gone = [one.forecast_id for one in newest if one.event == Estimate.Event.DECLINE]
    return list(Forecast.objects.filter(pk__in=gone).open(at).select_related("scenario").order_by("pk"))


def asking(person: User, forecast: Forecast, at: datetime) -> dict[str, Any] | None:
    """For a forecast's page: the choices not to be asked, or what was chosen. None for whom nobody asks about it."""
    mute = Mute.objects.filter(user=person, forecast=forecast).in_force(at).first()
    watches = forecast.watches.filter(user=person, kind__in=PromptKind.asking()).exclude(next_at=None)
    rows = User.objects.filter(pk=person.pk).values_list(Exists(watches), "preference__absent_until")
    is_asked, absent_until = rows.get()
    unreached = ""
    if absent_until is not None and forecast.closes_at is not None and forecast.closes_at > at:
        unreached = watching.unreached(forecast, person) if watching.asked(forecast).contains(person) else ""
    if mute is None and not is_asked and not unreached:
        return None
    return {"mute": mute, "form": SnoozeForm(), "unreached": unreached}


@login_required
@require_POST
def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    """Snooze, mute or decline one forecast, and go back to it."""
    forecast = get_object_or_404(Forecast.objects.visible_to(request.user).select_related("scenario"), pk=pk)
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose for how long you do not want to be asked.")
        return redirect(forecast)
    how, at = form.cleaned_data["how"], clock.now()
    try:
        until = take(how, _person(request), forecast, at, Estimate.Channel.WEB)
    except (NotAllowed, NotNow) as error:
        messages.error(request, str(error))
        return redirect(forecast)
    messages.success(request, _said(how, until, _person(request)))
    return redirect(forecast)


def _said(how: str, until: datetime | None, person: User) -> str:
    if until is not None:
        return f"You are not asked about this forecast until {words.absolute(until, timing.zone(person.time_zone))}."
    return "You are not asked about this forecast any more." if how == MUTE else "Noted: this is not your area."


@login_required
@require_POST
def unmute(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Ask about a forecast again."""
    forecast = get_object_or_404(Forecast.objects.visible_to(request.user), pk=pk)
    preferring.unmute(_person(request), forecast, at=clock.now())
    messages.success(request, f"You are asked again about: {forecast.title}")
    return redirect((request.POST.get("next") == "forecast" and forecast) or "preferences")


@login_required
@require_POST
def make_calendar(request: HttpRequest) -> HttpResponse:
    """A new address for one's calendar, shown this once; the old one stops to work."""
    person = _person(request)
    secret = preferring.new_calendar_key(person)
    form = PreferenceForm(initial=_initial(person, _preference(person)))
    return _page(request, form, clock.now(), secret=secret)


@login_required
@require_POST
def revoke_calendar(request: HttpRequest) -> HttpResponseRedirect:
    preferring.revoke_calendar(_person(request))
    messages.success(request, "The address of your calendar is revoked.")
    return redirect("preferences")


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _preference(person: User) -> Preference:
    return Preference.objects.filter(user=person).first() or Preference(user=person)
