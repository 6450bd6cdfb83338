"""Questions that ask what a statement says, made from its slots. No Django, no database.

`proposals(slots, quote, published)` gives up to three, best first.
"""

from .frames import Frame, frame_of
from .making import Proposal, plain, proposals

__all__ = ["Frame", "Proposal", "frame_of", "plain", "proposals"]
