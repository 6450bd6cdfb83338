"""What people set holds: digests, hours, absences, kinds; and what moves a question forward."""

import re
import threading
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from forecasts import watching
from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.mail import delivery, preferring, prompting
from forecasts.models import (
    Amendment,
    Estimate,
    Forecast,
    Message,
    Mute,
    Preference,
    Prompt,
    PromptKind,
    Scenario,
    User,
    Watch,
)
from forecasts.rules.values import Value
from forecasts.watching import reasons
from tests import make
from tests.smtp import Server

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo")


@pytest.fixture
def analyst(scenario: Scenario) -> User:
    return make.member(scenario, time_zone="Europe/Berlin")


def asked(scenario: Scenario, **fields: Any) -> Forecast:
    forecast = make.forecast(scenario, **fields)
    watching.refresh(forecast, make.day(0))
    return forecast


def prefer(person: User, day: float = 0, **wishes: Any) -> None:
    preferring.save(person, wishes, at=make.day(day))


def say(forecast: Forecast, person: User, probability: float, day: float) -> None:
    given = Answer(value=Value(probability=round(probability * 10_000)))
    estimating.record(forecast, person, given, at=make.day(day), channel=Estimate.Channel.WEB)


def body(message: Message, part: str = "plain") -> str:
    found = message_from_bytes(bytes(message.content or b""), policy=policy.default).get_body((part,))
    assert found is not None
    return str(found.get_content())


def update_at(forecast: Forecast, person: User) -> datetime | None:
    return Watch.objects.get(forecast=forecast, user=person, kind=PromptKind.UPDATE).next_at


def test_prompts_of_one_day_come_in_one_mail_at_the_hour_of_the_reader(scenario: Scenario, analyst: User) -> None:
    prefer(analyst, digest="daily", hour=9)
    for hours in (1, 5, 7.9, 8.1):
        asked(scenario, opens_at=make.day(hours / 24))
    assert prompting.plan(make.day(7.99 / 24)).messages == 0
    assert prompting.plan(make.day(8 / 24)).messages == 1
    assert Message.objects.get().prompts.count() == 3
    assert prompting.plan(make.day(9 / 24)).messages == 0
    assert prompting.plan(make.day(32 / 24)).messages == 1


def test_a_digest_is_grouped_by_scenario_and_each_question_has_its_own_links(scenario: Scenario, analyst: User) -> None:
    other = make.scenario(title="Homs")
    other.memberships.create(user=analyst)
    prefer(analyst, digest="daily", hour=9)
    first, second = asked(scenario, title="Will it rain?"), asked(other, title="Will it snow?")
    third = asked(scenario, title="Will it hail?")
    prompting.plan(make.day(1))
    message = Message.objects.get()
    said = body(message)
    places = [said.index(text) for text in ("Aleppo", first.title, third.title, "Homs", second.title)]
    assert places == sorted(places)
    assert len(set(re.findall(r"https?://\S+/answer/\S+", said))) == 3
    assert len(set(re.findall(r"https?://\S+/snooze/\S+", said))) == 3
    assert message.subject == "Digest: Will it rain? and 2 more"
    assert set(re.findall(r"https?://\S+/answer/[^\s\"]+", body(message, "html"))) == set(
        re.findall(r"https?://\S+/answer/\S+", said)
    )


def test_a_weekly_digest_comes_on_the_first_of_the_chosen_days(scenario: Scenario, analyst: User) -> None:
    prefer(analyst, digest="weekly", hour=9, weekdays=[2, 4])
    asked(scenario)
    wednesday = datetime(2024, 12, 4, 8, tzinfo=UTC)
    assert prompting.plan(wednesday - timedelta(seconds=1)).messages == 0
    assert prompting.plan(wednesday).messages == 1


