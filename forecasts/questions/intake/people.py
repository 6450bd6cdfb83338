"""Who a scenario folder speaks of: people of a demonstration, made here, and accounts that exist already."""

import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher

from forecasts.models import Membership, Scenario, User
from forecasts.questions.intake.format import Document, Person
from forecasts.rules.errors import InvalidScenario

QUICK = 10_000


class Account(NamedTuple):
    """How somebody of a demonstration logs in."""

    role: str
    email: str
    password: str


class Cast:
    """The persons of one document: by key of `people`, where these are played, or by address."""

    def __init__(self, document: Document, *, demo: bool) -> None:
        emails = {person.email: person.key for person in document.people} if demo else {}
        self._played = {emails[user.email]: user for user in User.objects.filter(email__in=emails)}

    def user(self, place: str, person: str) -> User | None:
        """The account of a person. Without the demonstration a key stands for nobody."""
        return _with_address(place, person.strip().lower()) if "@" in person else self.played(person)

    def acting(self, place: str, person: str) -> User:
        """The account of a person who does something here, so it has to be one. Raises InvalidScenario."""
        user = self.user(place, person)
        if user is None:
            raise InvalidScenario(f"scenario.yaml: {place}: {person} is nobody without the demonstration people")
        return user

    def played(self, key: str) -> User | None:
        """The demonstration account of a key, if there is one."""
        return self._played.get(key)


def _with_address(place: str, email: str) -> User:
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        raise InvalidScenario(f"scenario.yaml: {place}: {email} has no account here: invite this person first")
    return user


def enlist(document: Document, scenario: Scenario) -> tuple[Sequence[User], bool]:
    """Make the demonstration people who are missing, without a password, and members of those who are none.

    Returns the new people, and whether anybody became a member.
    """
    new = [made for index, person in enumerate(document.people) if (made := _enlisted(index, person))]
    joined = False
    for person in document.people:
        _, added = Membership.objects.get_or_create(
            scenario=scenario, user=User.objects.get(email=person.email), defaults={"role": person.role}
        )
        joined = joined or added
    return new, joined


def _enlisted(index: int, person: Person) -> User | None:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        return User.objects.create_user(person.email, name=person.name, time_zone=person.time_zone, is_demo=True)
    if not user.is_demo:
        raise InvalidScenario(
            f"scenario.yaml: people[{index}] {person.key}: {person.email} is the account of somebody real"
        )
    return None


def open_accounts(people: Iterable[User], scenario: Scenario) -> Sequence[Account]:
    """Give each of these demonstration people a random password. It is stored nowhere but in what this returns."""
    return [_opened(person, scenario) for person in people]


def _hashed(password: str) -> str:
    """Random characters need no slow hash, which costs seconds for a cast; the first log-in makes it one."""
    hasher = get_hasher()
    quick = {"iterations": QUICK} if isinstance(hasher, PBKDF2PasswordHasher) else {}
    return str(hasher.encode(password, hasher.salt(), **quick))


def _opened(person: User, scenario: Scenario) -> Account:
    password = secrets.token_urlsafe(12)
    person.password = _hashed(password)
    person.save(update_fields=["password"])
    return Account(scenario.memberships.get(user=person).role, person.email, password)
