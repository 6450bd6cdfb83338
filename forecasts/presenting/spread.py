"""How well quantiles spread: the coverage of their intervals, and where the truths fell between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from forecasts.presenting import placing
from forecasts.presenting.diagram import counted, share
from forecasts.presenting.findings import amount, forecasts, unit_finding
from forecasts.presenting.pictures import Axis, Picture, Point, Series, diagonal
from forecasts.presenting.scales import Scale
from forecasts.scores.statistics.shapes import CoverageOfInterval, Pair, PitRange, Quantiles, UnitScores
from forecasts.scoring.uncertainty import is_enough, too_few_to_judge


@dataclass(frozen=True, slots=True)
class Covered:
    """One central interval: what it should hold, what it held."""

    at: placing.Dot
    nominal: str
    observed: str
    interval: str
    n: str
    forecasts: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One range between two levels: the share of truths in it, as a density beside the 1 that is right."""

    at: placing.Bar
    range: str
    share: str
    interval: str
    expected: str
    n: str
    forecasts: int


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


def coverage(intervals: Sequence[CoverageOfInterval]) -> Picture:
    """Share of truths held by each central interval, with 95% intervals, beside the diagonal that is right."""
    held = [Point(one.nominal, one.observed, one.ci95) for one in intervals]
    x, y = Axis("should", "Should hold"), Axis("held", "Held the truth")
    return Picture(x, y, [diagonal(), Series("coverage", "dots", held)])


def fallen(pit: Sequence[PitRange]) -> Picture:
    """The probability integral transform as a histogram: bars of equal height are right."""
    bars = [Point(one.lower, density(one), until=one.upper, columns={"share": one.share}) for one in pit]
    y = Axis("density", "Fell there, over right", Scale(0, max([1.25, *(bar.y for bar in bars)])))
    across = Axis("lower", "Level of the quantiles", until="upper")
    return Picture(across, y, [Series("pit", "bars", bars), Series("right", "rule", [Point(y=1)])])


def spread(quantiles: Quantiles | None) -> Spread | None:
    """What to draw; None where no numbers or dates are scored."""
    if quantiles is None:
        return None
    held, fell = coverage(quantiles.coverage), fallen(quantiles.pit)
    dots = [placing.dot(held, at) for one in held.of("dots") for at in one.points]
    bars = [placing.bar(fell, at) for one in fell.of("bars") for at in one.points]
    return Spread(
        [_covered(dot, one) for dot, one in zip(dots, quantiles.coverage, strict=True)],
        [_bar(bar, one) for bar, one in zip(bars, quantiles.pit, strict=True)],
        placing.down(fell.y.scale, 1),
        coverage_sentence(quantiles.coverage),
        pit_sentence(quantiles.pit),
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
        few = too_few_to_judge(widest.forecasts, widest.situations, widest.effective_n)
        return f"{said} in {forecasts(widest.forecasts)}, {few}."
    low, high = widest.ci95
    judged = "too narrow" if widest.nominal > high else "too wide" if widest.nominal < low else "about right"
    return f"{said} (95% interval {share(max(low, 0.0))} to {share(min(high, 1.0))}): {judged}."


def pit_sentence(pit: Sequence[PitRange]) -> str:
    """Whether the truth fell high, low or outside more often than it should."""
    least = min(pit, key=lambda one: one.effective_n)
    if not is_enough(least.effective_n):
        few = too_few_to_judge(least.forecasts, least.situations, least.effective_n)
        return f"Where the truths of {forecasts(least.forecasts)} fell, {few}."
    above = sum(one.share for one in pit if one.lower >= 0.5) + sum(_half(one) for one in pit)
    leaning = "higher than said" if above > 0.6 else "lower than said" if above < 0.4 else "as often above as below"
    return f"{share(above)} of the truths lay above the median, where 50% is right: {leaning}."


def _half(one: PitRange) -> float:
    """The part above one half of a range that holds it inside."""
    return one.share * (one.upper - 0.5) / one.expected if one.lower < 0.5 < one.upper else 0.0


def _covered(at: placing.Dot, one: CoverageOfInterval) -> Covered:
    held = share(one.observed), _between(one.ci95)
    return Covered(at, share(one.nominal), *held, counted(one.n), one.forecasts)


def _between(interval: Pair | None) -> str:
    """An interval of a share, cut where none can lie."""
    if interval is None:
        return "–"
    return f"{share(max(interval[0], 0.0))[:-1]}–{share(min(interval[1], 1.0))}"


def _bar(at: placing.Bar, one: PitRange) -> Bar:
    levels = f"{100 * one.lower:g}–{100 * one.upper:g}%"
    held = share(one.share), _between(one.ci95)
    return Bar(at, levels, *held, share(one.expected), counted(one.n), one.forecasts)
