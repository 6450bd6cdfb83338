"""A form that comes twice within moments, or empty, records nothing new: every form of every page.

As an owner; in `make validate` also as others.
"""

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import Settings

from forecasts.models import FACTS, Article, Forecast, Relation, Scenario, SecurityEvent, Source, Statement, User
from tests import clocks
from tests.canaries.forms import Form, forms_of
from tests.canaries.walk import Walk
from tests.canaries.world import NOW, Builder, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DOORS = ("/login/", "/account/", "/password-reset/", "/admin/login/", "/invite/", "/reset/")
"""Where each time counts, since guesses are counted there; what is made there is looked at by the tests of doors."""
WRITTEN = (*(fact for fact in FACTS if fact is not SecurityEvent),
           Article, Forecast, Relation, Scenario, Source, Statement, User)  # fmt: skip


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> Iterator[World]:
    settings.MEDIA_ROOT = tmp_path
    logging.disable(logging.CRITICAL)
    with clocks.standing_at(NOW):
        yield Builder().build()
    logging.disable(logging.NOTSET)


def written() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in WRITTEN}


class Sender(Walk):
    """Sends each form once, again, and empty, and notes what that wrote; then undoes it."""

    sends: int = 0
    wrote: int = 0

    def twice(self, form: Form) -> None:
        with transaction.atomic():
            before = written()
            self._post(form, form.filled)
            once = written()
            self._post(form, form.filled)
            if written() != once:
                self.faults.append(f"{form.path} {sorted(form.filled)}: {_more(once, written())} by the second")
            transaction.set_rollback(True)
        cache.clear()
        self.sends += 1
        self.wrote += once != before

    def empty(self, path: str) -> None:
        with transaction.atomic():
            before = written()
            self._post(Form(path, "post", (), {}), {})
            if written() != before:
                self.faults.append(f"{path} sent empty: {_more(before, written())}")
            transaction.set_rollback(True)
        cache.clear()

    def _post(self, form: Form, data: Mapping[str, list[str]]) -> None:
        self.client.post(form.path, data)


def _more(before: dict[str, int], after: dict[str, int]) -> str:
    return ", ".join(f"{after[name] - count} {name}" for name, count in before.items() if after[name] != count)


def forms(walk: Walk) -> list[Form]:
    found: dict[tuple[object, ...], Form] = {}
    for path, page in walk.pages:
        for form in forms_of(page.page, path):
            if form.method == "post" and not form.path.startswith(DOORS):
                found.setdefault((form.path, *sorted((name, *values) for name, values in form.filled.items())), form)
    return list(found.values())


@pytest.mark.parametrize(
    "role",
    ["owner", *(pytest.param(one, marks=pytest.mark.validate) for one in ("analyst", "editor", "administrator"))],
)
def test_a_form_that_comes_twice_or_empty_records_nothing_new(world: World, role: str) -> None:
    sender = Sender(world, role, is_brief=True)
    sent = forms(sender)
    for form in sent:
        sender.twice(form)
    for path in {form.path for form in sent}:
        sender.empty(path)
    assert not sender.faults, "\n".join(sender.faults)
    assert (sender.sends >= 20, sender.wrote >= 5) == (True, True) or role == "analyst"
