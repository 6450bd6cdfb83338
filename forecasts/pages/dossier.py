"""All that the page of one forecast shows."""

from dataclasses import dataclass
from datetime import datetime

from forecasts.models import Amendment, Estimate, Forecast, PromptKind, User, Verdict
from forecasts.pages import board
from forecasts.presenting import consensus, counted, states, words
from forecasts.presenting.consensus import Consensus
from forecasts.presenting.counted import Panel
from forecasts.presenting.history import History, history
from forecasts.presenting.kinds import answers_to
from forecasts.presenting.plot import Plot, plot
from forecasts.presenting.states import State

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One estimate in words, with the consensus that it made."""

    estimate: Estimate
    words: str
    details: list[tuple[str, str]]
    consensus: str
    is_own: bool
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class Act:
    """One verdict in words."""

    verdict: Verdict
    outcome: str


@dataclass(frozen=True, slots=True)
class Dossier:
    state: State
    consensus: Consensus
    own: str
    rhythm: str
    asked_next: datetime | None
    is_hidden: bool
    plot: Plot | None
    said: list[Said]
    said_in_all: int
    amendments: list[Amendment]
    resolution: Verdict | None
    proposal: Verdict | None
    outcome: str
    acts: list[Act]
    counted: Panel | None


def dossier(forecast: Forecast, user: User, at: datetime) -> Dossier:
    """What this person sees of the forecast at `at`."""
    resolution = states.resolutions([forecast], at).get(forecast.pk)
    proposal = states.proposals([forecast], at).get(forecast.pk)
    in_force = consensus.in_force([forecast], user, at)[forecast.pk]
    past = history(forecast, user, at, resolution)
    watch = forecast.watches.filter(user=user, kind=PromptKind.UPDATE).first()
    return Dossier(
        state=states.state(forecast, resolution, at, proposal),
        consensus=consensus.consensus(forecast, in_force),
        own=answers_to(forecast).worded(consensus.number(in_force.own)) if in_force.own else "",
        rhythm=words.rhythm(forecast.review_every),
        asked_next=watch.next_at if watch else None,
        is_hidden=board.is_hidden(forecast, user, board.answered([forecast], user)),
        plot=plot(past, resolution, at),
        said=_said(past, user),
        said_in_all=len(past.estimates),
        amendments=past.amendments,
        resolution=resolution,
        proposal=proposal,
        outcome=states.outcome(forecast, resolution) if resolution else "",
        acts=_acts(forecast, user, at),
        counted=counted.panel(forecast, at),
    )


def _said(past: History, user: User) -> list[Said]:
    """The newest estimates, the last one first."""
    return [_in_words(estimate, past, user) for estimate in reversed(past.estimates[-NEWEST:])]


def _in_words(estimate: Estimate, past: History, user: User) -> Said:
    forecast = past.forecast
    together = past.consensus_at(estimate.made_at)
    value = consensus.number(estimate) if estimate.event in Estimate.ANSWERS else None
    return Said(
        estimate,
        str(estimate.get_event_display()) if value is None else answers_to(forecast).brief(value),
        [] if isinstance(value, int) or value is None else answers_to(forecast).details(value),
        "–" if together is None else answers_to(forecast).brief(together),
        estimate.forecaster.user_id == user.pk,
        any(one.corrects_id == estimate.pk for one in past.estimates),
    )


def _acts(forecast: Forecast, user: User, at: datetime) -> list[Act]:
    """Every act on the outcome, the newest first."""
    verdicts = Verdict.objects.visible_to(user).filter(forecast=forecast, recorded_at__lte=at)
    newest_first = verdicts.order_by("-recorded_at", "-pk").select_related("person", "option")
    return [
        Act(verdict, states.outcome(forecast, verdict) if verdict.outcome else "")
        for verdict in newest_first.prefetch_related("evidence")
    ]
