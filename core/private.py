"""What is one reader's is kept by no cache, not even by that of the reader's browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class NoStoreMiddleware:
    """For all but the API, and what is the same for everybody, which say for themselves what may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        said = answer.get("Cache-Control", "")
        if not request.path.startswith("/api/") and "no-store" not in said and "public" not in said:
            answer["Cache-Control"] = "private, no-store"
        return answer
