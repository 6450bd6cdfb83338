"""Whatever anybody sends, nothing breaks, and the API answers as its schema says: in `make validate` 20,000 times."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import hypothesis
import jsonschema_rs
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase
from pytest_django import Settings
from schemathesis import GenerationMode

from forecasts.models import User
from tests import make
from tests.api.world import API, World, as_person, build

ROLES = ("anonymous", "stranger", "viewer", "analyst", "resolver", "editor", "owner", "administrator")
FEWEST = 2_500
"""So many cases at least for each of eight roles: 20,000 in all."""
CASES, FEW = 18, 1
HOSTILE = (
    "\x00",
    "9" * 40,
    "-1",
    "",
    ",",
    "’\u202e",
    "NaN",
    "1e999",
    "2024-02-30",
    "０１",
    "a" * 5000,
    "%",
    "__",
    "../..",
)
"""What no form of ours sends."""


def settled(most: int) -> hypothesis.settings:
    return hypothesis.settings(
        max_examples=most,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@dataclass
class Fuzz:
    """One role that sends, and counts what it sent and what was answered wrongly."""

    world: World
    role: str
    cases: int = 0
    faults: set[str] = field(default_factory=set)
    validators: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def person(self) -> User | None:
        made = {"anonymous": None, "stranger": self.world.stranger, "administrator": make.grouped("administrator")}
        return made[self.role] if self.role in made else make.member(self.world.scenario, self.role)

    @cached_property
    def document(self) -> dict[str, Any]:
        answer = as_person(self.world.member).get(f"{API}schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json")
        document: dict[str, Any] = answer.json()
        return document

    def api(self, most: int) -> None:
        """Each operation, with what its schema allows and with what it does not."""
        described = schemathesis.openapi.from_dict(self.document)
        described.app = get_wsgi_application()
        headers = {"Authorization": f"Token {make.token(self.person)}"} if self.person is not None else {}
        found: list[Any] = list(described.get_all_operations())
        for operation in (one.ok() for one in found):
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                try:
                    strategy = operation.as_strategy(mode)
                    self._send(strategy, headers, most)
                except hypothesis.errors.Unsatisfiable:
                    continue

    def _send(self, strategy: Any, headers: dict[str, str], most: int) -> None:
        @settled(most)
        @hypothesis.given(case=strategy)
        def sent(case: Any) -> None:
            self.judge(case, case.call(headers=headers))

        sent()

    def judge(self, case: Any, answer: Any) -> None:
        self.cases += 1
        path, method, status = case.operation.path, case.method.lower(), str(answer.status_code)
        what = f"{method} {path}: {status}"
        if answer.status_code >= 500:
            self.faults.add(f"{what} {answer.text[:200]}")
            return
        # What is no address, no method or no query by the rules of HTTP itself stands in no schema.
        described = self.document["paths"][path].get(method, {}).get("responses", {})
        if status not in described:
            if answer.status_code not in (400, 404, 405):
                self.faults.add(f"{what} is not in the schema")
            return
        kind = answer.headers.get("content-type", [""])[0].partition(";")[0]
        content = described[status].get("content", {})
        if kind not in content and (content or answer.content):
            self.faults.add(f"{what} as {kind}")
        elif kind.endswith("json") and "schema" in content.get(kind, {}):
            self._compare(f"{what} {kind}", content[kind]["schema"], answer.json())

    def _compare(self, what: str, schema: dict[str, Any], body: Any) -> None:
        """By JSON Schema 2020-12, the document's own references followed."""
        if what not in self.validators:
            whole = {"components": self.document["components"], **schema}
            self.validators[what] = jsonschema_rs.Draft202012Validator(whole)
        for error in self.validators[what].iter_errors(body):
            self.faults.add(f"{what}: {error.message[:200]}")

    def pages(self, most: int) -> None:
        """Pages, lists of the desk and pictures, each of their parameters with what no form of ours sends."""
        client = Client(raise_request_exception=False)
        if self.person is not None:
            client.force_login(self.person)
        for place, (path, parameter) in enumerate(list(parameters())[:: 1 if most > FEW else 10]):
            for value in HOSTILE[place % 3 :: 3]:
                answer = client.get(path, {parameter: value})
                self.cases += 1
                if answer.status_code >= 500:
                    self.faults.add(f"get {path} {parameter}={value[:20]!r}: {answer.status_code}")


def parameters() -> Iterator[tuple[str, str]]:
    """Addresses that are about nothing in particular, with each parameter that any of them takes."""
    from tests.canaries.walk import of_desk
    from tests.test_urls_and_roles import ADDRESSES, path_to
    from tests.urls_and_roles import TABLE

    for name in sorted(ADDRESSES):
        if not TABLE[name].about and not name.startswith("v1:") and "logout" not in name:
            yield from ((path_to(name, ()), one) for one in ("page", "q", "state", "scenario", "next", "o", "ordering"))
    for path, names in of_desk():
        yield from ((path, one) for one in names)


@pytest.fixture
def fuzz(request: pytest.FixtureRequest, transactional_db: None, settings: Settings) -> Fuzz:
    settings.LIMIT_FACTOR = 1000
    return Fuzz(build(), request.param)


@pytest.mark.slow
@pytest.mark.parametrize("fuzz", ["owner"], indirect=True)
def test_a_few_cases_break_nothing(fuzz: Fuzz) -> None:
    fuzz.api(FEW)
    fuzz.pages(FEW)
    assert not fuzz.faults, "\n".join(sorted(fuzz.faults))
    assert fuzz.cases > 150


@pytest.mark.validate
@pytest.mark.parametrize("fuzz", ROLES, indirect=True)
def test_thousands_of_cases_break_nothing(fuzz: Fuzz, capsys: pytest.CaptureFixture[str]) -> None:
    fuzz.api(CASES)
    of_api = fuzz.cases
    fuzz.pages(CASES)
    with capsys.disabled():
        sys.stdout.write(f"{fuzz.role}: {of_api} cases of the API, {fuzz.cases - of_api} of pages and desk\n")
    assert not fuzz.faults, "\n".join(sorted(fuzz.faults))
    assert fuzz.cases >= FEWEST
