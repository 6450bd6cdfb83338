"""A form that comes twice within moments, or empty, records nothing new: every form of every page.

And what is written names whoever sent it: no request makes a fact of the service's own. As an owner; in `make validate`
also as others.
"""

import logging
from collections.abc import Iterator, Mapping
from functools import cached_property
from operator import attrgetter
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.test import Client
from pytest_django import Settings

from forecasts.models import (
    FACTS,
    Amendment,
    Article,
    Departure,
    Estimate,
    Evidence,
    Forecast,
    Forecaster,
    Handover,
    Membership,
    MembershipChange,
    Postponement,
    Preference,
    Relation,
    Report,
    ReviewAct,
    Scenario,
    SecurityEvent,
    Source,
    Spec,
    Statement,
    User,
    Verdict,
)
from tests import clocks
from tests.canaries.forms import Form, forms_of
from tests.canaries.walk import Walk
from tests.canaries.world import NOW, Builder, World
from tests.test_urls_and_roles import path_to
from tests.urls_and_roles import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DOORS = ("/login/", "/account/", "/password-reset/", "/admin/login/", "/invite/", "/reset/")
"""Where each time counts, since guesses are counted there; what is made there is looked at by the tests of doors."""
WRITTEN = (*(fact for fact in FACTS if fact is not SecurityEvent),
           Article, Forecast, Relation, Scenario, Source, Statement, User)  # fmt: skip


AUTHORS: dict[type[Model], str] = {
    Amendment: "made_by", Estimate: "forecaster.user", Verdict: "person", Evidence: "verdict.person", Report: "person",
    Postponement: "person", ReviewAct: "person", Handover: "made_by", MembershipChange: "made_by", Spec: "made_by",
    Departure: "",
}  # fmt: skip
"""By whom each fact says it was made; a departure says who left. Of what is missing here no request makes any."""


def facts() -> dict[type[Model], set[int]]:
    return {
        model: set(model._default_manager.values_list("pk", flat=True)) for model in FACTS if model != SecurityEvent
    }


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
            before, held = written(), facts()
            self._post(form, {**self.smuggled, **form.filled})
            once = written()
            self.faults += [f"{form.path} {one}" for one in self.strange(held)]
            self._post(form, {**self.smuggled, **form.filled})
            if written() != once:
                self.faults.append(f"{form.path} {sorted(form.filled)}: {_more(once, written())} by the second")
            transaction.set_rollback(True)
        cache.clear()
        self.sends += 1
        self.wrote += once != before

    @cached_property
    def smuggled(self) -> dict[str, list[str]]:
        """Fields that no form of ours has: somebody else, the machine."""
        other = str(Membership.objects.filter(role="resolver").values_list("user", flat=True)[0])
        machine = str(Forecaster.objects.reference("always_50").pk)
        named = {name: [other] for name in ("person", "user", "made_by", "by", "reviewed_by", "added_by")}
        return {
            **named,
            "forecaster": [machine],
            "count": ["1"],
            "channel": ["import"],
            "made_at": ["2020-01-01T00:00"],
        }

    def strange(self, held: dict[type[Model], set[int]]) -> Iterator[str]:
        """What was written that is the service's to write, or in the name of somebody else."""
        for model, before in held.items():
            for fact in model._default_manager.exclude(pk__in=before):
                author = AUTHORS.get(model)
                if author is None:
                    yield f"wrote {model.__name__}"
                elif author and attrgetter(author)(fact) != self.world.people[self.role]:
                    yield f"wrote {model.__name__} of {attrgetter(author)(fact)}"

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


FILLED: dict[str, dict[str, str]] = {
    "answer": {"event": "update", "percent": "35", "version": "1"},
    "answers": {},
    "snooze": {"how": "decline"},
    "stop": {"List-Unsubscribe": "One-Click"},
}


@pytest.mark.parametrize("name", FILLED)
def test_a_link_of_a_mail_that_is_posted_to_empty_or_twice_records_nothing_new(world: World, name: str) -> None:
    client, path = Client(), path_to(name, (world.links["analyst"][TABLE[name].about],))
    before = written()
    client.post(path, {})
    assert (written(), Preference.objects.exclude(stopped=[]).exists()) == (before, False)
    client.post(path, FILLED[name])
    once = written()
    client.post(path, FILLED[name])
    assert written() == once
    assert once["Estimate"] - before["Estimate"] == (name in ("answer", "snooze"))
