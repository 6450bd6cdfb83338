"""Specifications to pictures. Equal specifications give equal pictures, so each is drawn once for all processes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache

VERSION = "5.21"
KEPT_SECONDS = 24 * 3600


def svg(spec: Mapping[str, Any]) -> str:
    """The picture as SVG."""
    text = text_of(spec)
    key = key_of(text)
    kept = cache.get(key)
    if isinstance(kept, str):
        return kept
    import vl_convert

    drawn = str(vl_convert.vegalite_to_svg(text, vl_version=VERSION))
    cache.set(key, drawn, KEPT_SECONDS)
    return drawn


def png(spec: Mapping[str, Any]) -> bytes:
    """The picture as PNG, at twice its size in points. Drawing it again from the specification would cost twice."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg(spec), scale=2))


def text_of(spec: Mapping[str, Any]) -> str:
    return json.dumps(spec)


def key_of(text: str) -> str:
    return f"svg:{VERSION}:{hashlib.sha256(text.encode()).hexdigest()}"
