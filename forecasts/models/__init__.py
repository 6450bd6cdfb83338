"""What Reckoner knows. One file per aggregate."""

from forecasts.models.articles import Article, Source, Statement
from forecasts.models.estimates import Estimate, IdempotencyKey
from forecasts.models.forecasts import Amendment, Forecast, Option
from forecasts.models.messages import Attempt, Message, Receipt, Sweep
from forecasts.models.people import Forecaster, User
from forecasts.models.prompts import Prompt, PromptKind, Watch
from forecasts.models.scenarios import Category, Membership, Scenario
from forecasts.models.tallies import Cell, Contribution, Estimand, Group, Settlement, Snapshot, Total
from forecasts.models.verdicts import Evidence, Verdict

FACTS = (Amendment, Estimate, Verdict, Evidence, Attempt, Receipt)

__all__ = [
    "FACTS",
    "Amendment",
    "Article",
    "Attempt",
    "Category",
    "Cell",
    "Contribution",
    "Estimand",
    "Estimate",
    "Evidence",
    "Forecast",
    "Forecaster",
    "Group",
    "IdempotencyKey",
    "Membership",
    "Message",
    "Option",
    "Prompt",
    "PromptKind",
    "Receipt",
    "Scenario",
    "Settlement",
    "Snapshot",
    "Source",
    "Statement",
    "Sweep",
    "Total",
    "User",
    "Verdict",
    "Watch",
]
