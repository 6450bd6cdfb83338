"""Which verdict stands: the one rule and whatever uses it, held against its definition on arbitrary rounds."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecasts.api import resolutions
from forecasts.models import Forecast, Scenario, Verdict, standing
from forecasts.models.sql import rows
from forecasts.presenting import states
from forecasts.scores.scorekeeping.batches import cases
from forecasts.scores.statistics.counting import states as counted
from forecasts.scores.statistics.shapes import Filters
from forecasts.scores.statistics.slices import Slice
from forecasts.watching import grounds, rules
from tests import make

Act = Verdict.Act
DAYS = 12


class Said(NamedTuple):
    """One act: its round, the day it was recorded, and the day it takes effect where it completes the round."""

    act: str
    round: int
    day: int
    effect: int | None = None


@st.composite
def histories(draw: Any) -> list[Said]:
    """Rounds one after the other: opened, perhaps completed at once or by a second person, perhaps taken back."""
    said: list[Said] = []
    day = 0
    for number in range(1, draw(st.integers(0, 4)) + 1):
        day += draw(st.integers(1, 2))
        effect = draw(st.none() | st.integers(0, 3))
        said.append(
            Said(Act.SUPERSEDE if number > 1 else Act.PROPOSE, number, day, None if effect is None else day + effect)
        )
        second = draw(st.sampled_from(["", Act.CONFIRM, Act.DISSENT])) if effect is None else ""
        if second:
            day += 1
            late = day + draw(st.integers(0, 3)) if second == Act.CONFIRM else None
            said.append(Said(second, number, day, late))
        if draw(st.booleans()):
            day += draw(st.integers(0, 2))
            said.append(Said(Act.TAKE_BACK, number, day))
    return said


def stand(said: Sequence[Said]) -> tuple[int | None, int | None]:
    """By definition, of what was said: the round that is resolved, and the one that waits for somebody else."""
    gone = {one.round for one in said if one.act == Act.TAKE_BACK}
    complete = {one.round for one in said if one.effect is not None}
    newest = max({one.round for one in said} - gone, default=None)
    return max(complete - gone, default=None), None if newest in complete else newest


def news(said: Sequence[Said]) -> int | None:
    """The day of the newest act that made a resolution, or ended one that was made."""
    complete = {one.round for one in said if one.effect is not None}
    telling = [one for one in said if one.effect is not None or (one.act == Act.TAKE_BACK and one.round in complete)]
    return None if not telling else telling[-1].day if telling[-1].effect is None else telling[-1].effect


def record(forecast: Forecast, said: Sequence[Said]) -> None:
    for one in said:
        day = make.day(one.day)
        effect = None if one.effect is None else make.day(one.effect)
        told = {"known_at": day} if one.act != Act.TAKE_BACK else {"known_at": None, "outcome": ""}
        fields: dict[str, Any] = {
            "act": one.act,
            "round": one.round,
            "recorded_at": day,
            "takes_effect_at": effect,
            **told,
        }
        make.verdict(forecast, **fields)


@pytest.fixture
def scenario(db: None) -> Scenario:
    return make.scenario()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=histories(), day=st.integers(0, DAYS))
def test_whatever_asks_which_verdict_stands_gets_the_same_answer(
    scenario: Scenario, said: list[Said], day: int
) -> None:
    forecast = make.forecast(scenario, opens_at=make.day(-1), closes_at=make.day(0.5))
    record(forecast, said)
    by_now = [one for one in said if one.day <= day]
    resolved, waiting = stand(by_now)
    at = make.day(day)
    assert asked(forecast, at) == {
        "queryset": resolved, "text": resolved, "watching": resolved, "page": resolved,
        "queryset waits": waiting, "watching waits": waiting, "page waits": waiting,
    }  # fmt: skip
    assert told(forecast, at) == dict.fromkeys(
        ("text", "watching"), None if news(by_now) is None else make.day(news(by_now) or 0)
    )
    in_effect = {one.round for one in by_now if one.effect is not None and one.effect <= day}
    gone = {one.round for one in by_now if one.act == Act.TAKE_BACK}
    effective = max(in_effect - gone, default=None)
    assert scored(forecast, at) == effective
    shown = resolutions.standing(Verdict.objects.judged(at).filter(forecast=forecast), at)
    assert (shown.round if shown else None) == (effective or resolved)
    slice_ = Slice((scenario.pk,), Filters(), "last")
    assert counted(slice_, at)[""].resolved == Forecast.objects.filter(scenario=scenario).resolved(at).count()


def asked(forecast: Forecast, at: Any) -> dict[str, int | None]:
    """The round that is resolved and the one that waits, by each of those who ask."""
    acts = Verdict.objects.filter(forecast=forecast)
    (facts,) = grounds.read([forecast.pk], at)
    text = f"SELECT max(v.round) AS round FROM {standing.complete()} v WHERE v.forecast_id = %(pk)s"
    found = {
        "queryset": acts.complete(at).order_by("-round").first(),
        "watching": rules.resolution(facts),
        "page": states.resolutions([forecast], at).get(forecast.pk),
        "queryset waits": acts.waiting(at).first(),
        "watching waits": rules.proposal(facts),
        "page waits": states.proposals([forecast], at).get(forecast.pk),
    }
    (row,) = rows(text, {"at": at, "pk": forecast.pk})
    return {**{name: act.round if act else None for name, act in found.items()}, "text": row["round"]}


def told(forecast: Forecast, at: Any) -> dict[str, Any]:
    (facts,) = grounds.read([forecast.pk], at)
    text = f"""SELECT coalesce(v.takes_effect_at, v.recorded_at) AS told FROM {standing.telling()} v
        WHERE v.forecast_id = %(pk)s ORDER BY v.recorded_at DESC, v.id DESC LIMIT 1"""
    found = rows(text, {"at": at, "pk": forecast.pk})
    return {"watching": rules.told_at(facts), "text": found[0]["told"] if found else None}


def scored(forecast: Forecast, at: Any) -> int | None:
    (case,) = cases([forecast.pk], at)
    return Verdict.objects.get(pk=case.verdict_id).round if case.verdict_id else None
