"""How well quantiles spread: the coverage of their intervals, and where the truths fell between them.

Places are percentages from the left and from the top.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from forecasts.presenting.diagram import counted, share
from forecasts.presenting.findings import amount, unit_finding
from forecasts.scores.statistics.shapes import CoverageOfInterval, Pair, PitRange, Quantiles, UnitScores
from forecasts.scoring.uncertainty import FEWEST


@dataclass(frozen=True, slots=True)
class Covered:
    """One central interval: what it should hold, what it held."""

    nominal: str
    observed: str
    interval: str
    n: str
    forecasts: int
    x: float
    y: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One range between two levels: the share of truths in it, as a density beside the 1 that is right."""

    range: str
    share: str
    interval: str
    expected: str
    n: str
    forecasts: int
    x: float
    width: float
    height: float

    @property
    def y(self) -> float:
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Spread:
    """`right` is how far down the bars' right height lies."""

    coverage: list[Covered]
    bars: list[Bar]
    right: float
    coverage_sentence: str
    pit_sentence: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """The weighted interval score of one unit, its parts, and what it says."""

    unit: str
    forecasts: int
    wis: str
    dispersion: str
    overprediction: str
    underprediction: str
    sentence: str


def unit_row(one: UnitScores) -> UnitRow:
    return UnitRow(
        one.unit or "days",
        one.forecasts,
        amount(one.wis.mean),
        amount(one.dispersion),
        amount(one.overprediction),
        amount(one.underprediction),
        unit_finding(one),
    )


def spread(quantiles: Quantiles | None) -> Spread | None:
    """What to draw; None where no numbers or dates are scored."""
    if quantiles is None:
        return None
    highest = max(1.25, *(density(one) for one in quantiles.pit))
    return Spread(
        [_covered(one) for one in quantiles.coverage],
        [_bar(one, highest) for one in quantiles.pit],
        _down(1 / highest),
        coverage_sentence(quantiles.coverage),
        pit_sentence(quantiles.pit, max((one.forecasts for one in quantiles.coverage), default=0)),
    )


def density(one: PitRange) -> float:
    """Share over expected share: 1 is right."""
    return one.share / one.expected if one.expected else 0.0


def coverage_sentence(coverage: Sequence[CoverageOfInterval]) -> str:
    """What the widest interval held, and whether that is too little or too much."""
    if not coverage:
        return "The levels asked for make no central interval, so there is no coverage."
    widest = coverage[-1]
    said = f"Of the intervals that should hold {share(widest.nominal)}, {share(widest.observed)} held the truth"
    if widest.ci95 is None:
        missing = FEWEST - widest.forecasts
        return f"{said}: too few to judge, {missing} more {'forecast is' if missing == 1 else 'forecasts are'} needed."
    low, high = widest.ci95
    judged = "too narrow" if widest.nominal > high else "too wide" if widest.nominal < low else "about right"
    return f"{said} (95% interval {share(max(low, 0.0))} to {share(min(high, 1.0))}): {judged}."


def pit_sentence(pit: Sequence[PitRange], forecasts: int) -> str:
    """Whether the truth fell high, low or outside more often than it should."""
    if forecasts < FEWEST:
        return f"Where the truths fell: too few to judge, {FEWEST - forecasts} more are needed."
    above = sum(one.share for one in pit if one.lower >= 0.5) + sum(_half(one) for one in pit)
    leaning = "higher than said" if above > 0.6 else "lower than said" if above < 0.4 else "as often above as below"
    return f"{share(above)} of the truths lay above the median, where 50% is right: {leaning}."


def _half(one: PitRange) -> float:
    """The part above one half of a range that holds it inside."""
    return one.share * (one.upper - 0.5) / one.expected if one.lower < 0.5 < one.upper else 0.0


def _covered(one: CoverageOfInterval) -> Covered:
    low, high = one.ci95 or (None, None)
    return Covered(
        share(one.nominal),
        share(one.observed),
        _between(one.ci95),
        counted(one.n),
        one.forecasts,
        round(100 * one.nominal, 2),
        _down(one.observed),
        None if low is None else _down(max(low, 0.0)),
        None if high is None else _down(min(high, 1.0)),
    )


def _between(interval: Pair | None) -> str:
    """An interval of a share, cut where none can lie."""
    if interval is None:
        return "–"
    return f"{share(max(interval[0], 0.0))[:-1]}–{share(min(interval[1], 1.0))}"


def _bar(one: PitRange, highest: float) -> Bar:
    return Bar(
        f"{100 * one.lower:g}–{100 * one.upper:g}%",
        share(one.share),
        _between(one.ci95),
        share(one.expected),
        counted(one.n),
        one.forecasts,
        round(100 * one.lower, 2),
        round(100 * (one.upper - one.lower), 2),
        round(100 * density(one) / highest, 1),
    )


def _down(part: float) -> float:
    return round(100 * (1 - part), 2)
