"""Likelihood words: the scales they stand on, and the words a text uses.

Ranges are shares of one, (lower, upper). Sources: ICD 203 (2015); PHIA's yardstick, the edition of 24 March 2025
and the one before; Kent, "Words of Estimative Probability" (1964).
"""

from dataclasses import dataclass
from typing import Literal

from forecasts.language.folding import word_set

ScaleName = Literal["icd_203", "phia", "kent"]
Range = tuple[float, float]

UNQUANTIFIED = "unquantified"

SCALES: dict[tuple[ScaleName, str], dict[str, Range]] = {
    ("icd_203", "2015"): {
        "almost_no_chance": (0.01, 0.05),
        "remote": (0.01, 0.05),
        "very_unlikely": (0.05, 0.20),
        "highly_improbable": (0.05, 0.20),
        "unlikely": (0.20, 0.45),
        "improbable": (0.20, 0.45),
        "roughly_even_chance": (0.45, 0.55),
        "roughly_even_odds": (0.45, 0.55),
        "likely": (0.55, 0.80),
        "probable": (0.55, 0.80),
        "very_likely": (0.80, 0.95),
        "highly_probable": (0.80, 0.95),
        "almost_certain": (0.95, 0.99),
        "nearly_certain": (0.95, 0.99),
    },
    ("phia", "2025-03-24"): {
        "remote_chance": (0.0, 0.05),
        "highly_unlikely": (0.10, 0.20),
        "unlikely": (0.25, 0.35),
        "realistic_possibility": (0.40, 0.50),
        "likely": (0.55, 0.75),
        "probable": (0.55, 0.75),
        "highly_likely": (0.80, 0.90),
        "almost_certain": (0.95, 1.0),
    },
    ("phia", "earlier"): {
        "remote_chance": (0.0, 0.05),
        "highly_unlikely": (0.10, 0.20),
        "unlikely": (0.25, 0.35),
        "realistic_possibility": (0.40, 0.50),
        "likely": (0.55, 0.75),
        "probable": (0.55, 0.75),
        "highly_likely": (0.80, 0.90),
        "almost_certain": (0.95, 1.0),
    },
    ("kent", "1964"): {
        "certain": (1.0, 1.0),
        "almost_certain": (0.87, 0.99),
        "probable": (0.63, 0.87),
        "chances_about_even": (0.40, 0.60),
        "probably_not": (0.20, 0.40),
        "almost_certainly_not": (0.02, 0.12),
        "impossible": (0.0, 0.0),
    },
}
"""Bands by scale and edition. ICD 203 shares end points: a lower bound is inside, an upper one outside."""

CURRENT: dict[ScaleName, str] = {"icd_203": "2015", "phia": "2025-03-24", "kent": "1964"}

ROW_A = word_set("almost_no_chance very_unlikely unlikely roughly_even_chance likely very_likely almost_certain")
ROW_B = word_set("remote highly_improbable improbable roughly_even_odds probable highly_probable nearly_certain")


def spoken(term: str) -> str:
    """A term as people write it.

    >>> spoken("almost_certain")
    'almost certain'
    """
    return term.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A likelihood word, normalised, with its scale and edition; all but `term` empty where unquantified.

    `assumed` says that the text does not name the scale.
    """

    term: str = UNQUANTIFIED
    scale: ScaleName | None = None
    edition: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What a scale calls a probability: one band's words, or, in a gap, those of both neighbours."""

    terms: tuple[str, ...]
    between: bool

    def __str__(self) -> str:
        spoken = [term.replace("_", " ") for term in self.terms]
        return ("between " + " and ".join(spoken)) if self.between else " or ".join(spoken)


def bands(scale: ScaleName, edition: str = "") -> dict[str, Range]:
    """The table of a scale; its current edition where none is named. `KeyError` for an unknown one."""
    return SCALES[scale, edition or CURRENT[scale]]


def range_of(term: str, scale: ScaleName = "icd_203", edition: str = "") -> Range | None:
    """Lower and upper bound of a term, or None where the scale does not have it.

    >>> range_of("likely")
    (0.55, 0.8)
    """
    return bands(scale, edition).get(term)


def scaled(term: str, stated: ScaleName | None = None, edition: str = "") -> Likelihood:
    """A term on the stated scale, else on the first that has it: ICD 203, PHIA, Kent."""
    if stated is not None and term in bands(stated, edition):
        return Likelihood(term, stated, edition or CURRENT[stated])
    for scale, current in CURRENT.items():
        if term in SCALES[scale, current]:
            return Likelihood(term, scale, current, assumed=True)
    return Likelihood()


def nearest_words(probability: float, scale: ScaleName = "icd_203", edition: str = "") -> Words:
    """The words for a probability in [0, 1]; in a gap of the scale, the words on both sides of it.

    >>> str(nearest_words(0.2, "icd_203"))
    'unlikely or improbable'
    >>> str(nearest_words(0.78, "phia"))
    'between likely and highly likely'
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not at {probability}")
    table = bands(scale, edition)
    inside = tuple(term for term in table if _holds(table[term], probability, _top(table)))
    if inside:
        return Words(inside, between=False)
    return _around(table, probability)


def disagreement(term: str, probability: float, scale: ScaleName = "icd_203", edition: str = "") -> str:
    """A warning where a word and a number (in [0, 1]) disagree, else an empty text.

    >>> disagreement("likely", 0.3)
    'likely means 55-80% (ICD 203), but 30% was given; the word for it is unlikely or improbable'
    """
    band = range_of(term, scale, edition)
    if band is None or _holds(band, probability, _top(bands(scale, edition))):
        return ""
    spoken = nearest_words(probability, scale, edition)
    return (
        f"{term.replace('_', ' ')} means {_percent(band)} ({SPOKEN[scale]}), but {probability * 100:g}% was given; "
        f"the word for it is {spoken}"
    )


def mixed_rows(terms: list[str]) -> str:
    """A warning where the two rows of ICD 203 are mixed in one text, else an empty text."""
    first = sorted({term for term in terms if term in ROW_A})
    second = sorted({term for term in terms if term in ROW_B})
    if not first or not second:
        return ""
    spoken = [", ".join(row).replace("_", " ") for row in (first, second)]
    return f"ICD 203 asks for one row of words: {spoken[0]} and {spoken[1]} are of different rows"


SPOKEN: dict[ScaleName, str] = {"icd_203": "ICD 203", "phia": "PHIA", "kent": "Kent"}


def _top(table: dict[str, Range]) -> float:
    return max(upper for _, upper in table.values())


def _holds(band: Range, probability: float, top: float) -> bool:
    lower, upper = band
    return lower <= probability < upper or (probability == upper and (upper == top or lower == upper))


def _around(table: dict[str, Range], probability: float) -> Words:
    below = [band for band in table.values() if band[1] <= probability]
    above = [band for band in table.values() if band[0] > probability]
    nearest = ([max(below, key=lambda band: band[1])] if below else []) + (
        [min(above, key=lambda band: band[0])] if above else []
    )
    firsts = [next(term for term in table if table[term] == band) for band in nearest]
    return Words(tuple(dict.fromkeys(firsts)), between=len(firsts) > 1)


def _percent(band: Range) -> str:
    return f"{band[0] * 100:g}-{band[1] * 100:g}%"
