"""Who acts, when and why, told to the database, whose triggers write the facts of offices and memberships."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

from forecasts.models.sql import saying

if TYPE_CHECKING:
    from forecasts.models.people import User


def acting(by: "User | None", at: datetime, because: str = "", using: str = "default") -> AbstractContextManager[None]:
    """What changes within was changed by this person (None: the service, or an operator), then, for this reason."""
    return saying(using=using, at=at.isoformat(), by=str(by.pk) if by is not None else "", because=because)
