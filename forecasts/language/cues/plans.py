"""What somebody schedules, plans, pledges, threatens or is expected to do."""

from forecasts.language.cues.pieces import ADJ, ADV, AHEAD, BE_NOW, BE_THEN, DAY, DEGREE, EVENT, SAID, VERB
from forecasts.language.cues.rule import Rule

_NORM = (
    r"(?:disarm|respect|comply|honou?r|abide|uphold|cooperate|ensure|refrain|adhere|fulfil|stop|cease|"
    r"behave|observe|obey|"
    r"live up|do (?:more|its|their)|meet its|meet their|act (?:responsibly|in)|take (?:responsibility|"
    r"steps)|follow|hand over|lay down)"
)
_DUE = (
    r"(?:expected|due|set|scheduled|planned|slated|poised|projected|forecast|forecasted|predicted|anticipated|"
    r"tipped|bound|destined|doomed|"
    r"certain|sure|guaranteed|about|on course|on track|ready|prepared|planning|preparing|intending|"
    r"threatening|gearing up|primed|fated|"
    r"likely|unlikely|contracted|almost certain)"
)

PLANS = (
    Rule(
        "is expected, due, set to",
        "expected due set scheduled planned slated poised projected forecast forecasted predicted anticipated tipped "
        "bound destined doomed "
        "certain sure guaranteed about ready prepared primed fated contracted",
        rf"(?<!not )(?<!not yet )(?:ready|prepared) to (?:{ADV})?(?:{VERB}|be\b|have\b)|"
        rf"(?!ready|prepared){_DUE} (?:{ADV})?to (?:{ADV})?(?:{VERB}|be\b|have\b)(?: (?:to|in)\b)?|"
        rf"(?:expected|scheduled|planned|slated|poised|projected|forecast(?:ed)?|predicted|anticipated|destined) "
        rf"(?:{ADV})?to "
        r"(?!an?\b|the\b)[a-z]+",
        (
            "The force is projected to comprise 5,000 men.",
            "The two ministers are due to meet in the capital on Sunday.",
            "Prices are expected to rise further.",
            "“We are ready to respond,” the general said.",
            "The mission is set to leave.",
            "The ceasefire looks set to collapse.",
        ),
        ("The dam was due to open last year.", "We set to work at dawn."),
        before=rf"(?:{BE_NOW}|\bbe )(?:{ADV})?{DEGREE}",
    ),
    Rule(
        "expected to, after a noun",
        "expected due set scheduled slated poised projected forecast predicted bound likely unlikely",
        r"(?:expected|due(?= to (?:be|arrive|meet|begin|start|take|hold|host|visit|expire|resume|leave|sign|speak|"
        r"vote|travel|"
        r"open|close|end|brief|present|deliver|hear|join|publish)\b)|set|scheduled|slated|poised|projected|forecast|"
        r"predicted|"
        rf"bound) (?:{ADV})?to (?:be (?:\w+ly )?\w+(?:ed|en|ld|t)|{VERB})",
        (
            "Elections, scheduled to take place in June, were the price of the deal.",
            "A convoy expected to arrive on Monday carries fuel.",
            "Rebels poised to take the airport",
        ),
        ("The convoy, expected to arrive a week ago, never came.", "The bridge had been expected to open."),
        not_before=(
            r"\b(?:was|were|had been|been|wasn't|weren't|as|than|he|she|they|it|who|we|i|has|have|"
            r"had) (?:\w+ly |not |never |also |once |long |all ){0,2}"
        ),
        bars=r"\b(?:ago|never (?:came|happened)|last (?:week|month|year))\b",
    ),
    Rule(
        "was expected to, as reported",
        "expected due set scheduled slated poised projected forecast forecasted predicted anticipated bound "
        "about ready prepared likely",
        rf"{_DUE} (?:{ADV})?to (?:{ADV})?(?:{VERB}|be\b|have\b)(?: (?:to|in)\b)?",
        (
            "He said two million more were expected to go hungry.",
            "Talks were due to resume on Monday, the ministry said.",
        ),
        (
            "The dam was expected to hold, but it did not.",
            "The campaign had been expected to last a week.",
            "Talks were due to start last month.",
        ),
        before=rf"{BE_THEN}(?:{ADV})?{DEGREE}",
        not_before=r"\b(?:had|once|never|initially|originally) (?:\w+ )?",
        needs=rf"{SAID}|\b{AHEAD}",
        bars=(
            r"\b(?:but (?!also)|however|had been|instead|last (?:week|month|year)|ago|postponed|earlier this|"
            r"were never|initially|originally)"
        ),
    ),
    Rule(
        "was due on a day",
        "expected due set scheduled slated forecast",
        rf"(?:expected|due|set|scheduled|slated|forecast)(?: to [a-z]+(?: [\w'-]+){{0,8}}?)? (?:on|in|for|"
        rf"by|at)? ?(?:the )?(?:{DAY}|{AHEAD})\b",
        ("The two sides were due to meet again on Saturday in the port city.", "A ruling was expected next week."),
        ("He was expected on Sunday but did not show up.",),
        before=BE_THEN + rf"(?:{ADV})?",
        bars=(
            r"\b(?:but (?!also)|however|had been|instead|last (?:week|month|year)|ago|postponed|cancelled|"
            r"canceled|never|delayed)\b"
        ),
        about="before",
    ),
    Rule(
        "was set to, in a lead",
        "set due poised scheduled slated",
        rf"(?:set|due|poised|scheduled|slated) to (?:{ADV})?(?:{VERB}|be\b)",
        ("The council was set to vote on the sanctions after talks failed.",),
        (
            "The dam was due to open last year.",
            "He was due to speak when the bomb went off.",
            "The talks were due to end but dragged on.",
        ),
        before=rf"{BE_THEN}(?:{ADV})?",
        not_before=r"\b(?:had|once|never|initially|originally) (?:\w+ )?",
        bars=(
            r"\b(?:but (?!also)|however|had been|instead|last (?:week|month|year)|ago|postponed|earlier|were never|"
            r"initially|originally|when|before|until|in (?:19|20)\d\d|cancel+ed|delayed|did not|didn't|never)\b"
        ),
    ),
    Rule(
        "is expected, without a verb",
        "expected due scheduled slated forecast planned projected anticipated predicted targeted pencilled penciled",
        r"(?:expected|due|scheduled|slated|forecast|planned|projected|anticipated|targeted(?= for\b)|"
        r"pencill?ed(?= in\b)|predicted)(?! (?:by (?:the )?(?:many|analysts|experts))|to\b)"
        r"(?=[,.;:!\"')]|$| (?:out|for|on|in|at|by|next|later|soon|this|within|over|during|after|before|early|"
        r"late|around|as|from|between|through|again|here|there|if|due to|because|amid|following|despite|even|"
        r"with|and|but|under|"
        r"when|once|where|unless|until|should|along|near|any)\b)",
        (
            "A decision is expected soon.",
            "A new round is planned for the autumn.",
            "The vote is scheduled for 12 October.",
            "The launch is targeted for May 15.",
            "More arrivals are expected.",
        ),
        ("Losses were higher than expected.", "As expected, the motion passed."),
        before=(
            rf"(?:{BE_NOW}|\bbe |\b(?:has|have) been |\b(?:talks|meeting|election|elections|vote|summit|report|"
            rf"hearing|visit|polls|"
            r"conference|session|round|convoy|decision|ruling|trip)(?: (?:is|are|currently|tentatively|"
            rf"not))* )(?:{ADV})?"
        ),
        about="before",
    ),
    Rule(
        "preparations for",
        "preparation preparations",
        rf"preparations? (?:for {ADJ}(?:{EVENT}|launch(?:es)?|tests?|elections?|winter|deployment)\b|to "
        rf"(?:{ADV})?{VERB})",
        ("The mission saw preparations for renewed fighting.", "Preparations to evacuate the town are under way."),
        ("The preparation of food took hours.", "After long preparations they left."),
        not_before=r"\b(?:had|was|were) (?:\w+ )?",
    ),
    Rule(
        "has scheduled for a day",
        "scheduled schedules",
        rf"schedule[sd] (?:an?|the|its|their|another|new|two|three|further) (?:[\w-]+ ){{1,7}}?(?:on|for|"
        rf"in) (?:{DAY}|{AHEAD})\b",
        ("The council has scheduled an emergency session for 14 November.",),
        ("The scheduled flight left on Monday.",),
        not_before=r"\b(?:was|were|been|had|the|a) (?:\w+ly )?",
    ),
    Rule(
        "set for a day",
        "set slated",
        rf"(?:set|slated) for (?:the )?(?:(?:early|late|mid-?) ?)?(?:{DAY}|20\d\d|{AHEAD}|a (?:return|showdown|vote|"
        rf"new|"
        r"second|long))\b",
        ("The talks, set for 18 March, are the first in years.", "A hearing is set for next week."),
        ("They set for home at dawn.",),
        not_before=r"\b(?:was|were|had been) (?:\w+ly )?",
        about="before",
    ),
    Rule(
        "is to",
        "to",
        rf"to (?:{ADV})?(?!blame\b|say\b|see\b)(?:{VERB}|be (?:\w+ly )?(?:held|deployed|released|sent|"
        r"built|given|sworn|opened|transferred|discussed|signed|followed|joined|replaced|extradited|tried|"
        r"executed|deported|withdrawn|led|reviewed|implemented|disbanded|relocated|evacuated|handed|cut|halved|"
        r"reduced|expanded|extended|closed|moved|tested|launched|completed|established|returned|freed|exchanged|"
        r"dissolved|renewed|merged|created|appointed|elected|named|stationed|armed|demolished|dismantled)\b)",
        (
            "The president is to hold talks in the capital on Friday.",
            "Observers are to be deployed along the river.",
            "Officials said the ministers were to meet on Sunday.",
        ),
        (
            "The aim is to open a corridor.",
            "Nobody is to blame.",
            "The priority now is to deliver food.",
            "Their demand is to be heard.",
        ),
        before=r"\b(?:is|are|were)(?: (?:also|now|later|both|each|then))* ",
        not_before=r"\b(?:aims?|goals?|objectives?|purpose|plan|priority|priorities|task|way|ways|idea|solution|"
        r"challenge|key|role|job|step|mission|intention|"
        r"focus|strategy|mandate|point|hope|hopes|need|thing|option|options|choice|answer|ambition|dream|"
        r"wish|desire|function|duty|responsibility|"
        r"all|alternative|what|policy|demand|intent|target|tactic|approach|calculation|best|first|next|"
        r"effect|here|there|place|calls)"
        r"(?: (?:of|in|for|at|to|now|by|here)(?: [\w'-]+){1,5})?,? (?:now |still |today |simply )?(?:is|"
        r"are|were)(?: (?:also|now|later|both|each|then))* ",
    ),
    Rule(
        "was to, with a day",
        "to",
        rf"to (?!be\b){VERB}(?: [\w'-]+){{0,8}}? (?:on |later on |in )?(?:{DAY}|{AHEAD})\b",
        ("The foreign minister was to travel to the capital on Friday.",),
        ("The aim was to reach the river on Friday.", "She was to leave on Friday but fell ill."),
        before=r"\b(?:was|were) ",
        not_before=(
            r"\b(?:aim|goal|plan|idea|task|purpose|intention|objective|order|orders|point|priority|"
            r"mission) (?:was|were) "
        ),
        bars=(
            r"\b(?:but (?!also)|however|had been|instead|last (?:week|month|year)|ago|postponed|cancelled|"
            r"canceled|never)\b"
        ),
    ),
    Rule(
        "event to be held",
        "to",
        r"to (?:be (?:held|deployed|sent|signed|opened|released|convened|completed|implemented)|"
        r"take place|(?:begin|start|resume|open) (?:on|in|next|this))(?! (?:accountable|to account|"
        rf"responsible))(?: [\w'-]+){{0,4}}? (?:on |in |by |for |later |this )?(?:{DAY}|{AHEAD}|(?:19|"
        r"20)\d\d|the capital)",
        ("They discussed elections to be held in December.", "Talks to take place next week have raised expectations."),
        ("He demanded those responsible to be held accountable in March.",),
        not_before=r"\b(?:(?:was|were|been) due|want|wants|wanted|called for [\w ]{1,30}|urged [\w ]{1,30}|"
        r"demanded [\w ]{1,30}) ",
        bars=r"\b(?:called for|urged|demanded|pressed for)\b",
    ),
    Rule(
        "expects",
        "expect expects expecting anticipate anticipates anticipating foresee foresees foresaw expected anticipated",
        r"(?:expect|anticipate|foresee|foresaw)(?:s|d|ed|ing)?(?! (?:by|in|on|"
        rf"as)\b)(?! (?:(?!to )[\w'-]+ ){{1,6}}to (?:{ADV})?{_NORM}\b)(?: (?:that|to|a|an|the|more|further|"
        r"no|its|his|their|[\w'-]+)\b)",
        (
            "The agency expects arrivals to double by March.",
            "Few here expect a quick end to the siege.",
            "The bank said it expected growth to halve.",
            "Diplomats do not expect the truce to last.",
        ),
        (
            "Resistance was fiercer than expected.",
            "It expects all armed groups to lay down their weapons.",
            "The agency had said it expected arrivals to double.",
        ),
        not_before=(
            r"\b(?:was|were|is|are|been|be|had|than|as|have|has|what|to|had not|hadn't|would|"
            r"longer) (?:\w+ly |not |never )?"
        ),
        bars=(
            r"\b(?:had expected|initially expected|ago, never|had (?:\w+ )?(?:said|told|warned|announced|"
            r"estimated))\b"
        ),
    ),
    Rule(
        "plans to",
        "plans planned planning intend intends intended intending prepare prepares preparing prepared",
        rf"(?:plan|intend|prepare)(?:s|d|ned|ed|ning|ing)?(?: (?:{ADV})?to (?:{ADV})?(?:{VERB}|be\b|"
        r"have\b)|(?: on)? (?:launching|sending|holding|"
        r"building|leaving|staging|expanding|visiting|returning|deploying|attacking|cutting|raising)\b|"
        r" (?:for (?!peace\b|the (?:post)?|life|\d)(?:a |an |the |more |another |new |further |"
        r"possible |its |their |what )?[\w-]+|another |an (?:attack|assault|offensive|operation|incursion|"
        r"election|invasion)|a (?:new|ground|major|large|counter|wider|further|fresh|second)))",
        (
            "The junta plans to hold polls in stages.",
            "The government announced plans to close two camps.",
            "He said he intended to return within a month.",
        ),
        (
            "The programme is intended to help widows.",
            "He rejected the peace plan.",
            "She had planned to return in May.",
            "The contingency plan for floods failed.",
            "Assistance plans for 2027 are underfunded.",
            "Those planning to travel were told to wait.",
        ),
        not_before=(
            r"\b(?:had|was|were|had been|is|are|be|been|being) (?:(?:originally|initially|not|never|mainly|"
            r"largely|primarily|only) )?|\b(?:those|anyone|travell?ers|passengers|visitors|fans|tourists) "
        ),
    ),
    Rule(
        "plan to",
        "plan",
        rf"plan (?:{ADV})?to (?:{ADV})?(?:{VERB}|be\b|have\b)",
        ("The rebels plan to march on the capital.", "He announced a plan to close the border."),
        ("He rejected the plan to share power.", "The plan to end the war failed."),
        not_before=(
            r"\b(?:peace|the|this|that|no|its|his|action|response|reform|master|(?:rejected|criticised|"
            r"opposed|denounced|condemned) a) "
        ),
    ),
    Rule(
        "is preparing to",
        "planning intending preparing prepared ready readying gearing",
        r"(?<!not )(?<!not yet )(?:planning|intending|preparing|prepared|ready|readying|gearing)(?: up| itself|"
        rf" themselves)? (?:{ADV})?(?:to (?:{ADV})?(?:{VERB}|be\b|have\b)|for (?:a |an |the |more |"
        r"another |new |further |possible |its |their |what |any )?[\w-]+"
        rf"|{ADJ}(?:{EVENT}|response|operations?|missions?|campaign|barrage|deployment|withdrawal)\b"
        r"|(?:[\w-]+ ){1,3}for (?:an? |another |new |further |more )?(?:possible |potential )?"
        r"(?:attacks?|strikes?|assault|war|invasion|offensive|raids?)\b"
        r"|another |an? (?:new|ground|major|large|counter|wider|further|fresh|second|attack|assault|"
        r"offensive|operation|incursion|invasion|election))",
        (
            "The army is preparing for a long campaign.",
            "Troops are readying for another push.",
            "The party is planning a new march.",
        ),
        ("Food is ready for the table of no one.", "A prepared text was read out."),
        before=(
            rf"(?:{BE_NOW}|{BE_THEN}|\b(?:be|been|, |and|by|while|already|potentially|possibly|reportedly) "
            rf")(?:{ADV})?"
        ),
        not_before=r"\bhad been ",
        bars=r"\bready for the table\b",
    ),
)
