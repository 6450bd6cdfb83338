"""What nobody needs any more goes by night, and nothing else does."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from forecasts.models import Attempt, Message, Prompt, PromptKind, Sweep, User
from forecasts.operations import tidying
from tests import make

pytestmark = pytest.mark.django_db
AT = make.day(400)


@pytest.fixture
def person() -> User:
    return make.user()


def mail(person: User, state: str, age: int) -> Message:
    made, number = AT - timedelta(days=age), f"<{Message.objects.count()}@example.invalid>"
    return Message.objects.create(
        recipient=person,
        address=person.email,
        state=state,
        made_at=made,
        due_at=made,
        message_id=number,
    )


def prompt(person: User, state: str, age: int) -> Prompt:
    return Prompt.objects.create(
        recipient=person, kind=PromptKind.UPDATE, forecast=make.forecast(), slot=AT - timedelta(days=age), state=state
    )


def test_sessions_go_when_they_have_expired() -> None:
    for key, days in (("over", -1), ("holds", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=AT + timedelta(days=days))
    assert tidying.tidy(AT)["sessions"] == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["holds"]


def test_mail_that_was_called_off_untried_goes_after_ninety_days(person: User) -> None:
    old = mail(person, Message.State.CANCELLED, 91)
    kept = [mail(person, Message.State.CANCELLED, 89), mail(person, Message.State.SENT, 91)]
    tried = mail(person, Message.State.CANCELLED, 91)
    Attempt.objects.create(message=tried, made_at=AT)
    tidying.tidy(AT)
    assert set(Message.objects.all()) == {*kept, tried}
    assert old not in Message.objects.all()


def test_prompts_that_came_to_nothing_go_after_ninety_days(person: User) -> None:
    prompt(person, Prompt.State.CANCELLED, 91)
    kept = [prompt(person, Prompt.State.CANCELLED, 89), prompt(person, Prompt.State.SENT, 91)]
    tidying.tidy(AT)
    assert set(Prompt.objects.all()) == set(kept)


def test_it_says_when_it_came_through_and_changes_nothing_the_second_time(person: User) -> None:
    mail(person, Message.State.CANCELLED, 91)
    assert sum(tidying.tidy(AT).values()) == 1
    assert sum(tidying.tidy(AT).values()) == 0
    assert Sweep.objects.get(name="tidy").finished_at == AT
