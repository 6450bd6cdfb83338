"""The rules, as data: each with the sentences that must and must not match, which are its tests.

To add one, write it into the file of its kind; nothing else needs to change.
"""

from .idioms import IDIOMS
from .modals import MODALS
from .outlook import OUTLOOK
from .plans import PLANS
from .pledges import PLEDGES
from .postures import POSTURES
from .prospects import PROSPECTS
from .rule import Kind, Rule
from .steps import STEPS
from .times import HEADLINES, TIMES

RULES: tuple[Rule, ...] = (*MODALS, *PLANS, *PLEDGES, *OUTLOOK, *IDIOMS, *TIMES, *PROSPECTS, *STEPS, *POSTURES)
"""Tried in this order at every place."""

__all__ = ["HEADLINES", "RULES", "Kind", "Rule"]
