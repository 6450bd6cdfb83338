"""The API keeps what its own schema promises, whatever is sent to it."""

from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase
from schemathesis import checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import make
from tests.api.world import API, as_person, build

pytestmark = pytest.mark.slow

FEW = hypothesis.settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PROMISES = [
    checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_the_schema_is_valid_and_complete(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True)
    assert "/api/v1/calibration/" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_every_operation_keeps_the_promises_of_its_schema() -> None:
    world = build()
    token = make.token(world.member)
    schema = as_person(world.member).get(f"{API}schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json").json()
    described = schemathesis.openapi.from_dict(schema)
    described.app = get_wsgi_application()
    asked: list[Any] = list(described.get_all_operations())
    for operation in asked:
        examine(operation.ok(), token)
    assert len(asked) >= 15


def examine(operation: Any, token: str) -> None:
    """Send a few generated requests, valid ones and others, and check each answer."""

    @FEW
    @hypothesis.given(case=operation.as_strategy())
    def holds(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Token {token}"}, checks=PROMISES)

    holds()
