"""Whether somebody is calibrated, looked at as often as one likes: an e-process.

Calibrated forecasters make it grow beyond 1 / 0.05 at any time with probability at most 0.05 (Ville 1939; Ramdas et al.
2023), so that one may look every day. It bets on other words for the same beliefs, q = expit(a + b logit p), from every
step on: what a bettor would have won who began there. The weights of steps and bets add up to one, so that what is won
is no luck in choosing.
"""

from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.rules import LOG_FLOOR

ALARM = 20.0
"""From here on calibration is no explanation at 5%, however often one has looked."""

BETS = np.array(
    [(0, 0.2), (0, 0.5), (0, 0.75), (0, 1.35), (0, 2), (-0.45, 1), (0.45, 1), (-0.9, 1), (0.9, 1)], dtype=np.float64
)
"""(a, b): overconfident, underconfident, too high, too low."""


class Process(NamedTuple):
    """Of each step the e-value; which bet has won most up to the last, and from which step on."""

    value: Floats
    bet: int
    since: int

    @property
    def alarmed_at(self) -> int | None:
        """The first step at which the alarm went."""
        beyond = np.flatnonzero(self.value >= ALARM)
        return int(beyond[0]) if beyond.size else None


def likelihood_ratios(said: Floats, outcome: Floats) -> Floats:
    """How much likelier each bet makes each outcome than what was said, shape (bets, n); of mean 1 if calibrated.

    >>> likelihood_ratios(np.array([0.7]), np.array([0.0])).round(2)[:, 0]
    array([1.53, 1.32, 1.15, 0.81, 0.52, 1.34, 0.72, 1.71, 0.49])
    """
    p = np.clip(said, LOG_FLOOR, 1 - LOG_FLOOR)
    log_odds = BETS[:, :1] + BETS[:, 1:] * np.log(p / (1 - p))
    q = (1 + np.tanh(log_odds / 2)) / 2
    ratio: Floats = np.where(outcome > 0, q / p, (1 - q) / (1 - p))
    return ratio


def e_process(ratios: Floats) -> Process:
    """The e-process of steps whose ratios are of mean 1 given all before, shape (bets, steps).

    A bet that begins at step s gets 1 / (s (s + 1)) of the stake: what has not begun yet is still in hand.

    >>> e_process(np.full((len(BETS), 3), 1.0)).value
    array([1., 1., 1.])
    """
    bets, steps = ratios.shape
    begun, value = np.zeros(bets), np.empty(steps)
    for step in range(steps):
        begun = (begun + 1 / ((step + 1) * (step + 2))) * ratios[:, step]
        value[step] = begun.mean() + 1 / (step + 2)
    return Process(value, *_best(np.log(ratios)))


def _best(logs: Floats) -> tuple[int, int]:
    """The bet that won most from some step to the last, and that step: the likeliest change (Page 1954)."""
    if logs.shape[1] == 0:
        return 0, 0
    won = np.cumsum(logs[:, ::-1], axis=1)[:, ::-1]
    bet = int(won.max(axis=1).argmax())
    return bet, int(won[bet].argmax())


def together(ratios: Floats, step: Ints, weight: Floats) -> Floats:
    """Ratios of estimates that are one step, averaged by weight: shape (bets, steps), steps rising from 0.

    The mean of what bets on one another's outcomes win is no more than one bet would: it needs no independence.
    """
    steps = int(step.max(initial=-1)) + 1
    summed = np.stack([np.bincount(step, weight * row, minlength=steps) for row in ratios])
    return summed / np.bincount(step, weight, minlength=steps)
