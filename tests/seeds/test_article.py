import hashlib
from pathlib import Path
from typing import Any

import pytest

Entry = dict[str, Any]


def test_the_article_is_the_one_that_the_scenario_names(folder: Path, scenario: Entry) -> None:
    digest = hashlib.sha256((folder / "article.txt").read_bytes()).hexdigest()

    assert digest == "fb528f9fd30e48d2b04075227cb88a150f06a2945f5f9f53543062ed46b319bf"
    assert scenario["article"]["sha256"] == digest
    assert scenario["article"]["published_at_note"] == "inferred"


def test_the_article_has_lf_line_ends_and_no_final_one(article: str) -> None:
    assert len(article) == 3560
    assert "\r" not in article
    assert not article.endswith("\n")


def test_the_title_is_the_headline_in_the_text(article: str, scenario: Entry) -> None:
    assert scenario["article"]["title"] in article.split("\n")


@pytest.mark.parametrize(
    ("key", "start", "end", "category", "cue"),
    [
        ("S1", 252, 403, "escalation", "may lead to"),
        ("S2a", 425, 473, "territorial_control", "may attempt to"),
        ("S2b", 478, 523, "territorial_control", "may attempt to"),
        ("S3a", 525, 626, "airstrikes", "could lead to"),
        ("S3b", 631, 664, "displacement", "could lead to"),
        ("S4", 666, 830, "international_response", "may provoke"),
        ("S5", 2724, 2868, "international_response", "commitment to"),
        ("S6", 2869, 2984, "escalation", "fears of"),
        ("S7", 3153, 3364, "escalation", "potential for ... remains high"),
        ("S8", 3365, 3560, "other", "potential turning point"),
    ],
)
def test_each_claim_has_its_place_category_and_cue(
    statements: dict[str, Entry], key: str, start: int, end: int, category: str, cue: str
) -> None:
    claim = statements[key]

    assert (claim["start"], claim["end"], claim["category"], claim["cue"]) == (start, end, category, cue)


def test_every_quote_is_the_text_between_its_offsets(article: str, statements: dict[str, Entry]) -> None:
    assert {key: article[entry["start"] : entry["end"]] for key, entry in statements.items()} == {
        key: entry["quote"] for key, entry in statements.items()
    }


def test_no_statement_crosses_a_line_for_lines_are_units(statements: dict[str, Entry]) -> None:
    assert [key for key, entry in statements.items() if "\n" in entry["quote"]] == []


def test_every_cue_stands_in_its_sentence(statements: dict[str, Entry]) -> None:
    for entry in (entry for entry in statements.values() if "claims" not in entry):
        rest = entry.get("sentence", entry)["quote"]
        for words in entry["cue"].split(" ... "):
            assert words in rest, entry["id"]
            rest = rest.partition(words)[2]


def test_s2_and_s3_are_sentences_of_two_claims_each(statements: dict[str, Entry]) -> None:
    split = {key: [claim["id"] for claim in entry["claims"]] for key, entry in statements.items() if "claims" in entry}

    assert split == {"S2": ["S2a", "S2b"], "S3": ["S3a", "S3b"]}
    assert all("category" not in statements[key] and "cue" not in statements[key] for key in split)


def test_claims_lie_inside_their_sentence_and_do_not_overlap(statements: dict[str, Entry]) -> None:
    for key in ("S2", "S3"):
        sentence = statements[key]
        first, second = sentence["claims"]
        assert sentence["start"] <= first["start"] < first["end"] <= second["start"] < second["end"] <= sentence["end"]


def test_no_hedge_of_the_article_is_given_a_likelihood(scenario: Entry) -> None:
    assert {entry["likelihood"] for entry in scenario["statements"]} == {"unquantified"}


def test_s6_is_a_duplicate_of_s1(statements: dict[str, Entry]) -> None:
    assert statements["S6"]["review"] == "duplicate"
    assert statements["S6"]["duplicate_of"] == "S1"
    assert statements["S6"]["reason"]


def test_s8_is_rejected_because_nothing_can_resolve_it(statements: dict[str, Entry]) -> None:
    assert statements["S8"]["review"] == "rejected"
    assert "Cannot be resolved" in statements["S8"]["reason"]


def test_all_others_are_accepted(scenario: Entry) -> None:
    accepted = [entry["id"] for entry in scenario["statements"] if entry["review"] == "accepted"]

    assert accepted == ["S1", "S2", "S3", "S4", "S5", "S7"]
