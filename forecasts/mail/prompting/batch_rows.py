"""Rows by the hundred: read once for all that share them, written in one statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from forecasts.mail import sql
from forecasts.mail.emails import Mail
from forecasts.models import Forecast, Message, Prompt, User, Watch
from forecasts.models.sql import rows, run


class Written(NamedTuple):
    """A new message: what it asks for, where it goes, and its bytes."""

    prompts: Sequence[Prompt]
    address: str
    mail: Mail


def with_their_own(prompts: list[Prompt]) -> list[Prompt]:
    """The prompts with recipient and forecast, one object for all that share it."""
    people = users({prompt.recipient_id for prompt in prompts})
    about = forecasts({prompt.forecast_id for prompt in prompts if prompt.forecast_id is not None})
    for prompt in prompts:
        prompt.recipient = people[prompt.recipient_id]
        prompt.forecast = about.get(prompt.forecast_id or 0)
    return prompts


def users(people: set[int]) -> dict[int, User]:
    return {user.pk: user for user in User.objects.filter(pk__in=people).select_related("preference")}


def forecasts(about: set[int]) -> dict[int, Forecast]:
    found = Forecast.objects.filter(pk__in=about).select_related("scenario").prefetch_related("options")
    return {forecast.pk: forecast for forecast in found} if about else {}


def add_messages(messages: Sequence[Written], at: datetime) -> None:
    """Write new messages, and tell their prompts. As a copy: an insert would hold their bytes in its text."""
    if not messages:
        return
    ids = [new["id"] for new in rows(sql.NEW_MESSAGES, [len(messages)])]
    with connection.cursor() as cursor, cursor.copy(sql.ADD_MESSAGES) as copy:
        copy.set_types(list(sql.MESSAGE.values()))
        for pk, (prompts, address, mail) in zip(ids, messages, strict=True):
            said = (prompts[0].recipient_id, address, mail.subject, mail.content, mail.message_id)
            copy.write_row((pk, *said, at, str(Message.State.QUEUED), at, 0, ""))
    for pk, message in zip(ids, messages, strict=True):
        for prompt in message.prompts:
            prompt.message_id = pk


def move_prompts(prompts: Sequence[Prompt]) -> None:
    """Write their state, reason and message, and when they go."""
    columns: list[list[Any]] = [
        [prompt.pk for prompt in prompts],
        [str(prompt.state) for prompt in prompts],
        [prompt.reason for prompt in prompts],
        [prompt.message_id for prompt in prompts],
        [prompt.send_after for prompt in prompts],
    ]
    run(sql.MOVE_PROMPTS, columns)


def move_watches(watches: Sequence[Watch]) -> None:
    """Write when they are due next."""
    run(sql.MOVE_WATCHES, [[watch.pk for watch in watches], [watch.next_at for watch in watches]])
