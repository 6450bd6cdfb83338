"""A local time that comes twice a year can be told apart wherever a time is entered, and is never guessed."""

import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone
from rest_framework import serializers

import forecasts
import forecasts.api
from forecasts.api.fields import StrictSerializer
from forecasts.api.filters import moment
from forecasts.models import User
from forecasts.rules.local_times import Instant

TWICE = "2024-10-27T02:30"
NEVER = "2024-03-31T02:30"
SUMMER, WINTER = datetime(2024, 10, 27, 0, 30, tzinfo=UTC), datetime(2024, 10, 27, 1, 30, tzinfo=UTC)
BY_OFFSET = {"+02:00": SUMMER, "+01:00": WINTER}


@pytest.fixture(autouse=True)
def berlin() -> Iterator[None]:
    with timezone.override("Europe/Berlin"):
        yield


def entered(field: forms.Field, text: str, offset: str = "") -> Any:
    """What a form makes of what its page sends."""
    return field.clean(field.widget.value_from_datadict({"at": text, "at_offset": offset}, {}, "at"))


def of_forms() -> Iterator[tuple[str, forms.Field]]:
    """Each field of the project's forms but those of the desk's lists, which show some of theirs."""
    of_lists = {type(desk).form for desk in admin.site._registry.values()}
    for module in pkgutil.walk_packages(forecasts.__path__, "forecasts."):
        if ".migrations" not in module.name:
            import_module(module.name)
    kinds: list[type[Any]] = [forms.Form, forms.ModelForm]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        if kind.__module__.startswith("forecasts.") and kind not in of_lists:
            yield from ((f"{kind.__qualname__}.{name}", field) for name, field in kind.base_fields.items())


def of_the_desk() -> Iterator[tuple[str, forms.Field]]:
    """Each field of the lists of the desk, as whoever may do everything finds them."""
    request = RequestFactory().get("/")
    request.user = User(pk=1, is_superuser=True, is_staff=True)
    for model, desk in admin.site._registry.items():
        if desk.has_add_permission(request) or desk.has_change_permission(request):
            found = desk.get_form(request).base_fields
            yield from ((f"{model.__name__}.{name}", field) for name, field in found.items())


@pytest.mark.django_db
def test_every_field_for_a_time_tells_two_of_them_apart_and_asks_where_it_cannot() -> None:
    times = (forms.DateTimeField, forms.SplitDateTimeField)
    found = {name: field for name, field in (*of_forms(), *of_the_desk()) if isinstance(field, times)}
    assert {"ArticleEntry.published_at", "ResolveForm.known_at", "AmendForm.closes_at", "Forecast.opens_at"} <= set(
        found
    )
    for name, field in found.items():
        for offset, instant in BY_OFFSET.items():
            assert entered(field, TWICE, offset) == instant, name
        with pytest.raises(ValidationError, match="comes twice"):
            entered(field, TWICE)


def test_every_time_that_the_api_takes_has_a_zone_or_is_in_utc() -> None:
    """What is sent and filtered by; a time without a zone is that of UTC, or is refused."""
    sent = {f"{kind.__name__}.{name}": field for kind in bodies() for name, field in kind().fields.items()}
    times = {name: field for name, field in sent.items() if isinstance(field, serializers.DateTimeField)}
    assert "NewResolutionSerializer.known_at" in times
    for name, field in times.items():
        for offset, instant in BY_OFFSET.items():
            assert field.run_validation(f"{TWICE}{offset}") == instant, name
        assert field.run_validation(TWICE) == datetime(2024, 10, 27, 2, 30, tzinfo=UTC), name
    for offset, instant in BY_OFFSET.items():
        assert moment(f"{TWICE}{offset}") == instant
    with pytest.raises(ValidationError, match="with its zone"):
        moment(TWICE)


def bodies() -> Iterator[type[StrictSerializer]]:
    """Everything that somebody sends to the API."""
    for module in pkgutil.iter_modules(forecasts.api.__path__, "forecasts.api."):
        import_module(module.name)
    kinds = StrictSerializer.__subclasses__()
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        yield kind


class Form(forms.Form):
    at = Instant(required=False)


def test_the_page_asks_which_of_the_two_it_is_and_keeps_what_was_chosen() -> None:
    asked = Form({"at": TWICE})
    assert asked.errors == {
        "at": ["In Europe/Berlin the clocks go back then, and this time comes twice: say which it is."]
    }
    shown = str(asked["at"])
    assert 'name="at_offset"' in shown
    assert "the first, UTC+02:00" in shown
    assert "selected" not in shown
    chosen = Form({"at": TWICE, "at_offset": "+01:00"})
    assert chosen.is_valid()
    assert 'value="2024-10-27T02:30"' in str(chosen["at"])
    assert '<option value="+01:00" selected>the second, UTC+01:00</option>' in str(chosen["at"])


@pytest.mark.parametrize("instant", [SUMMER, WINTER])
def test_what_stands_there_is_sent_back_as_it_is(instant: datetime) -> None:
    shown = str(Form(initial={"at": instant})["at"])
    (chosen,) = [offset for offset in BY_OFFSET if f'"{offset}" selected' in shown]
    assert entered(Form().fields["at"], TWICE, chosen) == instant


def test_an_offset_left_from_another_time_moves_nothing() -> None:
    assert entered(Form().fields["at"], "2024-07-01T12:00", "+01:00") == datetime(2024, 7, 1, 10, tzinfo=UTC)
    assert 'name="at_offset"' not in str(Form({"at": "2024-07-01T12:00", "at_offset": "+01:00"})["at"])


def test_a_time_that_never_comes_is_refused_in_words() -> None:
    assert Form({"at": NEVER}).errors == {
        "at": ["In Europe/Berlin the clocks go forward then, and there is no such time."]
    }


@pytest.mark.parametrize("text", ["soon", "2024-13-01T00:00", "2024-10-27T02:30+99:00"])
def test_what_is_no_time_is_refused_and_shown_again(text: str) -> None:
    form = Form({"at": text})
    assert form.errors == {"at": ["Enter a valid date/time."]}
    assert f'value="{text}"' in str(form["at"])
