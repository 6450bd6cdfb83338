"""Whatever people do about outcomes in whatever order: the history is whole, and one can always go on."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from django.db.models import Count
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from forecasts import watching
from forecasts.answers import estimating, resolving
from forecasts.answers.estimating import Answer
from forecasts.answers.resolving import Finding, Proof
from forecasts.models import Amendment, Estimate, Forecast, User, Verdict
from forecasts.questions import amending
from forecasts.rules.errors import NotNow
from forecasts.rules.values import Value
from forecasts.scores import scorekeeping
from tests import make
from tests.scores.test_scorekeeping import tallies

OUTCOMES = st.sampled_from(["yes", "no", "annulled", "ambiguous"])
PEOPLE = st.integers(0, 3)
HOURS = st.sampled_from([1, 7, 30, 200])
MONTH = timedelta(days=30)


class Outcomes(RuleBasedStateMachine):
    """One forecast, two who resolve, two who own, two who estimate, and a clock that moves on with every act.

    The clock never goes back, over all sequences: what settles one of them may meet what another left.
    """

    people: ClassVar[list[User]] = []
    analysts: ClassVar[list[User]] = []
    clock: ClassVar[datetime] = make.OPENING
    played: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        # What is asked of whom follows once, after the sequence: no act here depends on it.
        self.at_the_end = ExitStack()
        self.at_the_end.enter_context(watching.once_each())

    @initialize(two=st.booleans(), cooling=st.sampled_from([0, 24]))
    def begin(self, two: bool, cooling: int) -> None:
        scenario = make.scenario(two_people_resolve=two, cooling_off_hours=cooling)
        begins = Outcomes.clock
        dates = {"published_at": begins, "opens_at": begins, "closes_at": begins + MONTH, "resolves_at": begins + MONTH}
        self.two = two
        self.forecast: Forecast = make.forecast(scenario, **dates)
        self.known_at = begins + timedelta(days=19)
        self.at = begins + timedelta(days=20)
        self.kept: list[int] = []
        self.taken_back: list[int] = []
        self.amended = 0
        self.waiting: Verdict | None = None
        self.dissent: Verdict | None = None
        make.estimate(self.forecast, self.analysts[0], 0.3, begins + timedelta(days=1))

    def teardown(self) -> None:
        """However the sequence ended, it can be resolved. Of every third one this is tried."""
        with self.at_the_end:
            if not hasattr(self, "forecast"):
                return
            Outcomes.played += 1
            if Outcomes.played % 3 == 0:
                self.the_database_says_the_same()
                self.go_on()
        Outcomes.clock = max(self.at, self.forecast.matures_at) + timedelta(days=3)

    def go_on(self) -> None:
        at = self.now(1)
        if self.waiting is not None:
            resolving.take_back(self.forecast, self.waiting.person, "To begin anew.", at=at)
        resolving.resolve(self.forecast, self.people[0], self.finding("yes"), at=at)
        if self.two:
            resolving.second(self.forecast, self.people[1], self.finding("yes"), at=at)
        newest = Verdict.objects.complete(at).filter(forecast=self.forecast).order_by("-round").first()
        assert newest is not None
        assert newest.outcome == "yes"

    def finding(self, outcome: str) -> Finding:
        proof = Proof("https://www.unocha.org/", "As reported.")
        return Finding(Verdict.Outcome(outcome), known_at=self.known_at, note="As reported.", evidence=[proof])

    def now(self, hours: int) -> datetime:
        self.at += timedelta(hours=hours)
        return self.at

    def wrote(self, verdict: Verdict) -> Verdict:
        self.kept.append(verdict.pk)
        return verdict

    @rule(who=PEOPLE, outcome=OUTCOMES, hours=HOURS)
    def resolve(self, who: int, outcome: str, hours: int) -> None:
        at = self.now(hours)
        try:
            self.wrote(resolving.resolve(self.forecast, self.people[who], self.finding(outcome), at=at))
        except NotNow:
            assert self.waiting is not None
        else:
            assert self.waiting is None

    @precondition(lambda self: self.waiting is not None and self.dissent is None)
    @rule(who=PEOPLE, outcome=OUTCOMES, hours=HOURS)
    def answer_as_second(self, who: int, outcome: str, hours: int) -> None:
        opened = self.waiting
        assert opened is not None
        try:
            verdict = resolving.second(self.forecast, self.people[who], self.finding(outcome), at=self.now(hours))
        except NotNow:
            assert opened.person == self.people[who]
        else:
            self.wrote(verdict)
            assert verdict.act == ("confirm" if verdict.outcome == opened.outcome else "dissent")

    @precondition(lambda self: self.dissent is not None)
    @rule(who=st.integers(2, 3), outcome=OUTCOMES, hours=HOURS)
    def decide(self, who: int, outcome: str, hours: int) -> None:
        assert self.waiting is not None
        assert self.dissent is not None
        is_party = self.people[who] in (self.waiting.person, self.dissent.person)
        try:
            verdict = resolving.decide(self.forecast, self.people[who], self.finding(outcome), at=self.now(hours))
        except NotNow:
            assert is_party
        else:
            assert self.wrote(verdict).takes_effect_at is not None

    @precondition(lambda self: bool(self.kept))
    @rule(who=PEOPLE, hours=HOURS)
    def take_back(self, who: int, hours: int) -> None:
        try:
            verdict = resolving.take_back(self.forecast, self.people[who], "Misread.", at=self.now(hours))
        except NotNow:
            assert self.waiting is None or (self.dissent is None and self.waiting.person != self.people[who])
        else:
            self.taken_back.append(self.wrote(verdict).pk)

    @rule(material=st.booleans(), hours=HOURS)
    def amend(self, material: bool, hours: int) -> None:
        kind = Amendment.Kind.MATERIAL if material else Amendment.Kind.CLARIFYING
        changes = {"fine_print": f"Said for the {self.amended + 1}. time."}
        at = self.now(hours)
        try:
            amending.amend(self.forecast, self.people[2], changes, kind, "Clearer.", at=at)
        except NotNow:
            assert self.waiting is not None or self.is_resolved(at)
        else:
            self.amended += 1
            assert not self.is_resolved(at)

    @rule(hours=HOURS)
    def postpone(self, hours: int) -> None:
        at = self.now(hours)
        try:
            resolving.postpone(self.forecast, self.people[0], at + timedelta(days=3), "The registry is closed.", at=at)
        except NotNow:
            assert self.is_resolved(at)

    @rule(who=st.integers(0, 1), tenth=st.integers(1, 9), hours=HOURS)
    def estimate(self, who: int, tenth: int, hours: int) -> None:
        at, said = self.now(hours), Answer(value=Value(probability=tenth * 1000))
        try:
            estimating.record(self.forecast, self.analysts[who], said, at=at, channel=Estimate.Channel.WEB)
        except NotNow:
            assert at >= self.forecast.matures_at or self.is_resolved(at)

    @rule(hours=HOURS)
    def settle(self, hours: int) -> None:
        scorekeeping.settle(self.now(hours))

    def is_resolved(self, at: datetime) -> bool:
        return Verdict.objects.complete(at).filter(forecast=self.forecast).exists()

    @invariant()
    def the_history_is_whole(self) -> None:
        """Nothing disappears, rounds follow one another, and at most one of them waits, for one thing."""
        if not hasattr(self, "forecast"):
            return
        acts = list(Verdict.objects.filter(forecast=self.forecast).order_by("pk"))
        assert [verdict.pk for verdict in acts] == self.kept
        openings = [verdict for verdict in acts if verdict.act in Verdict.OPENING]
        assert [verdict.round for verdict in openings] == list(range(1, len(openings) + 1))
        ended = {verdict.round for verdict in acts if verdict.act == "take_back"}
        standing = next((verdict for verdict in reversed(openings) if verdict.round not in ended), None)
        in_round = [verdict for verdict in acts if standing is not None and verdict.round == standing.round]
        is_complete = any(verdict.takes_effect_at is not None for verdict in in_round)
        self.waiting = None if is_complete else standing
        self.dissent = next((one for one in in_round if one.act == "dissent" and not is_complete), None)

    def the_database_says_the_same(self) -> None:
        """What the querysets and the rows beside the verdicts say, against what the acts add up to."""
        acts = self.forecast.verdicts
        assert [one.pk for one in acts.waiting()] == ([self.waiting.pk] if self.waiting else [])
        assert acts.disputed().exists() == (self.dissent is not None)
        pieces = dict(acts.annotate(n=Count("evidence")).values_list("pk", "n"))
        assert {pk: n for pk, n in pieces.items() if n != 1} == dict.fromkeys(self.taken_back, 0)
        self.forecast.refresh_from_db(fields=["version"])
        assert self.forecast.version == 1 + self.amended


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody who acts in the sequences, made once."""
    monkeypatch.setattr(Outcomes, "people", [make.administrator() for _ in range(4)])
    monkeypatch.setattr(Outcomes, "analysts", [make.administrator() for _ in range(2)])
    monkeypatch.setattr(Outcomes, "clock", make.OPENING)
    monkeypatch.setattr(Outcomes, "played", 0)


def play(sequences: int, steps: int) -> None:
    """So many sequences; then the tallies are those of the facts, and of a rebuild."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    how = settings(
        max_examples=sequences,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=quiet,
        database=None,
        derandomize=False,
    )
    run_state_machine_as_test(Outcomes, settings=how)
    scorekeeping.settle(Outcomes.clock)
    assert scorekeeping.verify(Outcomes.clock) == []
    settled = tallies()
    scorekeeping.rebuild(Outcomes.clock)
    assert tallies() == settled
    assert Outcomes.played >= sequences


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
def test_fifty_sequences_of_acts_leave_a_whole_history_and_the_tallies_of_a_rebuild() -> None:
    play(50, 4)


@pytest.mark.validate
@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("part", range(20))
def test_ten_thousand_sequences_of_acts_leave_a_whole_history_and_the_tallies_of_a_rebuild(part: int) -> None:
    """In twenty parts, each with a start of its own: what one part left behind would only slow down the next."""
    play(500, 8)
