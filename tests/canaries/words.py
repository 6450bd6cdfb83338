"""Words and numbers that stand nowhere but in what is private, and who may read each of them all the same."""

import re
from dataclasses import dataclass, field

NUMBERS = 910_001, 920_001, 930_001
"""Where numbers of rows begin: private ones, hidden ones of a blind scenario, those of what names somebody."""
MISSING = 990_001
BLIND = 0.8317
"""What others said of the blind forecasts: 83.2% in words."""

_WORD = re.compile(r"kestrel\d\d\d", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.,#-])9[123]00\d\d(?!\d)")
_BLIND = re.compile(r"0?\.8317|(?<!\d)8317(?!\d)|(?<!\d)83(\.17|\.2)?%")


@dataclass
class Canaries:
    """Every word that was planted: what it is, and the roles that may read it."""

    planted: dict[str, str] = field(default_factory=dict)
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    numbers: dict[str, frozenset[str]] = field(default_factory=dict)

    def plant(self, what: str, *readers: str) -> str:
        """A new word for a private text of this kind."""
        word = f"kestrel{len(self.planted):03d}"
        self.planted[word], self.readers[word] = what, frozenset({*readers, "administrator"})
        return word

    def allow(self, number: int, *readers: str) -> None:
        """These may come across the number of a row, and others may not."""
        self.numbers[str(number)] = frozenset(readers)

    def sung(self, text: str, role: str) -> list[str]:
        """What this role reads in the text and may not."""
        heard = {word.lower() for word in _WORD.findall(text)}
        words = [f"{word} ({self.planted[word]})" for word in sorted(heard) if role not in self.readers[word]]
        if role == "administrator":
            return words
        numbers = {number for number in _NUMBER.findall(text) if role not in self.numbers.get(number, ())}
        blind = {found.group() for found in _BLIND.finditer(text)}
        return [*words, *(f"number {number}" for number in sorted(numbers)), *(f"blind {one}" for one in sorted(blind))]


def nonsense(word: str) -> str:
    """A word as long as this one that was planted nowhere."""
    return re.sub(r"kestrel(\d\d\d)", r"sparrow\1", word)
