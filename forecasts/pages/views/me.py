"""Me: what waits for the reader and comes next, how they have done, their preferences and their data."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forecasts.models import Forecast, Forecaster, Preference, User
from forecasts.pages import agenda, board, choosing, own_data, records, waiting
from forecasts.pages.choosing import Chosen
from forecasts.pages.views.looking import reader
from forecasts.rules import clock
from forecasts.scores.statistics import Filters

SHOWN = 10
AHEAD = timedelta(days=14)


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """The reader's own page."""
    at, user = clock.now(), reader(request)
    asked = waiting.to_estimate(user, at).select_related("scenario")
    context = {
        "at": at,
        "asked": list(asked[:SHOWN]),
        "asked_count": asked.count(),
        "coming": list(islice(_coming(user, at), SHOWN)),
        "preference": Preference.objects.filter(user=user).first() or Preference(user=user),
        **_open(user, at),
        **_of_record(user, at),
    }
    return render(request, "forecasts/me.html", context)


def _coming(user: User, at: datetime) -> list[agenda.Entry]:
    """What this person is asked, and what of theirs closes, in the next two weeks."""
    soon = [entry for entry in agenda.agenda(user, at) if at < entry.at <= at + AHEAD]
    return sorted(soon, key=lambda entry: (entry.at, entry.key))


def _open(user: User, at: datetime) -> dict[str, Any]:
    """The reader's open forecasts, the next to close first."""
    chosen = Chosen(state=Forecast.State.OPEN.value, order="closing", on=frozenset({"mine"}))
    mine = choosing.narrowed(Forecast.objects.visible_to(user).published(at), chosen, user, at)
    ordered = choosing.ordered(mine, chosen, user, at).forecasts
    return {
        "open": board.rows(list(ordered[:SHOWN]), user, at),
        "open_count": mine.count(),
        "open_query": chosen.query,
    }


def _of_record(user: User, at: datetime) -> dict[str, Any]:
    forecaster = Forecaster.objects.filter(user=user).first()
    if forecaster is None:
        return {"forecaster": None}
    own, team = records.of_person(user, forecaster), records.of_team(user)
    return {
        "forecaster": forecaster,
        "own": own,
        "team": team,
        "months": records.month_by_month(own, team),
        "costs": records.costs(user, forecaster.pk, Filters(analyst=forecaster.pk), at) if own.diagram else None,
        "latest": records.latest(user, forecaster, at),
    }


@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What the reader said, as CSV."""
    answer = HttpResponse(own_data.table(reader(request)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-reckoner.csv"'
    return answer


@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One analyst's record, for whoever takes part in something with them or sees them scored."""
    at, user = clock.now(), reader(request)
    forecaster = get_object_or_404(records.shown_to(user), pk=pk)
    context = {
        "at": at,
        "forecaster": forecaster,
        "is_own": forecaster.user_id == user.pk,
        "own": records.of_person(user, forecaster),
        "latest": records.latest(user, forecaster, at),
    }
    return render(request, "forecasts/person.html", context)
