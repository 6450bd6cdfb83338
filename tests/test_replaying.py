"""A scenario's months pass through the code that runs live, each thing at its own instant."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_django
from django.db import transaction

from forecasts import replaying
from forecasts.models import (
    Attempt,
    Contribution,
    Estimate,
    Message,
    Prompt,
    Receipt,
    Scenario,
    User,
)
from forecasts.questions import intake
from forecasts.replaying import Event, timeline
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.statistics import Filters
from tests import folders, make
from tests.folders import ESTIMATES, SCENARIO, replaced

SEED = Path(__file__).parents[1] / "seeds" / "aleppo-2024"

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 0, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=UTC)


def story(events: list[Event], forecast: str) -> list[tuple[datetime, str, str, str]]:
    return [(event.at, event.kind, event.who, event.text) for event in events if event.forecast == forecast]


@pytest.fixture(scope="module")
def events(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> list[Event]:
    """What happens in the small folder, for those who only read it. The database forgets it."""
    folder = folders.write(tmp_path_factory.mktemp("talks"))
    with django_db_blocker.unblock(), transaction.atomic():
        happened = list(replaying.run(folder))
        transaction.set_rollback(True)
    return happened


def test_a_forecast_is_published_asked_about_answered_resolved_and_scored(events: list[Event]) -> None:
    ask = "what do you estimate?"
    assert story(events, "signed") == [
        (at(1, 8), "published", "", "The signed forecast of the Northport talks"),
        (at(1, 9), "asked", "Demo analyst", ask),
        (at(2, 10), "answered", "Demo analyst", "60%, by mail"),
        (at(5, 10), "answered", "Demo analyst", "still 60%, on the page"),
        (at(6, 10), "answered", "Demo analyst", "withdrawn, on the page"),
        (at(6, 11), "answered", "Demo editor", "not my area, on the page"),
        (at(13, 10), "asked", "Demo analyst", ask),
        (at(20, 10), "asked", "Demo analyst", ask),
        (at(21, 12), "resolved", "Demo resolver", "YES, known since 2024-03-20 06:00"),
        (at(22, 12), "asked", "Demo analyst", "told what came of it"),
        (at(3, 12, month=4), "scored", "", "no estimate counts: the answer was known before"),
    ]


def test_each_kind_of_answer_and_outcome_is_told_in_its_own_words(events: list[Event]) -> None:
    told = {(event.forecast, event.kind): event.text for event in events}

    known = ", known since 2024-03-20 06:00"
    assert told["place", "answered"] == "Oslo: 20%, Geneva: 50%, elsewhere: 30%, by mail"
    assert told["displaced", "answered"] == "700 people (from 500 to 1,200 people), by mail"
    assert told["day", "answered"] == "2024-03-18 (from 2024-03-18 to 2024-03-18), by mail"
    assert (told["place", "resolved"], told["displaced", "resolved"]) == (f"Geneva{known}", f"800 people{known}")
    assert told["day", "resolved"] == f"2024-03-20{known}"


def test_the_mails_go_through_smtp_answers_use_them_up_and_the_timeline_keeps_their_secrets(tmp_path: Path) -> None:
    events = list(replaying.run(folders.write(tmp_path)))

    asked = [event for event in events if event.kind == "asked"]
    assert len(asked) == Prompt.objects.filter(message__state=Message.State.SENT).count() == 16
    assert Message.objects.filter(state=Message.State.SENT).count() == Receipt.objects.count() == 10
    assert set(Receipt.objects.values_list("answer", flat=True)) == {Receipt.Answer.ACCEPTED}
    assert set(Attempt.objects.values_list("made_at", flat=True)) == {event.at for event in asked}
    by_mail = Estimate.objects.filter(channel=Estimate.Channel.MAIL)
    assert by_mail.count() == 4
    assert {estimate.prompt.state for estimate in by_mail if estimate.prompt} == {Prompt.State.ANSWERED}
    secrets = {message.message_id for message in Message.objects.all()} | {user.email for user in User.objects.all()}
    assert len(secrets) > 10
    assert not [event for event in events for secret in secrets if secret in str(event) or "/answer/" in str(event)]


def test_who_is_to_resolve_is_asked_when_the_answer_should_be_known_and_nobody_gave_it(tmp_path: Path) -> None:
    start, end = SCENARIO.index("    resolution:\n"), SCENARIO.index(folders.CHOICE)
    unresolved = SCENARIO[:start] + SCENARIO[end:]

    events = list(replaying.run(folders.write(tmp_path, unresolved), at(10, month=4)))

    assert story(events, "signed")[-2:] == [
        (at(3, 12, month=4), "asked", "Demo resolver", "what came of it?"),
        (at(8, 12, month=4), "asked", "Demo resolver", "what came of it, at last?"),
    ]


def test_events_come_in_the_order_of_time_and_end_where_told(tmp_path: Path) -> None:
    events = list(replaying.run(folders.write(tmp_path), at(13, 10)))

    moments = [event.at for event in events]
    assert moments == sorted(moments)
    assert moments[-1] == at(13, 10)
    assert {event.kind for event in events} == {"published", "asked", "answered"}


def test_without_an_end_it_runs_until_the_last_resolution_is_scored(events: list[Event]) -> None:
    assert Counter(event.kind for event in events)["scored"] == 4
    assert events[-1].at == at(3, 12, month=4)


def test_the_demonstration_history_gives_the_scores_that_the_replay_gives(tmp_path: Path) -> None:
    estimates = replaced(ESTIMATES, "2024-03-06T10:00:00Z,withdraw,,", "2024-03-06T10:00:00Z,update,0.9,")
    folder, end = folders.write(tmp_path, estimates=estimates), at(3, 12, month=4)
    with transaction.atomic():
        list(replaying.run(folder))
        replayed = contributions()
        transaction.set_rollback(True)
    assert contributions() == []

    replaying.retell(intake.load(folder, end, demo=True), end)
    scorekeeping.settle(end)

    assert contributions() == replayed
    assert ("signed", "analyst", "last", [9000], [1], True) in replayed
    assert not Prompt.objects.exists()


def contributions() -> list[tuple[object, ...]]:
    columns = ("forecast__key", "forecaster_kind", "estimand", "probabilities", "weights", "outcome")
    return sorted(Contribution.objects.values_list(*columns), key=str)


def test_the_summary_gives_the_numbers_of_the_calibration_report(tmp_path: Path) -> None:
    estimates = replaced(ESTIMATES, "2024-03-06T10:00:00Z,withdraw,,", "2024-03-06T10:00:00Z,update,0.9,")
    list(replaying.run(folders.write(tmp_path, estimates=estimates)))

    lines = replaying.summary(Scenario.objects.get())

    report = statistics.report(make.administrator(), Filters(scenario="northport-talks"))
    assert report.scores.brier is not None
    assert (
        lines[0]
        == f"Analysts: {report.counts.scored_pairs} estimates of 1 on {report.counts.scored_forecasts} forecasts"
    )
    assert f"  Brier score  {report.scores.brier.mean:.4f}" in lines[2]
    assert "   90% to 100%  n   1  said  90.0%  came true 100.0%" in lines


def test_names_that_begin_alike_stand_side_by_side() -> None:
    assert timeline.side_by_side(["Demo analyst A", "Demo analyst B", "Demo analyst C"]) == "Demo analyst A, B, C"
    assert timeline.side_by_side(["Demo analyst A", "Somebody else"]) == "Demo analyst A, Somebody else"
    assert timeline.side_by_side(["Somebody"]) == "Somebody"


def test_the_first_days_of_the_seed_read_as_they_happened() -> None:
    events = list(replaying.run(SEED, datetime(2024, 12, 1, 17, tzinfo=UTC)))

    assert Counter(event.kind for event in events) == {"published": 10, "asked": 10, "answered": 15}
    columns = ["2024-12-01 12:00", "asked    ", "Demo analyst A, B, C", "iran-leader-names-turkey" + " " * 15]
    assert str(events[10]) == "  ".join([*columns, "what do you estimate?"])
