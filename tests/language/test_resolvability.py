"""The eight points on a good draft, and on that draft with one thing spoilt."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from forecasts.language.resolvability import POINTS, Draft, Finding, check, may_publish

GOOD = Draft(
    title="Will OCHA report at least 500,000 people newly displaced in Syria by 31 December 2024?",
    criteria=(
        "Resolves YES if OCHA reports a peak of at least 500,000 people newly displaced by 31 December 2024; "
        "otherwise NO. Only what is reported after the opening counts."
    ),
    fine_print=(
        "Newly displaced means since 27 November. Reports published up to three days after closing count. Annulled "
        "if OCHA stops its flash updates. Ambiguous if two updates of one day contradict each other."
    ),
    resolution_source="OCHA flash updates, published every two to three days",
    source_url="https://www.unocha.org/syrian-arab-republic",
    fallback="UNHCR regional flash updates; where they differ, OCHA prevails",
    time_zone="Asia/Damascus",
    opens_at=datetime(2024, 12, 2, tzinfo=UTC),
    closes_at=datetime(2024, 12, 31, 21, tzinfo=UTC),
    resolves_at=datetime(2025, 1, 5, tzinfo=UTC),
    resolver="first@example.org",
    backup="second@example.org",
    published_at=datetime(2024, 12, 1, tzinfo=UTC),
    quote="could lead to further displacement of residents",
)


def codes(draft: Draft) -> dict[str, Finding]:
    return {finding.code: finding for finding in check(draft) if finding.level != "passes"}


def test_a_complete_draft_passes_all_eight_points() -> None:
    findings = check(GOOD)
    assert [finding.point for finding in findings] == list(POINTS)
    assert {finding.level for finding in findings} == {"passes"}
    assert may_publish(findings)


SPOILT: list[tuple[dict[str, object], str, int, str]] = [
    ({"title": ""}, "title_missing", 1, "blocks"),
    (
        {"title": "Will the displacement in Syria likely exceed 500,000 by 31 December 2024?"},
        "title_hedged",
        1,
        "blocks",
    ),
    ({"title": "Will rebels take Hama and attack the Homs garrison by 31 December 2024?"}, "title_joined", 1, "warns"),
    ({"criteria": ""}, "criteria_missing", 1, "blocks"),
    ({"title": GOOD.title.replace("500,000", "600,000")}, "title_differs", 1, "warns"),
    ({"title": "Will the conflict get worse?"}, "nobody_named", 2, "blocks"),
    (
        {"title": "Will tensions rise in Syria?", "criteria": "otherwise NO", "fine_print": ""},
        "contested_term",
        2,
        "warns",
    ),
    ({"opens_at": None}, "window_missing", 3, "blocks"),
    ({"closes_at": datetime(2024, 12, 1, 12, tzinfo=UTC)}, "window_reversed", 3, "blocks"),
    ({"time_zone": " "}, "time_zone_missing", 3, "blocks"),
    ({"title": "Will Iran send troops to Syria soon?"}, "relative_time", 3, "blocks"),
    ({"criteria": "YES if Iran does, otherwise NO.", "fine_print": ""}, "happens_or_reported", 3, "warns"),
    ({"kind": "numeric"}, "unit_missing", 4, "blocks"),
    ({"kind": "multiple_choice", "options": ("one",)}, "options_missing", 4, "blocks"),
    ({"title": "Will 500,000 people in Syria flee?", "criteria": "otherwise NO"}, "threshold_missing", 4, "blocks"),
    ({"criteria": "At least 500,000, otherwise NO", "fine_print": ""}, "counting_rule_missing", 4, "warns"),
    ({"resolution_source": ""}, "source_missing", 5, "blocks"),
    ({"source_url": "the web"}, "address_missing", 5, "warns"),
    ({"fallback": ""}, "fallback_missing", 5, "blocks"),
    ({"resolution_source": "OCHA", "fine_print": "", "fallback": "UNHCR"}, "lag_missing", 5, "warns"),
    ({"fallback": "UNHCR", "fine_print": ""}, "conflict_rule_missing", 5, "warns"),
    ({"criteria": "YES if OCHA reports at least 500,000 in total."}, "no_path_to_no", 6, "blocks"),
    ({"fine_print": ""}, "annulment_missing", 6, "warns"),
    ({"fine_print": ""}, "ambiguity_missing", 6, "warns"),
    (
        {"title": "Will rebels hold Aleppo?", "criteria": "otherwise NO", "fine_print": ""},
        "persistence_missing",
        6,
        "warns",
    ),
    ({"resolver": ""}, "resolver_missing", 7, "blocks"),
    ({"backup": GOOD.resolver}, "backup_missing", 7, "blocks"),
    ({"resolves_at": None}, "resolving_time_missing", 7, "blocks"),
    ({"resolves_at": datetime(2024, 12, 30, tzinfo=UTC)}, "closes_after_resolving", 7, "blocks"),
    ({"quote": "elections are scheduled for 31 December"}, "fixed_by_announcement", 8, "warns"),
    ({"published_at": datetime(2025, 1, 1, tzinfo=UTC)}, "closed_before_article", 8, "blocks"),
    ({"published_at": datetime(2024, 12, 3, tzinfo=UTC)}, "opens_before_article", 8, "blocks"),
    (
        {"criteria": "At least 500,000 in total, as reported; otherwise NO", "fine_print": ""},
        "event_before_opening",
        8,
        "warns",
    ),
]


@pytest.mark.parametrize(("change", "code", "point", "level"), SPOILT, ids=[row[1] for row in SPOILT])
def test_one_thing_spoilt_is_found_with_advice(change: dict[str, object], code: str, point: int, level: str) -> None:
    finding = codes(replace(GOOD, **change))[code]  # type: ignore[arg-type]
    assert (finding.point, finding.level) == (point, level)
    assert finding.message
    assert finding.instead


def test_what_blocks_keeps_a_forecast_from_being_published_and_a_warning_does_not() -> None:
    assert not may_publish(check(replace(GOOD, fallback="")))
    assert may_publish(check(replace(GOOD, source_url="")))


def test_an_empty_draft_is_answered_on_every_point_but_uncertainty() -> None:
    blocked = {finding.point for finding in check(Draft()) if finding.level == "blocks"}
    assert blocked == {1, 3, 5, 6, 7}
