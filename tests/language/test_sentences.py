"""Where sentences begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.language import split_sentences
from forecasts.language.sentences import LONGEST


def sentences(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


CASES = [
    ("The truce held. Nobody fired.", ["The truce held.", "Nobody fired."]),
    ("Rebels take port\nThe army fled.", ["Rebels take port", "The army fled."]),
    ("Rebels take port\r\nThe army fled.", ["Rebels take port", "The army fled."]),
    ("Gen. J. K. Osei left. Dr. Amin stayed.", ["Gen. J. K. Osei left.", "Dr. Amin stayed."]),
    ("The U.S. envoy left the U.S. The talks go on.", ["The U.S. envoy left the U.S.", "The talks go on."]),
    ("It fell at 4 a.m. The guns stopped.", ["It fell at 4 a.m.", "The guns stopped."]),
    ("It fell at 4 a.m. Friday, he said.", ["It fell at 4 a.m. Friday, he said."]),
    ("Growth of 3.5 percent. Inflation of 12.", ["Growth of 3.5 percent.", "Inflation of 12."]),
    ("On Oct. 7 it began. It goes on.", ["On Oct. 7 it began.", "It goes on."]),
    ("“We stay. We fight,” he said. They left.", ["“We stay.", "We fight,” he said.", "They left."]),
    ("“Will they come?” he asked. Nobody knew.", ["“Will they come?” he asked.", "Nobody knew."]),
    ("He said: “We stay.” They left.", ["He said: “We stay.”", "They left."]),
    ("They waited ... and left. Then rain.", ["They waited ... and left.", "Then rain."]),
    ("The region fell.The army fled south.", ["The region fell.", "The army fled south."]),
    ("- Troops left\n• Rain fell", ["Troops left", "Rain fell"]),
    ("1. Talks resume\n2. Troops leave. Rain falls.", ["Talks resume", "Troops leave.", "Rain falls."]),
    ("It took Bakhmut (pop. 70,000). Then it stopped.", ["It took Bakhmut (pop. 70,000).", "Then it stopped."]),
    ("Maj.-Gen. Osei left. Lt. Col. Amin stayed.", ["Maj.-Gen. Osei left.", "Lt. Col. Amin stayed."]),
    ("It ended in 1994. Rwanda denies it.", ["It ended in 1994.", "Rwanda denies it."]),
    ("What next? Nobody knows! We wait...", ["What next?", "Nobody knows!", "We wait..."]),
    ("| Date | Event |\n| 5 May | Talks resume |", ["| Date | Event |", "| 5 May | Talks resume |"]),
    ("No. 10 is silent. It is the No. 1. The end.", ["No. 10 is silent.", "It is the No. 1.", "The end."]),
    ("John F. Kennedy Jr. spoke. George W. Bush left.", ["John F. Kennedy Jr. spoke.", "George W. Bush left."]),
    ("See https://x.org/a.b?c=d. It works.", ["See https://x.org/a.b?c=d.", "It works."]),
    ("Rockets (about 30) hit. (More hit later.) End.", ["Rockets (about 30) hit.", "(More hit later.)", "End."]),
    ("He met Mr. X in St. Louis. She left.", ["He met Mr. X in St. Louis.", "She left."]),
    ("They left Washington, D.C. on Monday. Rain fell.", ["They left Washington, D.C. on Monday.", "Rain fell."]),
    ("战争将继续。谈判失败。", ["战争将继续。", "谈判失败。"]),
    ("هل تنتهي الحرب؟ نعم", ["هل تنتهي الحرب؟", "نعم"]),
    ("\ufeffThe truce held.", ["The truce held."]),
    ("", []),
    (" \n\t\u2028 ", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:30] for case in CASES])
def test_a_text_is_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_an_endless_line_is_cut_at_spaces_so_that_no_sentence_is_longer_than_the_limit() -> None:
    parts = sentences("word " * 5_000)
    assert max(map(len, parts)) <= LONGEST
    assert "".join(parts).replace(" ", "") == "word" * 5_000


@given(st.text(alphabet=st.sampled_from("aA .!?…\n\r\u2028“”’\"'()0。؟\ufeff\x00"), max_size=200))
def test_sentences_are_ordered_trimmed_and_lose_nothing_but_space_and_bullets(text: str) -> None:
    end = 0
    for sentence in split_sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        end = sentence.end
