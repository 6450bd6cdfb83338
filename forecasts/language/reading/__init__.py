"""Reads each claim of a text into slots: who does what to whom, where, how much, by when, under what condition.

`read(text, published)` gives a `Reading` for each claim, in order of the text. Needs the parser (`is_present`).
"""

from .parser import is_present
from .reading import Reading, read
from .slots import NAMES, Slot, Slots, Stated

__all__ = ["NAMES", "Reading", "Slot", "Slots", "Stated", "is_present", "read"]