def test_of_several_questions_about_one_forecast_in_a_digest_the_newest_is_asked(
    scenario: Scenario, analyst: User
) -> None:
    prefer(analyst, digest="weekly", hour=9, weekdays=[6])
    asked(scenario, review_every=timedelta(days=1), opens_at=make.day(1))
    for day in range(1, 9):
        prompting.plan(make.day(day))
    assert Message.objects.get().prompts.count() == 1
    assert set(Prompt.objects.filter(state="cancelled").values_list("reason", flat=True)) == {reasons.NEWER}


def test_a_new_password_waits_for_no_digest_absence_or_stopped_kind(analyst: User) -> None:
    every = [str(kind) for kind in PromptKind]
    prefer(analyst, digest="weekly", weekdays=[6], absent_until=date(2025, 3, 1), stopped=every)
    Prompt.objects.create(recipient=analyst, kind=PromptKind.PASSWORD_RESET, slot=make.day(1))
    assert prompting.plan(make.day(1)).messages == 1


def test_one_row_that_cannot_be_written_leaves_its_digest_and_the_others_go(scenario: Scenario, analyst: User) -> None:
    prefer(analyst, digest="daily", hour=9)
    asked(scenario), asked(scenario)
    Prompt.objects.create(recipient=analyst, kind=PromptKind.UPDATE, slot=make.day(0))
    planned = prompting.plan(make.day(1))
    assert (planned.messages, planned.set_aside) == (1, 1)
    assert Message.objects.get().prompts.count() == 2


def test_what_is_cancelled_in_a_digest_that_waits_is_written_out_of_it(scenario: Scenario, analyst: User) -> None:
    prefer(analyst, digest="daily", hour=9)
    first, second = asked(scenario, title="Will it rain?"), asked(scenario, title="Will it snow?")
    prompting.plan(make.day(8 / 24))
    preferring.mute(analyst, first, at=make.day(0.4))
    prompting.plan(make.day(0.4))
    old, new = Message.objects.order_by("pk")
    assert (old.state, new.state) == (Message.State.CANCELLED, Message.State.QUEUED)
    assert old.message_id != new.message_id
    assert second.title in body(new)
    assert first.title not in body(new)


def test_an_outage_brings_one_digest_not_one_for_each_day_missed(scenario: Scenario, analyst: User) -> None:
    prefer(analyst, digest="daily", hour=9)
    asked(scenario, review_every=timedelta(days=1)), asked(scenario, opens_at=make.day(3))
    planned = prompting.plan(make.day(6))
    assert (planned.prompts, planned.messages) == (2, 1)


def test_who_is_away_is_asked_once_on_the_day_of_their_return(scenario: Scenario, analyst: User) -> None:
    forecast = asked(scenario, review_every=timedelta(days=2))
    prompting.plan(make.day(0))
    prefer(analyst, 0.5, absent_until=date(2024, 12, 12), hour=10)
    assert Prompt.objects.get().reason == reasons.ABSENT
    assert update_at(forecast, analyst) == datetime(2024, 12, 12, 9, tzinfo=UTC)
    assert sum(prompting.plan(make.day(day)).messages for day in range(1, 11)) == 0
    assert prompting.plan(datetime(2024, 12, 12, 8, 59, tzinfo=UTC)).messages == 0
    assert prompting.plan(datetime(2024, 12, 12, 9, tzinfo=UTC)).messages == 1


def test_a_kind_that_is_wanted_again_is_asked_again(scenario: Scenario, analyst: User) -> None:
    forecast = asked(scenario)
    prompting.plan(make.day(0))
    prefer(analyst, 0.1, stopped=["update"])
    assert update_at(forecast, analyst) is None
    prefer(analyst, 3, stopped=[])
    assert update_at(forecast, analyst) == make.day(3)


def test_a_question_that_is_unmuted_is_asked_again_at_once(scenario: Scenario, analyst: User) -> None:
    forecast = asked(scenario)
    prompting.plan(make.day(0))
    preferring.mute(analyst, forecast, at=make.day(0.1))
    preferring.unmute(analyst, forecast, at=make.day(2))
    assert update_at(forecast, analyst) == make.day(2)
    assert not Mute.objects.exists()


