"""Recognises a lead that the body repeats."""

import re

from forecasts.language.folding import word_set

KEPT = 12
"""How many of the first statements count as the lead: comparing with these only keeps a long text linear."""

SHARED, LEAST = 0.6, 4
_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_COMMON = word_set(
    "this that with from have will would could which their they been were more than into over also said "
    "says about there"
    " after before between while could might when what whose other such"
)


class Leads:
    """The statements seen first, as sets of word stems."""

    def __init__(self) -> None:
        self._kept: list[tuple[int, frozenset[str], str]] = []
        self._exact: dict[str, int] = {}

    def earlier(self, index: int, folded: str, category: str) -> int | None:
        """The index of the statement that this one repeats, or None; and remember this one."""
        stems = frozenset(word[:4] for word in _WORD.findall(folded) if word not in _COMMON)
        same = self._exact.setdefault(folded, index)
        found = same if same != index else self._alike(stems, category)
        if found is None and len(self._kept) < KEPT:
            self._kept.append((index, stems, category))
        return found

    def _alike(self, stems: frozenset[str], category: str) -> int | None:
        for index, lead, other in self._kept:
            shared = len(stems & lead)
            if category == other and shared >= LEAST and shared >= SHARED * min(len(stems), len(lead)):
                return index
        return None
