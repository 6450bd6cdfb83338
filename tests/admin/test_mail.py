"""The desk's pages about outgoing mail: what administrators see, send again, cancel, lift, pause."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.mail import delivery, pausing, prompting
from forecasts.mail.delivery import Sent
from forecasts.models import Attempt, Forecast, Message, Prompt, PromptKind, Receipt, Suppression, User
from tests import make
from tests.smtp import Server

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    """Somebody logged in to `client` who may see all mail."""
    person = make.administrator()
    client.force_login(person)
    return person


def queued(count: int = 1) -> list[Message]:
    forecast = make.forecast(title="Will the crossing at Bab al-Hawa stay open?", closes_at=make.day(50_000))
    for _ in range(count):
        person = make.member(forecast.scenario)
        Prompt.objects.create(recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(0))
    prompting.plan(make.day(0))
    return list(Message.objects.order_by("pk"))


def dead(message: Message, reason: str = "550 no such user") -> None:
    Message.objects.filter(pk=message.pk).update(state=Message.State.DEAD, reason=reason, tries=1)
    message.prompts.update(state=Prompt.State.SET_ASIDE, reason=reason)


def page_of(message: Message) -> str:
    return reverse("admin:forecasts_message_change", args=[message.pk])


def act(name: str) -> str:
    return reverse(f"admin:forecasts_mail_{name}")


def test_messages_are_listed_by_state(client: Client, administrator: User) -> None:
    first, second = queued(2)
    dead(first)
    listed = client.get(reverse("admin:forecasts_message_changelist"), {"state__exact": "dead"}).content.decode()
    assert first.address in listed
    assert "550 no such user" in listed
    assert second.address not in listed


def test_a_message_shows_what_was_tried_and_what_the_server_said(client: Client, administrator: User) -> None:
    message = queued()[0]
    answered = Attempt.objects.create(message=message, made_at=make.day(1))
    Receipt.objects.create(
        attempt=answered, answer=Receipt.Answer.DEFERRED, code=451, text="mailbox busy", made_at=make.day(1)
    )
    Attempt.objects.create(message=message, made_at=make.day(2))
    shown = client.get(page_of(message)).content.decode()
    assert "451 mailbox busy" in shown
    assert "2024-12-03 00:00:00" in shown
    assert "Not known: it may have arrived." in shown
    assert "Bab al-Hawa" in shown


def test_the_preview_shows_the_words_and_none_of_the_keys(client: Client, administrator: User) -> None:
    message = queued()[0]
    key = bytes(message.content or b"").decode().replace("=\r\n", "").split("/answer/")[1].split("/")[0]
    assert len(key) > 20
    page = client.get(page_of(message)).content.decode()
    html = client.get(reverse("admin:forecasts_message_html", args=[message.pk])).content.decode()
    for shown in (page, html):
        assert "Bab al-Hawa" in shown
        assert key[:20] not in shown
        for link in ("answer", "snooze", "stop"):
            assert f"/{link}/…/" in shown


def test_the_preview_is_framed_by_our_page_and_may_do_nothing(client: Client, administrator: User) -> None:
    message = queued()[0]
    assert 'sandbox title="The mail as HTML"' in client.get(page_of(message)).content.decode()
    answer = client.get(reverse("admin:forecasts_message_html", args=[message.pk]))
    policy = answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_a_message_whose_bytes_are_forgotten_says_so(client: Client, administrator: User) -> None:
    message = queued()[0]
    Message.objects.update(content=None)
    assert "Its bytes are forgotten" in client.get(page_of(message)).content.decode()
    assert client.get(reverse("admin:forecasts_message_html", args=[message.pk])).status_code == 404


def test_a_dead_message_is_sent_again_once_somebody_confirms_it(
    client: Client, administrator: User, mail_server: Server
) -> None:
    message = queued()[0]
    dead(message)
    asked = client.get(act("retry"), {"pk": message.pk})
    assert message.address in asked.content.decode()
    message.refresh_from_db()
    assert message.state == Message.State.DEAD
    answer = client.post(act("retry"), {"pk": message.pk}, follow=True)
    assert "Queued again: 1." in answer.content.decode()
    message.refresh_from_db()
    assert (message.state, message.tries, message.reason) == (Message.State.QUEUED, 0, "")
    assert delivery.send(message.due_at) == Sent(sent=1)
    assert Prompt.objects.get().state == Prompt.State.SENT


def test_what_is_pointless_by_now_is_cancelled_when_it_is_sent_again(
    client: Client, administrator: User, mail_server: Server
) -> None:
    message = queued()[0]
    dead(message)
    make.estimate(Forecast.objects.get(), message.recipient, 0.4, make.day(1))
    client.post(act("retry"), {"pk": message.pk})
    assert delivery.send(Message.objects.get().due_at) == Sent(cancelled=1)
    assert not mail_server.arrived


@pytest.mark.parametrize("state", [Message.State.SENT, Message.State.LEASED])
def test_what_was_sent_or_is_being_sent_is_neither_sent_again_nor_cancelled(
    client: Client, administrator: User, state: str
) -> None:
    message = queued()[0]
    lease = {"lease": "8a4f0c7e-52a5-4c3e-9f0e-000000000001"} if state == Message.State.LEASED else {}
    Message.objects.update(state=state, **lease)
    assert "Queued again: 0." in client.post(act("retry"), {"pk": message.pk}, follow=True).content.decode()
    assert "Cancelled: 0." in client.post(act("cancel"), {"pk": message.pk}, follow=True).content.decode()
    assert Message.objects.get().state == state


def test_chosen_messages_are_cancelled_together_after_a_question(client: Client, administrator: User) -> None:
    first, second, third = queued(3)
    listed = reverse("admin:forecasts_message_changelist")
    asked = client.post(listed, {"action": "cancel", "_selected_action": [first.pk, third.pk]})
    assert set(Message.objects.values_list("state", flat=True)) == {Message.State.QUEUED}
    assert asked.content.decode().count('name="pk"') == 2
    client.post(act("cancel"), {"pk": [first.pk, third.pk]})
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {first.pk: "cancelled", second.pk: "queued", third.pk: "cancelled"}
    assert set(Prompt.objects.filter(message=first).values_list("state", flat=True)) == {Prompt.State.CANCELLED}


def test_a_prompt_that_could_not_be_written_is_written_again_after_a_question(
    client: Client, administrator: User
) -> None:
    forecast = make.forecast(title="Will the crossing stay open?", closes_at=make.day(50_000))
    person = make.member(forecast.scenario)
    told = {"recipient": person, "forecast": forecast, "state": Prompt.State.SET_ASIDE, "reason": "No address."}
    aside = Prompt.objects.create(kind=PromptKind.UPDATE, slot=make.day(0), **told)
    sent = queued()[0].prompts.get()
    listed = reverse("admin:forecasts_prompt_changelist")
    asked = client.post(listed, {"action": "write", "_selected_action": [aside.pk, sent.pk]}).content.decode()
    assert "Will the crossing stay open?" in asked
    assert "No address." in asked
    answer = client.post(act("write"), {"pk": [aside.pk, sent.pk]}, follow=True).content.decode()
    assert "To be written: 1." in answer
    aside.refresh_from_db()
    assert (aside.state, aside.reason) == (Prompt.State.PLANNED, "")


def test_a_suppression_is_lifted_after_a_question(client: Client, administrator: User) -> None:
    kept = Suppression.objects.create(address="a@example.invalid", made_at=make.day(0), reason="550 no such user")
    assert "One more refusal" in client.get(act("lift"), {"pk": kept.pk}).content.decode()
    assert Suppression.objects.exists()
    answer = client.post(act("lift"), {"pk": kept.pk}, follow=True)
    assert "Mail goes there again" in answer.content.decode()
    assert not Suppression.objects.exists()


def test_sending_is_paused_and_resumed_with_a_button(client: Client, administrator: User) -> None:
    queued()
    address = reverse("admin:forecasts_sending")
    assert "Pause sending" in client.get(address).content.decode()
    client.post(address, {"because": "The mail server moves tonight."})
    shown = client.get(address).content.decode()
    assert "No mail goes out." in shown
    assert "The mail server moves tonight." in shown
    assert "1 message would go out at once" in shown
    client.post(address)
    assert pausing.paused() is None


ADDRESSES: list[Callable[[int], str]] = [
    lambda pk: reverse("admin:forecasts_message_changelist"),
    lambda pk: reverse("admin:forecasts_message_change", args=[pk]),
    lambda pk: reverse("admin:forecasts_message_html", args=[pk]),
    lambda pk: f"{act('retry')}?pk={pk}",
    lambda pk: reverse("admin:forecasts_sending"),
    lambda pk: reverse("admin:forecasts_suppression_changelist"),
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ["owner", "analyst"])
def test_nobody_but_administrators_sees_mail(client: Client, address: Any, role: str) -> None:
    message = queued()[0]
    client.force_login(make.member(Forecast.objects.get().scenario, role))
    answer = client.get(address(message.pk))
    assert answer.status_code in (302, 403, 404)
    assert b"Bab al-Hawa" not in answer.content


@pytest.mark.parametrize("name", ["retry", "cancel", "write"])
def test_an_owner_cannot_act_on_mail(client: Client, name: str) -> None:
    message = queued()[0]
    client.force_login(make.member(Forecast.objects.get().scenario, "owner"))
    assert client.post(act(name), {"pk": message.pk}).status_code == 404
    assert Message.objects.get().state == Message.State.QUEUED


def test_there_is_nothing_to_ask_about_rows_that_are_none(client: Client, administrator: User) -> None:
    assert client.get(act("retry"), {"pk": "999999"}).status_code == 404
    assert client.get(act("retry"), {"pk": "'; --"}).status_code == 404
