"""Reads English: sentences, forward-looking statements, likelihood words, resolvability. No Django, no model.

`find_statements(text)` gives a list of `FoundStatement`, one for each forward-looking sentence, in order:
`sentence_start`, `sentence_end`, `start`, `end`, `quote` (= text[start:end]), `cue` (start, end, quote, rule),
`category`, `likelihood` (term, scale, edition, assumed), `conditional`, `attributed_to`, `reason`, `claims`
(each a `Claim` of the same shape) and `duplicate_of` (index of the statement it repeats). `split_sentences(text)`
gives all sentences. Words and numbers: `range_of`, `nearest_words`, `disagreement`, `mixed_rows`, `term_in`.
"""

from forecasts.language.categories import CATEGORIES, OTHER, Category
from forecasts.language.likelihood import (
    SCALES,
    UNQUANTIFIED,
    Likelihood,
    Words,
    disagreement,
    mixed_rows,
    nearest_words,
    range_of,
)
from forecasts.language.sentences import Sentence, split_sentences
from forecasts.language.statements import Claim, CueSpan, FoundStatement, find_statements
from forecasts.language.terms import term_in

__all__ = [
    "CATEGORIES",
    "OTHER",
    "SCALES",
    "UNQUANTIFIED",
    "Category",
    "Claim",
    "CueSpan",
    "FoundStatement",
    "Likelihood",
    "Sentence",
    "Words",
    "disagreement",
    "find_statements",
    "mixed_rows",
    "nearest_words",
    "range_of",
    "split_sentences",
    "term_in",
]
