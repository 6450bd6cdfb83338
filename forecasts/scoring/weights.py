"""Sharing out a whole number so that the shares add up to it exactly."""

from collections.abc import Sequence


def apportion(units: int, sizes: Sequence[int]) -> list[int]:
    """Whole shares of `units` in proportion to whole `sizes`, by largest remainder; the earlier wins a tie.

    Sizes are not negative, and their sum is positive, else ValueError. The shares sum to `units`.

    >>> apportion(1_000_000, [1, 1, 1])
    [333334, 333333, 333333]
    """
    total = sum(sizes)
    if total <= 0:
        raise ValueError("Nothing to share out by: the sizes add up to nothing.")
    scaled = [units * size for size in sizes]
    shares = [whole // total for whole in scaled]
    left = units - sum(shares)
    if left:
        for place in sorted(range(len(scaled)), key=lambda place: -(scaled[place] % total))[:left]:
            shares[place] += 1
    return shares
