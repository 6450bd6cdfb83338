"""Names that a statement and its article offer as actor, object and place. Proposals: a person looks at each."""

import re
from collections import Counter
from collections.abc import Iterable

from forecasts.language.folding import word_set

_WORD = r"(?:[A-Z][\w’'-]*|al-[A-Z][\w-]*)"
_NAME = re.compile(rf"{_WORD}(?:(?: of the| of| al)? {_WORD})*")
_PLACE = re.compile(rf"\b(?:in|over|near|around|across|inside|from|of|towards?|outside|on)(?: the)? ({_NAME.pattern})")
_GROUP = re.compile(
    r"\b[Tt]he ((?:\w+ )?(?:rebels?|army|government|militia|insurgents|opposition|rebel forces|forces|regime|coalition|"
    r"council|ministry|junta|group))\b"
)
_NO_NAMES = word_set(
    "The A An This That These Those It Its He She They We You In On At As If But And Or For From With While When Where "
    "After Before Since Although Though However Many Some Several Both Such What Who Which There Here Their His Her "
    "Talks Increased Ongoing Further More Most Monday Tuesday Wednesday Thursday Friday Saturday Sunday January "
    "February March April May June July August September October November December Jihadist Rebels Capture President "
    "Minister Officials Residents Civil War Implications Offensive Geopolitical Turning Point Ceasefire"
)
ZONES = {
    "Asia/Damascus": word_set("Syria Aleppo Damascus Homs Hama Idlib Deir Daraa Latakia Raqqa"),
    "Europe/Kyiv": word_set("Ukraine Kyiv Kharkiv Odesa Donetsk Luhansk Kherson Zaporizhzhia Crimea Donbas"),
    "Asia/Gaza": word_set("Gaza Rafah"),
    "Asia/Jerusalem": word_set("Israel Jerusalem"),
    "Asia/Beirut": word_set("Lebanon Beirut Hezbollah"),
    "Africa/Khartoum": word_set("Sudan Khartoum Darfur Fasher"),
    "Asia/Aden": word_set("Yemen Sanaa Hodeidah Houthi Houthis"),
    "Africa/Addis_Ababa": word_set("Ethiopia Tigray Amhara"),
    "Africa/Lubumbashi": word_set("Goma Kivu"),
    "Asia/Yangon": word_set("Myanmar Rakhine"),
    "Africa/Bamako": word_set("Mali Bamako"),
    "Asia/Kabul": word_set("Afghanistan Kabul"),
    "Asia/Tehran": word_set("Iran Tehran"),
    "Europe/Istanbul": word_set("Turkey Türkiye Ankara"),
    "America/Port-au-Prince": word_set("Haiti Port-au-Prince"),
}


def names(text: str) -> list[str]:
    """The names in a text, the most frequent first; of those that are equal the first."""
    found: Counter[str] = Counter()
    for match in _NAME.finditer(text):
        name = _bare(match.group())
        if name:
            found[name] += 1
    return [name for name, _ in found.most_common()]


def places(text: str) -> list[str]:
    """Names that stand where a place would: in, near, across, from."""
    found = Counter(_bare(match.group(1)) for match in _PLACE.finditer(text))
    return [name for name, _ in found.most_common() if name]


def actors(quote: str) -> list[str]:
    """Who acts: the names in the order of the quote, then groups without a name."""
    named = [_bare(match.group()) for match in _NAME.finditer(quote)]
    groups = [f"the {match.group(1)}" for match in _GROUP.finditer(quote)]
    return distinct([*named, *groups])


def zone(texts: Iterable[str]) -> str:
    """The time zone of the first place that is known to lie in one, else UTC."""
    for text in texts:
        words = set(re.findall(r"[\w-]+", text))
        for zone, known in ZONES.items():
            if words & known:
                return zone
    return "UTC"


def distinct(names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name]


def _bare(name: str) -> str:
    """Without a possessive, and without the words that only begin a sentence or stand in a headline."""
    words = [word.removesuffix("’s").removesuffix("'s") for word in name.split()]
    while words and (words[0] in _NO_NAMES or words[0].islower()):
        words.pop(0)
    while words and (words[-1] in _NO_NAMES or words[-1].islower()):
        words.pop()
    return " ".join(words)
