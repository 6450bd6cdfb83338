"""Extractors find an article's statements. The rules always can; a language model may be set to take their place.

`extract(text, language="en")` gives an `Extraction`: `found` (a list of `Found`, in order of the text), `extractor`,
`version`, and `notice`, which is empty unless a reviewer must know something. It never raises.
"""

from dataclasses import replace

import structlog

from forecasts.extractors import rules
from forecasts.extractors.found import BadAnswer, Extraction, Found, NoAnswer
from forecasts.extractors.setup import chosen, problems

__all__ = ["RULES", "Extraction", "Found", "extract", "is_set", "problems"]

RULES = rules.NAME
"""The name that the rules sign with; a language model signs with its own."""

log = structlog.get_logger(__name__)


def is_set() -> bool:
    """Whether the settings name a language model to read articles."""
    return chosen() is not None


def extract(text: str, *, language: str = "en") -> Extraction:
    """The statements of a text, by the extractor that is set up; by the rules, with a notice, where that fails."""
    setup = chosen()
    if setup is None:
        return rules.extract(text, language=language)
    # httpx and pydantic cost every process a tenth of a second, and few have a model to ask.
    from forecasts.extractors import model

    try:
        return model.extract(text, setup)
    except (NoAnswer, BadAnswer) as error:
        log.warning("A language model could not read an article.", event_name="extraction_failed", reason=str(error))
        return _instead(rules.extract(text, language=language), f"{setup.model} was not used: {error}")


def _instead(found: Extraction, why: str) -> Extraction:
    notice = f"The language model {why}. The rules read this article instead."
    return replace(found, notice=f"{notice} {found.notice}".strip())
