"""A draft is published when nothing blocks it, or an editor says why it is published all the same."""

from datetime import timedelta
from typing import Any

import pytest

from forecasts.models import Forecast, Scenario, User, Watch
from forecasts.questions import publishing
from forecasts.rules.errors import InvalidValue, NotNow, Unresolvable
from tests import make

pytestmark = pytest.mark.django_db

SOUND: dict[str, Any] = {
    "title": "Will OCHA report at least 500,000 people newly displaced in Syria by 31 December 2024?",
    "criteria": (
        "Resolves YES if OCHA reports a peak of at least 500,000 people newly displaced by 31 December 2024; "
        "otherwise NO. Only what is reported after the opening counts."
    ),
    "fine_print": (
        "Newly displaced means since 27 November. Reports published up to three days after closing count. Annulled "
        "if OCHA stops its flash updates. Ambiguous if two updates of one day contradict each other."
    ),
    "resolution_source": "OCHA flash updates",
    "resolution_source_lag": "every two to three days",
    "resolution_source_url": "https://www.unocha.org/syrian-arab-republic",
    "fallback_source": "UNHCR regional flash updates; where they differ, OCHA prevails",
    "resolves_at": make.day(35),
}


def draft(scenario: Scenario, **fields: Any) -> Forecast:
    people = {"resolver": make.user(), "backup": make.user()}
    return make.forecast(scenario, **{**SOUND, **people, "published_at": None, **fields})


def test_a_sound_draft_is_published_and_opens_then(scenario: Scenario, editor: User) -> None:
    published = publishing.publish(draft(scenario), editor, at=make.day(2))
    assert (published.published_at, published.opens_at) == (make.day(2), make.day(2))
    assert published.overrides == []


def test_a_draft_that_opens_later_keeps_its_opening(scenario: Scenario, editor: User) -> None:
    forecast = draft(scenario, opens_at=make.day(5))
    assert publishing.publish(forecast, editor, at=make.day(2)).opens_at == make.day(5)


def test_publishing_starts_asking(scenario: Scenario, editor: User) -> None:
    analyst = make.member(scenario)
    publishing.publish(draft(scenario), editor, at=make.day(2))
    assert Watch.objects.filter(user=analyst, next_at__isnull=False).exists()


def test_what_blocks_stops_it_and_nothing_is_kept(scenario: Scenario, editor: User) -> None:
    forecast = draft(scenario, fallback_source="", backup=None)
    with pytest.raises(Unresolvable, match=r"There is no second person to resolve it\.|There is no fallback\."):
        publishing.publish(forecast, editor, "  ", at=make.day(2))
    forecast.refresh_from_db()
    assert forecast.published_at is None


def test_an_override_keeps_what_was_overridden_by_whom_when_and_why(scenario: Scenario, editor: User) -> None:
    forecast = draft(scenario, fallback_source="")
    publishing.publish(forecast, editor, "OCHA has never stopped.", at=make.day(2))
    forecast.refresh_from_db()
    [override] = forecast.overrides
    assert (override["point"], override["code"]) == (5, "fallback_missing")
    assert (override["reason"], override["by"]) == ("OCHA has never stopped.", editor.pk)
    assert override["at"] == make.day(2).isoformat()


@pytest.mark.parametrize(
    ("spoilt", "field"),
    [
        ({"criteria": " "}, "criteria"),
        ({"closes_at": None}, "closes_at"),
        ({"closes_at": make.day(1)}, "closes_at"),
        ({"resolves_at": None}, "closes_at"),
        ({"kind": "numeric", "unit": "people"}, "quantile_levels"),
        ({"kind": "multiple_choice"}, "options"),
    ],
)
def test_what_no_forecast_can_do_without_is_not_overridden(
    scenario: Scenario, editor: User, spoilt: dict[str, Any], field: str
) -> None:
    forecast = draft(scenario, **{"opens_at": None, **spoilt})
    with pytest.raises(InvalidValue) as refused:
        publishing.publish(forecast, editor, "Never mind.", at=make.day(2))
    assert refused.value.field == field
    forecast.refresh_from_db()
    assert forecast.published_at is None


def test_nothing_is_published_twice(scenario: Scenario, editor: User) -> None:
    forecast = draft(scenario)
    publishing.publish(forecast, editor, at=make.day(2))
    with pytest.raises(NotNow, match="published already"):
        publishing.publish(forecast, editor, at=make.day(3))


def test_the_check_reads_the_article_that_a_draft_rests_on(scenario: Scenario) -> None:
    statement = make.statement(make.article(), "The army may retake the city.")
    opened_before = draft(scenario, statement=statement, fidelity="same", opens_at=make.OPENING - timedelta(days=1))
    assert "opens_before_article" in {finding.code for finding in publishing.findings(opened_before)}


def test_forecasts_of_the_scenario_that_ask_the_same_stand_first_and_others_are_not_named(scenario: Scenario) -> None:
    forecast = draft(scenario)
    same = make.forecast(scenario, title=SOUND["title"].replace("newly displaced", "displaced newly"))
    later = make.forecast(scenario, title=SOUND["title"].replace("31 December", "15 December"))
    make.forecast(scenario, title="Will Iran send troops to Syria by 31 December 2024?")
    make.forecast(make.scenario(), title=SOUND["title"])
    assert [(one.forecast, one.is_duplicate) for one in publishing.alike(forecast)] == [(same, True), (later, False)]
