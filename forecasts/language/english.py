"""Whether a text is in English: the rules and the parser read nothing else."""

import re

from forecasts.language.folding import word_set

ENOUGH_WORDS = 12
"""With fewer words nothing is said of a text's language."""

SHARE = 0.12
"""Of English prose at least a fifth is words like these; of other languages in Latin letters under a tenth."""

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_COMMON = word_set("""
the of and to in that is was for on with as at by from are be this have has had it its he they their which were will
would not but or an a his her who been said after more than about could may into over also if when there before
""")
_READ = 20_000


def looks_english(text: str) -> bool:
    """Whether a text has the small words that English has, in its first part; True of texts too short to tell.

    >>> looks_english("Los combates continuaron el martes en el este del país, según fuentes de la ONU y de prensa.")
    False
    """
    words = _WORD.findall(text[:_READ].lower())
    if len(words) < ENOUGH_WORDS:
        return True
    return sum(word in _COMMON for word in words) >= SHARE * len(words)
