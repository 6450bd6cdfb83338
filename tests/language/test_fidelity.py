"""The hard questions of the check: does a draft ask what its statement says, and is it still open?"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from forecasts.language.resolvability import Draft, check

WHOLE = Draft(
    title="At least 40,000 people leave the camps around Adré by 27 March 2027",
    criteria="YES if at least 40,000 people leave the camps around Adré, according to UN OCHA.",
    quote="Upwards of 40,000 people may leave the camps around Adré before Easter.",
    time_zone="Africa/Ndjamena",
    closes_at=datetime(2027, 3, 27, 22, 59, tzinfo=UTC),
    asks_same=True,
    said_until=date(2027, 3, 27),
)


def codes(draft: Draft) -> dict[str, str]:
    return {finding.code: finding.level for finding in check(draft)}


def test_a_draft_that_asks_what_its_statement_says_raises_none_of_them() -> None:
    asked = {"title_strays", "title_drifts", "deadline_differs", "title_has_blank", "actor_is_no_actor", "title_joined"}
    assert asked.isdisjoint(codes(WHOLE))


@pytest.mark.parametrize(
    ("title", "code", "level"),
    [
        ("U and E agree on a ceasefire by 27 March 2027", "title_strays", "blocks"),
        ("The famine commission rules on camps by 27 March 2027", "title_drifts", "warns"),
        ("… leave the camps around Adré by 27 March 2027", "title_has_blank", "blocks"),
        ("Syrian agrees on the camps around Adré by 27 March 2027", "actor_is_no_actor", "blocks"),
        ("Chad opens the camps around Adré and closes the border by 27 March 2027", "title_joined", "blocks"),
    ],
)
def test_a_title_that_strays_from_its_statement_is_caught(title: str, code: str, level: str) -> None:
    assert codes(replace(WHOLE, title=title))[code] == level


def test_a_title_may_stray_where_it_does_not_claim_to_ask_the_same() -> None:
    strays = replace(WHOLE, title="Envoys of Chad and Sudan meet by 27 March 2027", asks_same=False)
    assert "title_strays" not in codes(strays)


def test_another_deadline_than_the_text_gives_is_said() -> None:
    assert codes(replace(WHOLE, said_until=date(2027, 4, 30)))["deadline_differs"] == "warns"


def test_a_threshold_that_the_article_has_passed_is_said() -> None:
    passed = replace(WHOLE, article="Some 55,000 people have left already.\nUpwards of 40,000 people may leave.")
    assert codes(passed)["threshold_passed"] == "warns"
    assert "threshold_passed" not in codes(replace(WHOLE, article="Some 5,000 people have left already."))


@pytest.mark.parametrize(
    "title",
    [
        "Israeli forces withdraw from Lebanon by 26 January 2025",
        "The Georgian parliament adopts the law by 31 March 2027",
        "Azerbaijan and Armenia sign the protocol by 15 December 2026",
        "Envoys of Iran and Turkey meet by 15 December 2026",
    ],
)
def test_names_with_a_nationality_and_two_parties_are_fine(title: str) -> None:
    assert not {"actor_is_no_actor", "title_joined"} & set(codes(replace(WHOLE, title=title, asks_same=False)))
