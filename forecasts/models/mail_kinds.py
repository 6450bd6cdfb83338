"""The kinds of mail: one record each. What treats kinds differently asks the record, and keeps no list of its own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Asks(StrEnum):
    """What a mail wants of its reader."""

    ESTIMATE = "estimate"
    RESOLUTION = "resolution"
    NOTHING = "nothing"


class Ends(StrEnum):
    """When nobody needs a mail any more: what comes first of the resolution and what is said here."""

    ANSWERED = "answered, declined or closed"
    SETTLED = "resolved, put off, or somebody else's turn"
    OUTDATED = "something newer came of it; a resolution does not end it"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKind:
    """What holds of all mails of one kind. Its templates have the kind's name, that of its part in a digest `entry`."""

    label: str
    asks: Asks = Asks.NOTHING
    ends: Ends = Ends.NEVER
    goes_always: bool = False
    """Nothing stops or delays it, and it is in no digest: somebody waits for it, or has to know."""
    brings_the_rest: bool = False
    """What else waits for its reader by then stands below it, in the same mail."""
    is_urgent: bool = False
    """It waits for no other day, however many mails its reader got; nor does what is about to close."""
    wish: str = ""
    """Its line among the preferences. What has one can be stopped by itself."""
    teller: str
    """The function in `mail/emails/telling.py` that finds what it says."""
    act: str = ""
    """What a digest calls it."""
    place: int = 0
    """In a digest: what closes or waits longest comes first."""
    entry: str = ""
    """The template of its part in a digest, `mail/entry_<entry>`."""
    teller_in_digest: str = ""
    """The function that finds what this part says, where that is less than the whole mail."""
    in_calendar: str = ""
    """What a calendar calls the time at which it falls due; of what asks for something."""
    in_replay: str
    """What a replay says was asked or told."""


class PromptKind(StrEnum):
    """Every kind of mail, with its record."""

    record: MailKind

    def __new__(cls, value: str, record: MailKind) -> Self:
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.record = record
        return kind

    UPDATE = (
        "update",
        MailKind(
            label="update",
            asks=Asks.ESTIMATE,
            ends=Ends.ANSWERED,
            wish="Update: your estimate is due for a review",
            teller="estimating",
            act="Your estimate",
            place=4,
            entry="estimate",
            in_calendar="Estimate",
            in_replay="what do you estimate?",
        ),
    )
    CLOSING_SOON = (
        "closing_soon",
        MailKind(
            label="closing soon",
            asks=Asks.ESTIMATE,
            ends=Ends.ANSWERED,
            wish="Closing soon: the last days in which you can estimate",
            teller="estimating",
            act="Closing soon",
            place=3,
            entry="estimate",
            in_calendar="Closes soon",
            in_replay="what do you estimate, before it closes?",
        ),
    )
    RESOLVE = (
        "resolve",
        MailKind(
            label="resolve",
            asks=Asks.RESOLUTION,
            ends=Ends.SETTLED,
            wish="Resolve: an answer should be known, and it is yours to give",
            teller="resolving",
            act="Time to resolve",
            place=2,
            entry="resolve",
            in_calendar="Resolve",
            in_replay="what came of it?",
        ),
    )
    OVERDUE = (
        "overdue",
        MailKind(
            label="overdue",
            asks=Asks.RESOLUTION,
            ends=Ends.SETTLED,
            wish="Overdue: an answer is still missing",
            teller="resolving",
            act="Overdue",
            place=1,
            entry="resolve",
            in_calendar="Overdue",
            in_replay="what came of it, at last?",
        ),
    )
    CONTESTED = (
        "contested",
        MailKind(
            label="contested",
            ends=Ends.SETTLED,
            is_urgent=True,
            wish="Contested: a second person came to another answer than yours",
            teller="resolving",
            act="Your answer is contested",
            place=2,
            entry="contested",
            in_replay="told that a second person came to another answer",
        ),
    )
    RESULT = (
        "result",
        MailKind(
            label="result",
            ends=Ends.OUTDATED,
            wish="Result: what came of it, with your scores",
            teller="outcome",
            teller_in_digest="outcome_in_brief",
            act="Result",
            place=5,
            entry="result",
            in_replay="told what came of it",
        ),
    )
    SUMMARY = (
        "summary",
        MailKind(
            label="weekly summary",
            wish="Weekly summary: the scenarios that you own, and your own record where it drifts",
            teller="summary",
            act="Weekly summary",
            place=6,
            entry="summary",
            in_replay="told what waits, who answers, what closes and what drifts",
        ),
    )
    RETURNED = (
        "returned",
        MailKind(
            label="returned mail",
            goes_always=True,
            teller="returned",
            in_replay="told whose mail comes back",
        ),
    )
    INVITATION = (
        "invitation",
        MailKind(
            label="invitation",
            goes_always=True,
            brings_the_rest=True,
            teller="invitation",
            in_replay="invited",
        ),
    )
    PASSWORD_RESET = (
        "password_reset",
        MailKind(
            label="password reset",
            goes_always=True,
            teller="password_reset",
            in_replay="sent a link to set a password",
        ),
    )

    SECURITY = (
        "security",
        MailKind(
            label="your account",
            goes_always=True,
            teller="security",
            in_replay="told what changed about the account",
        ),
    )

    @classmethod
    def asking_for(cls, *what: Asks) -> list[Self]:
        """The kinds that want this of their reader."""
        return [kind for kind in cls if kind.record.asks in what]

    @classmethod
    def asking(cls) -> list[Self]:
        """The kinds that want anything."""
        return cls.asking_for(Asks.ESTIMATE, Asks.RESOLUTION)

    @classmethod
    def stoppable(cls) -> list[Self]:
        """The kinds that a person may stop, one by one."""
        return [kind for kind in cls if kind.record.wish]

    @classmethod
    def going_always(cls) -> list[Self]:
        return [kind for kind in cls if kind.record.goes_always]

    @classmethod
    def bringing_the_rest(cls) -> list[Self]:
        return [kind for kind in cls if kind.record.brings_the_rest]

    @classmethod
    def going_alone(cls) -> list[Self]:
        return [kind for kind in cls.going_always() if not kind.record.brings_the_rest]


def record_of(kind: str) -> MailKind:
    """The record of a kind as the database holds it. Raises StopIteration where there is none."""
    return next(one.record for one in PromptKind if one == kind)


def choices() -> list[tuple[str, str]]:
    """For columns: as a function, so that a further kind needs no migration."""
    return [(str(kind), kind.record.label) for kind in PromptKind]
