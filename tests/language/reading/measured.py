"""How well slots are read, by slot. `python -m tests.language.reading.measured [TEXTS]` prints the table.

Of public text only slots, lengths and SHA-256 are kept here; TEXTS is a file with such statements, one a line, to
measure them with. Statements written for the tests stand here whole.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forecasts.language.reading import Reading, read
from forecasts.language.reading.gazetteer import key

DATA = Path(__file__).parent / "data"
NONE = "-"
SLOTS = ("actor", "predicate", "quantity", "ends", "place", "likelihood")
FOUR = SLOTS[:4]
"""What a first proposal has to keep of a statement."""


@dataclass(frozen=True)
class Labelled:
    """A statement with its slots as a reader wrote them down before the code was run on it.

    "-" is for what it lacks; where a reader would take either of two, "|" stands between them.
    """

    portion: str
    published: date
    slots: dict[str, str]
    text: str


def statements(texts: Path | None = None) -> Iterator[Labelled]:
    """Those written for the tests, and the public ones whose texts are given."""
    for cells in _rows("written.tsv"):
        yield Labelled(cells[0], date.fromisoformat(cells[1]), dict(zip(SLOTS, cells[2:8], strict=True)), cells[8])
    lines = texts.read_text(encoding="utf-8").splitlines() if texts else []
    known = {hashlib.sha256(line.encode()).hexdigest(): line for line in lines}
    for cells in _rows("public.tsv"):
        if cells[9] in known:
            slots = dict(zip(SLOTS, cells[2:8], strict=True))
            yield Labelled(f"public, {cells[0]}", date.fromisoformat(cells[1]), slots, known[cells[9]])


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def right(one: Labelled) -> set[str]:
    """The slots that were read as labelled, of the claim that fits best; empty where the statement was not found."""
    fits = [_fits(found, one) for found in read(one.text, one.published)]
    return max(fits, key=lambda fit: 2 * ("predicate" in fit) + len(fit), default=set())


def _fits(found: Reading, one: Labelled) -> set[str]:
    slots, likelihood = found.slots, found.likelihood
    time = slots.time.normal if slots.time else None
    said: dict[str, object] = {
        "actor": slots.actor.normal if slots.actor else None,
        "predicate": slots.predicate.normal if slots.predicate else None,
        "quantity": slots.quantity.normal["value"] if slots.quantity else None,
        "ends": time["to"] if time else None,
        "place": slots.place.normal if slots.place else None,
        "likelihood": (likelihood.term or likelihood.value) if likelihood else None,
    }
    return {name for name in SLOTS if any(_agree(name, each, said[name]) for each in one.slots[name].split("|"))}


def _agree(name: str, wanted: str, found: object) -> bool:
    if wanted == NONE or found is None:
        return wanted == NONE and found is None
    if name == "quantity" or (isinstance(found, float) and wanted[0].isdecimal()):
        return abs(float(wanted) - float(str(found))) < 1e-3 * max(1.0, abs(float(wanted)))
    first, second = key(wanted).replace(" ", ""), key(str(found)).replace(" ", "")
    return first in second or second in first if name in ("actor", "place", "predicate") else first == second


def main(texts: Path | None) -> None:
    portions: dict[str, list[set[str]]] = {}
    for one in statements(texts):
        portions.setdefault(one.portion, []).append(right(one))
    lines: list[tuple[str, ...]] = [("portion", "statements", *SLOTS, "all four")]
    for portion, fits in portions.items():
        shares = [sum(name in fit for fit in fits) / len(fits) for name in SLOTS]
        four = sum(fit >= set(FOUR) for fit in fits) / len(fits)
        lines.append((portion, str(len(fits)), *(f"{share:.2f}" for share in (*shares, four))))
    for line in lines:
        sys.stdout.write("  ".join(cell.ljust(16 if at == 0 else 11) for at, cell in enumerate(line)).rstrip() + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
