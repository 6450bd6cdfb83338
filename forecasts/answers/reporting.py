"""What people say about when an answer is known, short of resolving: it is known already, or not before a date."""

from datetime import datetime

from django.db import transaction

from forecasts import watching
from forecasts.models import Forecast, Postponement, Report, User, Verdict
from forecasts.rules import access
from forecasts.rules.errors import InvalidValue


@transaction.atomic
def report(forecast: Forecast, person: User, *, at: datetime, url: str = "", note: str = "") -> Report:
    """Note that somebody says the answer is known. Two of them wake whoever resolves; each counts once.

    Raises NotAllowed.
    """
    held = Forecast.objects.select_for_update(no_key=True, of=("self",)).select_related("scenario").get(pk=forecast.pk)
    may = access.may_estimate(person, held) or access.may_resolve(person, held)
    access.require(may, "Who estimates or resolves says that an answer is known.")
    made, is_new = Report.objects.get_or_create(
        forecast=held, person=person, defaults={"made_at": at, "url": url, "note": note.strip()}
    )
    if is_new:
        watching.refresh(held, at)
    return made


@transaction.atomic
def postpone(forecast: Forecast, person: User, until: datetime, reason: str, *, at: datetime) -> Postponement:
    """Note that the answer is not knowable before a time, and why: whoever resolves is asked from then on.

    Raises NotAllowed, InvalidValue.
    """
    if until <= at:
        raise InvalidValue("until", "Give a time that is still to come.")
    if not reason.strip():
        raise InvalidValue("reason", "Say why it cannot be known before.")
    held = Forecast.objects.select_for_update(no_key=True, of=("self",)).select_related("scenario").get(pk=forecast.pk)
    access.require(access.may_resolve(person, held), "Only who resolves it puts it off.")
    if Verdict.objects.complete(at).filter(forecast=held).exists():
        raise InvalidValue("until", "This forecast has been resolved.")
    made = Postponement.objects.create(forecast=held, person=person, made_at=at, until=until, reason=reason.strip())
    watching.refresh(held, at)
    return made
