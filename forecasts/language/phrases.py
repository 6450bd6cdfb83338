"""Phrases by which a draft forecast tells whether it can be resolved."""

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTH}),? (?P<year>\d{{4}})"
    rf"|(?P<us_month>{MONTH}) (?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<us_year>\d{{4}})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d))\b"
)
TWO_VERBS = re.compile(
    r"\b[Ww]ill\b.*\b(?:and|or)\b (?:will |then )?[a-z]+(?:s|e|d)? (?:the|a|an|its|their|to|from|in|on)\b|\?.*\?|"
    r"\band/or\b"
)
# The month of May is no hedge.
HEDGE = re.compile(
    r"\bmay\b(?! \d)|\b(?:[Mm]ight|[Cc]ould|[Ll]ikely|[Uu]nlikely|[Pp]robabl[ey]|[Pp]ossibl[ey]|[Pp]otential(?:ly)?|"
    r"[Pp]erhaps|expected to|risk of|at risk)\b"
)
NEGATED = re.compile(r"\b(?:not|never|no longer|fails? to|refrain\w*)\b", re.IGNORECASE)
EVERY = re.compile(
    r"\b(?:all|every|each|entire(?:ly)?|complete(?:ly)?|full(?:y)?|whole|only|permanent(?:ly)?)\b", re.IGNORECASE
)
AT_LEAST = re.compile(r"\b(?:at least|or more|no fewer than|no less than|minimum of)\b|≥", re.IGNORECASE)
MORE_THAN = re.compile(
    r"\b(?:more than|over|above|exceed\w*|in excess of|surpass\w*|greater than)\b|>(?!=)", re.IGNORECASE
)
VAGUE = re.compile(
    r"\b(?:significant(?:ly)?|substantial(?:ly)?|major|serious(?:ly)?|large-scale|large scale|full-scale|escalat\w+|"
    r"tensions?|instability|unrest|intensif\w+|deteriorat\w+|worsen\w*|improv\w+|renewed|meaningful|effective(?:ly)?|"
    r"stab(?:le|ility|ili[sz]e\w*)|response|control(?:s|led|ling)?|collapse[sd]?|offensive|war|regime change|"
    r"humanitarian (?:crisis|catastrophe)|breakthrough|progress|normali[sz]\w+|weaken\w*+(?! into)|"
    r"strengthen\w*+(?! into)|influence|"
    r"considerabl[ey]|widespread|massive|severe(?:ly)?|crisis|chaos|success(?:ful)?(?:ly)?|"
    r"support(?:s|ed|ing)?|intervene\w*|intervention|involve[sd]?|peace)\b",
    re.IGNORECASE,
)
GRADED = re.compile(
    r"(?:significant|substantial|considerab|meaningful|effective|intensif|escalat|deteriorat|worsen|improv|weaken|"
    r""
    r"strengthen|influenc|normali[sz]|tension|instabilit|unrest|chaos|serious|massive|severe)",
    re.IGNORECASE,
)
"""Contested words that are a matter of degree: without a number or a definition two readers would differ."""

UNSEEN = re.compile(
    r"\b(?:hamper|hinder|imped|undermin|affect|influenc|complicat|challeng|leverag|pos|shap|embolden|exacerbat|"
    r"jeopardi[sz]|enhanc|contribut|prioriti[sz]|struggl|bolster|foster|exploit|capitali[sz]|facilitat|cop|prevent|"
    r"consider|aim|hop|fear|threaten|fuel|test|discourag|encourag|disrupt|risk|loom|remain committed|pav)"
    r"(?:e|es|s|ies|y|ed|ing)?\b(?! (?:of|for)\b)|"
    r"\b(?:faces?|poses?|plays?) (?:an? |the )?(?:[\w-]+ ){0,4}"
    r"(?:threats?|risks?|pressure|challenges?|role|dangers?)\b|"
    r"\b(?:leads?|contributes?|adds?) to\b|\b(?:is|are|be) able to\b|\bcontinues? to\b|\b(?:seeks?|tries|try) to\b",
    re.IGNORECASE,
)
"""Verbs that no report settles: what is seen is what somebody did, or a count."""

POINTS_AWAY = re.compile(
    r"\s*(?:this|these|those|such|it|they|he|she|we|its|their|his|her)\b(?! year\b)", re.IGNORECASE
)
"""A title that begins so speaks of something that stands elsewhere."""

