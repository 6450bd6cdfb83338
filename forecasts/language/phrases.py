"""Phrases by which a draft forecast tells whether it can be resolved."""

import re

TWO_VERBS = re.compile(
    r"\bwill\b.*\b(?:and|or)\b (?:will |then )?[a-z]+(?:s|e|d)? (?:the|a|an|its|their|to|from|in|on)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(r"\b(?:may|might|could|likely|probably|possibly|potentially|perhaps)\b", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(?:significant(?:ly)?|substantial(?:ly)?|major|serious(?:ly)?|large-scale|escalat\w+|tensions?|"
    r"instability|intensif\w+|"
    r"deteriorat\w+|worsen\w*|improv\w+|renewed|meaningful|effective(?:ly)?|stab(?:le|ility)|response|"
    r"control|collapse|"
    r"offensive|war|regime change|humanitarian crisis)\b",
    re.IGNORECASE,
)
DEFINED = re.compile(r"\b(?:means?|is defined|defined as|counts? as|for this purpose|refers? to|includes?)\b|[:=]")
NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w’'-]+")
RELATIVE = re.compile(
    r"\b(?:soon|shortly|next (?:week|month|year)|this (?:week|month|year)|tomorrow|in the coming \w+|"
    r"(?:the )?near future|"
    r"within (?:\w+ ){1,2}(?:days|weeks|months)|eventually)\b",
    re.IGNORECASE,
)
BY_WHEN = re.compile(r"\b(?:happen\w*|occur\w*|report\w*|publish\w*|announc\w*|take[sn]? place)\b")
COUNTED = re.compile(
    r"\b(?:how many|number of|killed|deaths?|fatalities|casualties|displaced|refugees|strikes|troops|"
    r"people|percent|%)|\d{2,}",
    re.IGNORECASE,
)
THRESHOLD = re.compile(
    r"\b(?:at least|at most|more than|fewer than|less than|over|above|below|exceed\w*|or more|or fewer|[<>≥≤])",
    re.IGNORECASE,
)
COUNTING = re.compile(
    r"\b(?:peak|cumulative|in total|total|current|latest|best|low|high|newly|first published|last)\b",
    re.IGNORECASE,
)
LAG = re.compile(
    r"\b(?:publish\w*|updat\w+|daily|weekly|monthly|within \d+|lag|days? (?:after|later)|hours? (?:after|"
    r"later)|delay)\b",
    re.IGNORECASE,
)
CONFLICT = re.compile(r"\b(?:conflict\w*|differ\w*|disagree\w*|prevails?|takes? precedence|contradict\w*)\b")
TO_NO = re.compile(r"\b(?:otherwise|resolves? (?:as )?no|if not|else|in any other case|no if)\b")
ANNULS = re.compile(r"\b(?:annul\w*|void\w*|cancel\w*)\b")
AMBIGUOUS = re.compile(r"\b(?:ambiguous\w*|unclear|cannot be (?:determined|established))\b")
STATE = re.compile(
    r"\b(?:hold|holds|control\w*|remain\w*|keep|keeps|ceasefire|truce|in power|in office|occup\w+|in force)\b",
    re.IGNORECASE,
)
PERSISTS = re.compile(
    r"\b(?:for at least|consecutive|hours|days|at the end of|on \d{1,2} \w+|at midnight|as of|persist\w*|lasts?)\b",
    re.IGNORECASE,
)
FIXED = re.compile(r"\b(?:scheduled|announced|due to|set for|is to be held|will be held on|already)\b", re.IGNORECASE)
BEFORE_OPENING = re.compile(
    r"\b(?:before (?:the )?(?:opening|publication)|prior to|already|since|after (?:the )?opening|earlier)\b",
    re.IGNORECASE,
)
