"""Writes verdicts: what people say came of a forecast. Scoring follows by itself, see `scorekeeping`.

* resolve(...), second(...), decide(...), take_back(...), postpone(...): the acts on one forecast
* annul_several(...), resolve_several(...), hand_over(...): those on many
* newest_standing(...), awaiting_confirmation(...), disputed(...): where its rounds stand
"""

from forecasts.answers.resolving.agreeing import in_scenario as agreement
from forecasts.answers.resolving.files import LARGEST, KeptFile, kept, kept_text
from forecasts.answers.resolving.finding import Finding, Proof, check
from forecasts.answers.resolving.rounds import (
    awaiting_confirmation,
    disputed,
    dissent_from,
    effect,
    follow,
    needs_two,
    newest_act,
    newest_standing,
    settle_at,
)
from forecasts.answers.resolving.several import Done, annul_several, hand_over, may_hand_over, resolve_several, unfit
from forecasts.answers.resolving.verdict_acts import (
    confirm,
    decide,
    held_by,
    is_told,
    locked,
    postpone,
    resolve,
    second,
    take_back,
)

__all__ = [
    "LARGEST",
    "Done",
    "Finding",
    "KeptFile",
    "Proof",
    "agreement",
    "annul_several",
    "awaiting_confirmation",
    "check",
    "confirm",
    "decide",
    "disputed",
    "dissent_from",
    "effect",
    "follow",
    "hand_over",
    "held_by",
    "is_told",
    "kept",
    "kept_text",
    "locked",
    "may_hand_over",
    "needs_two",
    "newest_act",
    "newest_standing",
    "postpone",
    "resolve",
    "resolve_several",
    "second",
    "settle_at",
    "take_back",
    "unfit",
]
