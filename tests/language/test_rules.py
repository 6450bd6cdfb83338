"""Every rule is tested by the sentences that stand beside it."""

import pytest

from forecasts.language.cues import HEADLINES, RULES, Rule
from forecasts.language.cues.matching import Cue, find_cues, places
from forecasts.language.folding import fold
from forecasts.language.tokens import Words

ALL = RULES + HEADLINES


def cues_of(sentence: str) -> list[Cue]:
    headline = not sentence.rstrip("”\"'").endswith(".")
    folded = fold(sentence)
    return find_cues(sentence, folded, (0, len(sentence)), places(folded, Words(folded)), headline=headline)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(rule, sentence) for rule in ALL for sentence in rule.matches],
    ids=lambda part: str(part)[:40],
)
def test_a_rule_finds_the_sentences_it_is_for(rule: Rule, sentence: str) -> None:
    assert rule.name in {cue.rule for cue in cues_of(sentence)}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(rule, sentence) for rule in ALL for sentence in rule.spares],
    ids=lambda part: str(part)[:40],
)
def test_no_rule_finds_the_lookalikes(rule: Rule, sentence: str) -> None:
    assert cues_of(sentence) == []


def test_every_rule_has_sentences_on_both_sides_and_a_name_of_its_own() -> None:
    assert all(rule.matches and rule.spares for rule in ALL)
    assert len({rule.name for rule in ALL}) == len(ALL)
