"""The links that stand in mails to somebody."""

from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from forecasts.mail import links, preferring
from forecasts.models import Forecast, Prompt, PromptKind, User, Watch
from tests import make


def links_of(person: User, forecast: Forecast, at: datetime) -> dict[str, str]:
    prompt = Prompt.objects.create(
        recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(14), state="sent"
    )
    Watch.objects.create(user=person, forecast=forecast, kind=PromptKind.UPDATE, next_at=make.day(25))
    return {
        "sheet": _token(links.sheet_url(person, at)),
        "link": links.answer_token(prompt, at),
        "stop": _token(links.stop_url(person, PromptKind.UPDATE)),
        "snooze": _token(links.snooze_url(person, forecast, at)),
        "calendar": preferring.new_calendar_key(person),
        "invitation": "/".join(
            (urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person))
        ),
    }


def _token(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]
