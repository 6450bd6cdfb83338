"""From contributions to totals."""

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.arrays import Ints
from forecasts.scoring.cells import BIN_SETS, bin_of
from forecasts.scoring.rules import BRIER_UNITS, LOG_UNITS
from forecasts.scoring.totals import BRIER, LOG, OUTCOME, Points, Totals, bin_name, totals
from forecasts.scoring.uncertainty import ClusterSums

# group, forecast, probability, weight
rows = st.lists(
    st.tuples(st.integers(0, 3), st.integers(100, 106), st.integers(0, 10_000), st.integers(1, 1_000_000)), max_size=40
)


def laid_flat(found: list[tuple[int, int, int, int]]) -> Points:
    table: Ints = np.array(found, dtype=np.int64).reshape(-1, 4)
    group, forecast, probability, weight = table.T
    return Points(group, forecast, probability, weight, outcome=forecast % 2)


def one_by_one(found: list[tuple[int, int, int, int]]) -> Totals:
    sums: dict[tuple[int, str], dict[int, tuple[int, int]]] = defaultdict(dict)
    for group, forecast, probability, weight in found:
        y = forecast % 2
        bins = {bin_name(b, int(bin_of(np.array([probability]), b)[0])): y for b in BIN_SETS}
        for name, score in {
            BRIER: BRIER_UNITS[y, probability],
            LOG: LOG_UNITS[y, probability],
            OUTCOME: y,
            **bins,
        }.items():
            n, s = sums[group, name].get(forecast, (0, 0))
            sums[group, name][forecast] = (n + weight, s + weight * int(score))
    return {key: ClusterSums.of_clusters(by_forecast.values()) for key, by_forecast in sums.items()}


def test_nothing_has_no_totals() -> None:
    assert totals(laid_flat([])) == {}


def test_two_forecasters_on_one_forecast_are_one_cluster() -> None:
    found = totals(laid_flat([(1, 101, 3000, 1), (1, 101, 7000, 1)]))
    assert found[1, BRIER] == ClusterSums.of_cluster(2, 4900_0000 + 900_0000)
    assert found[1, bin_name(10, 3)] == ClusterSums.of_cluster(1, 1)


def test_a_forecast_counts_in_every_group_that_it_belongs_to() -> None:
    found = totals(laid_flat([(1, 101, 3000, 1), (2, 101, 3000, 1)]))
    assert found[1, LOG] == found[2, LOG] == ClusterSums.of_cluster(1, int(LOG_UNITS[1, 3000]))


@given(found=rows)
def test_totals_are_what_adding_one_by_one_gives(found: list[tuple[int, int, int, int]]) -> None:
    assert totals(laid_flat(found)) == one_by_one(found)


@given(found=rows)
def test_totals_of_some_forecasts_and_of_the_others_add_up(found: list[tuple[int, int, int, int]]) -> None:
    flat = laid_flat(found)
    first, second = totals(flat.where(flat.cluster < 103)), totals(flat.where(flat.cluster >= 103))
    added = {key: first.get(key, ClusterSums()) + second.get(key, ClusterSums()) for key in first | second}
    assert added == totals(flat)
