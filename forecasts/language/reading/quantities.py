"""Quantities of a text: number, comparator and unit, multiples and shares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .numerals import NUMBER, PLURAL, numeral

_COMPARATORS = (
    ("at_least", (
        r"upwards? of|at least|no fewer than|no less than|a minimum of|not less than|as many as at "
        r"least|some"
    )),
    ("more_than", (
        r"more than|over|above|in excess of|exceeding|exceeds?|exceed|surpass(?:es|ing)?|well over|"
        r"beyond|past|greater than|topping|(?<!the )(?<!'s )(?<!s' )top"
    )),
    ("less_than", r"fewer than|less than|under|below"),
    ("at_most", r"at most|no more than|not more than|up to|as many as|as much as|a maximum of|as few as"),
    ("about", (
        r"about|around|roughly|approximately|nearly|almost|close to|an estimated|estimated|circa|some|"
        r"just over|just under"
    )),
)  # fmt: skip
_BEFORE = "|".join(rf"(?P<c{at}>{words})" for at, (_, words) in enumerate(_COMPARATORS))
_UNIT_AFTER = (
    r"(?P<unit>%|per ?cent\b(?:age points?)?|percent(?:age points?)?\b|percentage points?\b|basis points?\b|bps\b|"
    r"degrees?(?: celsius)?|°c|(?:metric )?tonnes?\b|(?:metric )?tons?\b|barrels?\b|kilomet(?:re|er)s?\b|km\b|"
    r"miles?\b|met(?:re|er)s?\b|feet\b|hectares?\b|lit(?:re|er)s?\b|"
    r"dollars?\b|euros?\b|seats?\b|votes?\b)"
)
_FRACTION = r"(?:(?:a|one|two|three|four|nine)[- ](?:thirds?|quarters?|fifths?|tenths?|halves)|half)"
_OF_SO_MANY = (
    r"(?:one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?:every )?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred)"
)
"""A share by itself: "one in four economies"."""
_MULTIPLE = (
    r"(?P<fold>(?:two|three|four|five|six|seven|eight|nine|ten|\d+)[- ]?fold|twice|thrice|"
    rf"(?P<times>{NUMBER}) times)"
)
QUANTITY = re.compile(
    rf"(?<![\w.,$€£-])(?:(?:{_BEFORE}) )?(?:(?:a|the|an) )?(?:(?:record|total|further|another|additional|extra|"
    rf"estimated|full|whole|whopping) )?"
    rf"(?P<body>{_MULTIPLE}|(?P<in>{_OF_SO_MANY})\b(?! (?:days|weeks|months|years|minutes|hours)\b)|"
    rf"(?P<fraction>{_FRACTION})(?= of\b| (?:by|in|before|this|next|within|from|when|"
    rf"if)\b| (?:a|its|the|their|his|all|more|fewer|less)\b|"
    rf"[.,;:]|$)(?! of (?:the )?(?:year|month|century|20))(?! a (?:percentage|million|billion|dozen))|"
    rf"(?P<plural>{PLURAL})|(?:us)?(?P<money>[$€£]|us\$ ?|rs\.? ?)?(?:between (?P<lower>{NUMBER}) and )?"
    rf"(?!0\d)(?P<number>{NUMBER})"
    rf"(?:(?:%|°c| ?per ?cent)? ?(?:[-–]|to) ?[$€£]?(?P<upper>{NUMBER})(?!-[a-z]))?"
    rf"(?P<more>(?: or more| or higher|\+)|(?P<fewer> or (?:fewer|less)))?(?:[- ]{_UNIT_AFTER}|(?P<pc>%))?)"
    rf"(?![\w%])(?! ?[-/]\d)(?!-[a-z])(?!\))"
)
_SHARES = {
    "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4,
    "fifth": 1 / 5, "fifths": 1 / 5, "tenth": 1 / 10, "tenths": 1 / 10,
}  # fmt: skip
VERBS = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4, "halve": 0.5, "quintuple": 5}
"""Verbs that are multiples by themselves."""

_BASE = re.compile(
    rf"(?: of|) (?:the |those |these |its |their |all |some |about |nearly )*(?P<number>{NUMBER}|{PLURAL})\b"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity and where it stands; `comparator` is empty for a plain number, `unit` for a bare one."""

    start: int
    end: int
    value: float
    comparator: str
    unit: str
    is_round: bool = False


def quantities(folded: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities of `folded[start:end]`, shares worked out where their whole stands behind them."""
    at = start
    while match := QUANTITY.search(folded, at, end):
        found = _quantity(folded, match, end)
        at = found.end if found else match.end()
        if found:
            yield found


def _quantity(folded: str, match: re.Match[str], end: int) -> Quantity | None:
    said = match.groupdict()
    comparator = next((name for at, (name, _) in enumerate(_COMPARATORS) if said[f"c{at}"]), "")
    start = match.start()
    if said["fold"]:
        return Quantity(start, match.end(), _fold(said["fold"], said["times"]), comparator, "times")
    if said["fraction"] or said["in"]:
        return _share(folded, match, comparator, end)
    number = numeral(said["plural"] or said["lower"] or said["number"] or "")
    if number is None:
        return None
    upper = numeral(said["upper"]) if said["upper"] else None
    if upper is not None and (folded.endswith("from ", 0, start) or upper.value <= number.value):
        # "From 2 to 4 per cent" starts at two; "2024-25" is a season.
        joint = folded[match.end("number") : match.start("upper")]
        return None if "to" not in joint else Quantity(start, match.end("number"), number.value, comparator, "")
    comparator = (
        "at_least"
        if said["lower"] or upper or (said["more"] and not said["fewer"])
        else "at_most"
        if said["fewer"]
        else comparator
    )
    unit = "percent" if said["pc"] else _unit(said["unit"] or said["money"] or "")
    return Quantity(
        start, match.end(), number.value, comparator or ("at_least" if number.is_round else ""), unit, number.is_round
    )


def _unit(written: str) -> str:
    written = written.strip()
    if written in ("$", "us$"):
        return "US dollars"
    if written.startswith(("percentage", "per cent point")) or (
        written.endswith(("points", "point")) and "basis" not in written
    ):
        return "percentage points"
    return (
        "percent"
        if written in ("%", "percent", "per cent", "percentage", "per-cent")
        else {"€": "euros", "£": "pounds"}.get(written, written)
    )


def _share(folded: str, match: re.Match[str], comparator: str, end: int) -> Quantity:
    words = re.findall(r"[a-z]+", match["fraction"] or match["in"])
    if match["in"]:
        first, last = numeral(words[0]), numeral(words[-1])
        share = first.value / last.value if first and last and last.value else 0.0
    else:
        count = numeral(words[0]) if words[0] not in ("a", "half") else None
        share = (count.value if count else 1) * _SHARES[words[-1]]
    base = _BASE.match(folded, match.end(), end)
    whole = numeral(base["number"]) if base else None
    if base and whole:
        value = share * whole.value
        return Quantity(
            match.start(),
            base.end(),
            int(value) if value == int(value) else round(value, 4),
            comparator,
            "",
            whole.is_round,
        )
    return Quantity(match.start(), match.end(), round(share, 4), comparator, "share")


def _fold(written: str, times: str | None) -> float:
    if times:
        number = numeral(times)
        return number.value if number else 0.0
    if written in ("twice", "thrice"):
        return {"twice": 2, "thrice": 3}[written]
    number = numeral(written.removesuffix("fold").strip("- "))
    return number.value if number else 0.0
