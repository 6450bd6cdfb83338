"""Numbers as texts write them: 40,000, 1.2 million, twenty-five, half a dozen."""

import re
from dataclasses import dataclass

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNITS = {word: number for number, word in enumerate(_UNITS)}
TENS = {word: 10 * at for at, word in enumerate(_TENS, 2)}
SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mn": 10**6, "bn": 10**9, "tn": 10**12, "m": 10**6, "k": 10**3, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
PLURALS = {
    "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 10**3, "millions": 10**6, "billions": 10**9,
}  # fmt: skip
"""Round plurals: "thousands" is at least one thousand."""

_SMALL = "|".join((*UNITS, *TENS))
_SCALE = "|".join(sorted((one for one in SCALES if len(one) > 1), key=len, reverse=True))
DIGITS = r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
WORDS = rf"(?:{_SMALL})(?:[- ](?:and )?(?:{_SMALL}))?"
NUMBER = (
    rf"(?:(?:{DIGITS})(?: ?(?:{_SCALE})\b| ?(?:mn|bn|tn|m|k)\b)?|(?:{WORDS}|a|half a)(?:(?: | and )"
    rf"(?:{_SCALE}))+|{WORDS})"
)
"""A pattern for one number, without its comparator, over folded text."""

PLURAL = rf"(?:tens of |hundreds of |dozens of )?(?:{'|'.join(PLURALS)})"
_PARTS = re.compile(rf"({DIGITS})|([a-z]+)")


@dataclass(frozen=True, slots=True)
class Numeral:
    value: float
    is_round: bool = False


def numeral(written: str) -> Numeral | None:
    """What a number says; round for a plural such as "tens of thousands". None where it is no number.

    >>> numeral("1.2 million").value, numeral("twenty-five").value, numeral("tens of thousands").value
    (1200000, 25, 10000)
    """
    total, current, seen, is_round = 0.0, 0.0, False, False
    for digits, word in _PARTS.findall(written.lower()):
        if digits:
            current, seen = current + float(re.sub(r"[, \u00a0\u202f]", "", digits)), True
        elif word in UNITS or word in TENS:
            current, seen = current + UNITS.get(word, TENS.get(word, 0)), True
        elif word == "half":
            current, seen = 0.5, True
        elif word in SCALES:
            current, seen = (current or 1) * SCALES[word], True
            if SCALES[word] >= 10**3:
                total, current = total + current, 0.0
        elif word == "tens":
            current, seen, is_round = 10.0, True, True
        elif word in PLURALS:
            current, seen, is_round = (current or 1) * PLURALS[word], True, True
    return Numeral(_plain(total + current), is_round) if seen else None


def _plain(value: float) -> float:
    value = round(value, 6)
    return int(value) if value == int(value) else value
