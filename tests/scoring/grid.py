"""Forecasters in many designs, and how often 95% intervals hold what is true of them.

What is said is P(outcome | what its forecaster saw), on steps of 1%; with a slope it is turned over- or underconfident.
The intervals are those of the product, run on arrays.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit, ndtr, ndtri

from forecasts.scoring.arrays import Booleans, Floats
from forecasts.scoring.intervals import Moments, mean_interval, pseudo_size, share_interval, share_size
from forecasts.scoring.rules import LOG_FLOOR, LOG_MOST
from forecasts.scoring.uncertainty import FEWEST

AT_ONCE = 500
"""Runs that are drawn together."""
STATISTICS = ("brier", "log", "base rate", "bins", "difference")


class Design(NamedTuple):
    """Situations, forecasts in each, and estimates on each of these: by forecasters, by updates, by an uneven crowd."""

    situations: int
    base_rate: float
    updates: int = 1
    forecasters: int = 1
    lognormal: bool = False
    shock: float = 0.0
    forecasts: int = 1
    slope: float = 1.0

    def __str__(self) -> str:
        said = [f"{self.situations} x {self.forecasts}", f"{self.base_rate:.0%}"]
        said += [f"{self.updates} updates"] if self.updates > 1 else []
        said += [f"{self.forecasters} forecasters"] if self.forecasters > 1 else []
        said += ["lognormal"] if self.lognormal else []
        said += [f"shock {self.shock}"] if self.shock else []
        said += [f"slope {self.slope}"] if self.slope != 1 else []
        return ", ".join(said)


RATES = (0.05, 0.15, 0.5)
GRID = (
    *(Design(n, rate) for n in (10, 20, 50, 100, 300) for rate in RATES),
    *(Design(n, rate, updates=10) for n in (20, 100) for rate in RATES),
    *(Design(n, rate, forecasters=k) for k in (5, 20) for n in (20, 100) for rate in RATES),
    *(Design(n, rate, lognormal=True) for n in (50, 100, 300) for rate in RATES),
    *(Design(n, rate, shock=0.6, forecasts=10) for n in (10, 20, 50, 100) for rate in RATES),
    *(Design(n, rate, forecasts=10) for n in (20, 50) for rate in RATES),
    *(Design(n, 0.15, slope=slope) for n in (20, 100) for slope in (0.6, 1.5)),
    *(Design(100, 0.15, forecasters=5, slope=slope) for slope in (0.6, 1.5)),
    Design(5, 0.15, shock=0.6, forecasts=10),
    Design(10, 0.15, lognormal=True),
    Design(20, 0.15, lognormal=True),
)


class Drawn(NamedTuple):
    """Of runs, situations, forecasts, estimates: said, its chance by what was seen, outcome, weight; another's word."""

    said: Floats
    chance: Floats
    outcome: Floats
    weight: Floats
    other: Floats


class Cell(NamedTuple):
    """Of one statistic in one design: share of intervals that hold, median width over that of one that knows the
    variance, share of runs that have an interval, and the median number of effective clusters. Of bins the last three
    are those of the fullest one."""

    held: float
    width: float
    given: float
    clusters: float


def draw(generator: np.random.Generator, design: Design, runs: int) -> Drawn:
    """Outcomes fall out where a normal number lies below a threshold; shocks are shared within a situation."""
    shape = (runs, design.situations, design.forecasts, 1)
    normal = generator.standard_normal
    own = normal(shape)
    latent = np.sqrt(design.shock) * normal((runs, design.situations, 1, 1)) + np.sqrt(1 - design.shock) * own
    threshold = ndtri(design.base_rate)
    chance, said = _word(generator, design, own, threshold)
    _, other = _word(generator, design._replace(updates=1, forecasters=1), own, threshold)
    weight = np.ones(chance.shape)
    if design.lognormal:
        weight = weight * np.maximum(1, np.rint(np.exp(1.5 * normal(shape))))
    outcome = np.broadcast_to(latent < threshold, chance.shape).astype(float)
    return Drawn(said, chance, outcome, weight, np.broadcast_to(other, chance.shape))


