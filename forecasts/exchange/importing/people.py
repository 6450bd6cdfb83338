"""Whose each name in a file is: an account's, or that of somebody who has none here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from forecasts.exchange.importing.choices import Choices
from forecasts.exchange.importing.text_files import composed
from forecasts.models import Scenario, User
from forecasts.rules.errors import InvalidImport

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Named:
    """One name in the file: whose it is taken for (an account, or a name), and what is to be said of it."""

    name: str
    estimates: int
    who: User | str | None
    """None: an address of which nobody has said whose it is."""
    account: User | None = None
    """Who has this address or this name here."""

    @property
    def question(self) -> str:
        """What has to be answered first; empty where nothing has."""
        if self.who is not None:
            return ""
        known = " of an account here" if self.account else " of nobody here"
        return (
            f"“{self.name}” is the address{known}. Say --person “{self.name}={self.name}” for the account,"
            f" or --person “{self.name}=NAME” for somebody without one."
        )

    @property
    def note(self) -> str:
        """That a name is an account's too, and is not taken for it."""
        if self.account is None or self.who != self.name:
            return ""
        return (
            f"“{self.name}” is the name of an account here, too: taken for somebody else."
            f" --person “{self.name}=ADDRESS” says that both are one."
        )


def named(
    scratch: duckdb.DuckDBPyConnection, scenario: Scenario, choices: Choices, *, members_alone: bool
) -> list[Named]:
    """Everybody whom the file names, who says most first.

    Whoever is no administrator may name the scenario's members alone: of nobody else is it told that they have an
    account.
    """
    found = scratch.execute(
        "SELECT analyst, count(*) FROM estimate WHERE analyst <> '' GROUP BY analyst ORDER BY 2 DESC, 1"
    ).fetchall()
    accounts = User.objects.filter(erased_at=None)
    if members_alone:
        accounts = accounts.filter(memberships__in=scenario.memberships.filter(invited_as=""))
    by_address = {one.email: one for one in accounts.order_by("pk")}
    by_name = {composed(one.name).casefold(): one for one in by_address.values()}
    given = {composed(name): value.strip() for name, value in choices.people.items()}
    if unknown := sorted(set(given) - {name for name, _ in found}):
        raise InvalidImport(f"Nobody in the file is called “{unknown[0]}”.")
    return [_one(name, count, given.get(name), by_address, by_name) for name, count in found]


def _one(name: str, count: int, said: str | None, by_address: Mapping[str, User], by_name: Mapping[str, User]) -> Named:
    account = by_address.get(name.lower()) if ADDRESS.fullmatch(name) else by_name.get(name.casefold())
    if said is None:
        return Named(name, count, None if ADDRESS.fullmatch(name) else name, account)
    if not ADDRESS.fullmatch(said):
        return Named(name, count, composed(said) or name, account)
    if said.lower() not in by_address:
        raise InvalidImport(f"“{said}”: nobody here has this address.")
    return Named(name, count, by_address[said.lower()], account)


def whose(everybody: Sequence[Named]) -> dict[str, User | str]:
    """By the name in the file."""
    return {one.name: one.who for one in everybody if one.who is not None}
