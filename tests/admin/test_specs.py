"""The page on which a forecast gets its spec: from slots and menus, by hand, and amended once it is published."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.answers import counting_round, proposing
from forecasts.models import Amendment, Count, Forecast, Scenario
from tests import clocks, make
from tests.evidence.made import CLOSES, LAG_PASSED, OPENS, SETTLES, counted_forecast, months, vintage

pytestmark = pytest.mark.django_db
CHOSEN = {
    "spec-feed": "ucdp_ged", "spec-measure": "best", "spec-comparison": "at_least", "spec-number": "120",
    "spec-rule": "inside", "spec-first": "2018-09-01", "spec-last": "2018-09-30", "spec-lag": "35",
    "spec-text_country": "Syria", "write_criteria": "on", "do": "keep",
}  # fmt: skip
WORDS = "At least 120 deaths (best estimate) in events that lie wholly inside September 2018, in Syria"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario()


@pytest.fixture
def draft(scenario: Scenario, tmp_path: Path) -> Forecast:
    vintage(tmp_path, "a", OPENS, months([200, 10] * 12))
    dates = {"opens_at": OPENS, "closes_at": CLOSES, "resolves_at": SETTLES}
    return make.forecast(scenario, published_at=None, title="At least 120 people are killed in Syria", **dates)


def editor(forecast: Forecast, role: str = "editor") -> Client:
    client = Client()
    client.force_login(make.member(forecast.scenario, role))
    return client


def address(forecast: Forecast) -> str:
    return reverse("admin:forecasts_forecast_spec", args=[forecast.pk])


@clocks.standing_at(OPENS)
def test_the_page_is_filled_from_the_draft_and_lists_what_occurs(draft: Forecast) -> None:
    page = editor(draft).get(address(draft)).content.decode()
    assert 'value="North Province"' in page
    assert "Northern Front" in page
    assert 'value="2018-08-21"' in page
    assert 'value="Syria" id="id_spec-text_country_0" checked' in page


@clocks.standing_at(OPENS)
def test_what_is_chosen_is_kept_and_writes_the_criteria(draft: Forecast) -> None:
    answer = editor(draft).post(address(draft), CHOSEN)
    assert answer.status_code == 302, answer.content.decode()
    draft.refresh_from_db()
    assert draft.criteria.startswith(f"YES if UCDP Georeferenced Event Dataset shows {WORDS[:1].lower()}{WORDS[1:]}.")
    counting_round.run(OPENS)
    page = editor(draft).get(address(draft)).content.decode()
    assert WORDS in page
    assert "It held in 11 of" in page


@clocks.standing_at(OPENS)
def test_words_are_shown_and_nothing_is_kept_by_looking(draft: Forecast) -> None:
    page = editor(draft).post(address(draft), {**CHOSEN, "do": "words"}).content.decode()
    assert WORDS in page
    page = editor(draft).post(address(draft), {**CHOSEN, "spec-feed": "idmc_idu", "do": "feed"}).content.decode()
    assert "displacements" in page
    assert not draft.specs.exists()


@clocks.standing_at(OPENS)
def test_a_region_that_is_misspelt_is_refused_with_what_was_meant(draft: Forecast) -> None:
    page = editor(draft).post(address(draft), {**CHOSEN, "spec-text_adm_1": "north province"}).content.decode()
    assert "does not occur. Allowed: North Province." in page
    by_hand = (
        "feed: ucdp_ged\nwhere: {adm_1: [north province]}\nmeasure: best\nwindow: {from: 2018-09-01, to: 2018-09-30}\n"
    )
    sent = {"body": f"{by_hand}outcome: {{at_least: 1}}\nsettles: {{after: 35d}}"}
    assert "does not occur. Allowed: North Province." in editor(draft).post(address(draft), sent).content.decode()
    assert not draft.specs.exists()


@clocks.standing_at(OPENS)
def test_who_does_not_edit_the_scenario_finds_no_page(draft: Forecast) -> None:
    for role in ("resolver", "analyst", "viewer"):
        assert editor(draft, role).post(address(draft), CHOSEN).status_code == 404
    assert not draft.specs.exists()


@pytest.fixture
def published(scenario: Scenario, tmp_path: Path) -> Forecast:
    made = counted_forecast(scenario=scenario, title="At least 120 die in Syria in September 2018")
    vintage(tmp_path, "a", OPENS, months([200, 10] * 12))
    counting_round.run(OPENS)
    return made


AMENDED = {**CHOSEN, "spec-number": "150", "kind": "clarifying", "reason": "The source counts wounded no more."}


@clocks.standing_at(OPENS + timedelta(days=2))
def test_what_a_published_forecast_counts_is_amended_with_a_reason_and_counted_anew(
    published: Forecast, tmp_path: Path
) -> None:
    client = editor(published)
    assert "Choose one of these" in client.post(address(published), {**AMENDED, "kind": ""}).content.decode()
    assert "Say why" in client.post(address(published), {**AMENDED, "reason": " "}).content.decode()
    assert client.post(address(published), AMENDED).status_code == 302
    amendment = Amendment.objects.get()
    before = f"{WORDS[:1].lower()}{WORDS[1:]}"
    assert amendment.changes["spec"] == [before, before.replace("120", "150")]
    published.refresh_from_db()
    assert "at least 150 deaths" in published.criteria
    assert list(published.specs.values_list("number", "criteria_version")) == [(1, 1), (2, 2)]
    later = OPENS + timedelta(days=3)
    counting_round.run(later)
    with clocks.standing_at(later):
        page = editor(published).get(published.get_absolute_url()).content.decode()
    assert "At least 150 deaths" in page
    assert "The source counts wounded no more." in page


def test_what_was_proposed_by_the_rule_before_is_proposed_no_more(published: Forecast, tmp_path: Path) -> None:
    vintage(tmp_path, "b", LAG_PASSED, [{"date_start": "2018-09-12", "best": 130}])
    counting_round.run(LAG_PASSED)
    assert proposing.standing_proposal(published) is not None
    with clocks.standing_at(SETTLES):
        assert editor(published).post(address(published), AMENDED).status_code == 302
    assert proposing.standing_proposal(published) is None
    counting_round.run(SETTLES + timedelta(hours=1))
    proposal = proposing.standing_proposal(published)
    assert proposal is not None
    assert proposal.outcome == "no"
    assert Count.objects.filter(spec__number=2, figure=130).exists()
