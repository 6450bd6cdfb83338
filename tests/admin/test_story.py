"""A forecast's page at the desk tells what happened to it, in order, as far as its reader may see it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from forecasts import watching
from forecasts.admin.story import story
from forecasts.answers import resolving
from forecasts.answers.resolving import Finding, Proof
from forecasts.models import Article, Forecast, Prompt, PromptKind, Scenario, User
from forecasts.questions import amending
from tests import make

pytestmark = pytest.mark.django_db
AT = make.day(40)
NEW = "YES if both sides announce it; NO otherwise."


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo", cooling_off_hours=0)


@pytest.fixture
def owner(scenario: Scenario) -> User:
    return make.member(scenario, "owner", name="Rana")


@pytest.fixture
def told(scenario: Scenario, owner: User) -> Forecast:
    """A forecast with something of everything."""
    article = make.article("Before. The army may retake the city. After.")
    scenario.articles.add(article)
    statement = make.statement(article, "The army may retake the city.")
    made = make.forecast(scenario, title="Will it?", statement=statement, fidelity="same", resolver=owner)
    analyst = make.member(scenario, "analyst", name="Ada")
    said = make.estimate(made, analyst, 0.3, make.day(2), rationale="Troops gather.")
    make.estimate(made, owner, 0.5, make.day(3))
    amending.amend(made, owner, {"criteria": NEW}, "clarifying", "It was vague.", at=make.day(4))
    make.estimate(made, analyst, 0.6, make.day(5), criteria_version=2)
    Prompt.objects.create(
        recipient=analyst, forecast=made, kind=PromptKind.UPDATE, slot=make.day(2), state=Prompt.State.ANSWERED
    )
    proof = Proof(url="https://www.example.org/report", quote="The city is held.")
    finding = Finding(outcome="no", known_at=make.day(30), note="It held.", evidence=[proof])  # type: ignore[arg-type]
    resolving.resolve(made, owner, finding, at=make.day(33))
    watching.refresh(made, make.day(33))
    assert said.pk
    return Forecast.objects.get(pk=made.pk)


def page(client: Client, forecast: Forecast, user: User) -> str:
    client.force_login(user)
    return client.get(reverse("admin:forecasts_forecast_change", args=[forecast.pk])).content.decode()


def test_the_parts_stand_in_order(client: Client, told: Forecast, owner: User) -> None:
    text = page(client, told, owner)
    parts = [
        "What the article says",
        "<mark>The army may retake the city.</mark>",
        "Criteria, 2 versions",
        ">Who</h2>",
        "Estimates <span",
        '<figure class="plot',
        "Troops gather.",
        "Prompts <span",
        ">Resolution</h2>",
        "The city is held.",
        ">Scores</h2>",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_versions_of_the_criteria_stand_side_by_side_with_what_changed_why_and_who_answered_which(
    told: Forecast, owner: User
) -> None:
    shown = story(told, owner, AT)
    assert [(one.number, one.estimates) for one in shown.versions] == [(1, 2), (2, 1)]
    criteria = next(line for line in shown.lines if line.field == "criteria")
    old = "YES if the United Nations report by then that it happened; NO otherwise."
    assert criteria.texts == [(old, False), (NEW, True)]
    assert next(line for line in shown.lines if line.field == "closes").texts == [("2024-12-31 00:00 UTC", False)] * 2
    assert shown.versions[1].amendment is not None
    assert shown.versions[1].amendment.reason == "It was vague."


def test_three_versions_are_told_from_what_it_says_now(scenario: Scenario, owner: User) -> None:
    made = make.forecast(scenario, criteria="One.")
    for number, criteria in enumerate(("Two.", "Three.")):
        amending.amend(made, owner, {"criteria": criteria}, "clarifying", "Clearer.", at=make.day(1 + number))
    amending.amend(made, owner, {"closes_at": make.day(29)}, "material", "Sooner.", at=make.day(4))
    shown = story(Forecast.objects.get(pk=made.pk), owner, AT)
    lines = {line.field: line.texts for line in shown.lines}
    assert lines["criteria"] == [("One.", False), ("Two.", True), ("Three.", True), ("Three.", False)]
    assert [text for text, _ in lines["closes"]] == ["2024-12-31 00:00 UTC"] * 3 + ["2024-12-30 00:00 UTC"]


def test_prompts_verdicts_and_scores_are_told(client: Client, told: Forecast, owner: User) -> None:
    shown = story(told, owner, AT)
    assert [(prompt.recipient.name, prompt.state) for prompt in shown.prompts] == [("Ada", "answered")]
    assert {one.name for one in shown.scores} == {"Ada", "Rana", "consensus"}
    text = page(client, told, owner)
    assert "https://www.example.org/report" in text
    assert "Proposed: <span" in text


def test_whom_it_asks_is_told_with_when_next(scenario: Scenario, owner: User) -> None:
    analyst = make.member(scenario, "analyst", name="Ada")
    made = make.forecast(scenario, closes_at=make.day(90))
    watching.refresh(made, make.day(1))
    asked = story(made, owner, make.day(1)).asked
    assert [one.person for one in asked] == [analyst]
    assert asked[0].next_at is not None


def test_a_blind_scenario_stays_blind_until_one_has_answered(client: Client) -> None:
    blind = make.scenario(blind_until_answered=True)
    analyst = make.member(blind, "analyst")
    made = make.forecast(blind, closes_at=make.day(99_999))
    make.estimate(made, make.user(name="Somebody"), 0.37, make.day(1), rationale="A secret reason.")
    make.estimate(made, make.user(name="Another"), 0.39, make.day(1))
    shown = story(made, analyst, AT)
    assert shown.dossier is not None
    assert (shown.dossier.said, shown.scores, shown.versions[0].estimates) == ([], [], 0)
    text = page(client, made, analyst)
    assert "A secret reason." not in text
    assert "38%" not in text
    assert "hidden until you have answered" in text
    make.estimate(made, analyst, 0.5, make.day(2))
    assert "A secret reason." in page(client, made, analyst)


def test_the_proposal_of_another_is_not_told_to_the_second_person(client: Client, scenario: Scenario) -> None:
    first, second = make.member(scenario, "resolver"), make.member(scenario, "resolver")
    made = make.forecast(scenario, two_people_resolve=True)
    finding = Finding(outcome="yes", known_at=make.day(30), note="I saw it.")  # type: ignore[arg-type]
    resolving.resolve(made, first, finding, at=make.day(33))
    assert "I saw it." in page(client, made, first)
    assert "I saw it." not in page(client, made, second)


def test_who_is_named_on_a_forecast_only_does_not_read_its_article(client: Client, told: Forecast) -> None:
    backup = make.user()
    told.backup = backup
    told.save()
    text = page(client, told, backup)
    assert "an article of a scenario that you do not see" in text
    assert Article.objects.get().title not in text


def test_a_draft_tells_where_it_comes_from_and_what_it_asks(client: Client, scenario: Scenario, owner: User) -> None:
    draft = make.forecast(scenario, published_at=None, opens_at=None, closes_at=None, resolves_at=None)
    text = page(client, draft, owner)
    assert "No article says it" in text
    assert "Prompts" not in text.split("<form", maxsplit=2)[1]


def test_the_history_shows_every_act_with_who_did_it(client: Client, told: Forecast, owner: User) -> None:
    client.force_login(owner)
    address = reverse("admin:forecasts_forecast_take_back", args=[told.pk])
    client.post(address, {"note": "Too early.", "after": told.verdicts.latest("pk").pk})
    entries = LogEntry.objects.filter(object_id=str(told.pk))
    assert [(entry.user, entry.object_repr) for entry in entries] == [(owner, "Will it?")]
    text = client.get(reverse("admin:forecasts_forecast_history", args=[told.pk])).content.decode()
    assert "taken back" in text
    assert "Rana" in text


def test_who_resolved_before_and_who_handed_it_over_stands_there(
    told: Forecast, owner: User, scenario: Scenario, client: Client
) -> None:
    basil = make.member(scenario, "resolver", name="Basil")
    open_one = make.forecast(scenario, resolver=owner)
    resolving.hand_over([open_one], basil, None, "Rana is away.", by=owner, at=AT)
    (one,) = story(open_one, owner, AT).handed_over
    assert (one.changes, one.by, one.reason) == ([("resolver", "Rana", "Basil")], "Rana", "Rana is away.")
    client.force_login(owner)
    page = client.get(reverse("admin:forecasts_forecast_change", args=[open_one.pk])).content.decode()
    assert "Rana is away." in page


def test_who_was_never_met_is_somebody_else(scenario: Scenario, owner: User) -> None:
    named = make.user(name="Elsewhere")
    forecast = make.forecast(scenario, resolver=named)
    resolving.hand_over([forecast], owner, None, "Taken over.", by=owner, at=AT)
    assert story(forecast, owner, AT).handed_over[0].changes == [("resolver", "somebody else", "Rana")]
