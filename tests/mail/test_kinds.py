"""Every kind of mail in every place where it must appear; and that a kind with a part missing is told by its name."""

import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.template import TemplateDoesNotExist
from django.test import Client
from django.urls import reverse

from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.mail import links, preferring, prompting
from forecasts.models import (
    Asks,
    Ends,
    Estimate,
    Forecast,
    Message,
    Preference,
    Prompt,
    PromptKind,
    Scenario,
    Suppression,
    User,
    Watch,
)
from forecasts.replaying import timeline
from forecasts.rules.values import Value
from forecasts.watching import call_off, reasons
from tests import make

pytestmark = pytest.mark.django_db

DAY = make.day(20)
TITLE = "Will the bridge reopen?"
OTHER = "Will the talks resume?"


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Northport")


@pytest.fixture
def person(scenario: Scenario) -> User:
    return make.member(scenario, "owner")


def forecast_for(kind: PromptKind, person: User) -> Forecast | None:
    """What a prompt of this kind is about, as it is when the kind falls due on the day."""
    asks, ends = kind.record.asks, kind.record.ends
    if asks == Asks.NOTHING and ends == Ends.NEVER:
        return None
    closes_at = make.day(30) if asks == Asks.ESTIMATE else make.day(15)
    forecast = make.forecast(person.scenarios.get(), title=TITLE, closes_at=closes_at, resolver=person)
    forecast.assignees.add(person)
    make.estimate(forecast, person, 0.3, make.day(2))
    if ends == Ends.OUTDATED:
        make.verdict(forecast, "yes", known_at=DAY)
    return forecast


def prompt(kind: PromptKind, person: User) -> Prompt:
    Suppression.objects.get_or_create(address="moved@example.org", defaults={"made_at": DAY, "reason": "550"})
    return Prompt.objects.create(recipient=person, forecast=forecast_for(kind, person), kind=kind, slot=DAY)


def written(asked: Prompt, place: str) -> str:
    """The text of the mail that holds this prompt."""
    try:
        prompting.plan(DAY)
    except TemplateDoesNotExist as error:
        pytest.fail(f"{asked.kind}, {place}: the template {error} is missing")
    asked.refresh_from_db()
    assert asked.message is not None, f"{asked.kind}, {place}: no mail was written: {asked.reason}"
    parts = message_from_bytes(bytes(asked.message.content or b""), policy=policy.default)
    said = [str(part.get_content()) for part in (parts.get_body(("plain",)), parts.get_body(("html",))) if part]
    assert len(said) == 2, f"{asked.kind}, {place}: a part is missing"
    assert asked.message.subject.strip(" :"), f"{asked.kind}, {place}: the subject is empty"
    return said[0].replace("\r\n", "\n")


def walk_alone(kind: PromptKind, person: User) -> None:
    said = written(prompt(kind, person), "alone")
    assert len(re.findall(r"\w+", said)) > 20, f"{kind}, alone: the mail says nothing"


def walk_digest(kind: PromptKind, person: User) -> None:
    if kind.record.goes_always:
        return
    preferring.save(person, {"digest": "daily", "hour": 0}, at=make.day(0))
    other = make.forecast(person.scenarios.get(), title=OTHER)
    other.assignees.add(person)
    Prompt.objects.create(recipient=person, forecast=other, kind=PromptKind.UPDATE, slot=DAY)
    asked = prompt(kind, person)
    said = written(asked, "in a digest")
    assert Message.objects.count() == 1, f"{kind}, in a digest: it has a mail of its own"
    assert kind.record.act, f"{kind}, in a digest: the act is missing"
    assert kind.record.place, f"{kind}, in a digest: the place is missing"
    heading = f"{kind.record.act}\n{TITLE}\n" if asked.forecast else f"{kind.record.act}\n"
    assert heading in said, f"{kind}, in a digest: the entry is missing"
    entry = said.partition(heading)[2].partition(OTHER)[0].partition("Opening a page")[0]
    assert len(re.findall(r"\w+", entry)) > 10, f"{kind}, in a digest: the entry says nothing"


def walk_stopped(kind: PromptKind, person: User) -> None:
    waiting = prompt(kind, person)
    Client().post(links.stop_url(person, kind).removeprefix(links.absolute("")), {"List-Unsubscribe": "One-Click"})
    stopped = Preference.objects.filter(user=person).values_list("stopped", flat=True).first() or []
    waiting.refresh_from_db()
    if kind.record.goes_always:
        assert waiting.state == Prompt.State.PLANNED, f"{kind}, stopped: it goes always, and was held back"
    else:
        assert stopped == [kind], f"{kind}, stopped: it stops {stopped}; its wish is missing"
        assert waiting.reason == reasons.STOPPED, f"{kind}, stopped: what waits is sent nonetheless"


def walk_preferences(kind: PromptKind, person: User) -> None:
    client = Client()
    client.force_login(person)
    page = client.get(reverse("preferences")).content.decode()
    has_box = f'name="kinds" value="{kind}"' in page
    assert has_box is not kind.record.goes_always, f"{kind}, on preferences: the wish is missing, or one too many"
    assert kind.record.label, f"{kind}, on preferences: the label is missing"