def _word(generator: np.random.Generator, design: Design, own: Floats, threshold: float) -> tuple[Floats, Floats]:
    """Each estimate sees the forecast's own number through noise, most of it shared by those on one forecast."""
    seen = 0.35 if design.shock else 0.5
    estimates = design.updates * design.forecasters
    shared = 0.7 if estimates > 1 else 0.0
    noise = np.sqrt(shared) * generator.standard_normal(own.shape)
    noise = noise + np.sqrt(1 - shared) * generator.standard_normal((*own.shape[:3], estimates))
    clear = np.sqrt(seen / (1 - design.shock))
    signal = clear * own + np.sqrt(1 - clear**2) * noise
    chance = ndtr((threshold - np.sqrt(seen) * signal) / np.sqrt(1 - seen))
    turned = expit(logit(np.clip(chance, 1e-9, 1 - 1e-9)) / design.slope)
    return chance, np.clip(np.rint(turned * 100), 1, 99) / 100


def brier(said: Floats, outcome: Floats) -> Floats:
    return (said - outcome) ** 2


def log(said: Floats, outcome: Floats) -> Floats:
    return -np.log(np.where(outcome > 0, np.maximum(said, LOG_FLOOR), np.maximum(1 - said, LOG_FLOOR)))


def moments(weight: Floats, score: Floats) -> Moments:
    """Of clusters along the second axis, with what else there is summed within."""
    n, s = (one.reshape(*one.shape[:2], -1).sum(axis=2) for one in (weight, weight * score))
    total = n.sum(axis=1)
    mean = s.sum(axis=1) / np.maximum(total, 1e-9)
    return Moments(total, (n**2).sum(axis=1), mean, ((s - mean[:, None] * n) ** 2).sum(axis=1))


def by_forecast(values: Floats) -> Floats:
    """The same with each forecast a cluster of its own."""
    return values.reshape(values.shape[0], -1, 1, values.shape[3])


class Found(NamedTuple):
    """Of each run: the ends of the interval, where there is one, and the estimate."""

    lower: Floats
    upper: Floats
    given: Booleans
    estimate: Floats
    clusters: Floats


def intervals(drawn: Drawn, *, independent: bool) -> Iterator[tuple[str, Found]]:
    """The product's intervals of every statistic; of the bins one after the other."""
    said, outcome, weight, other = (
        by_forecast(one) if independent else one for one in (drawn.said, drawn.outcome, drawn.weight, drawn.other)
    )
    for name, rule, most in (("brier", brier, 1.0), ("log", log, LOG_MOST)):
        likelier = (said >= 0.5).astype(float)
        scores = (rule(said, outcome), rule(said, 1 - outcome), rule(said, likelier))
        yield name, _mean(weight, scores, (0.0, most))
    first = np.full(weight.shape, 1 / weight.shape[3])
    both = ((said + other) / 2 >= 0.5).astype(float)
    differences = tuple(brier(said, one) - brier(other, one) for one in (outcome, 1 - outcome, both))
    yield "difference", _mean(first, differences, (-1.0, 1.0))
    yield "base rate", _share(weight, outcome)
    place = np.minimum((said * 10 + 1e-9).astype(int), 9)
    for bin_ in range(10):
        yield f"bin {bin_}", _share(weight * (place == bin_), outcome)


def _mean(weight: Floats, scores: tuple[Floats, ...], bounds: tuple[float, float]) -> Found:
    found = moments(weight, scores[0])
    other, likelier = ((weight * one).sum(axis=(1, 2, 3)) / found.n for one in scores[1:])
    size = pseudo_size(found, moments(by_forecast(weight), by_forecast(scores[0])))
    _, lower, upper = mean_interval(found, size, other, likelier)
    given = _enough(found.effective)
    return Found(np.maximum(lower, bounds[0]), np.minimum(upper, bounds[1]), given, found.mean, found.effective)


