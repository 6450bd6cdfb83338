"""The words of a folded text and where they start: read once, used by the cues and by the categories."""

import re
from bisect import bisect_left
from itertools import accumulate

_RUNS = re.compile(r"[a-z]+|[^a-z]+")


class Words:
    """Runs of the letters a to z, in order: `folded[starts[i]:starts[i] + len(words[i])] == words[i]`."""

    __slots__ = ("starts", "text", "words")

    def __init__(self, folded: str, text: str = "") -> None:
        self.text = text or folded
        runs = _RUNS.findall(folded)
        # Runs of letters and of other signs take turns.
        first = 0 if runs and "a" <= runs[0][0] <= "z" else 1
        ends = accumulate(map(len, runs))
        begins = [end - len(run) for end, run in zip(ends, runs, strict=True)]
        self.words: list[str] = runs[first::2]
        self.starts: list[int] = begins[first::2]

    def within(self, start: int, end: int) -> list[str]:
        """The words that start within `[start, end)`."""
        first, last = self.between(start, end)
        return self.words[first:last]

    def is_name(self, index: int) -> bool:
        """Whether a word begins with a capital letter in the text as it was before folding."""
        return self.text[self.starts[index]].isupper()

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The range of indices of the words that start within `[start, end)`."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)
