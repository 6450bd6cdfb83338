"""The desk: what is mine to do, the longest overdue first, each with the link that does it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forecasts.admin.index import Section, Task, desk
from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Forecast, Mute, Postponement, Prompt, PromptKind, Report, Scenario, User
from forecasts.pages import waiting
from forecasts.rules import access
from forecasts.scores import scorekeeping
from tests import make

pytestmark = pytest.mark.django_db
AT = make.day(40)
NO = Finding(outcome="no", known_at=make.day(30), note="It did not.")  # type: ignore[arg-type]


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo")


@pytest.fixture
def resolver(scenario: Scenario) -> User:
    return make.member(scenario, "resolver")


def section(key: str, user: User, at: datetime = AT) -> Section:
    """Of the desk, which counts as the navigation does."""
    made = desk(user, at)
    assert waiting.counted(user, access.somewhere(user), at).total == made.count
    return next(one for one in made.sections if one.key == key)


def tasks(key: str, user: User, at: datetime = AT) -> list[Task]:
    return section(key, user, at).tasks


def titles(key: str, user: User, at: datetime = AT) -> list[str]:
    return [task.title for task in tasks(key, user, at)]


def test_what_is_overdue_stands_first_with_its_days_and_the_link_to_the_very_form(
    scenario: Scenario, resolver: User
) -> None:
    soon = {"closes_at": make.day(39), "resolves_at": make.day(45)}
    make.forecast(scenario, title="Closed only?", resolver=resolver, **soon)
    make.forecast(scenario, title="Late?", resolver=resolver, closes_at=make.day(36))
    later = make.forecast(scenario, title="Latest?", resolver=resolver, closes_at=make.day(10))
    assert [(task.title, task.standing, task.is_late) for task in tasks("resolve", resolver)] == [
        ("Latest?", "30 days overdue", True),
        ("Late?", "4 days overdue", True),
        ("Closed only?", "closed; answer expected in 5 days", False),
    ]
    assert tasks("resolve", resolver)[0].address == reverse("admin:forecasts_forecast_resolve", args=[later.pk])


def test_what_names_somebody_else_is_not_mine_and_what_names_nobody_is_everybodys_who_resolves(
    scenario: Scenario, resolver: User
) -> None:
    make.forecast(scenario, title="Hers?", resolver=make.user())
    make.forecast(scenario, title="Nobody's?")
    make.forecast(title="Elsewhere?")
    assert titles("resolve", resolver) == ["Nobody's?"]
    assert titles("resolve", make.member(scenario, "analyst")) == []
    assert titles("resolve", make.member(scenario, "owner")) == ["Nobody's?"]


def test_a_backup_is_asked_once_it_is_overdue(scenario: Scenario) -> None:
    backup = make.user()
    dates = {"closes_at": make.day(39), "resolves_at": make.day(45)}
    make.forecast(scenario, title="Mine then?", resolver=make.user(), backup=backup, **dates)
    assert titles("resolve", backup, make.day(44)) == []
    assert titles("resolve", backup, make.day(46)) == ["Mine then?"]


def test_what_two_people_say_is_known_comes_up_before_it_closes(scenario: Scenario, resolver: User) -> None:
    early = make.forecast(scenario, title="Known early?", closes_at=make.day(90))
    for number in range(2):
        assert titles("resolve", resolver) == []
        Report.objects.create(forecast=early, person=make.user(), made_at=make.day(number))
    assert titles("resolve", resolver) == ["Known early?"]


def test_what_cannot_be_known_yet_and_what_is_imported_or_resolved_waits_for_nobody(
    scenario: Scenario, resolver: User
) -> None:
    postponed = make.forecast(scenario, title="Postponed?")
    Postponement.objects.create(
        forecast=postponed, person=resolver, made_at=make.day(35), until=make.day(50), reason="No census yet."
    )
    make.forecast(scenario, title="Imported?", is_imported=True)
    resolving.resolve(make.forecast(scenario), resolver, NO, at=make.day(33))
    assert titles("resolve", resolver) == []
    assert titles("resolve", resolver, make.day(51)) == ["Postponed?"]


def test_a_round_waits_for_a_second_person_who_is_not_the_first(scenario: Scenario, resolver: User) -> None:
    other = make.member(scenario, "resolver")
    forecast = make.forecast(scenario, title="Sure?", two_people_resolve=True)
    resolving.resolve(forecast, resolver, NO, at=make.day(38))
    assert titles("confirm", resolver) == []
    assert [(task.title, task.standing) for task in tasks("confirm", other)] == [
        ("Sure?", "waits 2 days for a second person")
    ]
    assert "no" not in tasks("confirm", other)[0].standing.split()
    assert titles("resolve", resolver) == titles("resolve", other) == []
    assert section("confirm", make.member(scenario, "analyst")).count == 0


def test_where_two_disagree_the_owner_decides(scenario: Scenario, resolver: User) -> None:
    owner, other = make.member(scenario, "owner"), make.member(scenario, "resolver")
    forecast = make.forecast(scenario, title="Sure?", two_people_resolve=True)
    resolving.resolve(forecast, resolver, NO, at=make.day(38))
    yes = Finding(outcome="yes", known_at=make.day(30), note="It did.")  # type: ignore[arg-type]
    resolving.second(forecast, other, yes, at=make.day(39))
    assert [task.act for task in tasks("confirm", owner)] == ["Decide"]
    assert titles("confirm", resolver) == titles("confirm", other) == []


def test_what_asks_for_an_estimate_leads_to_its_form_the_next_to_close_first(scenario: Scenario) -> None:
    analyst = make.member(scenario, "analyst")
    for title, closes in (("Later?", 90), ("Sooner?", 50), ("Silent?", 60)):
        forecast = make.forecast(scenario, title=title, closes_at=make.day(closes))
        prompt = {"kind": PromptKind.UPDATE, "slot": make.day(39), "state": Prompt.State.SENT}
        Prompt.objects.create(recipient=analyst, forecast=forecast, **prompt)
    Mute.objects.create(user=analyst, forecast=Forecast.objects.get(title="Silent?"), made_at=make.day(39))
    make.forecast(scenario, title="Not asked?", closes_at=make.day(90))
    assert titles("estimate", analyst) == ["Sooner?", "Later?"]
    sooner = Forecast.objects.get(title="Sooner?")
    assert tasks("estimate", analyst)[0].address == f"/forecasts/{sooner.pk}/#answer"


def test_statements_and_drafts_wait_for_those_who_edit_and_count_one_by_one(scenario: Scenario, resolver: User) -> None:
    article = make.article()
    scenario.articles.add(article)
    make.statement(article, "The army may retake the city.")
    make.statement(article, "Talks continue.")
    make.forecast(scenario, title="A draft?", published_at=None)
    editor = make.member(scenario, "editor")
    assert [(task.title, task.standing) for task in tasks("review", editor)] == [
        ("A headline", "2 statements are proposed"),
        ("A draft?", "draft"),
    ]
    assert section("review", editor).count == 3
    assert section("review", resolver).count == 0


def test_long_sections_show_the_first_and_lead_to_the_whole_list(client: Client, resolver: User) -> None:
    scenario = Scenario.objects.get()
    for _ in range(11):
        make.forecast(scenario, resolver=resolver)
    found = section("resolve", resolver)
    assert (len(found.tasks), found.count, found.hidden) == (8, 11, 3)
    client.force_login(resolver)
    listed = client.get(found.more)
    assert listed.context["cl"].result_count == 11


def test_the_title_bar_and_the_header_count_what_waits(client: Client, scenario: Scenario, resolver: User) -> None:
    make.forecast(scenario, resolver=resolver)
    client.force_login(resolver)
    text = client.get(reverse("admin:index")).content.decode()
    assert "<title>(1) The desk – Reckoner</title>" in text
    assert "1 waiting for you: 1 to resolve." in text


def test_an_empty_desk_says_what_will_stand_there(client: Client, resolver: User) -> None:
    client.force_login(resolver)
    text = client.get(reverse("admin:index")).content.decode()
    assert "<title>The desk – Reckoner</title>" in text
    assert "Nothing waits for you." in text
    assert "appear here once they have closed" in text
    assert reverse("me") in text


def test_the_number_of_queries_does_not_grow_with_the_work(client: Client, scenario: Scenario) -> None:
    owner = make.member(scenario, "owner")
    client.force_login(owner)
    # The first request of a session notes where it comes from.
    client.get(reverse("board"))
    counts = []
    for number in (1, 6):
        for _ in range(number):
            fill(scenario, owner)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("admin:index")).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[0] <= 40


def fill(scenario: Scenario, owner: User) -> None:
    at = timezone.now()
    made = make.forecast(scenario, resolver=owner)
    make.estimate(made, owner, 0.3, make.day(1))
    resolving.resolve(made, owner, NO, at=at - timedelta(days=1))
    make.forecast(scenario, resolver=owner)
    make.forecast(scenario, published_at=None)
    second = make.forecast(scenario, two_people_resolve=True)
    resolving.resolve(second, make.member(scenario, "resolver"), NO, at=at)
    scorekeeping.settle(at)
