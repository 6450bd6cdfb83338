"""What every extractor hands back, and what a language model may fail by."""

from dataclasses import dataclass, field
from typing import Any

from forecasts.language import UNQUANTIFIED


class NoAnswer(Exception):
    """A language model was not asked, did not answer in time, or answered with an error; the message says which."""


class BadAnswer(Exception):
    """A language model answered, but not with what was asked for; the message says how."""


@dataclass(frozen=True, slots=True)
class Found:
    """One claim about the future. Offsets are code points of the text; `quote` is `text[start:end]`.

    `duplicate_of` is the index, in the list returned, of the earlier finding that this one repeats. `extraction` is
    what the extractor says of its own work, as JSON: the model, the version of its prompt, tokens and cost.
    """

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    quote: str
    cue: str
    category: str
    likelihood: str = UNQUANTIFIED
    scale: str = ""
    scale_edition: str = ""
    scale_is_assumed: bool = False
    conditional: bool = False
    attributed_to: str = ""
    reason: str = ""
    duplicate_of: int | None = None
    extraction: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The findings in the order of the text, who found them, and what a reviewer must know about that."""

    found: list[Found]
    extractor: str
    version: str
    notice: str = ""
