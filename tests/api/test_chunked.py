"""Bodies that come in pieces, over a real socket, to the web server that `manage.py up` runs."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests import make
from tests.api.served import serving
from tests.api.world import build

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MEGABYTE = 1024 * 1024


def post(port: int, body: Iterator[bytes], token: str, kind: str = "application/json") -> tuple[int, Any]:
    """Send a body in chunks, and nothing of its length."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind, "Transfer-Encoding": "chunked"}
    asked.request("POST", "/api/v1/estimates/", body, headers, encode_chunked=True)
    answer = asked.getresponse()
    return answer.status, json.loads(answer.read())


def test_a_chunked_body_is_read_whole_and_one_beyond_the_limit_refused() -> None:
    world = build()
    token = make.token(world.member)
    whole = json.dumps(
        {"forecast": world.open.pk, "probability": 0.35, "rationale": "The road is cut. " * 500}
    ).encode()
    with serving() as port:
        code, recorded = post(port, (whole[place : place + 7] for place in range(0, len(whole), 7)), token)
        assert (code, recorded["probability"]) == (201, 0.35)
        assert recorded["rationale"] == ("The road is cut. " * 500).strip()
        code, refused = post(port, iter([]), token)
        assert (code, refused["errors"]["forecast"][0]["code"]) == (400, "required")
        code, refused = post(port, iter([b"{", b"forecast"]), token)
        assert (code, refused["code"]) == (400, "parse_error")
        code, refused = post(port, (b" " * MEGABYTE for _ in range(6)), token)
        assert (code, refused["code"]) == (413, "too_large")
        form = b'--b\r\nContent-Disposition: form-data; name="forecast"\r\n\r\n1\r\n--b--\r\n'
        code, refused = post(port, iter([form]), token, "multipart/form-data; boundary=b")
        assert (code, refused["code"]) == (415, "unsupported_media_type")
