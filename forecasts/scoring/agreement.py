"""Whether two people who resolve on their own come to the same answer."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

LEAST = 30
"""From how many pairs on kappa says anything."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs of answers: how many, the share of equal ones (0 to 1), and Cohen's kappa once there are 30."""

    n: int
    agreed: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        return self.agreed / self.n if self.n else None


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Agreement beyond chance (Cohen 1960): (p_o - p_e) / (1 - p_e); None where chance alone would be perfect.

    p_o is the observed share of equal pairs, p_e the one that the two raters' own frequencies give by chance.

    >>> cohen_kappa([("yes", "yes"), ("no", "no"), ("yes", "no"), ("no", "no")])
    0.5
    """
    n = len(pairs)
    if not n:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) * n
    expected = sum(first[label] * second[label] for label in first)
    return None if expected == n * n else (observed - expected) / (n * n - expected)


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """What pairs of independent answers, (first, second), add up to."""
    agreed = sum(a == b for a, b in pairs)
    return Agreement(len(pairs), agreed, cohen_kappa(pairs) if len(pairs) >= LEAST else None)
