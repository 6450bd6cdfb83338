"""Who is said to have said it."""

import re
from dataclasses import dataclass
from itertools import islice

_REACH, _TRIED = 110, 4

_SAY = (
    r"(?:said|says|say|told|tells|warned|warns|warn|added|adds|stated|states|announced|announces|"
    r"predicted|predicts|predict|vowed|vows|pledged|pledges|"
    r"threatened|threatens|believes?|believed|thinks?|argued|argues|argue|estimates?|estimated|insisted|"
    r"insists|stressed|noted|promised|promises|"
    r"declared|declares|reported|claimed|wrote|tweeted|cautioned|cautions|projected|expects?|assesses|assessed|"
    r"suggested|suggests|reiterated|reaffirmed|affirmed|confirmed|acknowledged|hinted|indicated|"
    r"signall?ed|concluded|anticipates?|swore|remarked|asserted|explained)"
)
_NAME = r"[^\W\d_][\w.’'-]*"
_WHO = (
    r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Ss]ome|[Mm]any|[Ss]everal|[Tt]wo|[Ss]enior|"
    rf"[Oo]ne) )?(?:{_NAME} (?:of |for |in |and |the )?){{0,6}}{_NAME}"
)
_ACCORDING = re.compile(rf"\b[Aa]ccording to ({_WHO})")
_SPEAKER = re.compile(
    rf"(?<!\w)({_WHO})(?:,[^,;\"“”]{{1,60}},)?(?: (?:has|have|had|also|later|on \w+|\w+ly|repeatedly)){{0,2}} \Z"
)
_SAYING = re.compile(rf"\b{_SAY}\b")
_AFTER = re.compile(rf"[\"”’'] (?:{_SAY}) (?!on |in |that |it |he |she |they )({_WHO})")
_DOTTED = re.compile(r"(?:\b\w\.){2}$")
_TRAIL = re.compile(r"(?: (?:has|have|had|also|later|is|was|were|are|who|which|that))+$")
_LEAD_IN = re.compile(
    r"^(?:(?:On|In|At|By|Since|After|Before|And|But|While|As|That|Meanwhile|However|Yet|Still|Earlier|"
    r"Later|When|If|Although|Though|which|that|who|and|but|where|while|as|because|since) )+"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?"
)


@dataclass(frozen=True, slots=True)
class Speech:
    """Who is named as saying it, in the words of the text, and where the naming and the verb of saying stand."""

    speaker: str = ""
    start: int = 0
    end: int = 0


def attributed_to(text: str, start: int, end: int) -> str:
    """Who `text[start:end]` is attributed to, in the words of the text; empty where nobody is named."""
    return spoken(text, start, end).speaker


def spoken(text: str, start: int, end: int) -> Speech:
    """Who `text[start:end]` is attributed to, and where; empty where nobody is named."""
    found = _ACCORDING.search(text, start, end) or _AFTER.search(text, start, end)
    if found is not None:
        return Speech(_name(found.group(1)), found.start(), found.end())
    return _speaker(text, start, end)


def _name(who: str) -> str:
    who = _TRAIL.sub("", _LEAD_IN.sub("", who)).strip()
    return who if _DOTTED.search(who) else who.rstrip(".")


def _speaker(text: str, start: int, end: int) -> Speech:
    for said in islice(_SAYING.finditer(text, start, end), _TRIED):
        found = _SPEAKER.search(text, max(start, said.start() - _REACH), said.start())
        if found:
            return Speech(_name(found.group(1)), found.start(), said.end())
    return Speech()
