"""Reads a scenario folder as data: its files, their sizes and encodings, and the shape of scenario.yaml."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from forecasts.models import Article
from forecasts.questions.intake import checking
from forecasts.questions.intake.estimates_file import Row, estimates_of
from forecasts.questions.intake.format import Document
from forecasts.rules.errors import InvalidScenario

SCENARIO, ESTIMATES = "scenario.yaml", "estimates.csv"
MEGABYTE = 1_000_000
LARGEST = {SCENARIO: 5 * MEGABYTE, ESTIMATES: 20 * MEGABYTE}
LARGEST_ARTICLE = 2 * MEGABYTE
DEEPEST = 20

COMPLAINTS = {
    "extra_forbidden": "this field is not part of the format",
    "missing": "is required",
    "timezone_aware": "has no zone: write it as 2024-12-01T12:00:00Z, or with an offset such as +03:00",
    "datetime_type": "is not a time such as 2024-12-01T12:00:00Z",
}


@dataclass(frozen=True, slots=True)
class Folder:
    """A scenario folder that has been read and checked as far as it goes without the database."""

    document: Document
    body: str
    estimates: Sequence[Row]
    path: Path


def read(path: Path) -> Folder:
    """Read and check a folder. Raises InvalidScenario with the file, the entry and the field, in one line."""
    if not path.is_dir():
        raise InvalidScenario(f"{path}: is not a folder")
    document = _document(_text(path / SCENARIO, LARGEST[SCENARIO]))
    body = Article.normalised(_text(path / document.article.file, LARGEST_ARTICLE))
    checking.check(document, body)
    estimates = path / ESTIMATES
    text = _text(estimates, LARGEST[ESTIMATES]) if estimates.exists() else ""
    return Folder(document, body, estimates_of(text, document) if text else (), path)


def _text(path: Path, largest: int) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise InvalidScenario(f"{path.name}: cannot be read ({error.strerror})") from error
    if len(content) > largest:
        raise InvalidScenario(f"{path.name}: is larger than {largest / MEGABYTE:g} MB")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise InvalidScenario(f"{path.name}: is not UTF-8 (byte {error.start})") from error
    if "\x00" in text:
        raise InvalidScenario(f"{path.name}: holds a NUL character at {text.index('\x00')}")
    return text


def _document(text: str) -> Document:
    data = _yaml(text)
    try:
        return Document.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        message = COMPLAINTS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        place = ": ".join([SCENARIO, *_place(data, first["loc"])])
        raise InvalidScenario(f"{place}: {message}") from error


def _place(data: Any, location: tuple[int | str, ...]) -> list[str]:
    """The steps to an entry; those in a list carry its `id` or `key`, so that people find it."""
    steps: list[str] = []
    for number, step in enumerate(location, start=1):
        if isinstance(data, list) and isinstance(step, int):
            data = data[step]
            name = data.get("id", data.get("key")) if isinstance(data, dict) else None
            steps[-1] += f"[{step}]" + (f" {name}" if isinstance(name, str) else "")
        elif isinstance(data, dict) and (step in data or number == len(location)):
            data = data.get(step)
            steps.append(str(step))
    return steps


class Loader(yaml.CSafeLoader):
    """Refuses a key that stands twice in one mapping; YAML would keep the last in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 -- PyYAML's
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise _fault(key.start_mark, f"{key.value} stands twice")
            if isinstance(key.value, str):
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _yaml(text: str) -> Any:
    try:
        _check_events(text)
        return yaml.load(text, Loader=Loader)  # noqa: S506 -- a child of the safe loader
    except yaml.MarkedYAMLError as error:
        raise _fault(error.problem_mark, error.problem or "is not YAML") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise InvalidScenario(f"{SCENARIO}: {' '.join(str(error).split())}") from error


def _check_events(text: str) -> None:
    """Before anything is built: a few aliases of aliases would stand for more than any memory holds."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _fault(event.start_mark, f"aliases such as *{event.anchor} are not part of the format")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _fault(event.start_mark, "is nested too deeply")


def _fault(mark: Any, problem: str) -> InvalidScenario:
    """`mark` is YAML's own: its lines count from 0."""
    return InvalidScenario(f"{SCENARIO}: {f'line {mark.line + 1}: ' if mark else ''}{problem}")
