"""Asks an OpenAI-compatible address, within limits of time and size that hold whatever it does."""

import ssl
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from forecasts.extractors.found import BadAnswer, NoAnswer
from forecasts.extractors.model_answers import Completion, Said, read, schema
from forecasts.extractors.prompt import messages
from forecasts.extractors.setup import Setup

LARGEST = 2_000_000
"""Bytes of an answer that are read at most."""

_CONNECT = 5.0
_AGAIN = (429, 500, 502, 503, 504)
_PAUSE, _LONGEST_PAUSE = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What a model said of one piece, which model said so, and what it used."""

    said: list[Said]
    model: str
    input_tokens: int
    output_tokens: int


@cache
def _certificates() -> ssl.SSLContext:
    # Reading the system's certificates takes longer than everything else that is done for an article.
    return httpx.create_ssl_context()


def connected() -> httpx.Client:
    """A client for the pieces of one article. Redirects are not followed: the key is for this address."""
    return httpx.Client(follow_redirects=False, verify=_certificates())


def ask(client: httpx.Client, setup: Setup, piece: str, deadline: float) -> Heard:
    """The statements of one piece. `deadline` is an instant of `time.monotonic`.

    `NoAnswer` and `BadAnswer` say in their message what went wrong, in words fit for a reviewer.
    """
    body = _posted(client, setup, piece, deadline)
    try:
        completion = Completion.model_validate_json(body)
    except ValueError:
        raise BadAnswer("its answer is no chat completion") from None
    used = completion.usage
    return Heard(read(completion), completion.model or setup.model, used.prompt_tokens, used.completion_tokens)


def _posted(client: httpx.Client, setup: Setup, piece: str, deadline: float) -> bytes:
    try:
        status, body, pause = _once(client, setup, piece, deadline)
        if status in _AGAIN and time.monotonic() + pause < deadline:
            time.sleep(pause)
            status, body, _ = _once(client, setup, piece, deadline)
    except httpx.TimeoutException:
        raise NoAnswer("it did not answer in time") from None
    except UnicodeEncodeError:
        raise NoAnswer("the text holds characters that cannot be sent") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
        raise NoAnswer("it cannot be reached") from None
    if status != httpx.codes.OK:
        raise NoAnswer(f"it answered with status {status}")
    return body


def _once(client: httpx.Client, setup: Setup, piece: str, deadline: float) -> tuple[int, bytes, float]:
    """Status, body, and how long to wait before asking again."""
    left = max(0.001, deadline - time.monotonic())
    request = client.build_request(
        "POST",
        f"{setup.url}/chat/completions",
        json=_question(setup.model, piece),
        headers={"Authorization": f"Bearer {setup.key}"} if setup.key else {},
        timeout=httpx.Timeout(left, connect=min(_CONNECT, left)),
    )
    response = client.send(request, stream=True)
    try:
        return response.status_code, _body(response, deadline), _pause(response.headers.get("Retry-After", ""))
    finally:
        response.close()


def _body(response: httpx.Response, deadline: float) -> bytes:
    """The whole body. A limit on each read would let a dripping answer go on for ever."""
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > LARGEST:
            raise BadAnswer("its answer is too large")
        if time.monotonic() > deadline:
            raise NoAnswer("it did not answer in time")
    return bytes(body)


def _pause(retry_after: str) -> float:
    return min(float(retry_after), _LONGEST_PAUSE) if retry_after.isdecimal() else _PAUSE


def _question(model: str, piece: str) -> dict[str, Any]:
    return {
        "model": model,
        "messages": messages(piece),
        "temperature": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "statements", "strict": True, "schema": schema()},
        },
    }
