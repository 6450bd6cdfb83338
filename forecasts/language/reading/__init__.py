"""Reads each claim of a text into slots: who does what to whom, where, how much, by when, under what condition.

`read(text, published)` gives a `Reading` for each claim that the cues find, in order of the text; `read_claims(text,
asked, published)` reads claims whose places are known. Both need the parser (`is_present`). `plain` and `restored`
make JSON of what was read, and back, without it.
"""

from .kept import plain, restored
from .parser import is_present
from .reading import VERSION, Asked, Read, Reading, read, read_claims
from .slots import NAMES, Slot, Slots, Stated

__all__ = [
    "NAMES",
    "VERSION",
    "Asked",
    "Read",
    "Reading",
    "Slot",
    "Slots",
    "Stated",
    "is_present",
    "plain",
    "read",
    "read_claims",
    "restored",
]
