"""Every address with every role: the table in urls_and_roles.py is complete, and true."""

import hashlib
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from pytest_django import Settings

from forecasts.mail import links, preferring
from forecasts.models import (
    Count,
    Erasure,
    Evidence,
    Forecast,
    Message,
    Prompt,
    PromptKind,
    Relation,
    SecurityEvent,
    Spec,
    Suppression,
    User,
    Vintage,
)
from tests import make
from tests.urls_and_roles import ROLES, STATUS, TABLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

type Arguments = tuple[Any, ...]
FAR = make.day(365_000)

REPORT = b"The army did."


@dataclass(frozen=True)
class World:
    """A scenario for members only, with one of everything in it, and a person of every role."""

    people: dict[str, User | None]
    things: dict[str, Arguments]

    def missing(self, about: str) -> Arguments:
        """The same address of something that does not exist."""
        return tuple(_missing(argument) for argument in self.things[about])


def _missing(argument: Any) -> Any:
    if isinstance(argument, int):
        return 10**9
    return "nowhere/" if argument.endswith("/") else "nowhere"


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    scenario = make.scenario("private")
    people = {role: make.member(scenario, role) for role in ROLES[2:-1]}
    analyst, administrator = people["analyst"], make.grouped("administrator")
    article = make.article()
    scenario.articles.add(article)
    statement = make.statement(article, "The army may retake the city.", review="accepted")
    forecast = make.forecast(scenario, statement=statement, fidelity="same", closes_at=FAR)
    estimate = make.estimate(forecast, people["analyst"], 0.3, make.day(1))
    resolved = make.forecast(scenario)
    verdict = make.verdict(resolved)
    prompt, message, suppression = _mail(analyst, forecast)
    kept = Evidence.objects.create(
        verdict=verdict,
        file=ContentFile(b"The army did.", "report.txt"),
        sha256=hashlib.sha256(b"The army did.").hexdigest(),
    )
    relation = Relation.objects.create(scenario=scenario, kind=Relation.Kind.EXCLUSIVE)
    event = SecurityEvent.objects.create(kind="log_in", made_at=make.day(1), person=analyst)
    erasure = Erasure.objects.create(user=make.user(), made_at=make.day(1), operator="chief", reason="Asked.")
    rows: list[models.Model] = [scenario, article, article.source, statement, forecast, estimate, verdict, prompt]
    rows += [*_evidence(forecast), message, suppression, erasure, event, kept]
    rows += [relation, administrator, make.group("viewer"), estimate.forecaster]
    things: dict[str, Arguments] = {str(one._meta.model_name): (one.pk,) for one in rows}
    invited = make.user()
    things |= {
        "draft": (make.forecast(scenario, published_at=None).pk,),
        "resolved": (resolved.pk,),
        "slug": (scenario.slug,),
        "link": (links.answer_token(prompt, timezone.now()),),
        "sheet": (links.sheet_url(prompt.recipient, timezone.now()).split("/")[-2],),
        "invitation": (urlsafe_base64_encode(force_bytes(invited.pk)), default_token_generator.make_token(invited)),
        "stop": (_token(links.stop_url(analyst, PromptKind.UPDATE)),),
        "snooze": (_token(links.snooze_url(analyst, forecast, timezone.now())),),
        "calendar": (preferring.new_calendar_key(analyst),),
        "key": ("0123456789",),
        "provider": ("provider",),
        "passkey": (1,),
        "app": ("forecasts",),
        "rest": ("anything/",),
    }
    return World({"anonymous": None, "stranger": make.user(), **people, "administrator": administrator}, things)


def _mail(analyst: User, forecast: Forecast) -> tuple[Prompt, Message, Suppression]:
    """A prompt that was sent, a message that waits, and an address that gets no mail."""
    return (
        Prompt.objects.create(
            recipient=analyst, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(1), state="sent"
        ),
        Message.objects.create(
            recipient=analyst,
            address="a@example.invalid",
            content=b"Subject: S\r\n\r\nT",
            message_id="<1@x>",
            made_at=make.day(1),
            due_at=FAR,
        ),
        Suppression.objects.create(address="b@example.invalid", made_at=make.day(1), reason="550"),
    )


def _evidence(forecast: Forecast) -> list[models.Model]:
    """A vintage, the forecast's spec and its count."""
    days = {"first_day": make.day(1).date(), "last_day": make.day(2).date()}
    body = {"feed": "ucdp_ged", "window": {"from": "2024-12-02", "to": "2024-12-03"}}
    spec = Spec.objects.create(forecast=forecast, number=1, feed="ucdp_ged", body=body, made_at=make.day(1), **days)
    vintage = Vintage.objects.create(
        feed="ucdp_ged",
        version="24.0.12",
        sha256="0" * 64,
        rows=1,
        retrieved_at=make.day(3),
        recorded_at=make.day(3),
        covers_from=days["first_day"],
        covers_to=days["last_day"],
    )
    found: dict[str, Any] = {"figure": 1, "events": 1, "sums": {}, "neighbours": [], "agreeing": 0, "is_complete": True}
    return [spec, vintage, Count.objects.create(spec=spec, vintage=vintage, made_at=make.day(3), **found)]


