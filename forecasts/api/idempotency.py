"""A POST that is sent twice does its work once."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from forecasts.api.errors import KeyReused, Refused, problem
from forecasts.models import IdempotencyKey, User

HEADER = "Idempotency-Key"
LONGEST = 200
PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="A text of your choice. The same key with the same body gets the first answer again.",
)


def key_of(request: Request) -> str:
    """The request's key, empty where it has none. Raises Refused."""
    key = request.headers.get(HEADER)
    if key is None:
        return ""
    if not 0 < len(key) <= LONGEST or not all("!" <= character <= "~" for character in key):
        said = f"A key has 1 to {LONGEST} visible ASCII characters."
        raise Refused({HEADER: [problem("invalid", said)]})
    return str(key)


@transaction.atomic
def once(user: User, key: str, body: Any, act: Callable[[], dict[str, Any]], *, at: datetime) -> HttpResponse:
    """Do `act` and answer 201 with what it gives; or answer as before where this key came before.

    Of two that arrive at once the second waits for the first at the unique key. An act that raises leaves no key.
    Raises KeyReused where the key came with another body.
    """
    if not key:
        return _answer(status.HTTP_201_CREATED, _rendered(act()))
    sha256 = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    claim, is_new = IdempotencyKey.objects.get_or_create(
        user=user,
        key=key,
        defaults={"request_sha256": sha256, "status": status.HTTP_201_CREATED, "answer": "", "made_at": at},
    )
    if claim.request_sha256 != sha256:
        raise KeyReused("This Idempotency-Key came before, with another body. Use a new key for a new estimate.")
    if is_new:
        # As text: the database would put the fields of an object into an order of its own.
        claim.answer = _rendered(act())
        claim.save(update_fields=["answer"])
    return _answer(claim.status, claim.answer, replayed=not is_new)


def _rendered(data: dict[str, Any]) -> str:
    return JSONRenderer().render(data).decode()


def _answer(code: int, text: str, *, replayed: bool = False) -> HttpResponse:
    answer = HttpResponse(text, status=code, content_type="application/json")
    if replayed:
        answer["Idempotency-Replayed"] = "true"
    return answer
