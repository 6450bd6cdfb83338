"""Calibration in numbers: Murphy's decomposition, the calibration error, Cox recalibration. All from cells."""

from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.bands import Outcomes, calibrated_hits
from forecasts.scoring.cells import Cells, bin_of
from forecasts.scoring.rules import GRID, LOG_FLOOR
from forecasts.scoring.uncertainty import FEWEST

type Interval = tuple[float, float]

MOST_STEPS = 50
STEP_TOLERANCE = 1e-12


class Murphy(NamedTuple):
    """mean Brier score = reliability - resolution + uncertainty. Lower reliability is better."""

    reliability: float
    resolution: float
    uncertainty: float


def murphy(cells: Cells) -> Murphy:
    """Murphy's (1973) decomposition of the mean Brier score, exact because cells hold one probability each.

    REL = sum n (p - f)^2 / N, RES = sum n (f - b)^2 / N, UNC = b (1 - b), with f = k / n and b the base rate.

    >>> cells = Cells(np.array([2000, 8000]), np.array([5, 5]), np.array([1, 4]))
    >>> [round(part, 12) for part in murphy(cells)]
    [0.0, 0.09, 0.25]
    """
    frequency, base = cells.k / cells.n, cells.base_rate
    reliability = float(cells.n @ (cells.forecast - frequency) ** 2) / cells.total
    resolution = float(cells.n @ (frequency - base) ** 2) / cells.total
    return Murphy(reliability, resolution, base * (1 - base))


def skill(cells: Cells) -> float | None:
    """1 minus the mean Brier score over that of the base rate; None where all outcomes were alike.

    >>> round(skill(Cells(np.array([2000, 8000]), np.array([5, 5]), np.array([1, 4]))), 12)
    0.36
    """
    parts = murphy(cells)
    if parts.uncertainty == 0:
        return None
    return 1 - (parts.reliability - parts.resolution + parts.uncertainty) / parts.uncertainty


def calibration_error(cells: Cells, bins: int = 10) -> float:
    """Expected calibration error: mean over estimates of |mean probability - observed frequency| of their bin.

    Biased upwards, the more so the fewer the estimates: show it beside `error_if_calibrated`.

    >>> round(calibration_error(Cells(np.array([2000, 8000]), np.array([5, 5]), np.array([2, 4]))), 12)
    0.1
    """
    return float(_errors(cells, cells.k[:, None], bins)[0])


def error_if_calibrated(cells: Cells, bins: int = 10, hits: Ints | None = None) -> float:
    """What `calibration_error` would be on average if every probability were right.

    `hits` of shape (m, resamples) from `bands.calibrated_hits` spares drawing them again. The draws are
    independent, so it holds, like the consistency band, where the cells have one estimate per forecast.

    >>> round(error_if_calibrated(Cells(np.array([5000]), np.array([100]), np.array([50]))), 2)
    0.04
    """
    return float(_errors(cells, calibrated_hits(cells) if hits is None else hits, bins).mean())


def _errors(cells: Cells, hits: Ints, bins: int) -> Floats:
    place = bin_of(cells.probability, bins)
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    surplus = np.add.reduceat(hits - (cells.forecast * cells.n)[:, None], starts, axis=0)
    errors: Floats = np.abs(surplus).sum(axis=0) / cells.total
    return errors


class Sharpness(NamedTuple):
    """Mean of 2 |p - 1/2| and of p (1 - p): of what was said alone, whatever came of it."""

    mean_confidence: float
    brier_if_calibrated: float


def sharpness(cells: Cells) -> Sharpness:
    """How far probabilities lie from evens. Gneiting, Balabdaoui and Raftery 2007.

    >>> sharpness(Cells(np.array([5000, 10000]), np.array([1, 1]), np.array([0, 1])))
    Sharpness(mean_confidence=0.5, brier_if_calibrated=0.125)
    """
    p, n = cells.forecast, cells.n
    return Sharpness(float(n @ np.abs(2 * p - 1)) / cells.total, float(n @ (p * (1 - p))) / cells.total)


class Recalibration(NamedTuple):
    """Slope and intercept, (1, 0) where calibrated; or None for both and the reason."""

    slope: float | None
    intercept: float | None
    reason: str | None


