"""Cells: one per probability, whatever the number of estimates; calibration is computed from them."""

from typing import NamedTuple, Self

import numpy as np

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.rules import GRID

BIN_SETS = (5, 10, 20)
"""The offered numbers of bins."""


_LARGE = 2**63 // GRID


class Cells(NamedTuple):
    """Estimates and hits per probability, all of shape (m,), probabilities rising without repeats, n > 0.

    probability in 1/10,000; n the weight of the estimates there, k that of those that came true, 0 <= k <= n.
    The weight of an estimate is 1, or, in `time_weighted`, its share of 1,000,000, which are one pair.
    """

    probability: Ints
    n: Ints
    k: Ints

    @classmethod
    def pooled(cls, probability: Ints, n: Ints, k: Ints) -> Self:
        """Cells from unordered parts, ties added up, empty cells left out.

        >>> Cells.pooled(np.array([7000, 2000, 7000]), np.array([1, 1, 1]), np.array([1, 0, 0]))
        Cells(probability=array([2000, 7000]), n=array([1, 2]), k=array([0, 1]))
        """
        order = np.argsort(probability, kind="stable")
        rising = probability[order]
        starts = np.flatnonzero(np.diff(rising, prepend=-1))
        totals = np.add.reduceat(n[order], starts) if rising.size else n
        hits = np.add.reduceat(k[order], starts) if rising.size else k
        kept = totals > 0
        return cls(rising[starts][kept], totals[kept], hits[kept])

    @property
    def forecast(self) -> Floats:
        """Probabilities as numbers from 0 to 1."""
        return self.probability / GRID

    @property
    def total(self) -> int:
        """The weight of everything in the cells."""
        return int(self.n.sum())

    @property
    def base_rate(self) -> float:
        """Share of what came true."""
        return int(self.k.sum()) / self.total


def bin_of(probability: Ints, bins: int) -> Ints:
    """Index of the equal bin that a probability lies in; an edge belongs to the upper bin, 100% to the last.

    Shapes: probability (n,) in 1/10,000. Whole numbers throughout, so the bin and the list agree.

    >>> bin_of(np.array([0, 3500, 4000, 10000]), 10)
    array([0, 3, 4, 9])
    """
    return np.minimum(probability * bins // GRID, bins - 1)


class Bin(NamedTuple):
    """One bin of a reliability table; the edges in 1/10,000, the last upper one included."""

    lower: int
    upper: int
    n: int
    k: int
    mean_probability: float | None
    observed_frequency: float | None


def bin_table(cells: Cells, bins: int) -> list[Bin]:
    """Every bin from 0 to 100%, the empty ones too, with None for their means.

    >>> bin_table(Cells(np.array([3000, 3500]), np.array([1, 3]), np.array([0, 2])), 10)[3]
    Bin(lower=3000, upper=4000, n=4, k=2, mean_probability=0.3375, observed_frequency=0.5)
    """
    # Probabilities rise, so those of a bin are together.
    starts = np.searchsorted(bin_of(cells.probability, bins), np.arange(bins + 1)).tolist()
    return [_bin(cells, slice(*starts[index : index + 2]), index, bins) for index in range(bins)]


def _bin(cells: Cells, inside: slice, index: int, bins: int) -> Bin:
    n, k = int(cells.n[inside].sum()), int(cells.k[inside].sum())
    lower, upper = GRID * index // bins, GRID * (index + 1) // bins
    if n == 0:
        return Bin(lower, upper, 0, 0, None, None)
    # Weights reach 1e14 in large tallies; then the products are added as Python integers, which do not overflow.
    probability = cells.probability[inside] if n < _LARGE else cells.probability[inside].astype(object)
    promised = int((probability * cells.n[inside]).sum())
    return Bin(lower, upper, n, k, promised / (n * GRID), k / n)
