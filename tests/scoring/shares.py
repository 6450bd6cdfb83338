"""Probabilities of options, drawn: on the grid, and adding up to one."""

from itertools import pairwise

from hypothesis import strategies as st

from forecasts.scoring.rules import GRID

type Shares = tuple[int, ...]


def shares(fewest: int, most: int) -> st.SearchStrategy[Shares]:
    """Between so many options; some may have nothing."""
    cuts = st.lists(st.integers(0, GRID), min_size=fewest - 1, max_size=most - 1).map(sorted)
    return cuts.map(lambda inner: tuple(end - start for start, end in pairwise([0, *inner, GRID])))