def recalibration(cells: Cells) -> Recalibration:
    """Cox (1958): logit P(y = 1) = intercept + slope x logit p, by maximum likelihood. Slope < 1: overconfident.

    Probabilities are clipped to [0.0001, 0.9999]. There is no maximum where one threshold parts the outcomes.

    >>> recalibration(Cells(np.array([2000, 8000]), np.array([5, 5]), np.array([1, 4]))).slope
    1.0
    """
    if reason := _no_maximum(cells):
        return Recalibration(None, None, reason)
    clipped = np.clip(cells.forecast, LOG_FLOOR, 1 - LOG_FLOOR)
    design = np.stack([np.ones(clipped.size), np.log(clipped / (1 - clipped))])
    share, hit = cells.n / cells.total, cells.k / cells.total
    # From nought, where the likelihood is nowhere flat: from (0, 1) a step may overshoot to where it is.
    coefficients = np.zeros(2)
    level = _log_likelihood(design, share, hit, coefficients)
    for _ in range(MOST_STEPS):
        step = _newton_step(design, share, hit, coefficients)
        if step is None:
            break
        while (reached := _log_likelihood(design, share, hit, coefficients + step)) < level - STEP_TOLERANCE:
            step = step / 2
        coefficients, level = coefficients + step, reached
        if np.abs(step).max() < STEP_TOLERANCE * (1 + np.abs(coefficients).max()):
            return Recalibration(float(coefficients[1]), float(coefficients[0]), None)
    return Recalibration(None, None, "The recalibration did not converge.")


def recalibration_intervals(outcomes: Outcomes, found: Recalibration) -> tuple[Interval, Interval] | None:
    """95% intervals of slope and intercept, clustered by forecast; None without a slope or below ten forecasts.

    Sandwich A^-1 (sum u u') A^-1 x G / (G - 1), u the gradient summed per forecast, A the information; t with
    G - 1 degrees of freedom. Liang and Zeger 1986.
    """
    from scipy.special import stdtrit

    forecast = np.unique(outcomes.forecast, return_inverse=True)[1]
    clusters = int(forecast.max(initial=-1)) + 1
    if found.slope is None or found.intercept is None or clusters < FEWEST:
        return None
    clipped = np.clip(outcomes.probability / GRID, LOG_FLOOR, 1 - LOG_FLOOR)
    design = np.stack([np.ones(clipped.size), np.log(clipped / (1 - clipped))])
    share = outcomes.weight / outcomes.weight.sum()
    fitted = _expit(np.array([found.intercept, found.slope]) @ design)
    scores = [np.bincount(forecast, share * row * (outcomes.outcome - fitted)) for row in design]
    inverse = np.linalg.inv((design * (share * fitted * (1 - fitted))) @ design.T)
    spread = inverse @ np.cov(scores, ddof=0) @ inverse * clusters**2 / (clusters - 1)
    half = float(stdtrit(clusters - 1, 0.975)) * np.sqrt(np.diag(spread))
    return (
        (found.slope - float(half[1]), found.slope + float(half[1])),
        (found.intercept - float(half[0]), found.intercept + float(half[0])),
    )


def _no_maximum(cells: Cells) -> str | None:
    true, false = cells.probability[cells.k > 0], cells.probability[cells.k < cells.n]
    if true.size == 0 or false.size == 0:
        return "All outcomes are alike, so there is nothing to recalibrate by."
    if true.min() >= false.max() or false.min() >= true.max():
        return "One threshold parts what came true from what did not, so the slope has no limit."
    return None


def _newton_step(design: Floats, share: Floats, hit: Floats, coefficients: Floats) -> Floats | None:
    """One step up the log likelihood, to be halved until it does not lead down; None where it is flat."""
    fitted = _expit(coefficients @ design)
    gradient = design @ (hit - share * fitted)
    curvature = (design * (share * fitted * (1 - fitted))) @ design.T
    (a, b), (_, d) = curvature
    determinant = a * d - b * b
    if determinant <= np.finfo(np.float64).eps * max(a, d) ** 2:
        return None
    step: Floats = np.array([d * gradient[0] - b * gradient[1], a * gradient[1] - b * gradient[0]]) / determinant
    return step


def _log_likelihood(design: Floats, share: Floats, hit: Floats, coefficients: Floats) -> float:
    log_odds = coefficients @ design
    return float(hit @ log_odds - share @ np.logaddexp(0, log_odds))


def _expit(log_odds: Floats) -> Floats:
    # By tanh, which does not overflow.
    return (1 + np.tanh(log_odds / 2)) / 2