def _enough(effective: Floats) -> Booleans:
    return effective >= FEWEST - 1e-9


def _share(weight: Floats, outcome: Floats) -> Found:
    with np.errstate(divide="ignore", invalid="ignore"):
        found, alone = moments(weight, outcome), moments(by_forecast(weight), by_forecast(outcome))
        _, lower, upper = share_interval(found.mean, share_size(found, alone))
        clusters = np.nan_to_num(found.effective)
    return Found(lower, upper, _enough(clusters), found.mean, clusters)


def truths(generator: np.random.Generator, design: Design) -> dict[str, float]:
    """What is true of a design, from many forecasts, each score taken over both outcomes by their chances."""
    many = design._replace(situations=1000, forecasts=min(design.forecasts, 4), lognormal=False, shock=0.0)
    seen = design.shock
    drawn = draw(generator, many._replace(shock=seen), 400_000 // (1000 * many.forecasts))
    said, chance, other = drawn.said, drawn.chance, drawn.other

    def expected(score: Floats, missed: Floats) -> float:
        return float((chance * score + (1 - chance) * missed).mean())

    one, none = np.ones(said.shape), np.zeros(said.shape)
    found = {name: expected(rule(said, one), rule(said, none)) for name, rule in (("brier", brier), ("log", log))}
    found["base rate"] = design.base_rate
    mean_other = expected(brier(other, one), brier(other, none))
    # What the other saw is not in the chance: the other's own score is that of a calibrated word of its own.
    single = draw(generator, many._replace(shock=seen, updates=1, forecasters=1), 400_000 // (1000 * many.forecasts))
    score = single.chance * brier(single.said, one[..., :1]) + (1 - single.chance) * brier(single.said, none[..., :1])
    mean_other = float(score.mean())
    found["difference"] = found["brier"] - mean_other
    place = np.minimum((said * 10 + 1e-9).astype(int), 9)
    found |= {f"bin {bin_}": float(chance[place == bin_].mean()) for bin_ in range(10) if (place == bin_).any()}
    return found


def measured(design: Design, runs: int, *, independent: bool = False) -> dict[str, Cell]:
    """Coverage and width of every statistic's interval in one design."""
    generator = np.random.default_rng([situation_seed(design), 7])
    true = truths(generator, design)
    kept: dict[str, list[Found]] = {}
    for _ in range(-(-runs // AT_ONCE)):
        for name, found in intervals(draw(generator, design, AT_ONCE), independent=independent):
            kept.setdefault(name, []).append(found)
    whole = {name: Found(*map(np.concatenate, zip(*parts, strict=True))) for name, parts in kept.items()}
    cells = {name: _cell(one, true[name]) for name, one in whole.items() if name in true}
    # A bin that hardly ever has an interval says nothing of them; the others count by how often they have one.
    bins = [cell for name, cell in cells.items() if name.startswith("bin ") and cell.given >= 0.1]
    if bins:
        total = sum(one.given for one in bins)
        held = sum(one.held * one.given for one in bins) / total
        fullest = max(bins, key=lambda one: one.clusters)
        cells["bins"] = Cell(held, fullest.width, fullest.given, fullest.clusters)
    return {name: cells[name] for name in STATISTICS if name in cells}


def situation_seed(design: Design) -> int:
    return int(sum((place + 1) * 1000 * float(value) for place, value in enumerate(design)))


def _cell(found: Found, truth: float) -> Cell:
    lower, upper, given, estimate, clusters = found
    share = float(given.mean())
    if share < 0.01:
        return Cell(float("nan"), float("nan"), share, float(np.median(clusters)))
    held = ((lower <= truth) & (truth <= upper))[given].mean()
    known = 2 * 1.959964 * estimate[given].std()
    width = float(np.median((upper - lower)[given]) / known)
    return Cell(float(held), width, share, float(np.median(clusters[given])))
