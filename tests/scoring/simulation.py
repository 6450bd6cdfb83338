"""Forecasters whose true curve is known."""

import json
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit, ndtr

from forecasts.scoring.arrays import Floats, Ints
from tests.scoring.reference import CHECKOUT

KNOWABLE = 0.8
"""Share of the variance of what decides a forecast that has become known by the last update."""


class Crowd(NamedTuple):
    """probability (forecasts, updates) in 1/10,000, said by each forecaster alike; outcome (forecasts,).

    chance (forecasts, updates): how likely the outcome was by all that was known at each update.
    """

    probability: Ints
    outcome: Ints
    chance: Floats


def crowd(generator: np.random.Generator, forecasts: int, updates: int, slope: float = 1, steps: int = 100) -> Crowd:
    """Updates that follow the news of one forecast, rounded to 1 / steps.

    With slope 1 every update is calibrated at its time, and those on one forecast are correlated. Slope < 1 means
    overconfident: the log odds of the chance are so many times those that are said.
    """
    news = generator.normal(scale=np.sqrt(KNOWABLE / updates), size=(forecasts, updates))
    unknown = generator.normal(scale=np.sqrt(1 - KNOWABLE), size=forecasts)
    known = np.cumsum(news, axis=1)
    left = 1 - np.arange(1, updates + 1) * KNOWABLE / updates
    chance = np.clip(ndtr(known / np.sqrt(left)), 1e-6, 1 - 1e-6)
    said = np.clip(np.rint(expit(logit(chance) / slope) * steps), 0.5, steps - 0.5) / steps
    return Crowd(np.rint(said * 10_000).astype(np.int64), (known[:, -1] + unknown > 0).astype(np.int64), chance)


def true_curve(updates: int, slope: float, at: Ints) -> Floats:
    """How often what a forecaster of `crowd` gave these probabilities comes true: the mean chance of 400,000."""
    many = crowd(np.random.default_rng(17), 400_000 // updates, updates, slope)
    said, place = np.unique(many.probability.ravel(), return_inverse=True)
    return np.interp(at, said, np.bincount(place, many.chance.ravel()) / np.bincount(place))


def note(name: str, value: float) -> None:
    """Keep a number that docs/scoring.md reports."""
    path = CHECKOUT / "var" / "validity.json"
    path.parent.mkdir(exist_ok=True)
    kept = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(kept | {name: round(value, 4)}, indent=1, sort_keys=True) + "\n")
