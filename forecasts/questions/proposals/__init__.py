"""Questions that ask what a statement says, made from its slots. No database.

`proposals(slots, quote, published)` gives up to three, best first; `ways` the questions alone, `plain` their JSON.
"""

from .making import Proposal, blanks_of, plain, proposals
from .ways import KEYS, Way, ways

__all__ = ["KEYS", "Proposal", "Way", "blanks_of", "plain", "proposals", "ways"]
