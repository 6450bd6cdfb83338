"""One-to-one folding, so that rules are written once and offsets stay those of the original text."""

from string import ascii_lowercase, ascii_uppercase

_SINGLE_QUOTES = "‘’ʼ′‛"
_DOUBLE_QUOTES = "“”„«»″‟"
_SPACES = "\u00a0\u202f\u2009\u2002\u2003\u2007\t"
_HYPHENS = "\u2010\u2011"

_TABLE = str.maketrans(
    ascii_uppercase + _SINGLE_QUOTES + _DOUBLE_QUOTES + _SPACES + _HYPHENS,
    ascii_lowercase + "'" * len(_SINGLE_QUOTES) + '"' * len(_DOUBLE_QUOTES) + " " * len(_SPACES) + "-" * len(_HYPHENS),
)


def fold(text: str) -> str:
    """Lower case for ASCII letters, plain quotes, spaces and hyphens; always as long as `text`.

    `str.lower` would not do: it makes two code points of one in some scripts.

    >>> fold("“Won’t stop”")
    '"won\\'t stop"'
    """
    return text.translate(_TABLE)


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(words.split())
