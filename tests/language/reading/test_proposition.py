"""A claim as one proposition: its title, as the first proposal asks it."""

from datetime import date

import pytest

from forecasts.language.reading import read
from forecasts.questions.proposals import proposals

PUBLISHED = date(2027, 3, 10)

TITLES = [
    (
        "Russian output is expected to contract 3.3% in 2027, after falling 3.5% last year, as sanctions bite.",
        "Russian output contracts at least 3.3% from 1 January 2027 to 31 December 2027",
    ),
    (
        "Global inflation is projected to edge down to 2.6% by May.",
        "Global inflation edges down to at most 2.6% by 31 May 2027",
    ),
    ("The ratio is likely to remain at around 20% by May.", "The ratio remains at 20% or more by 31 May 2027"),
    (
        "Inflation in Turkey is forecast to fall below 30% by May.",
        "Inflation in Turkey falls below 30% by 31 May 2027",
    ),
    (
        "Kenya's central bank will leave its key rate at 9% by May.",
        "Kenya's central bank leaves its key rate at 9% by 31 May 2027",
    ),
    (
        "Up to 200,000 people could flee Idlib by May.",
        "At least 200,000 people flee Idlib by 31 May 2027",
    ),
    (
        "Thousands of migrants will cross the river by May.",
        "At least 1,000 migrants cross the river by 31 May 2027",
    ),
    ("Gold could top $5,000 an ounce by May.", "Gold tops $5,000 an ounce by 31 May 2027"),
    ("No deal will be signed by May.", "A deal is signed by 31 May 2027"),
    (
        "The vaccine will be rolled out in Chad by May.",
        "The vaccine is rolled out in Chad by 31 May 2027",
    ),
    (
        "The agency sees the Brent price averaging $65 a barrel in 2028.",
        "The Brent price averages at least $65 a barrel from 1 January 2028 to 31 December 2028",
    ),
    (
        "The UN expects 40,000 more arrivals by May.",
        "At least 40,000 more arrivals occur by 31 May 2027",
    ),
    (
        "Diesel is forecasted to average $3 per gallon in 2028 and $4 by 2030.",
        "Diesel averages at least $3 per gallon from 1 January 2028 to 31 December 2028",
    ),
    (
        "The bank will approve a 50 basis point increase by May.",
        "The bank approves a 50 basis point increase by 31 May 2027",
    ),
    ("A verdict is expected by May.", "A verdict comes by 31 May 2027"),
    ("A runoff is expected on 2 May.", "A runoff takes place on 2 May 2027"),
    ("Hamas will release 33 hostages by May.", "Hamas releases at least 33 hostages by 31 May 2027"),
    ("The Houthis will release 33 hostages by May.", "The Houthis release at least 33 hostages by 31 May 2027"),
    (
        "The commission will release the count at 2 p.m. (0100 GMT) on Friday.",
        "The commission releases the count on 12 March 2027",
    ),
    (
        "Israel will send a delegation to Qatar’s capital Doha tomorrow.",
        "Israel sends a delegation to Qatar’s capital Doha on 11 March 2027",
    ),
    (
        "Results of New Zealand’s Oct. 14 election will be released on Friday.",
        "Results of New Zealand’s Oct. 14 election are released on 12 March 2027",
    ),
    (
        "Output will average 11.9 million barrels in the second quarter, up barely 700,000 from last year.",
        "Output averages at least 11,900,000 barrels from 1 April 2027 to 30 June 2027",
    ),
    (
        "World trade is likely to be negatively influenced by prices as well as soaring rates by May.",
        "World trade is influenced negatively by prices as well as soaring rates by 31 May 2027",
    ),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_first_proposal_asks_the_claim_in_its_own_words(text: str, title: str) -> None:
    (found,) = read(text, PUBLISHED)
    assert proposals(found.slots, found.claim.quote, PUBLISHED)[0].title == title


def test_a_number_of_money_is_asked_for_in_its_currency() -> None:
    (found,) = read("Brent crude will average $71 per barrel in 2028.", PUBLISHED)
    title = proposals(found.slots, found.claim.quote, PUBLISHED)[2].title
    assert title.startswith("Brent crude will average how many US dollars per barrel from 1 January 2028")


def test_a_name_of_several_words_keeps_its_capitals_inside_a_sentence() -> None:
    (found,) = read("Difficult terrain may cut off Goma by May.", PUBLISHED)
    said = proposals(found.slots, found.claim.quote, PUBLISHED)[1].title
    assert "report that difficult terrain cuts off Goma" in said
