"""Whoever reads is told of others by name: no page, list, history, file or error holds somebody else's address."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from pytest_django import Settings

from forecasts.models import Amendment, Forecast
from tests import clocks, make
from tests.canaries.walk import Walk
from tests.canaries.world import NOW, Builder, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.(?:invalid|org)", re.IGNORECASE)
HINTS = {"somebody@example.org", "amina@example.org"}
"""What stands in fields as an example."""


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> Iterator[World]:
    settings.MEDIA_ROOT = tmp_path
    logging.disable(logging.CRITICAL)
    with clocks.standing_at(NOW):
        yield busy(Builder())
    logging.disable(logging.NOTSET)


def busy(builder: Builder) -> World:
    """In the scenario that all walkers share everybody has done everything that can be read of them."""
    world = builder.build()
    owner, resolver = builder.person("owner"), builder.person("resolver")
    for forecast in Forecast.objects.filter(scenario=builder.scenario, published_at__isnull=False):
        forecast.resolver, forecast.backup = resolver, owner
        forecast.save(update_fields=["resolver", "backup"])
        LogEntry.objects.log_actions(owner.pk, [forecast], CHANGE, "x", single_object=True)
    asked = builder.asked
    Amendment.objects.create(
        forecast=asked, version=2, kind="clarifying", reason="Clearer.", made_at=make.day(2), made_by=owner,
        changes={"title": ["Old", asked.title]},
    )  # fmt: skip
    for role in ("editor", "owner", "resolver"):
        make.estimate(asked, builder.person(role), 0.5, make.day(2), rationale=f"Said by the {role}.")
    return world


@pytest.mark.parametrize(
    ("role", "by"),
    [
        ("owner", "session"),
        pytest.param("owner", "token", marks=pytest.mark.validate),
        pytest.param("analyst", "session", marks=pytest.mark.validate),
        pytest.param("analyst", "token", marks=pytest.mark.validate),
    ],
)
def test_others_are_named_by_their_names(world: World, role: str, by: str) -> None:
    walk = Walk(world, role, by)
    own = world.people[role]
    assert own is not None
    heard = walk.listen()
    told = {
        path: {one.lower() for one in ADDRESS.findall(answer.page or answer.text)} - {own.email} - HINTS
        for path, answer in heard.items()
    }
    assert {path: found for path, found in told.items() if found} == {}
    assert by == "token" or sum("The resolver" in answer.text for answer in heard.values()) >= 3
