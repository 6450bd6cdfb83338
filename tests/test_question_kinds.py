"""Every kind of question, through every place where it must be answered, shown, drawn, resolved and scored."""

from collections.abc import Container
from dataclasses import fields, replace
from datetime import date
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.evidence.referring import SAID
from forecasts.evidence.spec import OutcomeKind
from forecasts.language.resolvability import kinds as wordings
from forecasts.mail.emails.plain import in_words
from forecasts.models import Estimate, Forecast, Scenario
from forecasts.models.kinds import KINDS, QuestionKind, days
from forecasts.pages.forms import ENTRIES
from forecasts.presenting.kinds import SHOWN
from forecasts.rules import values
from forecasts.scores import scorekeeping
from forecasts.scores.scorekeeping.kinds import ANSWERS
from tests import clocks, make

pytestmark = pytest.mark.django_db
LEVELS = [2500, 5000, 7500]


class Case(NamedTuple):
    """What one person says by the form and another by the API, how both are shown, and what comes of it."""

    fields: dict[str, Any]
    form: dict[str, str]
    sent: Any
    shown: str
    worded: str
    truth: dict[str, Any]
    score: str


CASES = {
    "binary": Case({}, {"percent": "35"}, 0.45, "35%", "35%", {"outcome": "yes"}, "brier"),
    "multiple_choice": Case(
        {"labels": ["army", "rebels"]},
        {"option_0": "30", "option_1": "70"},
        [0.4, 0.6],
        "rebels: 70%",
        "army 30%, rebels 70%",
        {"outcome": "option"},
        "brier",
    ),
    "numeric": Case(
        {"quantile_levels": LEVELS, "unit": "people"},
        {"quantile_2500": "1000", "quantile_5000": "2000", "quantile_7500": "3000"},
        [1500, 2500, 3500],
        "2,000 people",
        "25%: 1,000 people, 50%: 2,000 people, 75%: 3,000 people",
        {"outcome": "value", "value": 2200},
        "wis",
    ),
    "date": Case(
        {"quantile_levels": LEVELS},
        {"quantile_2500": "2025-01-10", "quantile_5000": "2025-02-10", "quantile_7500": "2025-03-10"},
        ["2025-01-11", "2025-02-11", "2025-03-11"],
        "10 Feb 2025",
        "25%: 2025-01-10, 50%: 2025-02-10, 75%: 2025-03-10",
        {"outcome": "value", "value": days(date(2025, 2, 1))},
        "wis",
    ),
}


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("north")


def asked(scenario: Scenario, kind: str) -> Forecast:
    given = dict(CASES[kind].fields)
    labels = given.pop("labels", None)
    return make.choice(labels, scenario, **given) if labels else make.forecast(scenario, kind=kind, **given)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_answered_shown_drawn_resolved_and_scored(kind: str, scenario: Scenario, client: Client) -> None:
    assert not missing(KINDS[kind]), "; ".join(missing(KINDS[kind]))
    case, forecast = CASES[kind], asked(scenario, kind)
    by_form, by_api, resolver = (make.member(scenario, role) for role in ("analyst", "analyst", "resolver"))
    with clocks.standing_at(make.day(3)):
        client.force_login(by_form)
        page = client.get(forecast.get_absolute_url()).content.decode()
        assert [name for name in case.form if f'name="{name}"' not in page] == []
        sent = {"event": "update", "version": "1", "rationale": "", **case.form}
        assert client.post(reverse("estimate", args=[forecast.pk]), sent).status_code == 302
        client.force_login(by_api)
        body = {"forecast": forecast.pk, forecast.asks.column: case.sent}
        assert client.post(reverse("v1:estimate-list"), body, content_type="application/json").status_code == 201
    with clocks.standing_at(make.day(4)):
        client.force_login(by_form)
        assert case.shown in client.get(forecast.get_absolute_url()).content.decode()
        assert client.get(reverse("board")).status_code == 200
        point = client.get(reverse("v1:forecast-consensus", args=[forecast.pk])).json()["points"][-1]
        assert point[forecast.asks.column] is not None
        specification = client.get(reverse("v1:history-vl-json", args=[forecast.pk]))
        assert "consensus" in specification.content.decode()
    said = Estimate.objects.get(forecaster__user=by_form)
    assert in_words(forecast, values.Value(**{forecast.asks.column: _value(said, forecast.asks.column)})) == case.worded
    _resolve(client, forecast, resolver, case)
    with clocks.standing_at(make.day(42)):
        client.force_login(resolver)
        found = client.get(reverse("v1:forecast-scores", args=[forecast.pk])).json()
    scored = [one for one in found["scores"] if one["kind"] == "analyst"]
    assert [one[case.score] is not None for one in scored] == [True, True]


