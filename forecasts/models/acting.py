"""Who acts, when and why, told to the database, whose triggers write the facts of offices and memberships."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import DatabaseError, connections

from forecasts.models.leaving import departing

if TYPE_CHECKING:
    from forecasts.models.people import User


@contextmanager
def acting(by: "User | None", at: datetime, because: str = "", using: str = "default") -> Iterator[None]:
    """What changes within was changed by this person (None: the service, or an operator), then, for this reason."""
    said = {"reckoner.by": str(by.pk) if by is not None else "", "reckoner.because": because}
    with departing(at, using), connections[using].cursor() as cursor:
        for name, value in said.items():
            cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
        try:
            yield
        finally:
            # Where the transaction is lost, what was set in it is lost as well.
            with suppress(DatabaseError):
                cursor.execute("SELECT set_config(said, '', false) FROM unnest(%s::text[]) AS names(said)", [[*said]])
