"""Bodies that come in pieces, without saying how long they are: Django reads none of them unless it is told."""

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings

type Environ = dict[str, Any]
type Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PIECE = 64 * 1024
FORM = "multipart/form-data"


def with_lengths(application: Application) -> Application:
    """The application, each chunked body read before it is called, and its length said."""

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "chunked" not in environ.get("HTTP_TRANSFER_ENCODING", "").lower() or environ.get("CONTENT_LENGTH"):
            return application(environ, start_response)
        # Of a form with files Django itself bounds the fields; anything else is refused by its length.
        is_form = environ.get("CONTENT_TYPE", "").startswith(FORM)
        most = None if is_form else settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
        with SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as body:
            length = _copy(environ["wsgi.input"], body, most)
            body.seek(0)
            return application({**environ, "wsgi.input": body, "CONTENT_LENGTH": str(length)}, start_response)

    return answer


def _copy(source: IO[bytes], target: SpooledTemporaryFile[bytes], most: int | None) -> int:
    length = 0
    while piece := source.read(PIECE if most is None else min(PIECE, most - length)):
        length += target.write(piece)
    return length
