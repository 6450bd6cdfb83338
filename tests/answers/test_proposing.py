"""Resolutions that the machine proposes, and what people make of them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from forecasts.answers import resolving
from forecasts.answers.proposing import accept, propose, refuse, standing_proposal
from forecasts.answers.resolving import Finding
from forecasts.answers.reviewing_counts import flips, keep_resolution
from forecasts.evidence.recounting import recount
from forecasts.models import Forecast, Verdict, Vintage
from forecasts.rules.errors import InvalidValue, NotNow
from forecasts.scores.scorekeeping import settle
from tests import make
from tests.evidence.made import LAG_PASSED, OPENS, SEPTEMBER, SETTLES, Event, counted_forecast, spec, vintage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

EARLIER: Event = {"date_start": "2017-01-15", "best": 5}


def counted(folder: Path, at: datetime, figure: int, covers_to: date, version: str = "18.0.9") -> Vintage:
    """A vintage in which September 2018 has come to so many deaths, counted and proposed at once."""
    found = vintage(folder, version, at, [EARLIER, {"date_start": "2018-09-12", "best": figure}], covers_to)
    recount(at)
    propose(at)
    return found


def proposals(forecast: Forecast) -> list[str]:
    return [one.outcome for one in forecast.verdicts.filter(act=Verdict.Act.COMPUTED).order_by("pk")]


@pytest.mark.parametrize(("figure", "outcome"), [(119, "no"), (120, "yes")])
def test_when_the_lag_has_passed_the_count_is_proposed_with_its_proof(
    tmp_path: Path, figure: int, outcome: str
) -> None:
    forecast = counted_forecast()
    taken = counted(tmp_path, LAG_PASSED, figure, date(2018, 9, 30))
    proposal = standing_proposal(forecast)
    assert proposal is not None
    assert (proposal.act, proposal.outcome, proposal.person, proposal.takes_effect_at) == (
        "computed",
        outcome,
        None,
        None,
    )
    assert proposal.known_at == taken.retrieved_at
    (proof,) = proposal.evidence.all()
    assert f"{figure:,} deaths (best estimate) in events that lie wholly inside September 2018" in proof.quote
    assert "version 18.0.9" in proof.quote
    rows = proof.file.read().decode().splitlines()
    assert rows[0].startswith("id,starts,ends,country")
    assert rows[1].startswith("2,2018-09-12,2018-09-12,Syria")
    assert "CC BY 4.0" in rows[-1]


def test_before_the_lag_nothing_is_proposed_as_no(tmp_path: Path) -> None:
    forecast = counted_forecast()
    counted(tmp_path, LAG_PASSED - timedelta(days=10), 119, date(2018, 9, 30))
    assert proposals(forecast) == []
    assert propose(LAG_PASSED - timedelta(seconds=1)) == 0
    assert propose(LAG_PASSED) == 1
    assert propose(LAG_PASSED) == 0
    assert proposals(forecast) == ["no"]


def test_an_early_yes_is_marked_as_such(tmp_path: Path) -> None:
    forecast = counted_forecast()
    counted(tmp_path, datetime(2018, 9, 25, tzinfo=UTC), 150, date(2018, 9, 20))
    proposal = standing_proposal(forecast)
    assert proposal is not None
    assert proposal.outcome == "yes"
    assert proposal.note.startswith("Reached already")
    assert proposal.occurred_at == datetime(2018, 9, 13, tzinfo=UTC)
    counted(tmp_path, LAG_PASSED, 151, date(2018, 9, 30), "18.0.9 again")
    assert proposals(forecast) == ["yes"]


def test_of_complete_vintages_the_newest_when_the_lag_had_passed_counts(tmp_path: Path) -> None:
    forecast = counted_forecast()
    counted(tmp_path, LAG_PASSED - timedelta(days=20), 100, date(2018, 9, 30), "a")
    counted(tmp_path, LAG_PASSED - timedelta(days=1), 119, date(2018, 9, 30), "b")
    counted(tmp_path, LAG_PASSED + timedelta(days=1), 130, date(2018, 9, 30), "c")
    proposal = standing_proposal(forecast)
    assert proposal is not None
    assert proposal.count is not None
    assert proposal.count.vintage.version == "b"


def test_a_named_version_is_waited_for(tmp_path: Path) -> None:
    forecast = counted_forecast({**SEPTEMBER, "settles": {"after": "35d", "by": "19.1"}})
    counted(tmp_path, LAG_PASSED, 119, date(2018, 9, 30))
    assert proposals(forecast) == []
    counted(tmp_path, LAG_PASSED + timedelta(days=200), 118, date(2018, 12, 31), "19.1")
    assert proposals(forecast) == ["no"]


def test_a_person_confirms_with_one_act_and_the_evidence_is_filled_in(tmp_path: Path) -> None:
    forecast, person = counted_forecast(), make.administrator()
    counted(tmp_path, LAG_PASSED, 130, date(2018, 9, 30))
    verdict = accept(forecast, person, at=SETTLES)
    assert (verdict.act, verdict.outcome, verdict.person, verdict.round) == ("propose", "yes", person, 1)
    assert verdict.takes_effect_at is not None
    assert [one.sha256 for one in verdict.evidence.all()] == [
        one.sha256 for one in forecast.verdicts.get(act="computed").evidence.all()
    ]
    assert verdict.count == forecast.verdicts.get(act="computed").count
    with pytest.raises(NotNow):
        accept(forecast, person, at=SETTLES)


def test_what_is_refused_is_not_proposed_again(tmp_path: Path) -> None:
    forecast, person = counted_forecast(), make.administrator()
    counted(tmp_path, LAG_PASSED, 130, date(2018, 9, 30))
    with pytest.raises(InvalidValue):
        refuse(forecast, person, "  ", at=SETTLES)
    refuse(forecast, person, "It counts a battle of the year before.", at=SETTLES)
    assert standing_proposal(forecast) is None
    assert propose(SETTLES) == 0
    with pytest.raises(NotNow):
        accept(forecast, person, at=SETTLES)


def test_what_the_machine_counts_resolves_nothing_by_itself(tmp_path: Path) -> None:
    forecast = counted_forecast()
    counted(tmp_path, LAG_PASSED, 130, date(2018, 9, 30))
    assert not Forecast.objects.resolved(SETTLES).exists()
    settle(SETTLES + timedelta(days=1))
    assert not forecast.contributions.exists()


def test_of_two_people_the_machine_is_neither(tmp_path: Path) -> None:
    forecast = counted_forecast(two_people_resolve=True)
    first, second = make.member(forecast.scenario, "resolver"), make.member(forecast.scenario, "resolver")
    counted(tmp_path, LAG_PASSED, 130, date(2018, 9, 30))
    with pytest.raises(NotNow, match="in own words"):
        accept(forecast, first, at=SETTLES)
    finding = Finding(Verdict.Outcome.YES, known_at=SETTLES)
    resolving.resolve(forecast, first, finding, at=SETTLES)
    assert not Forecast.objects.resolved(SETTLES).exists()
    for reader in (first, second, make.administrator()):
        assert "computed" not in [one.act for one in Verdict.objects.visible_to(reader)]
    resolving.second(forecast, second, finding, at=SETTLES)
    assert "computed" in [one.act for one in Verdict.objects.visible_to(second)]


def test_a_proposal_that_comes_while_a_page_is_open_overtakes_nobody(tmp_path: Path) -> None:
    forecast = counted_forecast()
    shown = resolving.newest_act(forecast)
    counted(tmp_path, LAG_PASSED, 130, date(2018, 9, 30))
    finding = Finding(Verdict.Outcome.NO, known_at=SETTLES)
    assert resolving.resolve(forecast, make.administrator(), finding, at=SETTLES, after=shown).round == 1


@pytest.mark.parametrize("labels", [["few", "many"], ["many", "few"]])
def test_options_numbers_and_days_are_proposed_in_their_kind(tmp_path: Path, labels: list[str]) -> None:
    dates: dict[str, Any] = {"published_at": OPENS, "opens_at": OPENS, "closes_at": LAG_PASSED, "resolves_at": SETTLES}
    choice = make.choice(labels, **dates)
    number, day, never = (make.numeric(**dates, upper_is_open=True) for _ in range(3))
    for one in (day, never):
        one.kind = "date"
        one.save()
    spec(choice, {**SEPTEMBER, "outcome": {"options": {"few": [0, 119], "many": [120, None]}}})
    spec(number, {**SEPTEMBER, "outcome": "value"})
    spec(day, {**SEPTEMBER, "outcome": {"first_day": 120}})
    spec(never, {**SEPTEMBER, "outcome": {"first_day": 1200}})
    counted(tmp_path, LAG_PASSED, 130, date(2018, 9, 30))
    found = [standing_proposal(one) for one in (choice, number, day, never)]
    assert [one.option.label if one and one.option else None for one in found] == ["many", None, None, None]
    first = date(1970, 1, 1)
    days = [(first + timedelta(days=one.value)).isoformat() for one in found[2:] if one and one.value is not None]
    assert found[1] is not None
    assert found[1].value == 130
    assert days == ["2018-09-12", "2018-10-01"]


def test_a_later_vintage_that_says_otherwise_opens_a_review_and_rewrites_nothing(tmp_path: Path) -> None:
    forecast, person = counted_forecast(), make.administrator()
    counted(tmp_path, LAG_PASSED, 130, date(2018, 9, 30))
    accept(forecast, person, at=SETTLES)
    assert flips(SETTLES) == []
    later = SETTLES + timedelta(days=200)
    counted(tmp_path, later, 110, date(2018, 12, 31), "19.1")
    (flip,) = flips(later)
    assert (flip.forecast, flip.verdict.outcome, flip.count.outcome, flip.count.vintage.version) == (
        forecast, "yes", "no", "19.1",
    )  # fmt: skip
    assert Verdict.objects.effective(later).get(forecast=forecast).outcome == "yes"


def test_a_review_ends_when_a_person_keeps_or_supersedes_the_resolution(tmp_path: Path) -> None:
    kept, changed, person = counted_forecast(), counted_forecast(), make.administrator()
    counted(tmp_path, LAG_PASSED, 130, date(2018, 9, 30))
    for forecast in (kept, changed):
        accept(forecast, person, at=SETTLES)
    later = SETTLES + timedelta(days=200)
    counted(tmp_path, later, 110, date(2018, 12, 31), "19.1")
    assert len(flips(later)) == 2
    keep_resolution(kept, person, "The source said so in November, which is what we asked.", at=later)
    finding = Finding(Verdict.Outcome.NO, known_at=later, note="The source revised itself.")
    resolving.resolve(changed, person, finding, at=later)
    assert flips(later) == []
    assert [one.outcome for one in changed.verdicts.exclude(act="computed")] == ["yes", "no"]