def _token(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def addresses(
    patterns: list[URLPattern | URLResolver], route: str = "", namespace: str = ""
) -> Iterator[tuple[str, str]]:
    """Name and route of every address; one without a name is called by its route."""
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield (namespace + pattern.name if pattern.name else here), here
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, here, inner)


ADDRESSES = dict(addresses(get_resolver().url_patterns))
REFUSALS = "-xLu"


def test_every_address_is_in_the_table_and_the_table_holds_no_other() -> None:
    missing, gone = set(ADDRESSES) - set(TABLE), set(TABLE) - set(ADDRESSES)
    assert missing == set(), "Add a line to tests/urls_and_roles.py for each of these."
    assert gone == set(), "Remove their lines from tests/urls_and_roles.py."


def test_every_row_says_something_about_every_role() -> None:
    for name in ADDRESSES.keys() & TABLE.keys():
        row = TABLE[name]
        for signs in (row.get, row.post):
            assert len(signs) == len(ROLES), name
            assert set(signs) <= set(STATUS), name
        assert bool(row.about) == ("<" in ADDRESSES[name] or "(" in ADDRESSES[name]), name


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_each_role_as_the_table_says(world: World, role: str) -> None:
    """Every refusal, and of every other answer the first role that gets it; `make validate` walks the rest.

    A 404 of the desk is compared with that of an address which never was; `make validate` also takes that of no row.
    """
    walker = Walker(world, role)
    walker.walk(lambda signs, place: signs[place] in REFUSALS or place == signs.index(signs[place]))
    assert walker.faults == []


@pytest.mark.validate
@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_each_role_as_the_table_says_without_exception(world: World, role: str) -> None:
    walker = Walker(world, role, asks_for_missing_rows=True)
    walker.walk(lambda signs, place: True)
    assert walker.faults == []


class Walker:
    """Somebody of one role who asks for addresses and notes what is answered wrongly."""

    def __init__(self, world: World, role: str, *, asks_for_missing_rows: bool = False) -> None:
        self.world, self.client, self.place = world, Client(), ROLES.index(role)
        self.asks_for_missing_rows = asks_for_missing_rows
        self.faults: list[str] = []
        self.answers_to_nothing: dict[str, HttpResponse] = {}
        if (person := world.people[role]) is not None:
            self.client.force_login(person)
            # The session is noted once, and not undone with each answer.
            self.client.get("/")

    def walk(self, is_asked: Callable[[str, int], bool]) -> None:
        for name in ADDRESSES.keys() & TABLE.keys():
            row = TABLE[name]
            for method, signs in (("get", row.get), ("post", row.post)):
                if is_asked(signs, self.place) and (fault := self.fault(name, method, signs[self.place])):
                    self.faults.append(f"{method} {name}: {fault}")

    def fault(self, name: str, method: str, sign: str) -> str:
        """What is wrong with the answer of one address, or nothing."""
        about = TABLE[name].about
        answer = asked(self.client, method, path_to(name, self.world.things[about] if about else ()))
        if answer.status_code not in STATUS[sign]:
            return f"{answer.status_code}, not {sign}"
        if sign == "L" and "login" not in answer["Location"]:
            return f"to {answer['Location']}, not to the log-in"
        if sign == "-" and not all(alike(answer, other) for other in self.nothings(name, method, about)):
            return "a 404 that tells"
        return ""

    def nothings(self, name: str, method: str, about: str) -> Iterator[HttpResponse]:
        """What is answered where nothing is: at an address of the desk that never was, and at this one for no row."""
        is_at_desk = name.startswith("admin")
        if is_at_desk:
            yield self.nowhere(method)
        if about not in ("", "app") and (self.asks_for_missing_rows or not is_at_desk):
            yield asked(self.client, method, path_to(name, self.world.missing(about)))

    def nowhere(self, method: str) -> HttpResponse:
        if method not in self.answers_to_nothing:
            self.answers_to_nothing[method] = asked(self.client, method, "/admin/nowhere/")
        return self.answers_to_nothing[method]


def asked(client: Client, method: str, path: str) -> HttpResponse:
    """The answer, without what it wrote or made the browser forget."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def path_to(name: str, arguments: Arguments) -> str:
    if name == ADDRESSES[name]:
        return "/" + re.sub(r"\^?\(.*", str(arguments[0]), name)
    return reverse(name, args=arguments)


def alike(one: HttpResponse, other: HttpResponse) -> bool:
    return one.status_code == other.status_code and _untold(one) == _untold(other) and _headers(one) == _headers(other)


def _untold(answer: HttpResponse) -> bytes:
    """The body without its tokens, which differ each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", answer.content)


def _headers(answer: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in answer.items() if name not in ("Date", "Expires", "Set-Cookie")}
