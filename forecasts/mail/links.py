"""Signed links: each good for one purpose, one person and one prompt. Time is an argument."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from forecasts.answers import estimating
from forecasts.models import Asks, Forecast, Prompt, PromptKind, User
from forecasts.presenting import words
from forecasts.rules import access, timing
from forecasts.rules.errors import NotNow, ReckonerError

LIFE = timedelta(days=14)
SECOND = timedelta(seconds=1)
"""What a link's time of issue is rounded down to."""
TOO_OLD = f"This link was good for {LIFE.days} days."
NOT_YOURS = "This link asks for nothing that is yours to answer any more."
DAMAGED = "This link is damaged. Open it again from the mail, or copy all of it."


class Reason(StrEnum):
    """Why a link does nothing."""

    TAMPERED = "tampered"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"


class LinkRefused(ReckonerError):
    """This link cannot be used."""

    code = "link_refused"

    def __init__(self, reason: Reason, message: str, prompt: Prompt | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.prompt = prompt


def answer_token(prompt: Prompt, at: datetime) -> str:
    """The token that lets the prompt's recipient answer it once, from `at` until the next mail or the close.

    It is good for 14 days at least, unless the forecast closes.
    """
    return _signer("answer").sign_object([prompt.pk, prompt.recipient_id, int(at.timestamp())])


def answer_url(prompt: Prompt, at: datetime) -> str:
    return _with_token("answer", answer_token(prompt, at))


def sheet_url(person: User, at: datetime) -> str:
    """Where the person answers all that mails had asked them by `at`, on one page."""
    return _with_token("answers", _signer("sheet").sign_object([person.pk, int(at.timestamp())]))


def sheet_of(token: str, at: datetime) -> tuple[User, list[Prompt]]:
    """Whose sheet this token opens, and which of their questions wait for an answer still, what closes first on top.

    Raises LinkRefused.
    """
    pk, issued = _parts(token, "sheet")
    person = _person(pk)
    asked = Prompt.objects.filter(
        recipient=person,
        kind__in=PromptKind.asking_for(Asks.ESTIMATE),
        slot__lt=datetime.fromtimestamp(issued, UTC) + SECOND,
        message__isnull=False,
        state__in=[Prompt.State.PLANNED, Prompt.State.SENT],
        estimate=None,
        forecast__in=Forecast.objects.open(at).filter(access.forecasts_to_estimate(person)),
    ).select_related("recipient", "forecast__scenario")
    asked = asked.prefetch_related("forecast__options")
    newest = {prompt.forecast_id: prompt for prompt in asked.order_by("slot", "pk")}
    return person, sorted(newest.values(), key=lambda one: (_closes_at(one, at), one.pk))


def _closes_at(prompt: Prompt, at: datetime) -> datetime:
    return (prompt.forecast.closes_at if prompt.forecast else None) or at


def stop_url(person: User, kinds: str) -> str:
    """Where the person stops mails of these kinds, commas between, until they set otherwise. Does not expire."""
    return _with_token("stop", _stop_token(_signer("stop"), person.pk, kinds))


@lru_cache(maxsize=4096)
def _stop_token(signer: signing.Signer, person: int, kinds: str) -> str:
    return signer.sign_object([person, kinds])


def stopped_by(token: str) -> tuple[User, list[PromptKind]]:
    """Whose mails of which kinds this token stops: of mails that go always, none. Raises LinkRefused."""
    person, kinds = _parts(token, "stop")
    named = str(kinds).split(",")
    # Digests that were sent before their kinds stood in the link stop all.
    return _person(person), [kind for kind in PromptKind.stoppable() if kind in named or named == ["digest"]]


def snooze_url(person: User, forecast: Forecast, at: datetime) -> str:
    """Where the person says, for 14 days from `at`, that they do not want to be asked about a forecast."""
    return _with_token("snooze", _signer("snooze").sign_object([person.pk, forecast.pk, int(at.timestamp())]))


def snoozed_by(token: str, at: datetime) -> tuple[User, Forecast]:
    """Who snoozes which forecast with this token. It dies with its age, and with the person's part in the scenario.

    Raises LinkRefused, which says nothing of the forecast.
    """
    pk, about, *issued = _parts(token, "snooze")
    person = _person(pk)
    forecast = Forecast.objects.visible_to(person).select_related("scenario").filter(pk=about).first()
    if forecast is None or not _may_be_asked(person, forecast):
        raise LinkRefused(Reason.UNKNOWN, NOT_YOURS)
    if not issued or at >= datetime.fromtimestamp(issued[0], UTC) + LIFE:
        raise LinkRefused(Reason.EXPIRED, TOO_OLD)
    return person, forecast


def _may_be_asked(person: User, forecast: Forecast) -> bool:
    return access.may_estimate(person, forecast) or access.may_resolve(person, forecast)


def _parts(token: str, purpose: str) -> list[Any]:
    try:
        parts: list[Any] = _signer(purpose).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkRefused(Reason.TAMPERED, DAMAGED) from error
    return parts


def _person(pk: object) -> User:
    person = User.objects.filter(pk=pk, is_active=True).first() if isinstance(pk, int) else None
    if person is None:
        raise LinkRefused(Reason.UNKNOWN, "This link belongs to an account that is closed: it gets no mail any more.")
    return person


def verify(token: str, at: datetime) -> Prompt:
    """The prompt that this token answers. Raises LinkRefused; where it was used, with the prompt."""
    prompt_id, recipient_id, issued = _opened(token)
    prompt = (
        Prompt.objects.select_related(
            "recipient", "forecast__scenario", "forecast__statement__article", "estimate__correction"
        )
        .filter(pk=prompt_id, recipient=recipient_id, forecast__isnull=False)
        .first()
    )
    if prompt is None or prompt.forecast is None or not _may_answer(prompt.recipient, prompt.forecast):
        raise LinkRefused(Reason.UNKNOWN, NOT_YOURS)
    if hasattr(prompt, "estimate"):
        raise LinkRefused(Reason.USED, "This link has been used.", prompt)
    _check_fresh(prompt, prompt.forecast, datetime.fromtimestamp(issued, UTC), at)
    return prompt


def _opened(token: str) -> tuple[int, int, int]:
    try:
        prompt_id, recipient_id, issued = _signer("answer").unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkRefused(Reason.TAMPERED, DAMAGED) from error
    return prompt_id, recipient_id, issued


def _may_answer(person: User, forecast: Forecast) -> bool:
    if not person.is_active:
        return False
    return access.may_estimate(person, forecast)


def _check_fresh(prompt: Prompt, forecast: Forecast, issued: datetime, at: datetime) -> None:
    try:
        estimating.check_open(forecast, at)
    except NotNow as error:
        raise LinkRefused(Reason.EXPIRED, _closed(prompt, forecast, at) or str(error), prompt) from error
    if at >= issued + LIFE and _is_asked_again(prompt):
        raise LinkRefused(Reason.EXPIRED, "A newer mail asks you the same: use the link in that one.", prompt)


def _closed(prompt: Prompt, forecast: Forecast, at: datetime) -> str:
    if forecast.closes_at is None or at < forecast.closes_at:
        return ""
    return f"This forecast closed on {words.absolute(forecast.closes_at, timing.zone(prompt.recipient.time_zone))}."


def _is_asked_again(prompt: Prompt) -> bool:
    newer = Prompt.objects.filter(recipient=prompt.recipient_id, forecast=prompt.forecast_id, slot__gt=prompt.slot)
    return newer.filter(kind__in=PromptKind.asking_for(Asks.ESTIMATE), message__isnull=False).exists()


def _signer(purpose: str) -> signing.Signer:
    """A signature for one purpose is none for another. Keys that were replaced still verify (SECRET_KEY_FALLBACKS)."""
    return _signer_of(purpose, settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=16)
def _signer_of(purpose: str, key: str, fallbacks: tuple[str, ...]) -> signing.Signer:
    return signing.Signer(key=key, salt=f"forecasts.links.{purpose}", sep=".", fallback_keys=list(fallbacks))


class AccountTokens(PasswordResetTokenGenerator):
    """Tokens to set a password. One dies when it is used, since it signs the password and the last log-in."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def _now(self) -> datetime:
        return self.at.astimezone(UTC).replace(tzinfo=None)


def password_url(name: str, user: User, at: datetime) -> str:
    """The page of this name, "invite" or "reset", on which the person sets a password."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return absolute(reverse(name, args=[uid, AccountTokens(at).make_token(user)]))


def calendar_url(secret: str) -> str:
    return _with_token("calendar", secret)


def page(name: str) -> str:
    """The address of a page without arguments."""
    return absolute(_path(name))


def _with_token(name: str, token: str) -> str:
    return absolute(_path(name, "TOKEN").replace("TOKEN", token))


@lru_cache(maxsize=32)
def _path(name: str, *args: str) -> str:
    return reverse(name, args=args)


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
