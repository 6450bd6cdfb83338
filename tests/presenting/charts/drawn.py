"""Reading a specification, and what was drawn from it."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

from forecasts.presenting import charts

type Spec = dict[str, Any]

SVG = "{http://www.w3.org/2000/svg}"


def layers(spec: Spec) -> Iterator[Spec]:
    """Every layer with a mark, however deep, with the data that it inherits."""
    for part in [*spec.get("layer", []), *spec.get("vconcat", [])]:
        held = {"data": spec.get("data", {"values": []}), **part}
        if "mark" in part:
            yield held
        yield from layers(held)


def rows(spec: Spec, mark: str) -> list[Spec]:
    """The data of every layer that is drawn with this mark."""
    return [row for layer in layers(spec) if layer["mark"]["type"] == mark for row in layer["data"]["values"]]


def words(spec: Spec) -> str:
    """Every word of the picture."""
    return " ".join(text for part in ET.fromstring(charts.svg(spec)).iter(f"{SVG}text") for text in part.itertext())


def title(spec: Spec) -> str:
    return " ".join(spec["title"]["text"])


def explained(spec: Spec) -> str:
    return " ".join(spec["title"]["subtitle"])
