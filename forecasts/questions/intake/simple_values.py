"""The simple values of a scenario folder: text that is safe to show, times with a zone, addresses, names."""

import unicodedata
from datetime import datetime
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

# Cc: control, Cs: surrogate, Zl and Zp: separators of lines and paragraphs. All end a mail header or a line of a log.
BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
# They change the order in which the rest of a line is shown.
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe_line(text: str) -> str:
    """Text that stays on its line and in its direction."""
    for character in text:
        if character in DIRECTIONS or unicodedata.category(character) in BREAKING:
            raise ValueError(f"the character U+{ord(character):04X} cannot stand here")
    return text


def safe_text(text: str) -> str:
    """Text of several lines. NUL and its like would be refused by the database or by mail."""
    safe_line(text.replace("\n", "").replace("\t", ""))
    return text


def address(text: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise ValueError("is not an address that begins with http:// or https://") from None
    return text


def near(moment: datetime) -> datetime:
    """A moment that survives a change of its zone and some arithmetic."""
    if not 1900 <= moment.year < 2200:
        raise ValueError("lies outside the years 1900 to 2199")
    return moment


@cache
def _zones() -> frozenset[str]:
    # Reads a folder of the system each time.
    return frozenset(available_timezones())


def time_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("is not an IANA time zone such as Europe/Berlin")
    return name


Short = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(safe_line)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=20), AfterValidator(safe_line)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(safe_line)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(safe_line)]
Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(safe_text)]
Address = Annotated[str, StringConstraints(max_length=1000), AfterValidator(address)]
Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(time_zone)]
Key = Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Time = Annotated[AwareDatetime, AfterValidator(near)]
Offset = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A part of scenario.yaml: no other fields than those named, and no guessing of types."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, validate_default=True, hide_input_in_errors=True
    )