def test_the_consensus_that_moved_asks_sooner_and_only_once(scenario: Scenario, analyst: User) -> None:
    forecast, others = asked(scenario), [make.member(scenario) for _ in range(3)]
    for person in (analyst, *others):
        say(forecast, person, 0.2, 1)
    say(forecast, others[0], 0.25, 2)
    assert update_at(forecast, analyst) == make.day(8)
    say(forecast, others[1], 0.9, 3)
    assert update_at(forecast, analyst) == make.day(3)
    prompting.plan(make.day(3))
    say(forecast, others[0], 0.88, 3.5)
    assert update_at(forecast, analyst) == make.day(10)


def keep(forecast: Forecast, person: User, day: float) -> None:
    given = Answer(event=Estimate.Event.REAFFIRM)
    estimating.record(forecast, person, given, at=make.day(day), channel=Estimate.Channel.WEB)


def test_two_who_press_no_change_in_turn_do_not_mail_each_other(scenario: Scenario, analyst: User) -> None:
    forecast, other = asked(scenario), make.member(scenario)
    say(forecast, analyst, 0.1, 0.5)
    say(forecast, other, 0.9, 1)
    for day in range(2, 20):
        keep(forecast, (analyst, other)[day % 2], day)
        prompting.plan(make.day(day + 0.5))
    assert not Prompt.objects.filter(slot__gt=make.day(4)).exists()


def test_nobody_hears_within_a_day_of_their_answer_that_the_consensus_has_moved(
    scenario: Scenario, analyst: User
) -> None:
    forecast, others = asked(scenario), [make.member(scenario) for _ in range(3)]
    for person in (*others, analyst):
        say(forecast, person, 0.2, 1)
    for person in others:
        say(forecast, person, 0.9, 1.2)
    assert update_at(forecast, analyst) == make.day(2)
    keep(forecast, analyst, 1.9)
    assert update_at(forecast, analyst) == make.day(8.9)


def test_time_alone_moves_no_consensus(scenario: Scenario, analyst: User) -> None:
    forecast, others = asked(scenario), [make.member(scenario) for _ in range(3)]
    for place, person in enumerate((*others, analyst)):
        say(forecast, person, (0.1, 0.3, 0.6, 0.9)[place], 1 + place / 10)
    keep(forecast, others[0], 6)
    assert update_at(forecast, analyst) == make.day(8.3)


def test_who_moved_the_consensus_is_not_asked_about_it(scenario: Scenario, analyst: User) -> None:
    forecast, other = asked(scenario), make.member(scenario)
    say(forecast, other, 0.2, 1)
    say(forecast, analyst, 0.9, 2)
    assert update_at(forecast, analyst) == make.day(9)


def test_a_scenario_can_leave_moves_of_the_consensus_to_the_rhythm(scenario: Scenario, analyst: User) -> None:
    Scenario.objects.update(sooner_when_moved=0)
    forecast, others = asked(scenario), [make.member(scenario) for _ in range(2)]
    for person in (analyst, *others):
        say(forecast, person, 0.2, 1)
    say(forecast, others[1], 0.99, 3)
    assert update_at(forecast, analyst) == make.day(8)


def test_options_move_a_consensus_too(scenario: Scenario, analyst: User) -> None:
    forecast, other = make.choice(["Army", "Rebels"], scenario), make.member(scenario)
    watching.refresh(forecast, make.day(0))
    for person, shares, day in ((analyst, (5_000, 5_000), 1), (other, (5_000, 5_000), 1), (other, (9_900, 100), 2)):
        given = Answer(value=Value(probabilities=shares))
        estimating.record(forecast, person, given, at=make.day(day), channel=Estimate.Channel.WEB)
    assert update_at(forecast, analyst) == make.day(2)


