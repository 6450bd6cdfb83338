"""Specifications to pictures. Equal specifications give equal pictures, so each is drawn once for all processes."""

import json
from collections.abc import Mapping
from typing import Any

from forecasts.rules.kept import kept

VERSION = "5.21"
"""Of Vega-Lite."""


def svg(spec: Mapping[str, Any]) -> str:
    """The picture as SVG."""
    text = json.dumps(spec)
    return kept("svg", tag_of(text), lambda: _drawn(text)).decode()


def png(spec: Mapping[str, Any]) -> bytes:
    """The picture as PNG, at twice its size in points. Drawing it again from the specification would cost twice."""
    drawn = svg(spec)
    return kept("png", f"{VERSION} {drawn}", lambda: _as_png(drawn))


def tag_of(text: str) -> str:
    """Equal for equal specifications drawn by the same version."""
    return f"{VERSION} {text}"


def _as_png(drawn: str) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(drawn, scale=2))


def _drawn(text: str) -> bytes:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(text, vl_version=VERSION)).encode()