def _value(said: Estimate, column: str) -> Any:
    value = getattr(said, column)
    return tuple(value) if isinstance(value, list) else value


def _resolve(client: Client, forecast: Forecast, resolver: Any, case: Case) -> None:
    client.force_login(resolver)
    with clocks.standing_at(make.day(40)):
        page = client.get(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])).content.decode()
    option = forecast.options.first() if forecast.asks.has_options else None
    offered = f'value="option:{option.pk}"' if option else f'value="{case.truth["outcome"]}"'
    assert offered in page
    make.verdict(forecast, option=option, recorded_at=make.day(40), takes_effect_at=make.day(40), **case.truth)
    scorekeeping.settle(make.day(41))


BY_KEY: dict[str, Container[str]] = {
    "its name in Forecast.Kind": Forecast.Kind.values,
    "what its wording must say, in language/resolvability/kinds.py": wordings.KINDS,
    "its case in this walk": CASES,
}
BY_COLUMN: dict[str, Container[str]] = {
    "how it is entered, in pages/forms.py": ENTRIES,
    "how it is checked, in rules/values.py": values.MAKERS,
    "how it is combined and scored, in scores/scorekeeping/kinds.py": ANSWERS,
    "how it is shown, in presenting/kinds.py": SHOWN,
    "what references say of it, in evidence/referring.py": SAID,
}


def missing(kind: QuestionKind) -> list[str]:
    """The parts of a kind that stand in other rooms, and are not there."""
    return [
        *(f"{kind.key}: {part} is missing" for part, table in BY_KEY.items() if kind.key not in table),
        *(f"{kind.key}: {part} is missing" for part, table in BY_COLUMN.items() if kind.column not in table),
    ]


def test_a_spec_can_say_whatever_a_kind_is_counted_as() -> None:
    assert {OutcomeKind(kind.counted_as) for kind in KINDS.values()} == set(OutcomeKind)


@pytest.mark.parametrize(
    ("planted", "parts"), [({"key": "planted"}, list(BY_KEY)), ({"column": "planted"}, list(BY_COLUMN))]
)
def test_a_planted_kind_with_parts_missing_is_told_by_each_of_them(planted: dict[str, Any], parts: list[str]) -> None:
    kind = replace(KINDS["numeric"], **planted)
    assert missing(kind) == [f"{kind.key}: {part} is missing" for part in parts]


def test_the_kinds_are_those_of_the_database() -> None:
    assert [(key, one.label) for key, one in KINDS.items()] == Forecast.Kind.choices
    assert all(one.column in {field.name for field in Estimate._meta.fields} for one in KINDS.values())


@pytest.mark.parametrize("part", [one.name for one in fields(QuestionKind) if one.name not in ("unit", "is_measured")])
def test_a_kind_that_lacks_a_part_is_refused_and_the_part_is_named(part: str) -> None:
    empty: Any = {part: None if callable(getattr(KINDS["numeric"], part)) else ""}
    with pytest.raises(ValueError, match=f"Question kind “.*”: {part} is missing"):
        replace(KINDS["numeric"], **empty)


@pytest.mark.parametrize(("kind", "written", "number"), [("numeric", 12.5, 12.5), ("date", "1970-01-02", 1.0)])
def test_what_is_written_is_read_back(kind: str, written: float | str, number: float) -> None:
    assert (KINDS[kind].read(written), KINDS[kind].write(number)) == (number, written)


@pytest.mark.parametrize(("kind", "wrong"), [("numeric", "12"), ("date", 12.0), ("date", "soon")])
def test_what_is_of_another_kind_is_refused(kind: str, wrong: float | str) -> None:
    with pytest.raises(ValueError, match=r"number|date"):
        KINDS[kind].read(wrong)
