"""What became of an article's statements: the notes in its margin, and the line that sums them up."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from forecasts.models import Article, Forecast, Statement, User
from forecasts.pages import board, scorecards
from forecasts.presenting import consensus, states, text
from forecasts.presenting.consensus import Consensus
from forecasts.presenting.states import State
from forecasts.presenting.text import Claim, Line, Passage


@dataclass(frozen=True, slots=True)
class Outcome:
    """One forecast in the margin: what was thought at its cut-off, or by now, and what came of it."""

    forecast: Forecast
    state: State
    consensus: Consensus
    is_hidden: bool
    came_true: bool | None
    at_first: str = ""
    """The first consensus that there was, in words."""

    @property
    def verdict(self) -> str:
        """In the words of the line that sums up."""
        if not self.state.is_over:
            return "open" if self.state.kind in ("open", "waiting") else "due"
        if self.state.kind == "void":
            return "void"
        return {True: "true", False: "false", None: "measured"}[self.came_true]


@dataclass(frozen=True, slots=True)
class Note:
    claim: Claim
    outcomes: list[Outcome]
    original: int | None
    """The number of the statement that this one repeats."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A passage with the notes that stand beside it."""

    passage: Passage
    notes: list[Note]
    summary: str


@dataclass(frozen=True, slots=True)
class Annotated:
    lines: list[tuple[Line, list[Noted]]]
    notes: list[Note]
    derived: list[Outcome]
    summary: str


def annotated(article: Article, user: User, at: datetime) -> Annotated:
    """The article as one person sees it."""
    statements = list(article.statements.in_order())
    claims = text.claims(statements)
    by_statement, derived = _outcomes(article, user, at)
    numbers = {claim.statement.pk: claim.number for claim in claims}
    notes = {
        claim.number: Note(claim, by_statement[claim.statement.pk], numbers.get(claim.statement.duplicate_of_id or 0))
        for claim in claims
    }
    lines = [
        (line, [_noted(passage, [notes[claim.number] for claim in passage.claims]) for passage in line.passages])
        for line in text.lines(article, claims)
    ]
    return Annotated(lines, list(notes.values()), derived, summary(list(notes.values())))


def _outcomes(article: Article, user: User, at: datetime) -> tuple[dict[int, list[Outcome]], list[Outcome]]:
    """What became of the forecasts that this person may see: by statement, and of the scenarios' derived ones."""
    visible = Forecast.objects.visible_to(user).published(at).select_related("scenario").prefetch_related("options")
    said = list(visible.filter(statement__article=article).order_by("closes_at", "pk"))
    concluded = list(visible.filter(statement=None, scenario__articles=article, is_imported=False).distinct())
    first = scorecards.first_consensus([*said, *concluded], at)
    by_forecast = {
        outcome.forecast.pk: replace(outcome, at_first="" if outcome.is_hidden else first.get(outcome.forecast.pk, ""))
        for outcome in outcomes([*said, *concluded], user, at)
    }
    by_statement: dict[int, list[Outcome]] = defaultdict(list)
    for forecast in said:
        by_statement[forecast.statement_id or 0].append(by_forecast[forecast.pk])
    return by_statement, [by_forecast[forecast.pk] for forecast in concluded]


def outcomes(forecasts: Sequence[Forecast], user: User, at: datetime) -> list[Outcome]:
    """What was thought and what came of each, as this person may see it."""
    resolutions = states.resolutions(forecasts, at)
    proposals = states.proposals(forecasts, at)
    in_force = consensus.in_force(forecasts, user, at)
    said = board.answered(forecasts, user)
    return [
        Outcome(
            forecast,
            states.state(forecast, resolutions.get(forecast.pk), at, proposals.get(forecast.pk)),
            consensus.consensus(forecast, in_force[forecast.pk]),
            board.is_hidden(forecast, user, said),
            states.came_true(forecast, resolutions.get(forecast.pk)),
        )
        for forecast in forecasts
    ]


def _noted(passage: Passage, notes: list[Note]) -> Noted:
    return Noted(passage, notes if passage.begins else [], _folded(notes))


def _folded(notes: Sequence[Note]) -> str:
    """What a folded note says of itself."""
    outcomes = [outcome for note in notes for outcome in note.outcomes]
    if outcomes:
        return f"{counted(len(outcomes), 'forecast')}: {tally(outcomes)}"
    return ", ".join(dict.fromkeys(_fate(note.claim.statement) for note in notes))


def _fate(statement: Statement) -> str:
    if statement.review == Statement.Review.ACCEPTED:
        return "no forecast yet"
    return str(statement.get_review_display())


def summary(notes: Sequence[Note]) -> str:
    """Such as “8 statements, 6 made checkable, 14 forecasts: 9 came true, 4 did not, 1 open”."""
    outcomes = [outcome for note in notes for outcome in note.outcomes]
    checkable = sum(1 for note in notes if note.outcomes)
    head = f"{counted(len(notes), 'statement')}, {checkable} made checkable, {counted(len(outcomes), 'forecast')}"
    return f"{head}: {tally(outcomes)}" if outcomes else head


def tally(outcomes: Sequence[Outcome]) -> str:
    """How many came true, did not, were measured, are open and so on; what does not occur is left out."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    said = {
        "true": "came true",
        "false": "did not",
        "measured": "gave a figure or an option",
        "void": "annulled or ambiguous",
        "open": "open",
        "due": "waiting to be resolved",
    }
    return ", ".join(f"{counts[key]} {words}" for key, words in said.items() if counts[key])


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
