"""Dates and times ahead, and headlines without a finite verb."""

from forecasts.language.cues.pieces import ADV, AHEAD, DAY, EVENT, VERB
from forecasts.language.cues.rule import Rule

_NOT_WISHED = (
    r"\b(?:called for|calls for|urged|urges|demanded|demands|must|should|appealed|seeks? [$€£]|needs? [$€£]|"
    r"asked for|wants|(?:is|are) (?:urgently |desperately |badly |also )?(?:needed|required))\b"
)
_PAST = r"\b(?:was|were|had|did)\b(?! (?:expected|due|set|scheduled|likely|told))"

TIMES = (
    Rule(
        "coming weeks",
        "any anytime coming next tomorrow days weeks months foreseeable near years imminently",
        r"(?:(?:in |over |for |within |during |through |throughout )?(?:the |this )?coming (?:hours|days|"
        r"weeks|months|years?|season|winter|spring|summer|autumn|decade|week|month|48 hours)"
        r"|next (?:week|month|year|few|several|two|three|four|five|six|\d+|mon|tues|wednes|thurs|fri|"
        r"satur|sun|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|"
        r"september|october|november|december)[a-z]*"
        r"|tomorrow\b(?!'s)|(?:days|weeks|months|years) (?:ahead|to come)\b|foreseeable future|any ?time soon\b|"
        r"near (?:future|term)\b)",
        (
            "Two more brigades join the line in the coming weeks.",
            "Tomorrow the border reopens.",
            "Next week the budget is read.",
        ),
        (
            "The next day, the guns fell silent.",
            "He called for restraint in the coming days.",
            "They lived next door.",
            "Coming home, he found rubble.",
        ),
        kind="time",
        bars=_NOT_WISHED,
    ),
    Rule(
        "present tense with a date ahead",
        "expires expire go begins begin starts start opens open resumes resume ends takes take comes kicks runs "
        "convenes convene meets meet votes vote goes "
        "arrives arrive holds hold visits travels flies hosts returns heads leaves departs reopens reconvenes "
        "launches leave return sign host",
        r"(?:expires?|begins?|starts?|opens?|resumes?|ends|takes? (?:effect|place|office|over)|"
        r"comes? into (?:force|effect)|kicks? off|runs? (?:out|until|through)|convenes?|meets?|votes?|"
        r"go(?:es)? (?:to the polls|on trial|before)|"
        r"arrives?|holds?|visits|travels|flies|hosts|returns|heads|leaves|departs|reopens|reconvenes|"
        rf"launches|takes? hold|leave|return|sign|host)(?: [\w'-]+){{0,8}}? (?:on|in|at|from|until|by|this|later|next|"
        rf"at the end of)? ?(?:{DAY}|{AHEAD}|the end of (?:the|this|next)|(?<= at )(?:midnight|noon|dawn|\d))\b",
        (
            "The truce expires on Sunday.",
            "The summit opens on 4 March in the capital.",
            "The mandate ends in December.",
            "The council meets later this week.",
        ),
        ("Each year the fair begins at dawn.", "The rally started on Sunday."),
        not_before=r"\b(?:to|not|did|the|a|an|that|when|his|its|their) ",
        bars=rf"{_PAST}|\bevery\b|\beach (?:year|week|month)\b",
    ),
    Rule(
        "progressive with a date ahead",
        "meeting travelling traveling visiting holding hosting convening voting heading flying arriving "
        "sending deploying withdrawing "
        "returning leaving launching starting beginning opening closing taking going coming joining resuming",
        r"(?:meeting|travell?ing|visiting|holding|hosting|convening|voting|heading|flying|arriving|"
        r"sending|deploying|withdrawing|returning|leaving|"
        r"launching|starting|beginning|opening|closing|taking|going|coming|joining|"
        rf"resuming)(?: [\w'-]+){{0,8}}? (?:on (?:{DAY})|{AHEAD})\b",
        ("The envoy is travelling to the capital on Tuesday.", "They are sending a second ship next month."),
        ("The envoy was travelling on Tuesday when the bridge fell.", "Meeting on Tuesday, they argued."),
        before=r"\b(?:is|are|'re|'s) (?:also |now |again )?",
        bars=_PAST,
    ),
    Rule(
        "due somewhere on a day",
        "due",
        rf"due (?:in|at|back|before|to)(?: [\w'.-]+){{1,5}}? (?:(?:on |in |for |by )?(?:{DAY}|{AHEAD})\b|for (?:talks|"
        rf"an?|the|summit|meetings?)\b)",
        ("Envoy due in the capital next week for talks",),
        ("Due to rain on Monday, the march was put off.", "He was due in court on Monday but fled."),
        not_before=r"^|\b(?:was|were|had been|been) ",
        bars=_PAST,
        about="before",
    ),
    Rule(
        "should, of a schedule",
        "should",
        r"should (?:already |soon |now )?(?:arrive|land|leave|go|begin|start|be (?:in place|ready|completed?|"
        r"finished|over|back|"
        r"known|operational|able to|up and running|in [a-z]+ by|there)|take effect|reach|resume|reopen|end)\b"
        rf"(?: [\w'-]+){{0,6}}? ?(?:(?:on|in|by|at|within|before|this|next) (?:{DAY}|{AHEAD}|[a-z]+ (?:days|weeks|"
        rf"months)|"
        r"the end of|year|spring|summer|autumn|winter|week|month)|by\b)",
        ("The first ships should arrive on Tuesday.", "The bridge should be ready by June."),
        ("The army should leave now.", "The council should begin to listen."),
        bars=r"\b(?:called|urged|demanded|insisted|argued)\b",
    ),
    Rule(
        "deadline",
        "deadline ultimatum",
        rf"(?:deadline|ultimatum)(?: of| for| to|,)(?: [\w'-]+){{0,6}}?(?: (?:on|by|of|at|"
        rf"until))? ?(?:{DAY}|{AHEAD}|hours|days|weeks|{VERB})",
        ("The junta set a deadline of 30 June for the groups to disarm.",),
        ("The deadline passed without news.",),
        bars=r"\b(?:missed|passed|expired|lapsed|extended)\b",
    ),
    Rule(
        "by a date ahead",
        "by",
        rf"by (?:the )?(?:(?:early|late|mid-?|spring|summer|autumn|winter|end of|end|start of|start|middle of) ?)*"
        rf"(?:20(?:2[6-9]|[3-9]\d)\b|the end of (?:the|this|next) (?:year|month|decade|week)|end of (?:the|this|next) "
        rf"(?:year|month|decade|week)|year-?end\b|year's end\b|month's end\b|{AHEAD})",
        ("The accord foresees a pullout by year-end.", "They agreed a road map for an exit by mid-2027."),
        ("By 2009 the group held the coast.", "The dam was finished by the end of the year."),
        kind="time",
        bars=rf"{_NOT_WISHED}|\b(?:was|were|had|did|have been|has been|ago)\b",
    ),
    Rule(
        "falls on a day",
        "comes falls come fall",
        rf"(?:comes?|falls?) (?:due )?(?:on )?(?:{DAY})(?=[,.;]|$)",
        ("The final decision comes 14 December.", "The vote falls on Sunday."),
        ("He comes on Mondays.", "It came on Monday."),
        about="before",
    ),
    Rule(
        "starting from a date",
        "starting beginning effective",
        rf"(?:starting|beginning|effective)(?: from| on| in)? (?:{AHEAD}|next\b|(?:{DAY})(?=[,.;:]|$))",
        ("Rations fall to half, starting next month.",),
        ("In May, starting at dawn, they marched.", "It was effective from Monday."),
        kind="time",
        bars=r"\b(?:was|were|had|did)\b",
    ),
)

