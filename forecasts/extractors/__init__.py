"""Extractors find an article's statements. The rules always can; a language model may be set to take their place.

`extract(text, language="en")` gives an `Extraction`: `found` (a list of `Found`, in order of the text), `extractor`,
`version`, and `notice`, which is empty unless a reviewer must know something. It never raises.
"""

from . import rules
from .found import Extraction, Found

__all__ = ["Extraction", "Found", "extract"]


def extract(text: str, *, language: str = "en") -> Extraction:
    """The statements of a text, by the extractor that is set up."""
    return rules.extract(text, language=language)
