"""Asking: what is due becomes prompts and messages, each once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.template import TemplateDoesNotExist
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from forecasts import watching
from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.mail import prompting
from forecasts.mail.emails import templates
from forecasts.mail.prompting import Planned
from forecasts.models import Estimate, Forecast, Message, Prompt, PromptKind, Scenario, Sweep, User, Watch
from forecasts.rules.values import Value
from tests import make

pytestmark = pytest.mark.django_db


def asked(forecast: Forecast, at: float = 0) -> Forecast:
    """The forecast with the watches that its publication would have made."""
    watching.refresh(forecast, make.day(at))
    return forecast


def test_a_published_forecast_is_asked_about_when_it_opens(scenario: Scenario, analyst: User) -> None:
    forecast = asked(make.forecast(scenario))
    assert prompting.plan(make.day(0)) == Planned(prompts=1, messages=1)
    prompt = Prompt.objects.get()
    assert (prompt.recipient, prompt.forecast, prompt.kind) == (analyst, forecast, PromptKind.UPDATE)
    assert prompt.slot == make.day(0)
    assert prompt.message is not None
    assert prompt.message.address == analyst.email


def test_planning_twice_changes_nothing(scenario: Scenario, analyst: User) -> None:
    asked(make.forecast(scenario))
    prompting.plan(make.day(0))
    before = list(Message.objects.values())
    assert prompting.plan(make.day(0)) == Planned()
    assert list(Message.objects.values()) == before


def test_the_next_prompt_comes_a_review_interval_later_if_nobody_answers(scenario: Scenario, analyst: User) -> None:
    asked(make.forecast(scenario, review_every=timedelta(days=7)))
    made = [prompting.plan(make.day(day)).prompts for day in (0, 6.9, 7, 13.9, 14)]
    assert made == [1, 0, 1, 0, 1]
    assert list(Prompt.objects.order_by("slot").values_list("slot", flat=True)) == [make.day(d) for d in (0, 7, 14)]


def test_an_answer_moves_the_next_prompt_to_an_interval_after_it(scenario: Scenario, analyst: User) -> None:
    forecast = asked(make.forecast(scenario, review_every=timedelta(days=7)))
    prompting.plan(make.day(0))
    estimating.record(
        forecast,
        analyst,
        Answer(value=Value(probability=3_000)),
        at=make.day(2),
        channel=Estimate.Channel.WEB,
    )
    assert [prompting.plan(make.day(day)).prompts for day in (7, 8.9, 9)] == [0, 0, 1]


def test_slots_missed_during_an_outage_become_one_prompt(scenario: Scenario, analyst: User) -> None:
    asked(make.forecast(scenario, review_every=timedelta(days=1)))
    assert prompting.plan(make.day(9.5)).prompts == 1
    assert Prompt.objects.get().slot == make.day(0)
    assert Watch.objects.get(kind=PromptKind.UPDATE).next_at == make.day(10)


def test_a_forecast_that_closed_meanwhile_is_not_asked_about_again(scenario: Scenario, analyst: User) -> None:
    asked(make.forecast(scenario, closes_at=make.day(3), resolves_at=make.day(30)))
    assert prompting.plan(make.day(3)).prompts == 0
    assert not Watch.objects.filter(kind=PromptKind.UPDATE, next_at__isnull=False).exists()


def test_the_resolver_is_asked_once_the_answer_should_be_known(scenario: Scenario) -> None:
    resolver = make.member(scenario, "resolver")
    forecast = asked(make.forecast(scenario, resolver=resolver, opens_at=make.day(1), resolves_at=make.day(40)))
    assert [prompting.plan(make.day(day)).messages for day in (39.9, 40, 44.9)] == [0, 1, 0]
    prompt = Prompt.objects.get()
    assert (prompt.recipient, prompt.forecast, prompt.slot) == (resolver, forecast, make.day(40))


def test_a_resolved_forecast_is_asked_about_no_more(scenario: Scenario, analyst: User) -> None:
    forecast = asked(make.forecast(scenario, resolver=make.member(scenario, "resolver")))
    make.verdict(forecast, "yes", known_at=make.day(1))
    assert prompting.plan(make.day(40)) == Planned()
    assert not Prompt.objects.exists()


def test_a_closed_account_is_not_written_to(scenario: Scenario, analyst: User) -> None:
    asked(make.forecast(scenario))
    User.objects.update(is_active=False)
    assert prompting.plan(make.day(0)) == Planned()


def test_somebody_whose_area_it_is_not_is_not_asked_again(scenario: Scenario, analyst: User) -> None:
    forecast = asked(make.forecast(scenario, review_every=timedelta(days=1)))
    estimating.record(
        forecast, analyst, Answer(event=Estimate.Event.DECLINE), at=make.day(0), channel=Estimate.Channel.WEB
    )
    assert prompting.plan(make.day(20)) == Planned()


def test_imported_forecasts_are_never_asked_about(scenario: Scenario, analyst: User) -> None:
    asked(make.forecast(scenario, is_imported=True))
    assert prompting.plan(make.day(5)) == Planned()


def test_a_prompt_answered_before_it_was_written_is_cancelled(scenario: Scenario, analyst: User) -> None:
    forecast = asked(make.forecast(scenario))
    Prompt.objects.create(recipient=analyst, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(-1))
    make.estimate(forecast, analyst, 0.3, make.day(-0.5))
    Watch.objects.update(next_at=None)
    assert prompting.plan(make.day(0)) == Planned(cancelled=1)
    assert Prompt.objects.get().reason == "It was answered already."


def test_one_row_that_cannot_be_written_is_set_aside_and_the_others_go(scenario: Scenario) -> None:
    people = [make.member(scenario) for _ in range(5)]
    User.objects.filter(pk=people[2].pk).update(email="no address at all")
    asked(make.forecast(scenario))
    assert prompting.plan(make.day(0)) == Planned(prompts=5, messages=4, set_aside=1)
    aside = Prompt.objects.get(state=Prompt.State.SET_ASIDE)
    assert aside.recipient == people[2]
    assert "addr" in aside.reason
    assert prompting.plan(make.day(0)) == Planned()


def test_what_was_set_aside_is_written_once_its_reason_is_mended(scenario: Scenario, analyst: User) -> None:
    User.objects.update(email="no address at all")
    asked(make.forecast(scenario))
    assert prompting.plan(make.day(0)).set_aside == 1
    User.objects.update(email="mended@example.org")
    assert prompting.write_again(Prompt.objects.all()) == 1
    assert prompting.plan(make.day(0)) == Planned(messages=1)
    assert Message.objects.get().address == "mended@example.org"
    assert prompting.write_again(Prompt.objects.all()) == 0


def test_a_fault_of_the_installation_sets_nothing_aside_and_all_wait_until_it_is_mended(
    scenario: Scenario, analyst: User, settings: Settings
) -> None:
    asked(make.forecast(scenario))
    whole = settings.TEMPLATES
    settings.TEMPLATES = [{**whole[0], "APP_DIRS": False}]
    templates.template.cache_clear()
    with pytest.raises(TemplateDoesNotExist):
        prompting.plan(make.day(0))
    assert Prompt.objects.get().state == Prompt.State.PLANNED
    settings.TEMPLATES = whole
    assert prompting.plan(make.day(0)) == Planned(messages=1)


@pytest.mark.parametrize(
    "title",
    ["Will it\r\nBcc: everybody@example.org", "Will \u202egnp.exe\u202c run?", "Will it\u2028happen?", "W" * 500],
)
def test_a_hostile_title_stays_one_harmless_subject(scenario: Scenario, analyst: User, title: str) -> None:
    asked(make.forecast(scenario, title=title))
    assert prompting.plan(make.day(0)).messages == 1
    message = Message.objects.get()
    head = bytes(message.content or b"").split(b"\r\n\r\n")[0]
    assert not any(line.lower().startswith(b"bcc:") for line in head.split(b"\r\n"))
    assert not set(message.subject) & set("\r\n\u2028\u202e\u202c")


def test_a_sweep_with_nothing_to_do_costs_two_queries(scenario: Scenario, analyst: User) -> None:
    asked(make.forecast(scenario))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        prompting.plan(make.day(-1))
    assert len(queries) == 2


def test_every_sweep_leaves_its_heartbeat() -> None:
    prompting.plan(make.day(0))
    prompting.plan(make.day(1))
    assert Sweep.objects.get(name="plan").finished_at == make.day(1)


@pytest.mark.django_db(transaction=True)
def test_four_planners_at_once_make_every_prompt_and_message_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompting, "BATCH", 25)
    scenario = make.scenario()
    people = [make.member(scenario) for _ in range(20)]
    Watch.objects.bulk_create(
        Watch(user=person, forecast=forecast, kind=PromptKind.UPDATE, next_at=make.day(0))
        for forecast in [make.forecast(scenario) for _ in range(15)]
        for person in people
    )
    start = threading.Barrier(4)
    done: list[Planned] = []

    def work() -> None:
        start.wait()
        done.append(prompting.plan(make.day(0)))
        connection.close()

    planners = [threading.Thread(target=work) for _ in range(4)]
    for planner in planners:
        planner.start()
    for planner in planners:
        planner.join()
    prompting.plan(make.day(0))
    assert len(done) == 4
    assert Prompt.objects.count() == 20 * 15
    assert not Prompt.objects.filter(message=None).exists()
    assert Message.objects.count() == Message.objects.values("recipient").distinct().count() == 20


def test_a_planner_leaves_rows_alone_that_another_holds(scenario: Scenario, analyst: User) -> None:
    asked(make.forecast(scenario))
    watch = Watch.objects.get(kind=PromptKind.UPDATE)
    assert watch.next_at is not None
    Prompt.objects.create(recipient=analyst, forecast=watch.forecast, kind=watch.kind, slot=watch.next_at)
    prompting.plan(make.day(0))
    assert Prompt.objects.count() == Message.objects.count() == 1
