"""The rules, as data: each with the sentences that must and must not match, which are its tests.

To add one, write it into the file of its kind; nothing else needs to change.
"""

from forecasts.language.cues.idioms import IDIOMS
from forecasts.language.cues.modals import MODALS
from forecasts.language.cues.numbers import NUMBERS
from forecasts.language.cues.outlook import OUTLOOK
from forecasts.language.cues.plans import PLANS
from forecasts.language.cues.pledges import PLEDGES
from forecasts.language.cues.postures import POSTURES
from forecasts.language.cues.prospects import PROSPECTS
from forecasts.language.cues.rule import Kind, Rule
from forecasts.language.cues.steps import STEPS
from forecasts.language.cues.times import HEADLINES, TIMES

RULES: tuple[Rule, ...] = (
    *MODALS,
    *PLANS,
    *PLEDGES,
    *NUMBERS,
    *OUTLOOK,
    *IDIOMS,
    *TIMES,
    *PROSPECTS,
    *STEPS,
    *POSTURES,
)
"""Tried in this order at every place."""

__all__ = ["HEADLINES", "RULES", "Kind", "Rule"]
