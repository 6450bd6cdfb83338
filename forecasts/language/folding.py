"""One-to-one folding, so that rules are written once and offsets stay those of the original text."""

from string import ascii_lowercase, ascii_uppercase

_SINGLE_QUOTES = "‘’ʼ′‛"
_DOUBLE_QUOTES = "“”„«»″‟"
_SPACES = "\u00a0\u202f\u2009\u2002\u2003\u2007\t"
_HYPHENS = "\u2010\u2011"

_PLAIN = [(mark, "'") for mark in _SINGLE_QUOTES] + [(mark, '"') for mark in _DOUBLE_QUOTES]
_PLAIN += [(mark, " ") for mark in _SPACES] + [(mark, "-") for mark in _HYPHENS]
_ASCII_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def fold(text: str) -> str:
    """Lower case, plain quotes, spaces and hyphens; always as long as `text`.

    >>> print(fold("“Won’t stop”"))
    "won't stop"
    """
    lower = text.lower()
    if len(lower) != len(text):
        # Some capital letters make two code points in lower case, and would shift every offset after them.
        lower = text.translate(_ASCII_LOWER)
    for mark, plain in _PLAIN:
        lower = lower.replace(mark, plain)
    return lower


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(words.split())
