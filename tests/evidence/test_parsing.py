"""Specs as people write them in YAML."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from forecasts.evidence.parsing import parse
from forecasts.evidence.spec import OutcomeKind, Range, Rule, Window
from forecasts.rules.errors import InvalidSpec

WHOLE = """
feed: ucdp_ged
where: {country: [Syria], adm_1: [Idlib Governorate], type_of_violence: [state_based, one_sided],
        where_prec: 3, date_prec: 2}     # also side, event_clarity, within (polygon or box)
measure: best                # events, best, low, high, civilians
window: {from: 2018-09-01, to: 2018-09-30, rule: inside}
outcome: {at_least: 120}
settles: {after: 35d, by: first_complete_vintage}
"""
HAPI = "feed: hapi\nwindow: {from: 2024-01-01, to: 2024-01-31}\n"
UCDP = "feed: ucdp_ged\nwindow: "
SHORT = "feed: ucdp_ged\nwindow: {from: 2018-09-01, to: 2018-09-30}\n"


def test_a_whole_spec_is_what_it_says() -> None:
    spec = parse(WHOLE)
    assert spec.feed_name == "ucdp_ged"
    assert spec.texts == {
        "country": ("Syria",),
        "adm_1": ("Idlib Governorate",),
        "type_of_violence": ("state_based", "one_sided"),
    }
    assert spec.limits == {"where_prec": 3, "date_prec": 2}
    assert spec.measure == "best"
    assert spec.window == Window(date(2018, 9, 1), date(2018, 9, 30), Rule.INSIDE)
    assert spec.outcome is not None
    assert spec.outcome.yes == Range(Decimal(120))
    assert spec.settles is not None
    assert spec.settles.after == timedelta(days=35)


@pytest.mark.parametrize(
    "where",
    [
        "",
        "where:",
        "where: {}",
        "where: null",
        "where: {country: []}",
        "where: {country: , where_prec: }",
        'where: {adm_1: ""}',
    ],
)
def test_a_missing_or_empty_filter_means_none(where: str) -> None:
    spec = parse(SHORT + where)
    assert (spec.texts, spec.limits, spec.within) == ({}, {}, None)
    assert (spec.measure, spec.outcome, spec.settles) == (None, None, None)


@pytest.mark.parametrize("day", ["2018-09-01", "'2018-09-01'", '"2018-09-01"'])
def test_a_day_may_be_quoted(day: str) -> None:
    spec = parse(f"{UCDP}{{from: {day}, to: {day}}}")
    assert spec.window == Window(date(2018, 9, 1), date(2018, 9, 1))


def test_a_single_value_needs_no_list_and_a_code_stands_for_its_name() -> None:
    assert parse(SHORT + "where: {country: Syria, type_of_violence: 1}").texts == {
        "country": ("Syria",),
        "type_of_violence": ("state_based",),
    }


def test_a_field_answers_to_what_the_feed_calls_it() -> None:
    window = "window: {from: 2024-11-01, to: 2024-11-30}\n"
    assert parse(f"feed: acled\n{window}where: {{admin1: [Idleb], geo_precision: 1}}") == parse(
        f"feed: acled\n{window}where: {{adm_1: [Idleb], where_prec: 1}}"
    )


def test_norway_is_a_country_and_a_version_keeps_its_last_zero() -> None:
    spec = parse(SHORT + "where: {side: [NO]}\nsettles: {after: 35d, by: 25.10}")
    assert spec.texts == {"side": ("NO",)}
    assert spec.settles is not None
    assert spec.settles.by == "25.10"


@pytest.mark.parametrize(
    ("outcome", "kind", "ranges"),
    [
        ("{at_most: 5}", OutcomeKind.RANGE, {"yes": Range(None, Decimal(5))}),
        ("{between: [10, 20]}", OutcomeKind.RANGE, {"yes": Range(Decimal(10), Decimal(20))}),
        ("{at_least: 10, at_most: 20}", OutcomeKind.RANGE, {"yes": Range(Decimal(10), Decimal(20))}),
        ("value", OutcomeKind.VALUE, {}),
        ("{value: true}", OutcomeKind.VALUE, {}),
        ("{first_day: 120}", OutcomeKind.FIRST_DAY, {"yes": Range(Decimal(120))}),
        ("{first_day: {at_least: 120}}", OutcomeKind.FIRST_DAY, {"yes": Range(Decimal(120))}),
        (
            '{options: {"0 to 9": [0, 9], "10 or more": {at_least: 10}}}',
            OutcomeKind.OPTIONS,
            {"0 to 9": Range(Decimal(0), Decimal(9)), "10 or more": Range(Decimal(10))},
        ),
    ],
)
def test_there_are_these_ways_to_answer(outcome: str, kind: OutcomeKind, ranges: dict[str, Range]) -> None:
    found = parse(f"{SHORT}measure: best\noutcome: {outcome}").outcome
    assert found is not None
    assert (found.kind, dict(found.ranges)) == (kind, ranges)


@pytest.mark.parametrize(
    ("text", "named", "allowed"),
    [
        (SHORT.replace("ucdp_ged", "ucdp"), "feed: “ucdp”", "acled, hapi, idmc_idu, ucdp_ged"),
        (SHORT + "when: 2018", "unknown when", "feed, where, measure, window, outcome, settles"),
        (SHORT + "where: {contry: [Syria]}", "unknown contry", "country"),
        (SHORT + "where: {type_of_violence: [state]}", "“state”", "state_based, non_state, one_sided"),
        (SHORT + "where: {where_prec: 8}", "“8”", "1 to 7"),
        (SHORT + "where: {where_prec: 0}", "“0”", "1 to 7"),
        (SHORT + "where: {date_prec: [1, 2]}", "“['1', '2']”", "1 to 5"),
        (SHORT + "where: {within: Idlib}", "“Idlib” is no area", "GeoJSON"),
        (SHORT + "measure: deaths", "“deaths”", "events, best, low, high, civilians"),
        (SHORT + "outcome: {at_least: 120}", "measure", "events, best, low, high, civilians"),
        (SHORT + "measure: best\noutcome: {more_than: 120}", "unknown more_than", "at_least, at_most, between"),
        (SHORT + "measure: best\noutcome: {at_least: 1, value: true}", "one way to answer", "at_least"),
        (SHORT + "measure: best\noutcome: {at_least: many}", "“many” is no number", "120"),
        (SHORT + "measure: best\noutcome: {between: [20, 10]}", "20 is more than 10", ""),
        (SHORT + "measure: best\noutcome: {options: {few: [0, 9], many: [9, null]}}", "“few” and “many” share", ""),
        (SHORT + "measure: best\noutcome: {options: {few: [0, 9], many: [20, null]}}", "belong to none", ""),
        (SHORT + "settles: {after: soon}", "“soon”", "35d"),
        (SHORT + "settles: {when: 35d}", "unknown when", "after, by"),
        (UCDP + "{from: 2018-09-01, to: 2018-09-30, rule: within}", "“within”", "inside, overlap, starts"),
        (UCDP + "{from: 2018-09-01}", "window.to: missing", "2018-09-01"),
        (UCDP + "{from: 2018-02-30, to: 2018-09-30}", "“2018-02-30” is no day", "2018-09-01"),
        (UCDP + "{from: 2018-10-01, to: 2018-09-30}", "before it begins", ""),
        ("feed: ucdp_ged", "window.from: missing", ""),
        ("", "feed", "ucdp_ged"),
        ("- a list", "the spec", "feed, where"),
        (SHORT + "feed: acled", "feed: given twice", ""),
        (SHORT + "where: {country: [Syria}", "line 3", "YAML"),
        (HAPI + "where: {country: [Syria]}", "“Syria” is no code", "SYR"),
        (HAPI + "where: {within: [1, 2, 3, 4]}", "unknown within", "adm_1"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_an_error_that_lists_what_is_allowed(text: str, named: str, allowed: str) -> None:
    with pytest.raises(InvalidSpec) as caught:
        parse(text)
    assert named in str(caught.value)
    assert allowed in str(caught.value)


def test_a_spec_for_another_feed_than_the_files_is_refused() -> None:
    with pytest.raises(InvalidSpec, match="the spec is for “ucdp_ged”, the file is said to be of “acled”"):
        parse(SHORT, "acled")
    assert parse(SHORT.replace("feed: ucdp_ged\n", ""), "ucdp_ged").feed_name == "ucdp_ged"
