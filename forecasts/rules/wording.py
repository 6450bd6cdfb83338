"""Likelihood words as answers: the number that a word stands for, and warnings where word and number disagree."""

from collections.abc import Iterable
from dataclasses import dataclass

from forecasts.language import disagreement, mixed_rows
from forecasts.language.likelihood import CURRENT, SCALES, ScaleName
from forecasts.language.likelihood import SPOKEN as SPOKEN  # noqa: PLC0414 - for the rooms above
from forecasts.language.likelihood import spoken as spoken  # noqa: PLC0414 - for the rooms above
from forecasts.models import Estimate, Forecast
from forecasts.rules.errors import InvalidValue
from forecasts.rules.values import UNITS, Value, binary

OFFERED: tuple[ScaleName, ...] = ("icd_203", "phia")
"""The scales that people may answer with on a form; an API may name any that is known, in any edition."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A word on its scale, with the number that is used where none is given: the middle of its band."""

    term: str
    scale: ScaleName
    edition: str

    @property
    def band(self) -> tuple[float, float]:
        return SCALES[self.scale, self.edition][self.term]

    @property
    def number(self) -> float:
        """Inside what people may say, so never 0 or 1."""
        low, high = self.band
        return min(max(round((low + high) / 2 * UNITS), 1), UNITS - 1) / UNITS

    @property
    def value(self) -> Value:
        return binary(self.number)

    @property
    def code(self) -> str:
        return f"{self.scale}/{self.edition}/{self.term}"

    @property
    def label(self) -> str:
        """Such as “likely (55–80%), counted as 67.5%”."""
        low, high = (f"{100 * bound:g}" for bound in self.band)
        return f"{spoken(self.term)} ({low}–{high}%), counted as {100 * self.number:g}%"


def offered() -> list[tuple[str, list[Wording]]]:
    """The words that a form offers, by scale with its edition, rising."""
    groups = []
    for scale in OFFERED:
        edition = CURRENT[scale]
        words = [Wording(term, scale, edition) for term in SCALES[scale, edition]]
        groups.append((f"{SPOKEN[scale]}, edition {edition}", sorted(words, key=lambda word: word.band)))
    return groups


def coded(code: str) -> Wording:
    """The word that a form's choice stands for. Raises InvalidValue."""
    scale, edition, term = [*code.split("/"), "", ""][:3]
    return worded(term, edition, scale)


def worded(term: str, edition: str = "", scale: str = "icd_203") -> Wording:
    """A word of a scale; the current edition where none is named, and spaces for underscores allowed."""
    name = next((one for one in CURRENT if one == scale), None)
    if name is None:
        raise InvalidValue("word_scale", f"The scales are {', '.join(CURRENT)}.")
    edition = edition or CURRENT[name]
    if (name, edition) not in SCALES:
        known = ", ".join(other for scale_, other in SCALES if scale_ == name)
        raise InvalidValue("word_scale_edition", f"{SPOKEN[name]} is known in the editions {known}.")
    term = term.strip().lower().replace(" ", "_")
    if term not in SCALES[name, edition]:
        words = ", ".join(spoken(one) for one in SCALES[name, edition])
        raise InvalidValue("word", f"{SPOKEN[name]} has the words {words}.")
    return Wording(term, name, edition)


def check_kind(forecast: Forecast) -> None:
    if not forecast.asks.is_yes_or_no:
        raise InvalidValue("word", "A likelihood word answers a question of yes or no only.")


def warning(estimate: Estimate) -> str:
    """Where word and number disagree, else empty. Nothing is refused for it."""
    if not estimate.word or estimate.probability is None:
        return ""
    try:
        said = worded(estimate.word, estimate.word_scale_edition, estimate.word_scale or "icd_203")
    except InvalidValue:
        return ""
    return apart(said, estimate.probability)


def apart(said: Wording, units: int) -> str:
    """Where a word and a number in units of 1/10,000 disagree, in a sentence; else empty."""
    return disagreement(said.term, units / UNITS, said.scale, said.edition)


def warnings(estimate: Estimate) -> list[str]:
    """The same, and whether this person now mixes both rows of ICD 203 in one scenario."""
    found = [warning(estimate)]
    if estimate.word and estimate.word_scale == "icd_203":
        found.append(mixed_rows([estimate.word, *_terms(estimate)]))
    return [one for one in found if one]


def _terms(estimate: Estimate) -> Iterable[str]:
    theirs = Estimate.objects.filter(
        forecaster=estimate.forecaster_id, forecast__scenario=estimate.forecast.scenario_id, word_scale="icd_203"
    )
    return theirs.values_list("word", flat=True).order_by().distinct()
