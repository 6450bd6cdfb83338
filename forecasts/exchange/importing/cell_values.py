"""Cells of a file as people write them: times, numbers, words for yes and no."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from forecasts.scoring.timeline import microseconds

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
POINT, COMMA = "point", "comma"
EVIDENT = 10
"""A file of percentages has one as large as this."""

_TIME = r"(?:[T ,]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?([AaPp])\.?[Mm]\.?)?)?"
_ZONE = r"(?: ?(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}{_ZONE}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}{_ZONE}")
_BY_POINT = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_BY_COMMA = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d*)?")
_SPACES = re.compile(r"[\s\u00a0\u202f']")

OUTCOMES = {
    **dict.fromkeys(("1", "1.0", "1,0", "yes", "true", "y", "t", "right", "correct"), "yes"),
    **dict.fromkeys(("0", "0.0", "0,0", "no", "false", "n", "f", "wrong", "incorrect"), "no"),
    **dict.fromkeys(("annulled", "n/a", "na", "void", "cancelled", "canceled"), "annulled"),
    **dict.fromkeys(("ambiguous", "unclear"), "ambiguous"),
    "": "",
}


@dataclass(slots=True)
class Times:
    """How the times of a file are written: the order of day and month, and the zone of those that name none.

    `seen` gathers what a first look finds, from which `order` follows where nothing is said.
    """

    order: str = ""
    zone: str = ""
    unzoned: int = 0
    zoned: int = 0
    seen: set[str] = field(default_factory=set)
    undecided: str = ""

    def look(self, text: str) -> None:
        """Take note of how one time is written."""
        found = _YEAR_LAST.fullmatch(text)
        if found:
            first, second = int(found[1]), int(found[3])
            if first > 12:
                self.seen.add(DAY_FIRST)
            elif second > 12:
                self.seen.add(MONTH_FIRST)
            elif first != second:
                self.undecided = self.undecided or text
        found = found or _YEAR_FIRST.fullmatch(text)
        if found and found[10]:
            self.zoned += 1
        elif found:
            self.unzoned += 1

    def settle(self) -> None:
        """Take the order that the file itself shows, where it shows one alone and nothing is said."""
        if not self.order and len(self.seen) == 1:
            [self.order] = self.seen

    @property
    def is_open(self) -> bool:
        """Day and month may stand in either order."""
        return bool(self.undecided) and not self.order

    def read(self, text: str) -> int | None:
        """Microseconds since 1970, or None where it is no time that can be told. Raises ValueError, saying why."""
        return _instant(text, self.order, self.zone)


@lru_cache(maxsize=100_000)
def _instant(text: str, order: str, zone: str) -> int | None:
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        year, month, day = found[1], found[3], found[4]
    else:
        found = _YEAR_LAST.fullmatch(text)
        if not found:
            return None
        day, month, year = found[1], found[3], found[4]
        if order == MONTH_FIRST or (not order and int(month) > 12):
            day, month = month, day
        elif not order and int(day) <= 12 and day != month:
            raise ValueError("day and month may stand in either order; --dates day-first or month-first says which.")
    hour = int(found[5] or 0)
    if found[9]:
        hour = hour % 12 + (12 if found[9].lower() == "p" else 0)
    fraction = int((found[8] or "0").ljust(6, "0")[:6])
    try:
        local = datetime(int(year), int(month), int(day), hour, int(found[6] or 0), int(found[7] or 0), fraction)  # noqa: DTZ001
        moment = local.replace(tzinfo=_offset(found[10])) if found[10] else _placed(local, zone)
        return None if moment is None else microseconds(moment)
    except OverflowError:
        return None
    except ValueError as error:
        if "clocks" in str(error):
            raise
        return None


def _offset(text: str) -> timezone:
    if text in ("Z", "z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-length if text[0] == "-" else length)


def _placed(local: datetime, zone: str) -> datetime | None:
    """A time that names no zone, in the one that was said; None where none was. Raises ValueError."""
    if not zone:
        return None
    place = ZoneInfo(zone)
    both = {local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)}
    real = {one for one in both if one.astimezone(place).replace(tzinfo=None) == local}
    if len(real) == 1:
        return real.pop()
    if real:
        raise ValueError(f"in {zone} the clocks go back then, and this time comes twice; write it with its offset.")
    raise ValueError(f"in {zone} the clocks go forward then, and there is no such time.")


@dataclass(slots=True)
class Numbers:
    """How the numbers of a file are written: with a point or a comma."""

    decimals: str = ""
    seen: set[str] = field(default_factory=set)
    undecided: str = ""

    def look(self, text: str, *, is_share: bool = False) -> None:
        """Take note of how one number is written. A share has no thousands."""
        text = bare(text)
        if is_share or not (_BY_POINT.fullmatch(text) or _BY_COMMA.fullmatch(text)):
            if "," in text:
                self.seen.add(COMMA)
            elif "." in text:
                self.seen.add(POINT)
        elif "," in text and "." in text:
            self.seen.add(POINT if text.index(",") < text.index(".") else COMMA)
        elif text.count(",") > 1:
            self.seen.add(POINT)
        elif text.count(".") > 1:
            self.seen.add(COMMA)
        elif "," in text:
            self.undecided = self.undecided or text

    def settle(self) -> None:
        if not self.decimals and len(self.seen) == 1:
            [self.decimals] = self.seen

    @property
    def is_open(self) -> bool:
        return bool(self.undecided) and not self.decimals

    def read(self, text: str, *, is_share: bool = False) -> float | None:
        """The number, or None where it is none."""
        text = bare(text)
        if is_share:
            text = text.replace(",", ".")
        elif self.decimals == COMMA:
            text = text.replace(".", "").replace(",", ".") if _BY_COMMA.fullmatch(text) else text.replace(",", ".")
        elif _BY_POINT.fullmatch(text):
            text = text.replace(",", "")
        try:
            number = float(text)
        except ValueError:
            return None
        return number if math.isfinite(number) and "_" not in text else None


def bare(text: str) -> str:
    """A number without its spaces, and without the sign of percent."""
    return _SPACES.sub("", text).removesuffix("%") if not text.isalnum() else text


@dataclass(slots=True)
class Shares:
    """Whether probabilities are written as percent or as fractions of one; the sign % says so for itself."""

    scale: str = ""
    over: int = 0
    between: int = 0
    largest: float = 0

    def look(self, number: float | None) -> None:
        if number is not None and number > 1:
            self.over += 1
            self.largest = max(self.largest, number)
        elif number is not None and 0 < number < 1:
            self.between += 1

    def settle(self) -> None:
        """Percent where some are well above 1 and none lies between 0 and 1."""
        if not self.scale and not self.is_open:
            self.scale = "percent" if self.over else "fraction"

    @property
    def is_open(self) -> bool:
        """Those above 1 may be percent or slips."""
        return bool(self.over) and not self.scale and (self.between > 0 or self.largest < EVIDENT)

    def of(self, text: str, number: float) -> float:
        return number / 100 if text.rstrip().endswith("%") or self.scale == "percent" else number


def listed(text: str) -> list[str]:
    """Several values in one cell, cut by bars.

    >>> listed("Hama | Homs")
    ['Hama', 'Homs']
    """
    return [part.strip() for part in text.split("|")] if text.strip() else []


def outcome_of(text: str) -> str | None:
    """What a verdict calls it; None for a word of another language, an option or a number."""
    return OUTCOMES.get(text.strip().casefold())


def rising(numbers: Iterable[float]) -> bool:
    """Each at least as large as the one before."""
    return all(later >= earlier for earlier, later in pairwise(numbers))
