"""What is said of a statement besides that it is one; and any text whatever."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.language import CATEGORIES, FoundStatement, find_statements
from tests.language.hostile import HOSTILE


def only(text: str) -> FoundStatement:
    (statement,) = find_statements(text)
    return statement


def test_a_condition_is_marked_and_an_aside_is_not() -> None:
    assert only("If the town falls, the road will be cut.").conditional
    assert only("Unless donors act, rations will run out.").conditional
    assert not only("The army will act, if necessary alone.").conditional


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The road will be cut within days, according to the UN.", "the UN"),
        ("“We will fight,” said General Osei.", "General Osei"),
        ("Aid workers said the camp would be moved.", "Aid workers"),
        ("The Kenyan foreign ministry has said it will send more officers.", "The Kenyan foreign ministry"),
        ("The road will be cut within days.", ""),
    ],
)
def test_a_statement_names_who_said_it(text: str, who: str) -> None:
    assert only(text).attributed_to == who


def test_the_reason_names_the_rule_the_cue_the_word_and_the_speaker() -> None:
    found = only("If it rains, the army is likely to pause, Mr. Osei said.")
    assert found.reason == (
        f"rule “{found.cue.rule}” at “likely to pause”; likelihood word “likely”; with a condition; said by Mr. Osei"
    )


def test_claims_are_told_apart_at_their_own_cues() -> None:
    text = "The army will hold the port, but the rebels could cut the road."
    claims = only(text).claims
    assert [claim.quote for claim in claims] == ["The army will hold the port", "the rebels could cut the road"]


CLAIMS = [
    (
        "Donors may cut funds, which could shut clinics, and the UN warned that 2 million will go hungry.",
        ["Donors may cut funds", "could shut clinics", "the UN warned that 2 million will go hungry"],
    ),
    (
        "Russia will keep bombing, Ukraine will keep resisting, and neither is likely to yield.",
        ["Russia will keep bombing", "Ukraine will keep resisting", "neither is likely to yield"],
    ),
    ("The army will retake the town and push on to the river.", ["retake the town", "push on to the river"]),
    (
        "The group vowed to avenge its leader and to drive out the army.",
        ["vowed to avenge its leader", "drive out the army"],
    ),
    (
        "The offensive risks a regional war and mass displacement.",
        ["The offensive risks a regional war", "mass displacement"],
    ),
    (
        "He will travel to Doha, where he is expected to sign the accord.",
        ["He will travel to Doha", "he is expected to sign the accord"],
    ),
    (
        "Either the junta will fall or it will bomb its way back.",
        ["Either the junta will fall", "it will bomb its way back"],
    ),
    ("Unless aid arrives, thousands will die.", ["Unless aid arrives, thousands will die."]),
    ("The mediator warned that talks could fail.", ["The mediator warned that talks could fail."]),
]


@pytest.mark.parametrize(("text", "quotes"), CLAIMS, ids=[text[:40] for text, _ in CLAIMS])
def test_each_thing_said_to_happen_is_a_claim(text: str, quotes: list[str]) -> None:
    assert [claim.quote for claim in only(text).claims] == quotes


def test_a_condition_yields_its_cue_to_what_it_conditions() -> None:
    found = only("If the bridge falls, the garrison will likely surrender.")
    assert (found.cue.quote, found.likelihood.term, found.conditional) == ("will likely surrender", "likely", True)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The UN refugee agency said the war could spread to Chad.", "escalation"),
        ("NATO's chief said the rebels would take Goma within days.", "territorial_control"),
        ("If the truce collapses, 40,000 people will flee their homes.", "displacement"),
        ("After weeks of air strikes, the two sides will resume talks in Geneva.", "negotiation"),
        ("The fall of the town could spark a new exodus.", "displacement"),
        ("Famine looms as fighting blocks the roads.", "humanitarian"),
        ("Washington may impose sanctions over the raid.", "international_response"),
        ("Elections will be held in June despite the war.", "politics"),
        ("It will be hard.", "other"),
    ],
)
def test_what_is_said_to_happen_names_the_category_and_not_who_says_it_or_why(text: str, category: str) -> None:
    assert only(text).category == category


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Hans Grundberg, the UN envoy, warned that talks could fail.", "Hans Grundberg"),
        ("On Friday the ministry of defence said it would respond.", "the ministry of defence"),
        ("“It will fall,” one diplomat told Reuters.", "one diplomat"),
        ("Rains will help, the governor of Tillabéri said.", "the governor of Tillabéri"),
        ("The road will be cut, according to J. K. Osei.", "J. K. Osei"),
    ],
)
def test_a_speaker_is_named_without_title_clauses_and_days(text: str, who: str) -> None:
    assert only(text).attributed_to == who


def test_a_lead_repeated_in_the_body_is_a_duplicate_and_another_subject_is_not() -> None:
    text = (
        "Fighting may spread from Sudan into Chad\n"
        "Aid may reach the camps by sea.\n"
        "There are fears that fighting in Sudan spreads into Chad."
    )
    assert [statement.duplicate_of for statement in find_statements(text)] == [None, None, 0]


def test_a_question_states_nothing_but_what_follows_it_may() -> None:
    assert find_statements("Will the truce hold?") == []
    assert find_statements("“Will it hold?” a trader asked, as shells fell.") == []


def checked(text: str) -> None:
    end = 0
    for index, found in enumerate(find_statements(text)):
        assert end <= found.sentence_start <= found.start < found.end <= found.sentence_end <= len(text)
        assert text[found.start : found.end] == found.quote
        assert found.category in CATEGORIES
        assert found.duplicate_of is None or found.duplicate_of < index
        for claim in found.claims:
            assert found.start <= claim.start < claim.end <= found.end
            assert text[claim.start : claim.end] == claim.quote
            assert text[claim.cue.start : claim.cue.end] == claim.cue.quote
        end = found.sentence_end


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_with_exact_offsets(name: str) -> None:
    checked(HOSTILE[name])


@given(st.text(max_size=300))
def test_any_text_is_read_with_exact_offsets(text: str) -> None:
    checked(text)


VOCABULARY = (
    "The army rebels will may could not likely unlikely to be expected and, but . ? “ ” ’ if unless risk of war "
    "talks said May İ fears that in the coming weeks Monday vowed warned 4 a.m. U.S."
)
WORDS = st.sampled_from(["\n", *VOCABULARY.split()])


@settings(max_examples=200)
@given(st.lists(WORDS, max_size=60))
def test_texts_made_of_cue_words_are_read_with_exact_offsets(words: list[str]) -> None:
    checked(" ".join(words))


def test_the_same_text_gives_the_same_statements() -> None:
    text = "Talks may resume. The truce is unlikely to hold.\n" * 20
    assert find_statements(text) == find_statements(text)


def test_a_headline_counts_wherever_in_the_text_it_stands() -> None:
    text = "Fighting in the north\nEnvoy to brief council on the pause\nThe hall was full."
    assert [found.quote for found in find_statements(text)] == ["Envoy to brief council on the pause"]


def test_nobody_is_named_as_speaker_by_a_passive_verb() -> None:
    (found,) = find_statements("A war between the two neighbours is assessed to be very unlikely.")
    assert (found.attributed_to, found.likelihood.term) == ("", "very_unlikely")


def test_a_break_inside_a_cue_leaves_no_claim_without_words() -> None:
    (found,) = find_statements("will The risk The and, army will")
    assert all(claim.start < claim.end for claim in found.claims)
