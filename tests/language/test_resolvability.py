"""The eight points on a good draft, and on that draft with one thing spoilt."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

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
    ({"title": "How many people will OCHA report as displaced in Syria?"}, "title_not_yes_or_no", 1, "blocks"),
    ({"kind": "numeric", "unit": "people"}, "title_yes_or_no", 1, "warns"),
    ({"title": GOOD.title.replace("31 December", "31 November")}, "date_impossible", 3, "blocks"),
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
        {"title": "Will unrest in Syria go on?", "criteria": "otherwise NO", "fine_print": ""},
        "contested_term",
        2,
        "blocks",
    ),
    ({"title": "Will OCHA publish a report on the offensive by 31 December 2024?"}, "contested_term", 2, "warns"),
    ({"title": "Will Russian forces make significant gains by 31 December 2024?"}, "contested_term", 2, "blocks"),
    ({"title": "Will the raids undermine the truce in Syria by 31 December 2024?"}, "nothing_to_see", 2, "blocks"),
    ({"title": "The EU faces a growing threat by 31 December 2024"}, "nothing_to_see", 2, "blocks"),
    ({"title": "This number rises above 500,000 in Syria by 31 December 2024"}, "subject_elsewhere", 2, "blocks"),
    ({"title": GOOD.title.replace("at least", "more than")}, "comparator_differs", 1, "warns"),
    ({"title": "Will rebels hold all of Hama by 31 December 2024?"}, "title_stronger", 1, "warns"),
    ({"title": "Will OCHA not report 500,000 newly displaced in Syria?"}, "title_negated", 1, "warns"),
    ({"opens_at": None}, "window_missing", 3, "blocks"),
    ({"time_zone": "Europe/Atlantis"}, "time_zone_unknown", 3, "blocks"),
    ({"title": GOOD.title.replace("31 December", "15 December")}, "title_date_differs", 3, "warns"),
    ({"closes_at": datetime(2024, 12, 1, 12, tzinfo=UTC)}, "window_reversed", 3, "blocks"),
    ({"time_zone": " "}, "time_zone_missing", 3, "blocks"),
    ({"title": "Will Iran send troops to Syria soon?"}, "relative_time", 3, "blocks"),
    ({"criteria": "YES if Iran does, otherwise NO.", "fine_print": ""}, "happens_or_reported", 3, "warns"),
    ({"kind": "numeric"}, "unit_missing", 4, "blocks"),
    ({"kind": "multiple_choice", "options": ("one",)}, "options_missing", 4, "blocks"),
    ({"title": "Will 500,000 people in Syria flee?", "criteria": "otherwise NO"}, "threshold_missing", 4, "blocks"),
    ({"criteria": "At least 500,000, otherwise NO", "fine_print": ""}, "counting_rule_missing", 4, "warns"),
    ({"resolution_source": ""}, "source_missing", 5, "blocks"),
    (
        {"title": "Will Russia withdraw troops from Syria by 31 December 2024?", "criteria": "otherwise NO"},
        "how_many_open",
        4,
        "warns",
    ),
    ({"kind": "multiple_choice", "options": ("Turkey", "Iran")}, "options_incomplete", 4, "warns"),
    ({"resolution_source": "credible media reports, published daily"}, "source_vague", 5, "warns"),
    ({"fallback": "OCHA flash updates, published every two to three days"}, "fallback_same", 5, "blocks"),
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


@pytest.mark.parametrize(
    "deadline",
    ["before Christmas", "by Eid al-Fitr", "during Ramadan", "by the spring", "before New Year’s Eve", "by Friday"],
)
def test_a_feast_or_a_season_without_its_year_is_no_deadline(deadline: str) -> None:
    asked = f"Will the army retake Aleppo {deadline}"
    assert codes(replace(GOOD, title=f"{asked}?"))["relative_time"].level == "blocks"
    assert "relative_time" not in codes(replace(GOOD, title=f"{asked} 2025?"))


@pytest.mark.parametrize("said", ["none", "N/A", "-", "tbd", "Not known", "?", "  "])
def test_a_word_for_nothing_is_neither_a_source_nor_a_fallback(said: str) -> None:
    found = codes(replace(GOOD, resolution_source=said, fallback=said))
    assert (found["source_missing"].level, found["fallback_missing"].level) == ("blocks", "blocks")


def test_a_source_whose_name_begins_with_such_a_word_is_one() -> None:
    found = codes(replace(GOOD, resolution_source="No Peace Without Justice", fallback="Unknown Front news agency"))
    assert not {"source_missing", "fallback_missing"} & set(found)


def test_the_same_address_in_capitals_is_no_second_person() -> None:
    assert codes(replace(GOOD, backup=GOOD.resolver.upper()))["backup_missing"].level == "blocks"


def test_what_blocks_keeps_a_forecast_from_being_published_and_a_warning_does_not() -> None:
    assert not may_publish(check(replace(GOOD, fallback="")))
    assert may_publish(check(replace(GOOD, source_url="")))


def test_an_empty_draft_is_answered_on_every_point_but_uncertainty() -> None:
    blocked = {finding.point for finding in check(Draft()) if finding.level == "blocks"}
    assert blocked == {1, 3, 5, 6, 7}


def titled(title: str, **fields: object) -> set[str]:
    """What is found of a title, on the rest of a good draft."""
    return set(codes(replace(GOOD, title=title, **fields)))  # type: ignore[arg-type]


UNSEEN: list[tuple[str, str, bool]] = [
    ("Will Israel strike Iran by 31 May 2025?", "title_hedged", False),
    ("Will the May 2025 talks in Geneva end with a text?", "title_hedged", False),
    ("Might Israel strike Iran by 31 May 2025?", "title_hedged", True),
    ("Is Turkey expected to send tanks to Idlib by 31 December 2024?", "title_hedged", True),
    ("Will Russia and Iran sign the pact by 31 December 2024?", "title_joined", False),
    ("Will shelling of Aleppo and Idlib in December 2024 stop?", "title_joined", False),
    ("Will Turkey close the border and expel the refugees by 31 December 2024?", "title_joined", True),
    ("Will Assad flee? Will Damascus fall?", "title_joined", True),
    ("Will the government fall by 31 December 2024?", "nobody_named", True),
    ("Will it rain by the end of December 2024?", "nobody_named", True),
    ("Will the M5 reopen between Hama and Homs by 31 December 2024?", "nobody_named", False),
    ("هل ستسقط حماة قبل 31 ديسمبر 2024؟", "nobody_named", False),
    ("Will Hama fall by Friday?", "relative_time", True),
    ("Will Hama fall by year-end?", "relative_time", True),
    ("Will Hama fall in the coming weeks?", "relative_time", True),
    ("Will Hama fall within two weeks?", "relative_time", True),
    ("Will Hama fall within two weeks of the first report by OCHA?", "relative_time", False),
    ("Will Hama fall by the end of 2024?", "relative_time", False),
    ("Will Hama fall by Friday, 6 December 2024?", "relative_time", False),
    ("Will Hama fall by the end of the year 2024?", "relative_time", False),
    (
        "Will the Security Council adopt a text that cites Resolution 2254 by 31 December 2024?",
        "threshold_missing",
        False,
    ),
    ("Will Turkey fly an F-16 over Manbij by 31 December 2024?", "threshold_missing", False),
    ("Will Hama fall by 31 December 2024, 23:59 Damascus time?", "threshold_missing", False),
    ("Will the G20 meet on Syria by 31 December 2024?", "threshold_missing", False),
    ("Will 40 trucks a day cross at Bab al-Hawa in December 2024?", "threshold_missing", True),
    ("Will Syria hold presidential elections by 31 December 2025?", "persistence_missing", False),
    ("Will the ceasefire in Idlib stay in force until 31 December 2024?", "persistence_missing", True),
]


@pytest.mark.parametrize(("title", "code", "found"), UNSEEN)
def test_titles_not_seen_before_are_read_as_a_person_would(title: str, code: str, *, found: bool) -> None:
    bare = {"criteria": "Resolves YES if Reuters reports it; otherwise NO.", "fine_print": ""}
    assert (code in titled(title, **bare)) is found


@pytest.mark.parametrize(
    ("criteria", "code", "found"),
    [
        ("YES if Reuters says so. If nothing is reported by closing, it resolves to No.", "no_path_to_no", False),
        ("YES if Reuters says so; in all other cases NO.", "no_path_to_no", False),
        ("YES if Reuters says so.", "no_path_to_no", True),
        ("YES if somebody else reports it.", "no_path_to_no", True),
        ("“Unrest” means three days of protest that OCHA records; otherwise NO.", "contested_term", False),
        ("YES if it goes on at 23:59 UTC according to https://ocha.example; otherwise NO.", "contested_term", True),
        ("“Calm” means no protest. YES if the unrest goes on; otherwise NO.", "contested_term", True),
        ("Void if OCHA closes; otherwise NO.", "annulment_missing", False),
        ("If it cannot be established, it stays undecided; otherwise NO.", "ambiguity_missing", False),
    ],
)
def test_criteria_not_seen_before_are_read_as_a_person_would(criteria: str, code: str, *, found: bool) -> None:
    title = "Will unrest in Syria go on until 31 December 2024?"
    assert (code in titled(title, criteria=criteria, fine_print="")) is found


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("The army left due to the fighting.", False),
        ("The conference is due to open on 9 December.", True),
        ("The ministry announced that it will reopen the crossing.", True),
        ("could lead to further displacement", False),
    ],
)
def test_only_what_a_date_fixes_is_taken_as_fixed(quote: str, *, found: bool) -> None:
    assert ("fixed_by_announcement" in codes(replace(GOOD, quote=quote))) is found


@given(
    title=st.text(max_size=120),
    criteria=st.text(max_size=200),
    fine_print=st.text(max_size=200),
    kind=st.sampled_from(["binary", "multiple_choice", "numeric", "date"]),
)
def test_any_text_is_answered_on_every_point(title: str, criteria: str, fine_print: str, kind: str) -> None:
    found = check(replace(GOOD, title=title, criteria=criteria, fine_print=fine_print, kind=kind))
    assert {finding.point for finding in found} == set(POINTS)
    assert all(bool(finding.instead) == (finding.level != "passes") for finding in found)


@pytest.mark.parametrize("length", [100_000])
def test_a_very_long_text_is_checked_all_the_same(length: int) -> None:
    found = check(replace(GOOD, criteria="Will it and the other be " * (length // 25), title="a " * 5_000))
    assert {finding.point for finding in found} == set(POINTS)


def test_a_title_of_another_day_than_the_closing_is_measured_in_the_zone_of_the_forecast() -> None:
    # 21:30 UTC on the 30th is the 31st in Damascus.
    late = replace(GOOD, closes_at=datetime(2024, 12, 30, 21, 30, tzinfo=UTC))
    assert "title_date_differs" not in codes(late)
    assert "title_date_differs" in codes(replace(GOOD, closes_at=datetime(2024, 12, 28, tzinfo=UTC)))


def seeded() -> list[Draft]:
    """The forecasts of the example, which people wrote for other eyes than the check's."""
    document = yaml.safe_load((Path(__file__).parents[2] / "seeds" / "aleppo-2024" / "scenario.yaml").read_text())
    drafts = []
    for entry in document["forecasts"]:
        source, fallback = entry["resolution_source"], entry["fallback"]
        drafts.append(
            Draft(
                title=entry["title"],
                criteria=entry["criteria"],
                fine_print=entry.get("fine_print", ""),
                kind=entry["kind"],
                unit=entry.get("unit", ""),
                options=tuple(entry.get("options", ())),
                resolution_source=source["name"],
                source_url=source.get("url", ""),
                lag=source.get("lag", ""),
                fallback=str(fallback),
                time_zone=entry["time_zone"],
                opens_at=entry["opens_at"],
                closes_at=entry["closes_at"],
                resolves_at=entry["resolves_at"],
                resolver=entry["resolver"],
                backup=entry["backup"],
            )
        )
    return drafts


@pytest.mark.parametrize("draft", seeded(), ids=lambda draft: draft.title[:40])
def test_nothing_blocks_a_forecast_that_was_written_with_care(draft: Draft) -> None:
    found = [finding for finding in check(draft) if finding.level != "passes"]
    assert [finding.code for finding in found if finding.level == "blocks"] == []
    assert len(found) <= 2


def test_a_span_beside_a_date_is_a_window_and_alone_a_deadline() -> None:
    window = "Will Israel announce over 100 strikes in Syria within 7 days by 31 December 2024?"
    bare = {"criteria": "Resolves YES if Reuters reports it; otherwise NO.", "fine_print": ""}
    assert "relative_time" not in titled(window, **bare)
    assert "relative_time" in titled(window.replace(" by 31 December 2024", ""), **bare)
