"""The nightly comparison of what is kept with what was recorded: tallies, articles, evidence files."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.core.files.storage import default_storage

from forecasts.models import Article, Evidence, Statement, Sweep
from forecasts.rules import whole_files
from forecasts.scores import scorekeeping

type Check = Callable[[datetime], list[str]]


def verify(at: datetime, *names: str) -> dict[str, list[str]]:
    """Compare all, or what is named; by name the differences, each a sentence. `/healthz` repeats the first of each."""
    return {name: CHECKS[name](at) for name in names or CHECKS}


def _tallies(at: datetime) -> list[str]:
    return [str(difference) for difference in scorekeeping.verify(at)]


def _articles(at: datetime) -> list[str]:
    """Texts against their sha256, and quotes against the text they were cut from."""
    return _noted("articles", [*_changed_texts(), *_changed_quotes()], at)


def _changed_texts() -> Iterator[str]:
    for article in Article.objects.order_by("pk").only("pk", "body", "sha256").iterator(chunk_size=100):
        if Article.digest(article.body) != article.sha256:
            yield f"Article {article.pk}: its text is not the one that was added."


def _changed_quotes() -> Iterator[str]:
    told = Statement.objects.select_related("article").order_by("article", "pk")
    for one in told.only("start", "end", "quote", "article__body").iterator(chunk_size=100):
        if one.article.body[one.start : one.end] != one.quote:
            yield f"Statement {one.pk}: its quote does not stand where it was found."


def _files(at: datetime) -> list[str]:
    return _noted("files", list(_damaged_files()), at)


def _damaged_files() -> Iterator[str]:
    for piece in Evidence.objects.exclude(file="").order_by("pk").iterator():
        name = str(piece.file.name)
        try:
            digest = whole_files.digest_of(default_storage, name)
        except OSError as error:
            yield f"Evidence {piece.pk}: {name} cannot be read ({error.strerror or error})."
        else:
            if digest != piece.sha256:
                yield f"Evidence {piece.pk}: {name} does not hold what was recorded."


def _noted(name: str, differences: list[str], at: datetime) -> list[str]:
    problem = f"{len(differences)} differ, the first: {differences[0]}" if differences else ""
    Sweep.came_through(name, at, problem)
    return differences


CHECKS: dict[str, Check] = {"verify": _tallies, "articles": _articles, "files": _files}
"""By the name of the sweep that notes them."""
