"""Agreement of two people, checked by hand and against scikit-learn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.agreement import agreement, cohen_kappa

ANSWERS = ["yes", "no", "annulled", "ambiguous"]
PAIRS = st.lists(st.tuples(st.sampled_from(ANSWERS), st.sampled_from(ANSWERS)), min_size=1, max_size=60)


def test_kappa_of_cohens_own_layout_by_hand() -> None:
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohen_kappa(pairs) == pytest.approx((0.7 - 0.5) / (1 - 0.5))


@given(PAIRS)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    mine = cohen_kappa(pairs)
    if mine is None:
        assert len({label for pair in pairs for label in pair}) == 1
    else:
        assert mine == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)), abs=1e-12)


def test_kappa_does_not_exist_where_chance_alone_would_agree() -> None:
    assert cohen_kappa([("yes", "yes")] * 40) is None
    assert cohen_kappa([]) is None


@given(PAIRS)
def test_kappa_is_the_same_whoever_of_the_two_comes_first(pairs: list[tuple[str, str]]) -> None:
    swapped = cohen_kappa([(b, a) for a, b in pairs])
    mine = cohen_kappa(pairs)
    assert swapped == mine or swapped == pytest.approx(mine)


def test_kappa_is_given_from_thirty_pairs_on() -> None:
    pairs = [("yes", "yes"), ("no", "no"), ("yes", "no")] * 10
    assert agreement(pairs[:29]).kappa is None
    assert agreement(pairs).kappa == pytest.approx(cohen_kappa(pairs))


def test_without_a_pair_there_is_no_share() -> None:
    assert agreement([]).share is None
    assert agreement([("yes", "no"), ("no", "no")]).share == 0.5
