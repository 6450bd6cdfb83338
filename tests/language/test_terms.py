"""Likelihood words in passages: which count, and what negation makes of them."""

import pytest

from forecasts.language import find_statements, term_in
from forecasts.language.likelihood import scaled
from forecasts.language.terms import stated_scale

TERMS = [
    ("is likely to spread", "likely"),
    ("is unlikely to hold", "unlikely"),
    ("is not likely to hold", "unlikely"),
    ("doesn't seem likely to change", "unlikely"),
    ("is no longer likely", "unlikely"),
    ("neither side is likely to yield", "unlikely"),
    ("is very likely to spread", "very_likely"),
    ("is extremely unlikely to hold", "very_unlikely"),
    ("is highly likely to spread", "highly_likely"),
    ("is highly unlikely to hold", "highly_unlikely"),
    ("will almost certainly fall", "almost_certain"),
    ("will almost certainly not fall", "almost_certainly_not"),
    ("will probably fall", "probable"),
    ("will probably not fall", "probably_not"),
    ("there is almost no chance of a truce", "almost_no_chance"),
    ("there is a remote chance of a truce", "remote_chance"),
    ("the prospect is remote", "remote"),
    ("there is a realistic possibility of a truce", "realistic_possibility"),
    ("a roughly even chance of a truce", "roughly_even_chance"),
    ("roughly even odds of a truce", "roughly_even_odds"),
    ("is more likely than not to fall", "likely"),
    ("is certain to fall", "certain"),
    ("is highly improbable", "highly_improbable"),
    ("is nearly certain to fall", "nearly_certain"),
    ("a truce is more likely now", "unquantified"),
    ("it is not unlikely", "unquantified"),
    ("it is far from certain that it holds", "unquantified"),
    ("in certain districts", "unquantified"),
    ("a likely reference to him", "unquantified"),
    ("the likely cause", "unquantified"),
    ("may be inevitable", "unquantified"),
    ("how likely a truce is", "unquantified"),
    ("is expected to fall", "unquantified"),
]


@pytest.mark.parametrize(("passage", "term"), TERMS, ids=[row[0] for row in TERMS])
def test_a_passage_gives_the_term_it_asserts(passage: str, term: str) -> None:
    assert term_in(passage) == term


