"""A draft that a machine shall count: what the gate says, and what its words and its spec do not share."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.answers import counting_round
from forecasts.evidence.parsing import spec_of
from forecasts.evidence.wording import criteria
from forecasts.models import Forecast, Scenario
from forecasts.questions import counting_gate
from forecasts.questions.counting_gate import differences
from tests import clocks, make
from tests.evidence.made import CLOSES, OPENS, SEPTEMBER, SETTLES, months, spec, vintage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def draft(scenario: Scenario, body: dict[str, Any] = SEPTEMBER) -> Forecast:
    dates = {"opens_at": OPENS, "closes_at": CLOSES, "resolves_at": SETTLES}
    made = make.forecast(scenario, published_at=None, criteria=criteria(spec_of(body)), **dates)
    spec(made, body)
    return made


def codes(forecast: Forecast) -> list[tuple[str, str]]:
    return [(one.code, one.level) for one in counting_gate.spec_findings(forecast)]


def test_a_spec_that_no_vintage_has_counted_blocks(scenario: Scenario, tmp_path: Path) -> None:
    forecast = draft(scenario)
    assert codes(forecast) == [("not_counted", "blocks")]
    vintage(tmp_path, "a", OPENS, months([200, 10] * 12))
    counting_round.run(OPENS)
    assert codes(forecast) == []


@pytest.mark.parametrize(("threshold", "how"), [(0, "every one"), (5000, "none")])
def test_a_threshold_that_was_always_or_never_passed_is_called_trivial(
    scenario: Scenario, tmp_path: Path, threshold: int, how: str
) -> None:
    forecast = draft(scenario, {**SEPTEMBER, "outcome": {"at_least": threshold}})
    vintage(tmp_path, "a", OPENS, months([200, 10] * 12))
    counting_round.run(OPENS)
    (found,) = counting_gate.spec_findings(forecast)
    assert found.code == "trivial_threshold"
    assert f"It held in {how} of" in found.message


@pytest.mark.parametrize(
    "body",
    [
        SEPTEMBER,
        {**SEPTEMBER, "where": {"adm_1": ["Homs Governorate"], "type_of_violence": ["one_sided"]}, "measure": "low"},
        {**SEPTEMBER, "measure": "civilians"},
        {**SEPTEMBER, "window": {"from": "2018-09-03", "to": "2018-10-02"}, "outcome": {"first_day": 1200}},
        {**SEPTEMBER, "outcome": {"options": {"few": [0, 99], "many": [100, None]}}},
    ],
)  # fmt: skip
def test_criteria_written_from_a_spec_differ_in_nothing(body: dict[str, Any]) -> None:
    found = spec_of(body)
    assert differences(criteria(found), found) == []


def test_hand_written_criteria_are_told_what_they_leave_out() -> None:
    written = "YES if UCDP counts at least 100 deaths (best estimate) in Syria in September 2018."
    assert differences(written, spec_of(SEPTEMBER)) == ["the number 120"]
    assert differences("YES if many die.", spec_of(SEPTEMBER)) == [
        "the number 120", "the window September 2018", "its end 2018-09-30", "“Syria”", "the best estimate",
    ]  # fmt: skip


@clocks.standing_at(OPENS)
def test_an_editor_writes_the_spec_and_the_criteria_follow(scenario: Scenario, tmp_path: Path) -> None:
    made = make.forecast(scenario, published_at=None, opens_at=OPENS, closes_at=CLOSES, resolves_at=SETTLES)
    vintage(tmp_path, "a", OPENS, months([200, 10] * 12))
    editor = Client()
    editor.force_login(make.member(scenario, "editor"))
    address = reverse("admin:forecasts_forecast_spec", args=[made.pk])
    shown = editor.get(address).content.decode()
    assert "North Province" in shown
    body = "feed: ucdp_ged\nmeasure: best\nwindow: {from: 2018-09-01, to: 2018-09-30}\noutcome: {at_least: 120}\n"
    refused = editor.post(address, {"body": body}).content.decode()
    assert "settles: say when the count may be proposed" in refused
    editor.post(address, {"body": body + "settles: {after: 35d}", "write_criteria": "on"})
    made.refresh_from_db()
    assert made.criteria.startswith("YES if UCDP Georeferenced Event Dataset shows at least 120 deaths (best estimate)")
    assert made.specs.get().last_day is not None


def test_a_draft_whose_answer_hangs_on_one_rule_is_told_which(scenario: Scenario, tmp_path: Path) -> None:
    """Half of the months pass by events that begin in the month before."""
    forecast = draft(scenario)
    events = months([200, 10] * 50)
    straddling = [
        {**one, "date_start": f"{one['date_start']!s:.8}28", "date_end": after["date_start"]}
        for one, after in zip(events[::2], events[1::2], strict=True)
    ]
    vintage(tmp_path, "a", OPENS, [*straddling, *events[1::2]])
    counting_round.run(OPENS)
    (found,) = [one for one in counting_gate.spec_findings(forecast) if one.code == "hangs_on_rule"]
    assert found.level == "warns"
    assert "hang on one rule: rule: overlap" in found.message or "hang on one rule: rule: starts" in found.message
    assert "of 102 past windows" in found.message


def test_a_draft_that_every_rule_answers_alike_is_told_of_none(scenario: Scenario, tmp_path: Path) -> None:
    forecast = draft(scenario, {**SEPTEMBER, "where": {"type_of_violence": ["state_based"]}})
    levels = [{**one, "high": one["best"], "low": one["best"]} for one in months([200, 10] * 50)]
    vintage(tmp_path, "a", OPENS, levels)
    counting_round.run(OPENS)
    assert "hangs_on_rule" not in dict(codes(forecast))


def test_the_newest_file_must_have_counted_it(scenario: Scenario, tmp_path: Path) -> None:
    forecast = draft(scenario)
    vintage(tmp_path, "a", OPENS, months([200, 10] * 12))
    counting_round.run(OPENS)
    vintage(tmp_path, "b", OPENS + timedelta(hours=1), months([300, 10] * 12))
    assert ("not_counted", "blocks") in codes(forecast)
    counting_round.run(OPENS + timedelta(hours=2))
    assert ("not_counted", "blocks") not in codes(forecast)
