"""Quantities with comparators, multiples and shares, and likelihoods stated in numbers."""

import pytest

from forecasts.language.folding import fold
from forecasts.language.reading.odds import odds
from forecasts.language.reading.quantities import quantities

COUNTED = [
    ("Upwards of 40,000 people may leave", "Upwards of 40,000", 40_000, "at_least", ""),
    ("more than 500 drones", "more than 500", 500, "more_than", ""),
    ("76 or more seats", "76 or more seats", 76, "at_least", "seats"),
    ("nearly 1.8 million arrivals", "nearly 1.8 million", 1_800_000, "about", ""),
    ("tens of thousands of people", "tens of thousands", 10_000, "at_least", ""),
    ("a third of the 90,000 residents", "a third of the 90,000", 30_000, "", ""),
    ("one-third of them", "one-third", 0.3333, "", "share"),
    ("2–3 metres", "2–3 metres", 2, "at_least", "metres"),
    ("4.50%-4.75% or higher", "4.50%-4.75%", 4.5, "at_least", "percent"),
    ("10 to 15 convoys", "10 to 15", 10, "at_least", ""),
    ("one in four economies", "one in four", 0.25, "", "share"),
    ("a threefold rise", "threefold", 3, "", "times"),
    ("11.4 per cent this year", "11.4 per cent", 11.4, "", "percent"),
    ("25 basis points", "25 basis points", 25, "", "basis points"),
    ("$445 million", "$445 million", 445_000_000, "", "US dollars"),
    ("at most twelve trucks", "at most twelve", 12, "at_most", ""),
    ("twenty-five convoys", "twenty-five", 25, "", ""),
]


@pytest.mark.parametrize(("text", "quoted", "value", "comparator", "unit"), COUNTED)
def test_a_quantity_is_read(text: str, quoted: str, value: float, comparator: str, unit: str) -> None:
    found = next(iter(quantities(fold(text), 0, len(text))))
    assert (found.value, found.comparator, found.unit) == (value, comparator, unit)
    assert quoted in text[found.start : found.end]


@pytest.mark.parametrize(
    "text", ["The 15-member bloc", "a third round", "M23 fighters", "It was agreed in 2024-25", "at (0100 GMT)"]
)
def test_numbers_of_names_and_orders_count_nothing(text: str) -> None:
    assert list(quantities(fold(text), 0, len(text))) == []


STATED = [
    ("There is a 35% chance of a deal.", "35%", 0.35, 0.35),
    ("There is a 50-60 percent chance of it.", "50-60 percent", 0.5, 0.6),
    ("It has between a 60 and 70 per cent chance of holding.", "60 and 70 per cent", 0.6, 0.7),
    ("The chance that it breaks the record is 93%.", "93%", 0.93, 0.93),
    ("We put at 35% the chance that it fails.", "35%", 0.35, 0.35),
    ("The odds that they win are three in ten.", "three in ten", 0.3, 0.3),
    ("They have a one in five chance of winning.", "one in five", 0.2, 0.2),
    ("It is unlikely (20-45%) to fall.", "20-45%", 0.2, 0.45),
    ("In the first scenario (55%) the truce holds.", "55%", 0.55, 0.55),
    ("The odds are 3 to 1 against a deal.", "3 to 1 against", 0.25, 0.25),
    ("It is 80% likely to pass.", "80%", 0.8, 0.8),
]


@pytest.mark.parametrize(("text", "quoted", "low", "high"), STATED)
def test_a_likelihood_in_numbers_is_read_as_written(text: str, quoted: str, low: float, high: float) -> None:
    (found,) = odds(fold(text), 0, len(text))
    assert (text[found.start : found.end], found.low, found.high) == (quoted, low, high)


@pytest.mark.parametrize(
    "text", ["Prices will rise by 35%.", "He took a chance on 5 March.", "Turnout (55%) was low.", "Two in ten fled."]
)
def test_other_shares_state_no_likelihood(text: str) -> None:
    assert odds(fold(text), 0, len(text)) == []
