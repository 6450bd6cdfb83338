"""One round of counting: files that were dropped are taken, what is new is counted, what is due is proposed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from forecasts.answers import proposing
from forecasts.answers.dropping import REFUSED, SUFFIXES, dropped
from forecasts.evidence import recounting
from forecasts.evidence.taking import take
from forecasts.rules.errors import ReckonerError

TAKEN = "taken"

type Clock = Callable[[], datetime]


@dataclass
class Round:
    """What a round came to."""

    taken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    counted: recounting.Recounted = field(default_factory=recounting.Recounted)
    proposed: int = 0


def run(at: datetime, drop: Path | None = None) -> Round:
    """Take, count, propose. Running it twice changes nothing."""
    done = Round()
    for path in dropped(drop):
        _take(path, done, at)
    done.counted = recounting.recount(at)
    done.proposed = proposing.propose(at)
    return done


def waits(at: datetime, drop: Path | None = None) -> bool:
    """Whether a round would find anything to do."""
    return bool(dropped(drop)) or recounting.waits(at) or bool(proposing.due(at))


def _take(path: Path, done: Round, at: datetime) -> None:
    """Take a file and put it aside; beside one that is refused a note says why."""
    try:
        take(path, path.parent.name, version_of(path), at=at)
    except ReckonerError as error:
        moved = _aside(path, REFUSED)
        moved.with_name(f"{moved.name}.txt").write_text(f"{error}\n", encoding="utf-8")
        done.refused.append(f"{path.name}: {error}")
    else:
        _aside(path, TAKEN)
        done.taken.append(path.name)


def version_of(path: Path) -> str:
    """A file's name without the suffixes of its kind and packing."""
    while path.suffix in SUFFIXES:
        path = path.with_suffix("")
    return path.name


def _aside(path: Path, where: str) -> Path:
    target = path.parent / where / path.name
    target.parent.mkdir(exist_ok=True)
    return path.replace(target)
