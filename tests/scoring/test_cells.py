"""Cells and bins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.arrays import Ints
from forecasts.scoring.cells import BIN_SETS, Bin, Cells, bin_of, bin_table

points = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 1)), min_size=1, max_size=60)


def pooled(pairs: list[tuple[int, int]]) -> Cells:
    p, y = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
    return Cells.pooled(p, np.ones_like(p), y)


@pytest.mark.parametrize(
    ("probability", "bins", "index"),
    [
        (0, 10, 0),
        (999, 10, 0),
        (1000, 10, 1),
        (3500, 10, 3),
        (4000, 10, 4),
        (3500, 20, 7),
        (3499, 20, 6),
        (9999, 10, 9),
        (10_000, 10, 9),
        (10_000, 5, 4),
        (2000, 5, 1),
        (1999, 5, 0),
    ],
)
def test_an_edge_belongs_to_the_upper_bin_and_certainty_to_the_last(probability: int, bins: int, index: int) -> None:
    assert bin_of(np.array([probability]), bins).tolist() == [index]


@pytest.mark.parametrize("bins", BIN_SETS)
def test_the_bin_of_every_point_of_the_grid_lies_between_its_edges(bins: int) -> None:
    grid = np.arange(10_001)
    place = bin_of(grid, bins)
    lower, upper = 10_000 * place // bins, 10_000 * (place + 1) // bins
    assert np.all((lower <= grid) & ((grid < upper) | (place == bins - 1)))


def test_the_list_and_the_bin_agree_on_every_edge() -> None:
    for bins in BIN_SETS:
        edges = np.arange(0, 10_001, 10_000 // bins)
        for edge in edges:
            rows = bin_table(Cells(np.array([edge]), np.array([1]), np.array([1])), bins)
            assert [row.n for row in rows].index(1) == bin_of(np.array([edge]), bins)[0]


def test_a_table_has_every_bin_and_nothing_for_the_empty_ones() -> None:
    rows = bin_table(Cells(np.array([3000, 3500]), np.array([1, 3]), np.array([0, 2])), 5)
    assert rows[0] == Bin(0, 2000, 0, 0, None, None)
    assert rows[1] == Bin(2000, 4000, 4, 2, 0.3375, 0.5)
    assert [row.upper for row in rows] == [2000, 4000, 6000, 8000, 10_000]


def test_means_of_time_weights_beyond_63_bits_are_exact() -> None:
    heavy = Cells(np.array([3000, 3500]), np.array([10**15, 3 * 10**15]), np.array([0, 2 * 10**15]))
    assert bin_table(heavy, 10)[3] == Bin(3000, 4000, 4 * 10**15, 2 * 10**15, 0.3375, 0.5)


def test_pooling_nothing_gives_no_cells() -> None:
    nothing: Ints = np.array([], dtype=np.int64)
    assert [column.size for column in Cells.pooled(nothing, nothing, nothing)] == [0, 0, 0]


def test_pooling_leaves_out_what_has_been_taken_back() -> None:
    cells = Cells.pooled(np.array([3000, 3000, 7000]), np.array([1, -1, 2]), np.array([1, -1, 1]))
    assert [column.tolist() for column in cells] == [[7000], [2], [1]]


@given(pairs=points)
def test_pooled_cells_rise_without_repeats_and_keep_every_estimate(pairs: list[tuple[int, int]]) -> None:
    cells = pooled(pairs)
    assert np.all(np.diff(cells.probability) > 0)
    assert cells.total == len(pairs)
    assert cells.base_rate == sum(y for _, y in pairs) / len(pairs)
    assert {int(p): int(n) for p, n in zip(cells.probability, cells.n, strict=True)} == {
        p: sum(q == p for q, _ in pairs) for p, _ in pairs
    }


@given(pairs=points, bins=st.sampled_from(BIN_SETS))
def test_a_table_counts_every_estimate_once(pairs: list[tuple[int, int]], bins: int) -> None:
    rows = bin_table(pooled(pairs), bins)
    assert sum(row.n for row in rows) == len(pairs)
    assert sum(row.k for row in rows) == sum(y for _, y in pairs)
    for row in rows:
        inside = [p for p, _ in pairs if row.lower <= p < row.upper or (p == row.upper == 10_000)]
        mean = row.mean_probability
        assert mean is None if not inside else mean == pytest.approx(np.mean(inside) / 10_000, abs=1e-15)
