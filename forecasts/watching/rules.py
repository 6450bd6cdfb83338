"""When each person is asked next about one forecast, by kind. Pure: facts in, instants out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from forecasts.models import Asks, Estimate, Forecast, PromptKind, Verdict, record_of
from forecasts.rules import timing
from forecasts.rules.timing import Rhythm
from forecasts.watching.grounds import Facts, Judged, Wishes
from forecasts.watching.moving import Consensus

CLOSING = timedelta(days=2)
"""How long before the close an analyst is reminded. Who answered in the day before that needs no reminder."""
OVERDUE = timedelta(days=5)
UNMOVED = timedelta(days=1)
"""For so long after their last answer nobody hears that the consensus has moved; and once until the next one."""
REPORTS = 2
"""So many analysts who say that the answer is known wake whoever resolves."""
NOBODY = Wishes(Rhythm(timing.zone("UTC")))

type Key = tuple[int, str]


def closing_at(forecast: Forecast) -> datetime | None:
    """When analysts are reminded of the close: two days before it, or halfway of a shorter window."""
    if forecast.closes_at is None or forecast.opens_at is None:
        return None
    return forecast.closes_at - min(CLOSING, (forecast.closes_at - forecast.opens_at) / 2)


def next_slot(forecast: Forecast, kind: str, slot: datetime, at: datetime) -> datetime | None:
    """The slot after one that became a prompt at `at`: slots missed until then are one. None where none follows."""
    if kind == PromptKind.UPDATE:
        return _before_close(forecast, _after(slot, forecast.review_every, at))
    return _after(slot, OVERDUE, at) if kind == PromptKind.OVERDUE else None


def _after(slot: datetime, every: timedelta, at: datetime) -> datetime:
    return slot + (max(0, (at - slot) // every) + 1) * every


def _before_close(forecast: Forecast, due: datetime) -> datetime | None:
    """What falls due when the close is near is left to the reminder of it, unless the forecast is reviewed as often."""
    closing = closing_at(forecast)
    if closing is None or forecast.closes_at is None:
        return None
    end = closing - CLOSING / 2 if forecast.review_every > CLOSING else forecast.closes_at
    return due if due < end else None


def resolution(facts: Facts) -> Judged | None:
    """The act that completed the newest standing round."""
    return max((one for one in facts.verdicts if one.is_complete), key=lambda one: one.round, default=None)


def proposal(facts: Facts) -> Judged | None:
    """The act that opened the newest standing round, where that waits for somebody else."""
    return next((one for one in facts.verdicts if one.is_waiting), None)


def dissent(facts: Facts) -> Judged | None:
    """The second person's contradiction of what waits: an owner who is neither of the two decides."""
    return next((one for one in answers_of_round(facts) if one.act == Verdict.Act.DISSENT), None)


def told_at(facts: Facts) -> datetime | None:
    """From when there is news of the outcome: a resolution in effect, or one that was told of and taken back."""
    acts = [one for one in facts.verdicts if one.is_telling]
    return (acts[-1].takes_effect_at or acts[-1].recorded_at) if acts else None


def answers_of_round(facts: Facts) -> list[Judged]:
    """What was said in the newest round, where it waits for somebody else: a proposal, and a dissent from it."""
    opened = proposal(facts)
    return [one for one in facts.verdicts if opened is not None and one.round == opened.round]


def asked_to_resolve(facts: Facts) -> list[frozenset[int]]:
    """Who is asked to resolve, in the order of escalation: resolver, backup, the scenario's owners.

    Whoever answered in a round that waits for somebody else is not asked again; where two disagree, owners decide.
    Where no owner is left to decide, the first is asked, who may take the answer back: nothing waits for nobody.
    """
    given = answers_of_round(facts)
    out = {one.person_id for one in given}
    is_disputed = any(one.act == Verdict.Act.DISSENT for one in given)
    groups: list[frozenset[int]] = []
    for group in [facts.owners] if is_disputed else [{facts.resolver}, {facts.backup}, facts.owners]:
        left = frozenset(one for one in group if one is not None) - out
        if left:
            groups.append(left)
            out |= left
    if is_disputed and not groups:
        groups = [frozenset(one.person_id for one in given[:1] if one.person_id is not None)]
    return groups


def resolving_from(facts: Facts) -> datetime | None:
    """From when somebody is asked to resolve: when the answer should be known, or is said to be, or was doubted."""
    due = facts.forecast.resolves_at
    if due is None:
        return None
    said_at, until = facts.postponed or (None, None)
    if until is not None and said_at is not None:
        due = max(until, said_at)
    second = facts.reported_at[REPORTS - 1] if len(facts.reported_at) >= REPORTS else None
    if second is not None and (said_at is None or second > said_at):
        due = min(due, second)
    doubts = [one.recorded_at for one in facts.verdicts if one.act == Verdict.Act.TAKE_BACK]
    newest: Verdict | None = dissent(facts) or proposal(facts)
    return newest.recorded_at if newest is not None else max([due, *doubts])


