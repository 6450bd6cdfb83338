"""Filters that refuse what they do not know: unknown names and values are errors that list the allowed ones."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters.fields import BaseCSVField
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.drainage import set_override
from rest_framework.request import Request

from forecasts.api.errors import Problem, Refused, problem
from forecasts.api.visible import Reader

LONGEST_LIST = 50


class StrictFilterBackend(DjangoFilterBackend):
    """Unknown parameters are errors, not silence. A detail takes none."""

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        found = None if getattr(view, "detail", False) else self.get_filterset(request, queryset, view)
        refuse_unknown(request, [*(found.filters if found else ()), *_paging(view)])
        if found is None:
            return queryset
        if not found.is_valid():
            raise Refused({name: _problems(found.form, name, errors) for name, errors in _as_data(found.form)})
        return found.qs


def refuse_unknown(request: Request, allowed: Iterable[str]) -> None:
    """Raise Refused where a parameter has another name, no value, two values, or a NUL character."""
    names = sorted(allowed)
    errors = {name: _fault(request.query_params.getlist(name), name in names, names) for name in request.query_params}
    if found := {name: [fault] for name, fault in errors.items() if fault is not None}:
        raise Refused(found)


def _fault(values: list[str], known: bool, names: list[str]) -> Problem | None:  # noqa: FBT001
    if not known:
        said = f"Allowed here: {', '.join(names)}." if names else "No parameters are allowed here."
        return problem("unknown_parameter", f"There is no such parameter. {said}", names)
    if len(values) > 1:
        return problem("repeated", "Give this parameter once.")
    if not values[0]:
        return problem("empty", "Give a value, or leave this parameter out.")
    return problem("invalid", "A NUL character is no text.") if "\x00" in values[0] else None


def _paging(view: Any) -> tuple[str, ...]:
    pages = None if getattr(view, "detail", False) else getattr(view, "paginator", None)
    return (pages.page_query_param, pages.page_size_query_param) if pages else ()


def _as_data(form: forms.Form) -> Iterable[tuple[str, list[ValidationError]]]:
    return form.errors.as_data().items()


def _problems(form: forms.Form, name: str, errors: list[ValidationError]) -> list[Problem]:
    allowed = _allowed(form.fields[name])
    said = f" Allowed here: {', '.join(allowed)}." if allowed else ""
    return [
        problem(error.code or "invalid", text + said, allowed)
        for error in errors
        for text in forms.ValidationError(error).messages
    ]


def _allowed(field: forms.Field) -> list[str] | None:
    """What would be accepted, where that is a short list."""
    if isinstance(field, forms.ModelChoiceField):
        key = field.to_field_name or "pk"
        assert field.queryset is not None  # noqa: S101
        values = field.queryset.order_by(key).values_list(key, flat=True)[: LONGEST_LIST + 1]
        return [str(value) for value in values] if len(values) <= LONGEST_LIST else None
    choices = getattr(field, "choices", None)
    return None if choices is None else [str(value) for value, _ in choices if value]


class MomentField(forms.Field):
    """A date (its midnight, UTC) or a date and time with a zone."""

    def to_python(self, value: Any) -> datetime | None:
        return moment(value) if value else None


def moment(text: str) -> datetime:
    """A date (its midnight, UTC) or a date and time with a zone, in ISO 8601. Raises ValidationError."""
    try:
        if len(text) == len("2024-12-31"):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValidationError(
            "Give a date such as 2024-12-31, or a time such as 2024-12-31T18:00:00Z.", "invalid"
        ) from None
    if found.tzinfo is None:
        raise ValidationError("Give a time with its zone, such as 2024-12-31T18:00:00Z.", "no_zone")
    return found


class Moment(django_filters.Filter):
    field_class = MomentField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = "excluded" if self.lookup_expr == "lt" else "included"
        described = f"Of {self.field_name}; a date or a time with its zone, {told}."
        set_override(self, "field", {"type": "string", "description": described})


class Choice(django_filters.ChoiceFilter):
    """One of a fixed set of words."""

    def __init__(self, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        words = [(str(value), str(label)) for value, label in choices]
        super().__init__(choices=words, **kwargs)
        set_override(self, "field", {"type": "string", "enum": [word for word, _ in words]})


class Truth(django_filters.TypedChoiceFilter):
    """true or false. Django's own takes any other word for no filter at all."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("true", "true"), ("false", "false")], coerce=lambda word: word == "true", **kwargs)
        set_override(self, "field", {"type": "boolean"})


class Reference(django_filters.ModelChoiceFilter):
    """The id, or another key, of something that the asker may see: `visible` says what, see `visible.py`."""

    def __init__(self, visible: Callable[[Reader], QuerySet[Any]], key: str = "pk", **kwargs: Any) -> None:
        def found(request: Request | None) -> QuerySet[Any]:
            return visible(request.user if request else AnonymousUser())

        options: dict[str, Any] = {"queryset": found, "to_field_name": None if key == "pk" else key, "null_label": None}
        super().__init__(**options, **kwargs)
        set_override(self, "field", {"type": "integer", "minimum": 1} if key == "pk" else {"type": "string"})


class Names(BaseCSVField):
    """Names parted by commas, each of which is one."""

    def clean(self, value: Any) -> Any:
        if value is not None and not all(value):
            raise ValidationError("There is no name between two commas, or beside one.", "invalid_choice")
        return super().clean(value)


class Ordering(django_filters.OrderingFilter):
    """By one or more of these fields, `-` before a name for descending; ties by id."""

    base_field_class = Names

    def __init__(self, *fields: str) -> None:
        super().__init__(fields=[(field, field) for field in fields])
        words = [sign + field for field in fields for sign in ("", "-")]
        set_override(self, "field", {"type": "string", "enum": words, "description": self.__doc__})

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        return qs.order_by(*[self.get_ordering_value(name) for name in value], "pk")