DEFINED = re.compile(
    r"\b(?:means?|meaning|meant|is defined|defined as|counts? as|counting as|for this purpose|refers? to|is taken as|"
    r"is understood as|constitutes?|is measured by|i\.e\.|that is)\b|=|(?<!\d)(?<!https)(?<!http):(?!\d|//)",
    re.IGNORECASE,
)
_CALENDAR = "|".join((*MONTHS, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
NAME = re.compile(
    r"\b[Gg]lobal(?:ly)?\b|\b[Ww]orld(?:wide)?\b|"
    rf"(?<!^)(?<![.!?] )\b(?!(?:{_CALENDAR}|Will|I|UTC|GMT|YES|NO)\b)[A-Z][\w’'-]+"
)
CASED = re.compile(r"[A-Za-zÀ-ɏͰ-ӿ]")
RELATIVE = re.compile(
    r"\b(?:soon|shortly|imminent(?:ly)?|(?:next|this|coming|following|upcoming) (?:week|weekend|month|year|quarter|"
    r"spring|"
    r"summer|autumn|fall|winter|days|weeks|months)|tomorrow|tonight|today|in the (?:coming|next|following) \w+|"
    r"(?:over|during) the (?:coming|next) \w+|(?:the )?(?:near|foreseeable) future|by (?:the )?year[’'-]?s?[ -]end|"
    r"by (?:the )?end of (?:the |this )?(?:day|week|month|quarter|year)(?! \d|,? \d)|"
    r"(?:by|before|until|on) (?:next )?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!,? \d)|"
    r"(?:by|before|until|at|on|over|during|after) (?:the )?(?:Christmas|Easter|New Year(?:[’']s)?+(?: (?:Day|Eve))?+|"
    r"Eid(?: al-\w+)?+|Ramadan|Nowruz|spring|summer|autumn|winter)(?!,? (?:of )?\d)|"
    r"eventually|"
    r"before long|any time now|in due course|at some point)\b",
    re.IGNORECASE,
)
# What asks for more than yes or no, and what asks for no more.
OPEN_QUESTION = re.compile(r"\s*(?:How (?:many|much|long|far)|When|Which|Who|What|Where)\b", re.IGNORECASE)
YES_OR_NO = re.compile(r"\s*(?:Will|Is|Are|Does|Do|Has|Have)\b")
# An entry that says that there is none.
NOTHING = re.compile(r"\W*(?:none|no|nothing|n/?a|tb[dc]|unknown|not (?:yet )?(?:known|decided))?\W*", re.IGNORECASE)
# Beside a date this is a window; alone it is a deadline that counts from nobody knows when.
WITHIN = re.compile(
    r"\bwithin (?:\w+ ){1,2}(?:hours|days|weeks|months|years)(?! (?:of|after|from|before|following|to))\b",
    re.IGNORECASE,
)
BY_WHEN = re.compile(
    r"\b(?:happen\w*|occur\w*|report\w*|publish\w*|announc\w*|take[sn]? place|took place|dated|record\w*)\b"
)
COUNTED = re.compile(
    r"\b(?:how many|how much|number of|killed|deaths?|fatalities|casualties|displaced|refugees|airstrikes|strikes|"
    r"troops|"
    r"soldiers|hostages|prisoners|detainees|missiles|rockets|drones|civilians|people|persons|households|trucks|tonnes|"
    r"barrels|votes|seats|thousand|million|billion|dozens?|hundreds?|percent|per cent|%)|"
    r"(?<![\w.:-])\d[\d,.]*\d?(?![\w:-])",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"(?<![\w.:-])\d[\d,.]*(?!\w|:|-\w)|\b(?:thousand|million|billion|dozens?|hundreds?)\b", re.IGNORECASE
)
# Numbers that count nothing: dates, times of day, and what a name carries: Resolution 2254, Brigade 101.
UNCOUNTED = re.compile(
    rf"\b(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d{{1,2}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH})(?:,? \d{{4}})?|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|"
    rf"(?:{MONTH}),? \d{{4}}|\d{{1,2}}:\d\d|(?:19|20)\d\d(?:-\d\d){{0,2}}|\d+(?:st|nd|rd|th)|"
    r"(?!(?:Will|Do|Does|Is|Are|Has|Have|At|How|By|In|On|Over|Above|Exceed|Reach)\b)[A-Z][a-zé]+ \d+)\b"
)
_HOW_MANY = r"[^.;]{0,20}?(?:\d|\b(?:one|two|three|ten|dozens?|hundreds?|thousands?|millions?|half)\b)"
THRESHOLD = re.compile(
    r"\b(?:at least|at most|more than|fewer than|less than|no more than|no fewer than|over|above|below|exceed\w*|"
    rf"surpass\w*|reach\w*|tops?|hits?|passes|crosses|exactly|minimum of|maximum of|falls? to|rises? to){_HOW_MANY}|"
    r"[<>≥≤] ?\d|"
    r"\b(?:\d[\d,.]*%?|one|two|three|ten) (?:or more|or fewer|or less)\b|\bat \d[\d,.]*%|\b(?:any|a single|doubles?)\b",
    re.IGNORECASE,
)
COUNTING = re.compile(
    r"\b(?:peak|cumulative(?:ly)?|in total|total|altogether|current(?:ly)?|latest|best estimate|low estimate|"
    r"high estimate|"
    r"best|low|high|newly|net|first published|last published|last|highest|lowest|average|median|as of|single day|"
    r"each counts? once|counted once)\b",
    re.IGNORECASE,
)
PROPER = re.compile(r"[A-Z][\w’'-]+")
ANY_SOURCE = re.compile(
    r"\b(?:media|news|press|reports?|sources?|internet|public|various|several|reliable|credible|reputable|open)\b",
    re.IGNORECASE,
)
LAG = re.compile(
    r"\b(?:publish\w*|updat\w+|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?|within \d+|lag|delay\w*|"
    r"(?:hours?|days?|weeks?|months?) (?:after|later|late)|same day|next (?:day|morning)|every \w+|real time)\b",
    re.IGNORECASE,
)
CONFLICT = re.compile(
    r"\b(?:conflict(?:ing)? (?:with|between|sources|reports|figures|numbers)|sources conflict|conflict,|differ\w*|"
    r"disagree\w*|"
    r"prevails?|takes? precedence|precedence|contradict\w*|decisive|has the last word|diverge\w*|inconsisten\w+)\b"
)
TO_NO = re.compile(
    r"\b(?:otherwise|resolves? (?:as |to )?[“\"'‘]?no\b|counts? as no|if not|in (?:any|every|all) other cases?|no if|"
    r"no in all|failing (?:that|this|which)|if (?:it|this|that|none|nothing|no)\b[^.;]*no\b|or else|no otherwise|"
    r"is no\b)"
)
ANNULS = re.compile(r"\b(?:annul\w*|void\w*|cancel\w*|invalid\w*|n/a)\b")
AMBIGUOUS = re.compile(
    r"\b(?:ambiguous\w*|ambiguity|unclear|undecided|cannot be (?:determined|established|decided)|inconclusive)\b"
)
_EVENT = (
    r"elections?|talks|meetings?|summits?|referendums?|votes?|conferences?|hearings?|ceremon\w+|exercises?|parades?|"
    r"sessions?|rall\w+|drills?|polls?"
)
STATE = re.compile(
    rf"\b(?:holds?(?! (?:\w+ ){{0,2}}(?:{_EVENT})\b)|control(?:s|led)?|remains?|stays?|keeps?|retains?|maintains?|"
    r"ceasefire|truce|in power|in office|in place|occup(?:y|ies|ied)|in force|still)\b",
    re.IGNORECASE,
)
PERSISTS = re.compile(
    r"\b(?:for (?:at least|more than|the whole|all of|a period|\d+|one|two|three|seven|ten|\w+ consecutive)|"
    r"consecutive\w*|"
    r"uninterrupted\w*|continuous\w*|throughout|\d+ (?:hours|days|weeks) (?:or more|long)|at the end of|"
    r"on \d{1,2} \w+|at (?:midnight|noon|closing|\d{1,2}:\d\d)|\d{1,2}:\d\d|as of|as at|persist\w*|lasts?|"
    r"at any (?:time|point))\b",
    re.IGNORECASE,
)
FIXED = re.compile(
    r"\b(?:scheduled (?:for|to)|set for|slated for|is to be held|will be held on|will take place on|"
    r"due (?:to (?:be|take|start|begin|open|end|expire|meet|vote|arrive)|on|in|by)|takes? effect on|expires? on)\b",
    re.IGNORECASE,
)
DONE = re.compile(
    r"\b(?:has already|have already|already|was announced|were announced|announced that|confirmed that)\b",
    re.IGNORECASE,
)
BEFORE_OPENING = re.compile(
    r"\b(?:before (?:the |its |it )?(?:opening|opens|opened|publication|question)|prior to|already|since|"
    r"(?:after|from|between) (?:the |its )?(?:opening|publication)|earlier|new(?:ly)?|from \d{1,2} \w+|"
    r"between \d{1,2} \w+)\b",
    re.IGNORECASE,
)
LEFTOVER = re.compile(
    r"\b(?:other|others|none|neither|nothing|no \w+|else|any other|not|or more|or fewer|more than|less than|"
    r"fewer than|over|"
    r"under|above|below|later|after|before|never)\b|[<>≥≤+]",
    re.IGNORECASE,
)
