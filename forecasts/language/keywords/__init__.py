"""The words that tell categories apart, with their weights, and sentences of each category that test them.

Words stand between commas. `escalat*` is any word that begins so; `send ~ troops` allows up to three words between;
`take ^` is followed by a word with a capital letter, a name. Hyphens and apostrophes part words, so `all out` also
finds “all-out”. Of several that begin at a word the longest counts. `NEUTRAL` ones count for nothing: names and turns
of phrase that hold a word of some category by accident.
"""

from typing import Literal

from forecasts.language.keywords import diplomacy, force, people, politics
from forecasts.language.keywords.levels import GAP, NAME

__all__ = ["EXAMPLES", "GAP", "KEYWORDS", "NAME", "NEUTRAL", "Category"]

Category = Literal[
    "escalation",
    "airstrikes",
    "displacement",
    "international_response",
    "territorial_control",
    "negotiation",
    "humanitarian",
    "other",
]

KEYWORDS: dict[Category, dict[int, str]] = {
    "escalation": force.ESCALATION,
    "airstrikes": force.AIRSTRIKES,
    "displacement": people.DISPLACEMENT,
    "international_response": diplomacy.INTERNATIONAL_RESPONSE,
    "territorial_control": force.TERRITORIAL_CONTROL,
    "negotiation": diplomacy.NEGOTIATION,
    "humanitarian": people.HUMANITARIAN,
    "other": politics.OTHER,
}

EXAMPLES: dict[Category, tuple[str, ...]] = {
    "escalation": force.ESCALATION_EXAMPLES,
    "airstrikes": force.AIRSTRIKES_EXAMPLES,
    "displacement": people.DISPLACEMENT_EXAMPLES,
    "international_response": diplomacy.INTERNATIONAL_RESPONSE_EXAMPLES,
    "territorial_control": force.TERRITORIAL_CONTROL_EXAMPLES,
    "negotiation": diplomacy.NEGOTIATION_EXAMPLES,
    "humanitarian": people.HUMANITARIAN_EXAMPLES,
    "other": politics.OTHER_EXAMPLES,
}

NEUTRAL = politics.NEUTRAL