HEADLINES = (
    Rule(
        "headline: somebody to do something",
        "to",
        rf"to (?:(?:{ADV})?(?!be\b){VERB}|be (?:\w+ly )?[a-z]+(?:ed|en|ld|wn|nt|ut)\b)",
        (
            "UN envoy to brief council on ceasefire",
            "Turkey to host second round of talks",
            "Agency to further cut rations",
            "Camp rations to be halved from June",
        ),
        (
            "UN envoy urges rebels to release hostages",
            "Rebels fail to hold town",
            "How to help",
            "He wanted the army to leave.",
        ),
        before=r"^[\"']?(?:(?!(?:how|what|where|when|why|who|ready|need|needs|wants?|tries|seeks?|aims?|fails?|"
        r"refuses?|urges?|calls?|asks?|tells?|forces?|orders?|begins?|continues?|struggles?|helps?|"
        r"rush(?:es)?|moves?|returns?|forced|told|used|"
        r"agrees?|urged|asked|ordered|allows?|allowed|vows?|plans?|due|set|likely|expected|is|are|was|"
        r"were|has|have|had|said|says|efforts?|bid|way|ways|calls|pressure|failure|attempts?|attempt|plan|"
        r"appeals?|presses|warns?|close|closer|according|"
        r"leads?|led|responds?|reacts?|turns?|goes|comes|right|thanks?|in order|it|this|that|these|here|"
        r"from|fight|fights|fighting|race|races|battle|battles|power|decision|desire|ability|willingness|"
        r"able|unable|want|wanted|forces|war|rise|rises|killed|"
        r"left|struggle|scramble|scrambles|work|works|working|trying|seek|seeking|aim|aiming|refuse|"
        r"refusing|add|adds|starts|started|began|stand|stands|down|up|manage|manages|managed|hopes|hope|"
        r"hopeful|hoping|reason|reasons|time|threat|threats|commitment|things|steps|open|opens|offer|"
        r"offers|promise|promises|pledge|pledges|call|key|guide|back) )[\w'’&.,:-]+ ){1,7}",
    ),
    Rule(
        "headline: an event likely",
        "imminent possible likely unlikely inevitable close near feared threatened delayed postponed planned",
        r"(?:imminent|possible|likely|unlikely|inevitable|close|near|feared|planned)(?=[,;:!?]|$| (?:in|as|after|over|"
        r"if|amid|"
        r"by|before|for|this|next|within|soon|despite|says|warns)\b)",
        ("Ceasefire possible within days", "Deal close, mediator says", "Fresh fighting feared in the valley"),
        ("Attack was possible", "The war was near", "Deaths feared to be many"),
        before=rf"\b(?:{EVENT}) ",
        about="before",
    ),
)
