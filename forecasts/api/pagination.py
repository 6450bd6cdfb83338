"""Lists come in pages."""

from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from forecasts.api.errors import Refused, problem


class Pages(PageNumberPagination):
    """`page` counts from 1, `page_size` goes to 500. What is out of range is an error, not the nearest page."""

    page_size_query_param = "page_size"
    max_page_size = 500
    page_query_description = "Which page, counted from 1."
    page_size_query_description = "How many on a page, 1 to 500; 50 where it is not given."
    last_page_strings = ()

    def get_page_size(self, request: Request) -> int:
        assert self.page_size is not None  # noqa: S101
        return whole(request, self.page_size_query_param, self.page_size, self.max_page_size)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        number = whole(request, self.page_query_param, 1)
        if number > paginator.num_pages:
            raise NotFound(f"There is no page {number}: the last one is {paginator.num_pages}.", "no_such_page")
        return number

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """DRF's, with what may be null said as JSON Schema 2020-12 says it."""
        answer: dict[str, Any] = super().get_paginated_response_schema(schema)
        for name in ("next", "previous"):
            answer["properties"][name] = {"type": ["string", "null"], "format": "uri"}
        answer["required"] = ["count", "next", "previous", "results"]
        return answer

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        page, size = super().get_schema_operation_parameters(view)
        page["schema"] |= {"minimum": 1}
        size["schema"] |= {"minimum": 1, "maximum": self.max_page_size}
        return [page, size]


def whole(request: Request, name: str, default: int, most: int | None = None) -> int:
    """A parameter that is a whole number from 1 to `most`. Raises Refused."""
    given = request.query_params.get(name)
    if given is None:
        return default
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    if number < 1 or (most is not None and number > most):
        wanted = "a whole number from 1" if most is None else f"a whole number from 1 to {most}"
        raise Refused({name: [problem("invalid", f"{wanted.capitalize()}; got “{given[:40]}”.")]})
    return number
