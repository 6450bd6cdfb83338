"""Signed links: one purpose, one person, one prompt, for a while."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import Signer

from forecasts.mail import links
from forecasts.mail.links import AccountTokens, LinkRefused, Reason
from forecasts.models import Forecast, Membership, Message, Prompt, PromptKind, User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def prompt() -> Prompt:
    scenario = make.scenario()
    return asking(make.forecast(scenario), make.member(scenario))


def asking(forecast: Forecast | None, person: User, day: float = 1) -> Prompt:
    return Prompt.objects.create(recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(day))


def reason(token: str, day: float) -> Reason | None:
    """Why the token is refused on that day; None where it is good."""
    try:
        links.verify(token, make.day(day))
    except LinkRefused as error:
        return error.reason
    return None


def test_a_token_leads_to_the_prompt_it_was_made_for(prompt: Prompt) -> None:
    assert links.verify(links.answer_token(prompt, make.day(1)), make.day(2)) == prompt


def test_a_link_starts_with_the_address_of_the_site(prompt: Prompt, settings: Any) -> None:
    settings.SITE_URL = "https://reckoner.example.org"
    assert links.answer_url(prompt, make.day(1)).startswith("https://reckoner.example.org/answer/")


def test_a_link_to_stop_is_one_for_each_person_and_kind_and_follows_the_key(settings: Any) -> None:
    one, other = make.user(), make.user()
    settings.SECRET_KEY = "the key of before, as long as it has to be"
    made = [links.stop_url(who, kind) for who in (one, other) for kind in ("update", "result")]
    assert links.stop_url(one, "update") == made[0]
    settings.SECRET_KEY = "the key that came after, as long as it has to be"
    made.append(links.stop_url(one, "update"))
    assert len(set(made)) == 5
    assert links.stopped_by(made[-1].split("/")[-2]) == (one, [PromptKind.UPDATE])


def test_the_same_prompt_at_the_same_time_has_the_same_token(prompt: Prompt) -> None:
    assert links.answer_token(prompt, make.day(1)) == links.answer_token(prompt, make.day(1))


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "A" + t, lambda t: t.replace(".", ""), lambda t: ""])
def test_a_damaged_token_is_refused(prompt: Prompt, spoil: Any) -> None:
    assert reason(spoil(links.answer_token(prompt, make.day(1))), 2) == Reason.TAMPERED


def test_every_single_changed_character_of_a_token_is_noticed(prompt: Prompt) -> None:
    token = links.answer_token(prompt, make.day(1))
    for i, character in enumerate(token):
        changed = token[:i] + ("A" if character != "A" else "B") + token[i + 1 :]
        assert reason(changed, 2) == Reason.TAMPERED, f"position {i}"


def test_a_signature_made_for_another_purpose_is_refused(prompt: Prompt) -> None:
    foreign = Signer(salt="forecasts.links.unsubscribe", sep=".").sign_object([prompt.pk, prompt.recipient_id, 0])
    assert reason(foreign, 2) == Reason.TAMPERED


@pytest.mark.parametrize("payload", [[1], {"prompt": 1}, "text", [1, 2, 3, 4]])
def test_a_signed_payload_of_another_shape_is_refused(payload: Any) -> None:
    assert reason(Signer(salt="forecasts.links.answer", sep=".").sign_object(payload), 2) == Reason.TAMPERED


def test_a_link_bound_to_another_person_is_refused(prompt: Prompt) -> None:
    token = links.answer_token(prompt, make.day(1))
    Prompt.objects.filter(pk=prompt.pk).update(recipient=make.user())
    assert reason(token, 2) == Reason.UNKNOWN


def test_the_link_of_a_prompt_that_is_gone_is_unknown(prompt: Prompt) -> None:
    token = links.answer_token(prompt, make.day(1))
    prompt.delete()
    assert reason(token, 2) == Reason.UNKNOWN


def test_who_left_the_scenario_or_closed_the_account_cannot_answer(prompt: Prompt) -> None:
    token = links.answer_token(prompt, make.day(1))
    User.objects.filter(pk=prompt.recipient_id).update(is_active=False)
    assert reason(token, 2) == Reason.UNKNOWN
    User.objects.filter(pk=prompt.recipient_id).update(is_active=True)
    Membership.objects.filter(user=prompt.recipient).delete()
    assert reason(token, 2) == Reason.UNKNOWN


def test_an_assignee_from_outside_the_scenario_can_answer() -> None:
    person, forecast = make.user(), make.forecast()
    forecast.assignees.add(person)
    assert reason(links.answer_token(asking(forecast, person), make.day(1)), 2) is None


def test_a_link_is_good_until_the_next_mail_and_for_fourteen_days_at_least(prompt: Prompt) -> None:
    token = links.answer_token(prompt, make.day(1))
    assert [reason(token, day) for day in (1, 14.99, 15, 29.9)] == [None] * 4
    written = Message.objects.create(
        recipient=prompt.recipient, address="a@example.org", message_id="<1>", made_at=make.day(9), due_at=make.day(9)
    )
    Prompt.objects.create(
        recipient=prompt.recipient, forecast=prompt.forecast, kind="closing_soon", slot=make.day(9), message=written
    )
    assert [reason(token, day) for day in (9, 14.99, 15)] == [None, None, Reason.EXPIRED]


def test_a_newer_question_that_is_not_written_yet_ends_no_link(prompt: Prompt) -> None:
    token = links.answer_token(prompt, make.day(1))
    Prompt.objects.create(recipient=prompt.recipient, forecast=prompt.forecast, kind="update", slot=make.day(9))
    assert reason(token, 20) is None


def test_a_link_ends_with_its_forecasts_close_if_that_is_sooner() -> None:
    scenario = make.scenario()
    token = links.answer_token(
        asking(make.forecast(scenario, closes_at=make.day(5)), make.member(scenario)), make.day(1)
    )
    assert [reason(token, day) for day in (4.99, 5)] == [None, Reason.EXPIRED]


def test_a_link_ends_when_the_forecast_is_resolved_early(prompt: Prompt) -> None:
    assert prompt.forecast is not None
    make.verdict(prompt.forecast, "yes", known_at=make.day(2))
    assert reason(links.answer_token(prompt, make.day(1)), 3) == Reason.EXPIRED


def test_a_used_link_says_so_and_which_answer_it_gave(prompt: Prompt) -> None:
    assert prompt.forecast is not None
    estimate = make.estimate(prompt.forecast, prompt.recipient, 0.3, make.day(1), prompt=prompt)
    with pytest.raises(LinkRefused) as refused:
        links.verify(links.answer_token(prompt, make.day(1)), make.day(2))
    assert refused.value.reason == Reason.USED
    assert refused.value.prompt is not None
    assert refused.value.prompt.estimate == estimate


def test_links_outlive_a_change_of_the_secret_key(prompt: Prompt, settings: Any) -> None:
    old, token = settings.SECRET_KEY, links.answer_token(prompt, make.day(1))
    settings.SECRET_KEY = "another " * 10
    assert reason(token, 2) == Reason.TAMPERED
    settings.SECRET_KEY_FALLBACKS = [old]
    assert reason(token, 2) is None


def test_a_password_token_is_good_for_three_days_from_the_time_it_was_made_at() -> None:
    person = make.user()
    token = AccountTokens(make.day(1)).make_token(person)
    late = make.day(4) + timedelta(seconds=1)
    assert AccountTokens(make.day(3.9)).check_token(person, token)
    assert not AccountTokens(late).check_token(person, token)


def test_a_password_token_dies_when_the_password_is_set() -> None:
    person = make.user()
    token = AccountTokens(make.day(1)).make_token(person)
    person.set_password("another long password")
    person.save()
    assert not AccountTokens(make.day(1)).check_token(person, token)