@pytest.mark.parametrize("kind", list(Amendment.Kind))
def test_an_amendment_asks_at_once_whoever_has_answered(scenario: Scenario, analyst: User, kind: str) -> None:
    forecast = asked(scenario)
    say(forecast, analyst, 0.3, 1)
    Amendment.objects.create(forecast=forecast, version=2, kind=kind, changes={}, reason="Why.", made_at=make.day(2))
    watching.refresh(forecast, make.day(2))
    assert update_at(forecast, analyst) == make.day(2)
    prompting.plan(make.day(2))
    watching.refresh(forecast, make.day(2.1))
    assert update_at(forecast, analyst) == make.day(9)


@pytest.mark.parametrize(("answered", "reminded"), [(10, True), (28.5, False)])
def test_the_close_is_announced_two_days_before_unless_one_has_just_answered(
    scenario: Scenario, analyst: User, answered: float, *, reminded: bool
) -> None:
    forecast = asked(scenario, closes_at=make.day(30), review_every=timedelta(days=60))
    say(forecast, analyst, 0.3, answered)
    prompting.plan(make.day(29))
    assert Prompt.objects.filter(kind=PromptKind.CLOSING_SOON, slot=make.day(28)).exists() is reminded


def test_an_owner_gets_a_summary_each_week_at_their_hour(scenario: Scenario) -> None:
    owner = make.member(scenario, "owner", time_zone="America/New_York")
    asked(scenario)
    prefer(owner, weekdays=[1, 3], hour=7)
    days = [n / 24 for n in range(24 * 21)]
    for day in days:
        prompting.plan(make.day(day))
    slots = Prompt.objects.filter(recipient=owner, kind=PromptKind.SUMMARY).order_by("slot")
    tuesdays = [datetime(2024, 12, day, 12, tzinfo=UTC) for day in (3, 10, 17)]
    assert list(slots.values_list("slot", flat=True)) == tuesdays


def test_who_owns_nothing_any_more_gets_no_summary(scenario: Scenario) -> None:
    owner = make.member(scenario, "owner")
    asked(scenario)
    owner.memberships.all().delete()
    assert prompting.plan(make.day(9)).messages == 0


def test_refreshing_costs_the_same_however_many_are_asked(scenario: Scenario, analyst: User) -> None:
    forecasts = [make.forecast(scenario) for _ in range(3)]
    with CaptureQueriesContext(connection) as few:
        watching.refresh(forecasts[0], make.day(0))
    for _ in range(25):
        make.member(scenario)
    with CaptureQueriesContext(connection) as many:
        watching.refresh_all([one.pk for one in forecasts], make.day(0))
    assert len(few) == len(many) <= 6
    assert Watch.objects.filter(kind=PromptKind.UPDATE).count() == 3 * 26


@pytest.mark.django_db(transaction=True)
def test_nothing_is_leased_after_a_mute_is_committed(mail_server: Server) -> None:
    """Twenty people mute while a sender works: whoever was sent to was leased before their mute was there."""
    scenario = make.scenario()
    people = [make.member(scenario) for _ in range(20)]
    forecast = make.forecast(scenario)
    watching.refresh(forecast, make.day(0))
    prompting.plan(make.day(0))
    muted: dict[int, set[int]] = {}

    def mute() -> None:
        for person in people:
            with transaction.atomic():
                preferring.mute(person, forecast, at=make.day(0.1))
            leased = Message.objects.filter(recipient=person, attempts__isnull=False)
            muted[person.pk] = set(leased.values_list("pk", flat=True))
        connection.close()

    def send() -> None:
        delivery.send(make.day(0.1))
        connection.close()

    threads = [threading.Thread(target=work) for work in (mute, send)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    delivery.send(make.day(0.2))
    attempted = Message.objects.filter(attempts__isnull=False)
    assert set(attempted.values_list("pk", flat=True)) == {pk for pks in muted.values() for pk in pks}
    assert len(mail_server.arrived) == attempted.count()
    assert Preference.objects.count() == 0
