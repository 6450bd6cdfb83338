"""Reviewing an article's statements: each act is stored at once, can be undone, and yields to whoever came first.

* accept, reject, repeat, sort, split (of a statement), add, undo (of an article): each returns its ReviewAct
* version(article): the number of the newest act, which the acts take as `seen`
* last_of(article, person): what `undo` would undo

An act names the version of the article that its maker saw. Where somebody has changed the same statement since, it is
refused as Stale; acts on different statements do not disturb each other.
"""

from forecasts.questions.reviewing.keeping import Review, Stale, last_of, version
from forecasts.questions.reviewing.review_acts import MOST_LETTERS, accept, add, reject, repeat, sort, split
from forecasts.questions.reviewing.undoing import undo

__all__ = [
    "MOST_LETTERS",
    "Review",
    "Stale",
    "accept",
    "add",
    "last_of",
    "reject",
    "repeat",
    "sort",
    "split",
    "undo",
    "version",
]
