"""The weekly mail about a record that drifts: to whom it belongs, as long as it stands, and to nobody else."""

from email import message_from_bytes, policy

import pytest

from forecasts import watching
from forecasts.mail import preferring, prompting
from forecasts.models import Message, Preference, Prompt, PromptKind, Scenario, User
from forecasts.scores import scorekeeping
from tests import make

pytestmark = pytest.mark.django_db

AFTER = make.day(31)


@pytest.fixture
def pool() -> Scenario:
    return make.scenario(title="Pool", is_pool=True)


def record(scenario: Scenario, person: User, said: float, yes: int, forecasts: int = 40) -> None:
    """So many settled forecasts of one person, `yes` of each ten true, and one that is open."""
    for number in range(forecasts):
        forecast = make.forecast(scenario)
        make.estimate(forecast, person, said, make.day(3))
        make.verdict(forecast, "yes" if number * yes % 10 < yes else "no")
        scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(AFTER)
    opened = make.forecast(scenario, opens_at=make.day(32), closes_at=make.day(90), resolves_at=make.day(90))
    watching.refresh(opened, make.day(32))


def summaries(person: User) -> int:
    """How many weekly mails a person was due in the three weeks after."""
    for day in range(33, 54):
        prompting.plan(make.day(day))
    return Prompt.objects.filter(recipient=person, kind=PromptKind.SUMMARY).count()


def newest(person: User) -> str:
    """Subject and text of their latest mail that holds a weekly summary."""
    message = Message.objects.filter(recipient=person, prompts__kind=PromptKind.SUMMARY).latest("pk")
    mail = message_from_bytes(bytes(message.content or b""), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    return f"{mail['Subject']}\n{body.get_content()}"


def written_to(person: User, day: float = 33) -> str:
    """The weekly mail to this person."""
    Prompt.objects.create(recipient=person, kind=PromptKind.SUMMARY, slot=make.day(day))
    prompting.plan(make.day(day))
    return newest(person)


def test_an_analyst_whose_words_have_ceased_to_fit_hears_so_each_week(pool: Scenario) -> None:
    analyst = make.member(pool)
    record(pool, analyst, 0.9, yes=5)
    assert summaries(analyst) == 3
    said = written_to(analyst, 60)
    assert said.startswith("Weekly summary: your record has drifted\n")
    assert "What you call 90% has come true in " in said
    assert "Your record: Alarm since" in said
    assert "because your record has drifted; otherwise there is no weekly mail for you" in said
    assert "to resolve" not in said


def test_an_analyst_whose_words_fit_gets_no_weekly_mail(pool: Scenario) -> None:
    analyst = make.member(pool)
    record(pool, analyst, 0.5, yes=5)
    assert summaries(analyst) == 0


def test_who_stops_the_weekly_mail_gets_none_of_drift_either(pool: Scenario) -> None:
    analyst = make.member(pool)
    Preference.objects.update_or_create(user=analyst, defaults={"stopped": [PromptKind.SUMMARY]})
    record(pool, analyst, 0.9, yes=5)
    summaries(analyst)
    assert not Message.objects.filter(recipient=analyst, prompts__kind=PromptKind.SUMMARY).exists()


def test_an_owner_reads_how_the_analysts_of_the_scenario_do_and_not_that_their_own_record_drifts(
    pool: Scenario,
) -> None:
    owner, analyst = make.member(pool, "owner"), make.member(pool)
    record(pool, analyst, 0.9, yes=5)
    said = written_to(owner)
    assert "Its analysts together: Alarm since" in said
    assert "of what was called 90%, " in said
    assert "Your record" not in said


def test_an_alarm_that_is_over_by_the_time_of_writing_is_said_to_be(pool: Scenario) -> None:
    assert "The alarm on your record is over." in written_to(make.member(pool))


def test_drift_stands_in_the_summarys_part_of_a_digest(pool: Scenario) -> None:
    analyst = make.member(pool)
    record(pool, analyst, 0.9, yes=5)
    preferring.save(analyst, {"digest": "daily", "hour": 0}, at=make.day(32))
    about = make.forecast(pool, opens_at=make.day(32), closes_at=make.day(90), resolves_at=make.day(90))
    Prompt.objects.create(recipient=analyst, forecast=about, kind=PromptKind.UPDATE, slot=make.day(33))
    said = written_to(analyst)
    assert said.startswith("Digest: ")
    assert about.title in said
    assert "What you call 90% has come true in " in said
