"""Errors carry a machine code beside the human text: `{"code", "detail", "errors"}`, the last by field."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from forecasts.rules.errors import InvalidValue, NotAllowed, NotNow, ReckonerError

type Field = str
type Problem = dict[str, Any]

WHOLE = "body"
LONGEST_NAME = 100


class KeyReused(ReckonerError):
    """The Idempotency-Key came before, with another body."""

    code = "key_reused"


class TooLarge(exceptions.APIException):
    """The body is beyond what this service reads."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = "The body is larger than this service reads."


class Refused(exceptions.APIException):
    """Refused for reasons that each name their field."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid"

    def __init__(self, errors: dict[Field, list[Problem]]) -> None:
        super().__init__()
        self.errors = errors


class ProblemSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="For programs; does not change within a version.")
    message = serializers.CharField(help_text="For people.")
    allowed = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="What would have been accepted, where that is a list."
    )


class ErrorSerializer(serializers.Serializer[Any]):
    """What every error looks like."""

    code = serializers.CharField(help_text="For programs; does not change within a version.")
    detail = serializers.CharField(help_text="For people.")
    errors = serializers.DictField(  # type: ignore[assignment]  # the metaclass takes fields off the class
        child=ProblemSerializer(many=True), required=False, help_text="By field or parameter, where one is at fault."
    )


def problem(code: str, message: str, allowed: list[str] | None = None) -> Problem:
    said = {"code": code, "message": printable(message)}
    return said if allowed is None else {**said, "allowed": allowed}


def printable(text: str) -> str:
    """What was sent may hold half characters that no answer can repeat."""
    return text.encode(errors="replace").decode()


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error that is the asker's to mend, in one shape. Others become 500 or 503, see `core.health`."""
    error = _as_api_exception(error)
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return response
    errors = error.errors if isinstance(error, Refused) else dict(_by_field(error.get_full_details()))
    response.data = _body(error, errors)
    return response


def _as_api_exception(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound("There is no such thing, or not for you.")
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return TooLarge()
    if isinstance(error, ReckonerError):
        return _of_reckoner(error)
    return error


def _of_reckoner(error: ReckonerError) -> exceptions.APIException:
    said = str(error)
    if isinstance(error, InvalidValue):
        return Refused({error.field: [problem(error.code, said)]})
    if isinstance(error, NotNow):
        return Refused({"forecast": [problem(error.code, said)]})
    if isinstance(error, NotAllowed):
        return exceptions.PermissionDenied(said, error.code)
    translated = exceptions.APIException(said, error.code)
    translated.status_code = status.HTTP_409_CONFLICT if isinstance(error, KeyReused) else status.HTTP_400_BAD_REQUEST
    return translated


def _body(error: exceptions.APIException, errors: dict[Field, list[Problem]]) -> dict[str, Any]:
    if not errors:
        return {"code": error.get_codes(), "detail": str(error.detail)}
    first = next(iter(errors))
    return {"code": _code(errors), "detail": f"{first}: {errors[first][0]['message']}", "errors": errors}


def _code(errors: dict[Field, list[Problem]]) -> str:
    """The code that all problems share, else `invalid`."""
    codes = {problem["code"] for problems in errors.values() for problem in problems}
    return codes.pop() if len(codes) == 1 else "invalid"


def _by_field(details: Any, field: str = "") -> Iterator[tuple[Field, list[Problem]]]:
    """Flatten DRF's nested details: `probabilities.0` names the first of a list."""
    if isinstance(details, dict) and details.keys() == {"message", "code"} and not field:
        return
    if isinstance(details, list):
        yield field or WHOLE, [problem(one["code"], str(one["message"])) for one in details]
        return
    for key, inner in details.items():
        name = WHOLE if key == "non_field_errors" else printable(str(key)[:LONGEST_NAME])
        yield from _by_field(inner, f"{field}.{name}" if field else name)
