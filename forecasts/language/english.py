"""Which language a text is in: the rules and the parser read English and nothing else."""

import re
from functools import cache
from typing import Any

from forecasts.language.folding import word_set

ENGLISH = "en"
ENOUGH_WORDS, FEWEST = 12, 3
"""Words from which on their share tells; with fewer than the fewest nothing is said of a text's language."""

SHARE = 0.12
"""Of English prose at least a fifth is words like these; of other languages in Latin letters under a tenth."""

SURE = 0.6
"""How sure a text of few words must be of another language; names alone are none."""

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_COMMON = word_set("""
the of and to in that is was for on with as at by from are be this have has had it its he they their which were will
would not but or an a his her who been said after more than about could may into over also if when there before
""")
_READ = 20_000


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language, by its first part; English where it is too short to tell.

    >>> language_of("Los combates continuaron el martes en el este del país, según fuentes de la ONU y de prensa.")
    'es'
    >>> language_of("The talks may fail."), language_of("M23, Goma, Bukavu")
    ('en', 'en')
    """
    words = _WORD.findall(text[:_READ].lower())
    common = sum(word in _COMMON for word in words)
    if len(words) < FEWEST or (len(words) >= ENOUGH_WORDS and common >= SHARE * len(words)):
        return ENGLISH
    if len(words) < ENOUGH_WORDS and common and text.isascii():
        return ENGLISH
    found, probability = _identifier().classify(text[:_READ])
    foreign = probability >= (SURE if len(words) < ENOUGH_WORDS and text.isascii() else 0.5)
    return str(found) if foreign else ENGLISH


def name_of(code: str) -> str:
    """A language's name in English, else its code.

    >>> name_of("es"), name_of("xx")
    ('Spanish', 'xx')
    """
    import pycountry

    known = pycountry.languages.get(alpha_2=code)
    return known.name if known else code


@cache
def _identifier() -> Any:
    # Takes 1.5 s and 75 MB, and few texts need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
