import json
import logging
import logging.config

import pytest
import structlog

from core.logging import settings
from forecasts.rules.redaction import without_tokens

SECRET = "MTI6c2VjcmV0:1tQ9xk:abc_DEF-123"


@pytest.mark.parametrize("kind", ["answer", "invite", "reset", "stop", "snooze", "calendar"])
def test_the_token_of_every_kind_of_signed_link_is_cut(kind: str) -> None:
    assert without_tokens(f"GET /{kind}/{SECRET}/?page=2") == f"GET /{kind}/…/?page=2"


@pytest.mark.parametrize("path", ["/forecasts/12/", "/answers/", "/answer/", "/static/answer.css"])
def test_other_paths_stay_as_they_are(path: str) -> None:
    assert without_tokens(path) == path


@pytest.fixture(params=[True, False], ids=["production", "local"])
def production(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def logged(record: logging.LogRecord, *, production: bool) -> str:
    formatter = settings(production=production)["formatters"]["events"]
    return structlog.stdlib.ProcessorFormatter(
        processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
    ).format(record)


def record(message: object, *arguments: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("django.request", logging.WARNING, "file.py", 1, message, arguments, None)
    made.__dict__.update(extra)
    return made


def test_no_token_gets_into_a_line_by_message_argument_or_extra(production: bool) -> None:
    path = f"/answer/{SECRET}/"
    for line in (
        logged(record("Not Found: " + path), production=production),
        logged(record("Not Found: %s", path), production=production),
        logged(record("Not Found", request=path), production=production),
        logged(record("Not Found", data={"paths": [path, (path,)]}), production=production),
    ):
        assert SECRET not in line
        assert "Not Found" in line


def test_no_token_gets_into_a_line_by_a_traceback(production: bool) -> None:
    failed = record("Failed")
    try:
        raise ValueError(f"cannot read /invite/{SECRET}/")
    except ValueError as error:
        failed.exc_info = (type(error), error, error.__traceback__)
    line = logged(failed, production=production)
    assert "cannot read /invite/…/" in line
    assert SECRET not in line


def test_production_writes_json_with_the_time() -> None:
    line = json.loads(logged(record("A sentence about %d things", 3, forecast=7), production=True))
    assert line["event"] == "A sentence about 3 things"
    assert (line["level"], line["logger"], line["forecast"]) == ("warning", "django.request", 7)
    assert line["timestamp"].endswith("Z")


def test_a_terminal_shows_level_and_sentence_first() -> None:
    line = logged(record("A sentence", forecast=7), production=False)
    assert line.startswith('level=warning event="A sentence"')
    assert "forecast=7" in line
