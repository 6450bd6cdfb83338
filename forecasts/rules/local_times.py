"""Local times as people enter them. One that comes twice, as the clocks go back, is asked which of the two it is."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import to_current_timezone
from django.utils import timezone
from django.utils.dateparse import parse_datetime

WHICH = ("the first", "the second")


def offsets(local: datetime) -> dict[str, datetime]:
    """The instants that a local time without a zone means in the current zone, by their offsets from UTC.

    One in general; two where the clocks go back, the earlier first; none where they go forward.
    """
    zone = timezone.get_current_timezone()
    found = {}
    for fold in (0, 1):
        instant = local.replace(tzinfo=zone, fold=fold)
        if instant.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(fold=0):
            found[instant.isoformat()[-6:]] = instant
    return found


class LocalTimeInput(forms.DateTimeInput):
    """A local time; where it comes twice, a menu beside it that says which of the two. Sent as `<name>_offset`."""

    template_name = "forecasts/local_time.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        text, chosen = super().value_from_datadict(data, files, name), data.get(f"{name}_offset")
        return f"{text}{chosen}" if chosen in _twice(text) else text

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        local, chosen = _parts(value)
        context: dict[str, Any] = super().get_context(name, local, attrs)
        instants = _twice(local)
        menu = [(one, f"{which}, UTC{one}", one == chosen) for one, which in zip(instants, WHICH, strict=False)]
        context["widget"]["offsets"] = menu
        return context


class Instant(forms.DateTimeField):
    """A date and a time in one field, in the zone that the page is in."""

    widget: Any = LocalTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            is_twice = bool(_twice(value))
        zone = timezone.get_current_timezone_name()
        if is_twice:
            raise ValidationError(
                f"In {zone} the clocks go back then, and this time comes twice: say which it is.", "twice"
            )
        raise ValidationError(f"In {zone} the clocks go forward then, and there is no such time.", "never")


def _twice(value: Any) -> dict[str, datetime]:
    """Both instants of a local time that comes twice, else nothing."""
    local = _read(value) if isinstance(value, str) else value
    found = offsets(local) if isinstance(local, datetime) and local.tzinfo is None else {}
    return found if len(found) > 1 else {}


def _read(text: str) -> datetime | None:
    """A date and time as a field reads it; None where it is none."""
    try:
        return parse_datetime(text.strip())
    except ValueError:
        return None


def _parts(value: Any) -> tuple[Any, str]:
    """What is shown in the field, and the offset that was chosen beside it."""
    if isinstance(value, datetime):
        local = to_current_timezone(value)
        instants = _twice(local)
        return local, list(instants)[local.fold] if instants else ""
    if isinstance(value, str) and (instants := _twice(value[:-6])) and value[-6:] in instants:
        return value[:-6], value[-6:]
    return value, ""
