"""What Reckoner knows. One file per aggregate."""

from forecasts.models.articles import Article, Source, Statement
from forecasts.models.departures import Departure
from forecasts.models.erasures import Erasure
from forecasts.models.estimates import Estimate, IdempotencyKey
from forecasts.models.evidence import BaseRate, Count, Spec, Vintage
from forecasts.models.forecasts import Amendment, Forecast, Option
from forecasts.models.handovers import Handover
from forecasts.models.mail_kinds import Asks, Ends, MailKind, PromptKind, record_of
from forecasts.models.messages import Attempt, Bounce, Installation, Message, Receipt, Sweep
from forecasts.models.people import Forecaster, User
from forecasts.models.preferences import CalendarEntry, Mute, Preference, Suppression
from forecasts.models.prompts import Prompt, Watch
from forecasts.models.readings import StatementReading
from forecasts.models.relations import Relation, RelationMember
from forecasts.models.reports import Postponement, Report
from forecasts.models.reviews import ReviewAct
from forecasts.models.scenarios import Category, Membership, MembershipChange, Scenario
from forecasts.models.security import SecurityEvent
from forecasts.models.tallies import (
    Cell,
    Contribution,
    Estimand,
    Group,
    JoinedQuarter,
    KeptBands,
    Settlement,
    SituationSum,
    Snapshot,
    Total,
)
from forecasts.models.tokens import Scope, Token
from forecasts.models.verdicts import Evidence, Verdict

FACTS = (
    Amendment,
    Estimate,
    Verdict,
    Evidence,
    Attempt,
    Receipt,
    Report,
    Postponement,
    Erasure,
    ReviewAct,
    Departure,
    Handover,
    MembershipChange,
    Vintage,
    Spec,
    Count,
    BaseRate,
    Bounce,
    SecurityEvent,
)

__all__ = [
    "FACTS",
    "Amendment",
    "Article",
    "Asks",
    "Attempt",
    "BaseRate",
    "Bounce",
    "CalendarEntry",
    "Category",
    "Cell",
    "Contribution",
    "Count",
    "Departure",
    "Ends",
    "Erasure",
    "Estimand",
    "Estimate",
    "Evidence",
    "Forecast",
    "Forecaster",
    "Group",
    "Handover",
    "IdempotencyKey",
    "Installation",
    "JoinedQuarter",
    "KeptBands",
    "MailKind",
    "Membership",
    "MembershipChange",
    "Message",
    "Mute",
    "Option",
    "Postponement",
    "Preference",
    "Prompt",
    "PromptKind",
    "Receipt",
    "Relation",
    "RelationMember",
    "Report",
    "ReviewAct",
    "Scenario",
    "Scope",
    "SecurityEvent",
    "Settlement",
    "SituationSum",
    "Snapshot",
    "Source",
    "Spec",
    "Statement",
    "StatementReading",
    "Suppression",
    "Sweep",
    "Token",
    "Total",
    "User",
    "Verdict",
    "Vintage",
    "Watch",
    "record_of",
]
