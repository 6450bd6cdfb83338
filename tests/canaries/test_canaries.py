"""Nothing of another scenario shows: planted words are looked for wherever anybody can ask.

`make validate` asks every address about everything, and thousands of the other questions; here everybody asks every
address about one thing of one's own and one of others, and few of the other questions.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import clocks
from tests.canaries.asking import difference
from tests.canaries.growing import grow
from tests.canaries.walk import Walk
from tests.canaries.world import NOW, ROLES, Builder, World
from tests.test_urls_and_roles import ADDRESSES
from tests.urls_and_roles import TABLE

pytestmark = pytest.mark.django_db

KINDS: dict[str, Callable[[Walk], None]] = {"addresses": Walk.addresses, "forms": Walk.forms, "queries": Walk.queries}
FEWEST = {"addresses": 600, "forms": 5, "queries": 140}
"""So many answers at least are judged for each role, in full. Fewer would be too thin: 15,000 in all."""
FEWEST_IN_SHORT = 270
EVERY = int(os.environ.get("CANARIES_EVERY", "131"))
"""Of some 600,000 forms and queries every so many are asked in full, all addresses besides: 1 asks all, for days."""


@pytest.fixture
def builder(settings: Settings, tmp_path: Path) -> Iterator[Builder]:
    """Made and walked at one moment. Thousands of refusals are not written down one by one."""
    settings.MEDIA_ROOT = tmp_path
    logging.disable(logging.CRITICAL)
    with clocks.standing_at(NOW):
        made = Builder()
        yield made
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(builder: Builder) -> World:
    return builder.build()


def test_every_address_is_walked(world: World) -> None:
    things = {row.about for row in TABLE.values()} - {""}
    known = set(world.own) | set(world.foreign) | set(world.links["removed"])
    assert set(ADDRESSES) == set(TABLE)
    assert things - known == set()


@pytest.mark.parametrize("role", ROLES)
def test_no_address_tells_a_role_what_is_not_its_own(world: World, role: str) -> None:
    walk = Walk(world, role, is_brief=True)
    walk.addresses()
    assert not walk.faults, "\n".join(walk.faults)
    assert walk.cells >= FEWEST_IN_SHORT


@pytest.mark.parametrize("role", ["editor"])
def test_of_many_forms_and_queries_none_tells(world: World, role: str) -> None:
    walk = Walk(world, role, is_brief=True, every=701)
    walk.forms()
    walk.queries()
    assert not walk.faults, "\n".join(walk.faults)


@pytest.mark.parametrize("role", ["editor", "named"])
def test_what_one_may_not_see_moves_nothing_that_one_sees(builder: Builder, world: World, role: str) -> None:
    """No count, total, menu or order either."""
    moved = moved_by_growth(builder, Walk(world, role, is_brief=True))
    assert not moved, "\n".join(moved)


@pytest.mark.validate
@pytest.mark.parametrize("role", ["editor", "named"])
def test_what_one_may_not_see_moves_no_page_at_all(builder: Builder, world: World, role: str) -> None:
    moved = moved_by_growth(builder, Walk(world, role))
    assert not moved, "\n".join(moved)


def moved_by_growth(builder: Builder, walk: Walk) -> list[str]:
    before = walk.listen()
    grow(builder)
    after = walk.listen()
    return [f"{path}: {difference(after[path], one)}" for path, one in before.items() if one != after[path]]


@pytest.mark.validate
@pytest.mark.parametrize("by", ["session", "token"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_nothing_that_anybody_can_ask_tells(
    world: World, role: str, kind: str, by: str, capsys: pytest.CaptureFixture[str]
) -> None:
    walk = Walk(world, role, by, every=EVERY)
    KINDS[kind](walk)
    with capsys.disabled():
        sys.stdout.write(f"{role} by {by}, {kind}: {walk.cells} cells\n")
    assert not walk.faults, "\n".join(walk.faults)
    # Nobody in particular meets few forms, and nothing is hidden from administrators.
    few = by == "token" or role == "stranger" or (role == "administrator" and kind == "queries")
    assert few or walk.cells >= FEWEST[kind]
