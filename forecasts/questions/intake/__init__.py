"""Loads scenario folders: an article, its statements, and forecasts made from them. The format: docs/scenarios.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from forecasts import watching
from forecasts.models import Forecast, Scenario, User
from forecasts.questions.intake import folder_rows, people
from forecasts.questions.intake.folders import Folder, read
from forecasts.questions.intake.people import Account, open_accounts

__all__ = ["Account", "Folder", "Loaded", "is_empty", "load", "open_accounts", "read"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came out of loading a folder; `statements`, `forecasts` and `people` are those that are new."""

    folder: Folder
    scenario: Scenario
    statements: int
    forecasts: Sequence[Forecast]
    people: Sequence[User]


def is_empty() -> bool:
    """Whether nobody has made a scenario here yet."""
    return not Scenario.objects.exists()


@transaction.atomic
def load(folder: Path, at: datetime, *, demo: bool) -> Loaded:
    """Load a folder as of `at`, with its demonstration people (who have no password yet) if wanted.

    All or nothing, and twice changes nothing. Estimates and resolutions are told by `replaying.retell`. Raises
    InvalidScenario, one line with file and entry, also where the folder contradicts what is published already.
    """
    content = read(folder)
    document = content.document
    scenario = folder_rows.scenario(document.scenario, demo=demo)
    new_people, joined = people.enlist(document, scenario) if demo else ((), False)
    article = folder_rows.article(document, content.body, scenario)
    statements, new_statements = folder_rows.statements(document, article)
    cast = people.Cast(document, demo=demo)
    new_forecasts = folder_rows.forecasts(document, scenario, statements, cast)
    _watch(scenario.forecasts.all() if joined else new_forecasts, at)
    return Loaded(content, scenario, new_statements, new_forecasts, new_people)


def _watch(forecasts: Iterable[Forecast], at: datetime) -> None:
    watched = list(forecasts)
    watching.refresh_all([forecast.pk for forecast in watched], at)
    watching.catch_up(watched, at)