@dataclass(frozen=True, slots=True)
class Watches:
    """The next slots of one forecast as of `at`."""

    facts: Facts
    wishes: Mapping[int, Wishes]
    at: datetime

    def slots(self) -> dict[Key, datetime]:
        """By person and kind, when to ask next. Who is not in it is not asked."""
        forecast = self.facts.forecast
        if forecast.is_imported or forecast.published_at is None:
            return {}
        rules = self._told() if resolution(self.facts) else self._open()
        found = {}
        for person, kind, due in rules:
            held = self._held(person, kind, due)
            if held is not None:
                found[person, str(kind)] = held
        return found

    def _open(self) -> Iterator[tuple[int, str, datetime | None]]:
        consensus = Consensus(self.facts)
        for person in self.facts.analysts:
            last = self.facts.last.get(person)
            if last is None or last.event != Estimate.Event.DECLINE:
                yield person, PromptKind.UPDATE, self._update(person, consensus)
                yield person, PromptKind.CLOSING_SOON, self._closing(person)
        yield from self._resolving()
        yield from self._contested()
        yield from self._told()

    def _update(self, person: int, consensus: Consensus) -> datetime | None:
        """A review interval after the last answer or mail; sooner where the question or the consensus moved."""
        forecast = self.facts.forecast
        if forecast.opens_at is None:
            return None
        last, mail = self.facts.last.get(person), self._asked(person, PromptKind.UPDATE)
        anchors = [moment for moment in (last.at if last else None, mail) if moment is not None]
        if not anchors:
            return self._first(person, forecast.opens_at)
        since = max(anchors)
        due = [_before_close(forecast, self._next(person, PromptKind.UPDATE, since, forecast.review_every))]
        seen = max([since, *self._seen(person)])
        due += [at for at, _ in self.facts.amended_at if at > seen][-1:]
        if last is not None and last.at >= seen:
            moved = consensus.moved_at(last.at)
            due.append(max(moved, last.at + UNMOVED) if moved is not None else None)
        return min((one for one in due if one is not None), default=None)

    def _first(self, person: int, opens_at: datetime) -> datetime | None:
        """When whoever was never asked is: at the opening, or now if that is past, so that a review is an interval off.

        What fell into an absence stays there until that ends. Near the close they are asked nonetheless.
        """
        forecast = self.facts.forecast
        first = max(opens_at, forecast.published_at or self.at)
        if timing.back(self.wishes.get(person, NOBODY).rhythm, first) is None:
            first = max(first, self.at)
        return first if forecast.closes_at is not None and first < forecast.closes_at else None

    def _closing(self, person: int) -> datetime | None:
        due, last = closing_at(self.facts.forecast), self.facts.last.get(person)
        if due is None or self._asked(person, PromptKind.CLOSING_SOON) is not None:
            return None
        return None if last is not None and last.at > due - CLOSING / 2 else due

    def _resolving(self) -> Iterator[tuple[int, str, datetime | None]]:
        """The first of them at once, again every five days; the next ones join after ten and fifteen."""
        start = resolving_from(self.facts)
        if start is None:
            return
        for place, group in enumerate(asked_to_resolve(self.facts)):
            for person in group:
                if place == 0:
                    mail = self._asked(person, PromptKind.RESOLVE)
                    yield person, PromptKind.RESOLVE, start if mail is None or mail < start else None
                mail = self._asked(person, PromptKind.OVERDUE)
                first = start + (place + 1) * OVERDUE
                again = self._next(person, PromptKind.OVERDUE, mail, OVERDUE) if mail and mail >= first else first
                yield person, PromptKind.OVERDUE, again

    def _contested(self) -> Iterator[tuple[int, str, datetime | None]]:
        """Whoever answered first hears at once that a second person came to another answer, and an owner decides."""
        first, second = proposal(self.facts), dissent(self.facts)
        if first is None or second is None or first.person_id is None or self._is_asked_to_resolve(first.person_id):
            return
        mail = self._asked(first.person_id, PromptKind.CONTESTED)
        is_news = mail is None or mail < second.recorded_at
        yield first.person_id, PromptKind.CONTESTED, second.recorded_at if is_news else None

    def _is_asked_to_resolve(self, person: int) -> bool:
        return any(person in group for group in asked_to_resolve(self.facts))

    def _told(self) -> Iterator[tuple[int, str, datetime | None]]:
        """Everybody who is scored hears what came of it, and again when that changes."""
        due = told_at(self.facts)
        is_doubted = due is not None and resolution(self.facts) is None
        answered = {one.person for one in self.facts.said if one.event in Estimate.ANSWERS}
        for person in self.facts.last.keys() & answered if due is not None else ():
            mail = self._asked(person, PromptKind.RESULT)
            is_news = (mail is None and not is_doubted) or (mail is not None and due is not None and mail < due)
            yield person, PromptKind.RESULT, due if is_news else None

    def _asked(self, person: int, kind: str) -> datetime | None:
        mail = self.facts.asked.get((person, kind))
        return mail.slot if mail is not None else None

    def _seen(self, person: int) -> list[datetime]:
        """When mails of this forecast showed the person where it stands."""
        kinds = PromptKind.asking_for(Asks.ESTIMATE)
        mails = [mail for kind in kinds if (mail := self.facts.asked.get((person, kind))) is not None]
        return [mail.written_at or mail.slot for mail in mails]

    def _next(self, person: int, kind: str, since: datetime, every: timedelta) -> datetime:
        """An interval after the last answer or mail; slots missed before that mail was written are not asked for."""
        mail = self.facts.asked.get((person, kind))
        written = mail.written_at if mail is not None and mail.slot == since else None
        return _after(since, every, written or since)

    def _held(self, person: int, kind: str, due: datetime | None) -> datetime | None:
        """The slot, after whatever the person's wishes hold back; None where they do not want it at all."""
        wishes = self.wishes.get(person, NOBODY)
        if due is None or kind in wishes.stopped:
            return None
        closes = self.facts.forecast.closes_at if record_of(kind).asks == Asks.ESTIMATE else None
        ends: Sequence[datetime | None] = (timing.back(wishes.rhythm, due, closes),)
        if person in self.facts.mutes:
            until = self.facts.mutes[person]
            if until is None:
                return None
            ends = [*ends, until]
        before = self.facts.held_back.get((person, kind))
        if before is not None and due <= before:
            due = max(due, self.at)
        due = max([due, *(end for end in ends if end is not None)])
        return None if closes is not None and due >= closes else due