def walk_calendar(kind: PromptKind, person: User) -> None:
    if kind.record.asks == Asks.NOTHING:
        return
    Watch.objects.create(user=person, forecast=forecast_for(kind, person), kind=kind, next_at=DAY)
    secret = preferring.new_calendar_key(person)
    feed = Client().get(reverse("calendar", args=[secret])).content.decode()
    assert kind.record.in_calendar, f"{kind}, in the calendar: the word is missing"
    assert f"SUMMARY:{kind.record.in_calendar}: {TITLE}" in feed, f"{kind}, in the calendar: the entry is missing"


def walk_replay(kind: PromptKind, person: User) -> None:
    written(prompt(kind, person), "in the replay")
    Message.objects.update(state="sent", sent_at=DAY)
    said = [event.text for event in timeline.asked(DAY)]
    assert said == [kind.record.in_replay], f"{kind}, in the replay: {said}"
    assert kind.record.in_replay, f"{kind}, in the replay: the words are missing"


def walk_answered(kind: PromptKind, person: User) -> None:
    waiting = prompt(kind, person)
    if kind.record.asks == Asks.ESTIMATE and waiting.forecast is not None:
        answer = Answer(value=Value(probability=4_000))
        estimating.record(waiting.forecast, person, answer, at=make.day(21), channel=Estimate.Channel.WEB)
    elif kind.record.asks == Asks.RESOLUTION and waiting.forecast is not None:
        make.verdict(waiting.forecast, "no", known_at=make.day(21))
    wanted = {Asks.ESTIMATE: reasons.ANSWERED, Asks.RESOLUTION: reasons.RESOLVED, Asks.NOTHING: ""}[kind.record.asks]
    call_off(Prompt.objects.filter(pk=waiting.pk), make.day(22))
    waiting.refresh_from_db()
    assert waiting.reason == wanted, f"{kind}, called off after an answer: {waiting.reason!r}; see when it ends"


def walk_closed(kind: PromptKind, person: User) -> None:
    waiting = prompt(kind, person)
    wanted = reasons.CLOSED if kind.record.asks == Asks.ESTIMATE else ""
    call_off(Prompt.objects.filter(pk=waiting.pk), make.day(30))
    waiting.refresh_from_db()
    assert waiting.reason == wanted, f"{kind}, called off after the close: {waiting.reason!r}; see when it ends"


PLACES: dict[str, Callable[[PromptKind, User], None]] = {
    "alone": walk_alone,
    "in a digest": walk_digest,
    "stopped": walk_stopped,
    "on preferences": walk_preferences,
    "in the calendar": walk_calendar,
    "in the replay": walk_replay,
    "called off after an answer": walk_answered,
    "called off after the close": walk_closed,
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", PromptKind)
def test_a_kind_of_mail_appears_where_it_must(kind: PromptKind, place: str, person: User) -> None:
    PLACES[place](kind, person)


def plant(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> PromptKind:
    """A further kind, as if it stood among the others: an update by another name, but for these parts."""
    kind = str.__new__(PromptKind, "update")
    record = replace(PromptKind.UPDATE.record, **changes)
    for name, value in {"_value_": "update", "_name_": "UPDATE", "record": record}.items():
        setattr(kind, name, value)
    monkeypatch.setitem(PromptKind._member_map_, "UPDATE", kind)
    monkeypatch.setitem(PromptKind._value2member_map_, "update", kind)
    return kind


@pytest.mark.parametrize(
    ("missing", "place", "said"),
    [
        ({"teller": "nobody"}, "alone", "alone: no mail was written: KeyError: 'nobody'"),
        ({"entry": ""}, "in a digest", "in a digest: the template .*entry_.html|txt is missing"),
        ({"entry": "none"}, "in a digest", "in a digest: the template .*entry_none.* is missing"),
        ({"act": ""}, "in a digest", "in a digest: the act is missing"),
        ({"place": 0}, "in a digest", "in a digest: the place is missing"),
        ({"wish": ""}, "stopped", "stopped: .*its wish is missing"),
        ({"wish": ""}, "on preferences", "on preferences: the wish is missing"),
        ({"label": ""}, "on preferences", "on preferences: the label is missing"),
        ({"in_calendar": ""}, "in the calendar", "in the calendar: the word is missing"),
        ({"in_replay": ""}, "in the replay", "in the replay: the words are missing"),
        ({"ends": Ends.NEVER}, "called off after an answer", "called off after an answer: ''; see when it ends"),
        ({"ends": Ends.NEVER}, "called off after the close", "called off after the close: ''; see when it ends"),
    ],
)
def test_a_planted_kind_with_a_part_missing_is_told_by_that_part(
    monkeypatch: pytest.MonkeyPatch, person: User, missing: dict[str, Any], place: str, said: str
) -> None:
    kind = plant(monkeypatch, **missing)
    with pytest.raises((AssertionError, pytest.fail.Exception), match=f"update, {said}"):
        PLACES[place](kind, person)
