"""Patterns of time expressions over folded text: bare periods, parts of them, stretches from now."""

import re

from .feasts import NAMES as FEASTS
from .numerals import DIGITS, WORDS
from .periods import SEASONS, WEEKDAYS

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?![a-z])"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20|21)\d\d"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_SEASON = "|".join(SEASONS)
_FEAST = "|".join(re.escape(one) for one in sorted(FEASTS, key=len, reverse=True))
_COUNT = rf"(?:{DIGITS}|{WORDS}|a few|several|a couple of|couple of|few|half a|a|an)"
_UNIT = r"(?:hour|day|week|fortnight|weekend|month|quarter|year|decade)"
_TURN = r"next|this|the coming|this coming|the following|coming|the next"
_SHY = r"(?! ?%| per ?cent| percent|[,.]?\d)"
_TO_DAY = rf"(?:(?:, {_DAY})*(?:,? and|,? or| to| ?[-–]) ?(?P<day2>{_DAY})\b)?"
_IN_YEAR = rf"(?:,? (?P<year>{_YEAR})\b)?"
_ON_DAY = rf"(?:(?:(?:{_TURN}) )?{_WEEKDAY},? (?:the )?)?"
_ORDINAL = r"first|second|third|fourth|final|last"

_BASES: tuple[tuple[str, str], ...] = (
    ("iso", rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\b"),
    ("date", rf"{_ON_DAY}(?:the )?(?P<day>{_DAY}){_TO_DAY}(?: of)? (?P<month>{MONTH}){_IN_YEAR}"),
    ("date", rf"{_ON_DAY}(?P<month>{MONTH}) (?P<day>{_DAY})\b{_SHY}{_TO_DAY}{_IN_YEAR}"),
    ("week_of", rf"(?:the )?(?P<ordinal>{_ORDINAL}) week (?:of|in) (?P<month>{MONTH}){_IN_YEAR}"),
    (
        "month",
        (
            rf"(?:(?P<turn>{_TURN}) )?(?P<month>{MONTH})"
            rf"(?:(?:,| of| in)? (?P<year>{_YEAR}|next year|this year)\b)?(?:'s)?(?! \d)"
        ),
    ),
    (
        "piece",
        (
            rf"(?:(?:the |its )?(?:(?P<turn>{_TURN}) (?P<piece0>half)|(?P<ordinal>{_ORDINAL}) "
            r"(?P<piece>quarter|half|three months|six months|four months|trimester))|(?P<short>q[1-4]|h[12]))\b"
            rf"(?:(?: of)?(?: the)? (?P<year>{_YEAR}|next year|this year|calendar year|fiscal year|year))?"
        ),
    ),
    (
        "season",
        (
            rf"(?:(?P<turn>{_TURN}|the) )?(?P<season>{_SEASON})"
            rf"(?:(?: of)? (?P<year>{_YEAR})(?:[-/–]\d\d(?:\d\d)?)?\b)?(?! [a-z]+(?:ing|ed)\b)(?![\w-])"
        ),
    ),
    (
        "unit",
        (
            rf"(?P<turn>{_TURN}|the current|current|the|the new|this same) "
            r"(?P<unit>week|weekend|month|quarter|year|decade)\b(?:'s)?(?! (?:of|ahead)\b)"
        ),
    ),
    (
        "year",
        rf"(?:the year )?(?P<year>{_YEAR})(?:[-/–](?P<year2>{_YEAR}|\d\d))?(?:'s)?(?![\d%]|[,.]\d|[-/]?\w)",
    ),
    ("decade", r"(?:the )?(?P<decade>(?:19|20|21)\d0)s\b"),
    ("century", r"(?:the (?:21st |present |current )?|this )?(?P<century>century)\b(?! ago)"),
    (
        "week_from",
        (
            rf"(?:the )?week (?:of|beginning|starting|from|commencing) (?:{_WEEKDAY},? )?(?:the )?"
            rf"(?:(?P<day>{_DAY})(?: of)? (?P<month>{MONTH})|(?P<month2>{MONTH}) (?P<day2>{_DAY}))\b{_IN_YEAR}"
        ),
    ),
    ("weekday_of", rf"(?P<weekday>{_WEEKDAY}) (?:of )?(?P<turn>next|this) week\b"),
    (
        "weekday",
        rf"(?:(?P<turn>{_TURN}) )?(?P<weekday>{_WEEKDAY})\b(?:'s)?(?: (?:night|morning|evening|afternoon))?",
    ),
    ("near", r"(?P<near>the day after tomorrow|tomorrow|tonight|today|overnight)\b(?:'s)?"),
    ("feast", rf"(?:the )?(?P<feast>{_FEAST})\b(?: (?P<year>{_YEAR})\b)?"),
    (
        "bare_day",
        (
            r"the (?P<day>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th))(?=[,.;]| (?:and|but|of this month|or)\b|$)"
            r"(?: of this month)?"
        ),
    ),
)
BASES = tuple((name, re.compile(pattern)) for name, pattern in _BASES)
"""What names a period by itself; the longest match at a place is taken."""

PART = re.compile(
    r"(?:the )?(?:(?P<late>(?:mid(?:dle)? ?(?:to|-to-|-) ?)?late|latter (?:part|half) of|(?:the )?tail end of)|"
    r"(?P<middle>(?:early ?(?:to|-to-) ?)mid(?:dle)?|mid|middle of|midpoint of)|"
    r"(?P<early>(?:very )?early|beginning of|start of|(?:first|opening) (?:days|weeks) of|turn of)|"
    r"(?P<close>end of|close of|ends? of|end|last (?:days|weeks) of|final (?:days|weeks) of))(?: in |-| )"
)
"""A part of the period that follows it."""

EDGE = re.compile(r"(?:the )?(?P<unit>week|month|quarter|year)(?:'s|[- ]) ?(?P<edge>end)\b|mid-?(?P<mid>year)\b")
PREPOSITION = re.compile(
    r"(?P<word>between now and|from now (?:to|until)|"
    r"no earlier than|not before|at the earliest in|as early as|as soon as|no later than|not later than|"
    r"on or before|ahead of|prior to|up to|through to|before|until|till|through|throughout|by|after|from|since|"
    r"starting|beginning|during|over(?! on)|within|for|in|on|at|around|about|towards|between|into|come|later|only in) "
    r"(?:(?:at|in|on|or|both|around|about) )?"
)
_STRETCHES = (
    rf"(?:(?P<how>over|within|in|during|for|throughout|across|after) )?(?:the |these |its )?"
    rf"(?P<ahead>next|coming|following|forthcoming|upcoming|first) "
    rf"(?:(?P<count>{_COUNT})(?: (?:to|or) (?P<count2>{_COUNT}))? )?"
    rf"(?P<unit>{_UNIT})s\b(?:(?: to| or| and|/) (?P<unit2>{_UNIT})s\b)?(?! of)"
    "\n"
    r"(?:(?P<how>over|within|in|during|for|throughout|across) )?(?:the |these )?"
    rf"(?P<ahead>next|coming) (?:(?P<count>{_COUNT}) )?(?P<unit>hour|day|fortnight|decade)\b"
    "\n"
    # "Over the next year" runs from now on; "next year" is the calendar's.
    r"(?:over|within|in|during|for|throughout|across) (?:the course of )?the (?:next|coming) "
    r"(?P<one>week|month|quarter|year)\b(?: or so\b)?(?!'s| of\b)"
    "\n"
    r"(?P<how>within|in|inside|after) (?:the space of )?"
    r"(?:about |around |roughly |some |less than |under |just |at most |no more than )?(?:the |a |an )?"
    rf"(?P<count>{_COUNT})(?:(?: to | or | ?[-–] ?)(?P<count2>{_COUNT}))?[ -](?P<unit>{_UNIT})s?\b(?:'? time| "
    rf"(?:period|window|timeline|span|deadline))?"
    r"(?! (?:ago|earlier|later|old|of|after|before|following))"
    "\n"
    r"(?P<how>within|in)(?: the| a matter of)? (?P<unit>hour|day|week|month|year)s\b"
    r"(?: (?:ahead|to come|from now))?(?! (?:of|after|before|ago|following))"
    "\n"
    r"(?:(?P<how>over|during|for|in) )?the (?P<unit>hour|day|week|month|year)s (?:ahead|to come)\b"
    r"|(?:(?P<how2>over|during|for|in) )?the (?P<unit2>hour|day|week|month|year) ahead\b"
    "\n"
    rf"(?P<count>{_COUNT}) (?P<unit>{_UNIT})s? (?:from now|ahead)\b"
)
STRETCHES = tuple(map(re.compile, _STRETCHES.split("\n")))
"""A stretch of time from now."""

REST = re.compile(
    r"(?:for |over |during |in |throughout )?(?:the )?(?:(?:rest|remainder) of|remaining (?:days|weeks|months) of) "
    rf"(?:the |this )?(?P<unit>week|month|quarter|year|decade|{_YEAR})\b"
)
LATER = re.compile(
    r"(?:later|sometime|earlier|some time) (?:on )?"
    r"(?P<whole>(?:in )?(?:this|the|next) (?:week|month|quarter|year)|today)\b"
)
THROUGH = re.compile(r" (?:to|and|or|through|until|till) (?:around |about |at least )?| ?[-–] ?")
"""Between the two ends of a range."""

TRIGGER = re.compile(
    rf"\b(?:{MONTH}|{_YEAR}|{_WEEKDAY}|{_SEASON}|{_FEAST}|hours?|days?|weeks?|fortnight|weekend|months?|quarter|"
    r"years?|decades?|century|20\d0s|half|tomorrow|tonight|today|overnight|q[1-4]|h[12]|\d{1,2}(?:st|nd|rd|th))\b"
)
MOST = re.compile(r"\b(?:\w{3,}est|most|least|first|record|worst|best)\b[\w' -]{0,40}\Z")
"""In front of "in 30 years": the biggest of them, and no time to come."""

PAST = re.compile(r"\b(?:last|past|previous|since|back in|ago|earlier)(?: the)? \Z")

CLOCK = re.compile(
    r"\b(?:(?:at|for|around|about|by|from) )(?:about |around )?(?:\d{1,2}(?:[:.]\d\d)? ?(?:a\.?m\.?|p\.?m\.?)(?![a-z])|"
    r"\d{1,2}:\d\d\b|noon\b|midnight\b)(?: (?:gmt|utc|est|edt|et|cet|local(?: time)?|eastern(?: time)?)\b)?"
    r"(?: \(\d{1,2}:?\d\d (?:gmt|utc|est|edt)\))?"
)
"""A time of day."""