SENTENCES = [
    ("There is little chance of a deal before winter.", "unquantified"),
    ("There is a real possibility of war.", "unquantified"),
    ("The rebels will most likely attack at dawn.", "likely"),
    ("It is quite likely that the truce will collapse.", "likely"),
    ("It is rather unlikely that the truce will hold.", "unlikely"),
    ("A second coup is becoming more likely.", "unquantified"),
    ("A deal looks less likely than in May.", "unquantified"),
    ("It is as likely as not that the talks will fail.", "roughly_even_chance"),
    ("The offensive is sure to fail.", "unquantified"),
    ("The army is bound to strike back.", "unquantified"),
    ("The offensive is certain to fail.", "certain"),
    ("It is not certain that the talks will resume.", "unquantified"),
    ("A split in the party may be inevitable.", "unquantified"),
    ("There is a slim chance of a truce.", "unquantified"),
    ("There is no chance of a truce this year.", "unquantified"),
    ("A truce remains a remote possibility.", "remote_chance"),
    ("The prospect of a truce is remote.", "remote"),
    ("The likelihood of war is high.", "unquantified"),
    ("He will probably not attend the talks.", "probably_not"),
    ("He will probably attend the talks.", "probable"),
    ("The talks are not likely to resume.", "unlikely"),
    ("The talks are not very likely to resume.", "unlikely"),
    ("Neither army is likely to yield.", "unlikely"),
    ("A return to war is not unlikely.", "unquantified"),
    ("In all likelihood the talks will fail.", "unquantified"),
    ("The town is all but certain to fall.", "almost_certain"),
    ("The town will almost certainly fall.", "almost_certain"),
    ("It is virtually certain that the town will fall.", "almost_certain"),
    ("The town will almost certainly not hold.", "almost_certainly_not"),
    ("The town is nearly certain to fall.", "nearly_certain"),
    ("The town is extremely likely to fall.", "very_likely"),
    ("We judge it highly likely that the town will fall.", "highly_likely"),
    ("We judge it highly unlikely that the town will fall.", "highly_unlikely"),
    ("A deal this year is very unlikely, he said.", "very_unlikely"),
    ("It is a realistic possibility that the town will fall.", "realistic_possibility"),
    ("A landing this year is improbable.", "improbable"),
    ("A landing this year is highly improbable.", "highly_improbable"),
    ("There are roughly even odds that the town will fall.", "roughly_even_odds"),
    ("The town has an even chance of holding until spring, and may.", "roughly_even_chance"),
    ("Chances are about even that the town will fall.", "chances_about_even"),
    ("There is almost no chance that the town will hold.", "almost_no_chance"),
    ("The president is unlikely to sign, but he could abstain.", "unlikely"),
    ("The army could attack, which is the likely reason for the mobilisation.", "unquantified"),
    ("Likely candidates for the post will meet on Monday.", "unquantified"),
    ("Fighting does not look likely to end soon.", "unlikely"),
    ("I don't think it is likely that they will talk.", "unlikely"),
    ("The army is expected to attack.", "unquantified"),
    ("If the town falls, the army will likely retreat to the river.", "likely"),
    ("Russian forces will likely intensify strikes in the coming weeks.", "likely"),
    ("The junta will, in the coming weeks, probably call an election.", "probable"),
    ("It is unlikely that the talks, which are due to resume on Monday, will succeed.", "unlikely"),
    ("The talks, likely to resume on Monday, will be held in Doha.", "likely"),
    ("It is far from certain that the truce will hold.", "unquantified"),
    ("More strikes are likely.", "likely"),
    ("No side seems likely to back down.", "unlikely"),
    ("Few analysts think a deal is likely this year.", "unlikely"),
    ("Escalation is very likely if the talks fail.", "very_likely"),
    ("It seems unlikely the army will stop at the river.", "unlikely"),
    ("It seems likely the army will stop at the river.", "likely"),
    ("The army likely will stop at the river.", "likely"),
    ("The militia would be unlikely to agree.", "unlikely"),
    ("Such a strike would likely trigger a wider war.", "likely"),
    ("A likely strike on the port could trigger a wider war.", "unquantified"),
    ("The group is thought unlikely to sign.", "unlikely"),
    ("Washington was unlikely to send troops, he said.", "unlikely"),
    ("Peace is unlikely any time soon.", "unlikely"),
]


@pytest.mark.parametrize(("sentence", "term"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_a_sentence_has_the_term_of_what_it_predicts(sentence: str, term: str) -> None:
    assert find_statements(sentence)[-1].likelihood.term == term


def test_a_word_that_belongs_to_something_else_does_not_quantify_the_claim() -> None:
    (statement,) = find_statements("In a likely reference to the junta, he said talks would resume on Monday.")
    assert statement.likelihood.term == "unquantified"


def test_each_claim_of_a_sentence_has_the_term_of_its_own_cue() -> None:
    (found,) = find_statements("The army will hold the port, but a counterattack is likely within days.")
    assert [claim.likelihood.term for claim in found.claims] == ["unquantified", "likely"]


def test_the_scale_is_assumed_unless_the_text_names_its_own() -> None:
    assert scaled("likely").assumed
    assert scaled("likely").scale == "icd_203"
    (statement,) = find_statements("Under the PHIA yardstick, an assault is likely to follow.")
    assert (statement.likelihood.scale, statement.likelihood.assumed) == ("phia", False)


@pytest.mark.parametrize(
    ("text", "scale"),
    [("ICD 203 terms are used", "icd_203"), ("Words of Estimative Probability", "kent"), ("Canterbury, Kent", None)],
)
def test_a_named_scale_is_recognised(text: str, scale: str | None) -> None:
    assert stated_scale(text) == scale
