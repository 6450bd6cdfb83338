"""What somebody schedules, plans, pledges, threatens or is expected to do."""

from .pieces import ADV, AHEAD, BE_NOW, BE_THEN, DAY, DEGREE, SAID, VERB
from .rule import Rule

_NORM = (
    r"(?:disarm|respect|comply|honou?r|abide|uphold|cooperate|ensure|refrain|adhere|fulfil|stop|cease|"
    r"behave|observe|obey|"
    r"live up|do (?:more|its|their)|meet its|meet their|act (?:responsibly|in)|take (?:responsibility|"
    r"steps)|follow|hand over|lay down)"
)
_DUE = (
    r"(?:expected|due|set|scheduled|slated|poised|projected|forecast|forecasted|predicted|anticipated|"
    r"tipped|bound|destined|doomed|"
    r"certain|sure|guaranteed|about|on course|on track|ready|prepared|planning|preparing|intending|"
    r"threatening|gearing up|primed|fated|"
    r"likely|unlikely|contracted|almost certain)"
)

PLANS = (
    Rule(
        "is expected, due, set to",
        "expected due set scheduled slated poised projected forecast forecasted predicted anticipated tipped "
        "bound destined doomed "
        "certain sure guaranteed about ready prepared primed fated contracted",
        rf"{_DUE} (?:{ADV})?to (?:{ADV})?(?:{VERB}|be\b|have\b)(?: (?:to|in)\b)?",
        (
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
        r"(?:expected|due|set|scheduled|slated|poised|projected|forecast|predicted|"
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
        "is expected, without a verb",
        "expected due scheduled slated forecast planned projected anticipated predicted",
        r"(?:expected|due|scheduled|slated|forecast|planned|projected|anticipated|"
        r"predicted)(?! (?:by (?:the )?(?:many|analysts|experts))|to\b)"
        r"(?=[,.;:!\"')]|$| (?:for|on|in|at|by|next|later|soon|this|within|over|during|after|before|early|"
        r"late|around|as|from|between|through|again|here|there|if)\b)",
        (
            "A decision is expected soon.",
            "A new round is planned for the autumn.",
            "The vote is scheduled for 12 October.",
            "More arrivals are expected.",
        ),
        ("Losses were higher than expected.", "As expected, the motion passed."),
        before=(
            rf"(?:{BE_NOW}|\bbe |\b(?:talks|meeting|election|elections|vote|summit|report|hearing|visit|polls|"
            r"conference|session|round|convoy|decision|ruling|trip)(?: (?:is|are|currently|tentatively|"
            rf"not))* )(?:{ADV})?"
        ),
        about="before",
    ),
    Rule(
        "set for a day",
        "set",
        rf"set for (?:the )?(?:(?:early|late|mid-?) ?)?(?:{DAY}|{AHEAD}|a (?:return|showdown|vote|new|second|long))\b",
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
        r"executed|deported|withdrawn|led|reviewed|implemented|disbanded|relocated|evacuated|handed)\b)",
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
        not_before=r"\b(?:aim|goal|plan|idea|task|purpose|intention|objective|order|orders|point|priority|mission) (?:was|were) ",
        bars=r"\b(?:but (?!also)|however|had been|instead|last (?:week|month|year)|ago|postponed|cancelled|canceled|never)\b",
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
        not_before=r"\b(?:want|wants|wanted|called for [\w ]{1,30}|urged [\w ]{1,30}|demanded [\w ]{1,30}) ",
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
        ("Resistance was fiercer than expected.", "It expects all armed groups to lay down their weapons."),
        not_before=(
            r"\b(?:was|were|is|are|been|be|had|than|as|have|has|what|to|had not|hadn't|would|"
            r"longer) (?:\w+ly |not |never )?"
        ),
        bars=r"\b(?:had expected|initially expected|ago, never)\b",
    ),
    Rule(
        "plans to",
        "plans planned planning intend intends intended intending prepare prepares preparing prepared",
        rf"(?:plan|intend|prepare)(?:s|d|ned|ed|ning|ing)?(?: (?:{ADV})?to (?:{ADV})?(?:{VERB}|be\b|"
        r"have\b)|(?: on)? (?:launching|sending|holding|"
        r"building|leaving|staging|expanding|visiting|returning|deploying|attacking|cutting|raising)\b|"
        r" (?:for (?!peace\b|the (?:post)?|life)(?:a |an |the |more |another |new |further |"
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
        ),
        not_before=(
            r"\b(?:had|was|were|had been|is|are|be|been|being) (?:(?:originally|initially|never|mainly|"
            r"largely|primarily|only) )?"
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
        r"(?:planning|intending|preparing|prepared|ready|readying|gearing)(?: up| itself|"
        rf" themselves)? (?:{ADV})?(?:to (?:{ADV})?(?:{VERB}|be\b|have\b)|for (?:a |an |the |more |"
        r"another |new |further |possible |its |their |what |any )?[\w-]+"
        r"|another |an? (?:new|ground|major|large|counter|wider|further|fresh|second|attack|assault|"
        r"offensive|operation|incursion|invasion|election))",
        (
            "The army is preparing for a long campaign.",
            "Troops are readying for another push.",
            "The party is planning a new march.",
        ),
        ("Food is ready for the table of no one.", "A prepared text was read out."),
        before=rf"(?:{BE_NOW}|{BE_THEN}|\b(?:be|been|, |and|by|while|already) )(?:{ADV})?",
        not_before=r"\bhad been ",
        bars=r"\bready for the table\b",
    ),
    Rule(
        "vows, pledges, promises",
        "vow vows vowed vowing pledge pledges pledged pledging promise promises promised promising swear "
        "swears swore swearing sworn "
        "commit commits committed committing guarantee guarantees guaranteed guaranteeing undertook undertakes",
        r"(?:vow|pledge|promise|swear|sworn|swore|commit|guarantee|undertook|undertake)(?:s|d|ed|ted|ting|"
        r"ing)?(?: (?:itself|himself|herself|themselves|his government|its forces))?"
        rf"(?: (?:{ADV})?(?:to (?:{ADV})?(?:{VERB}|be\b|have\b|\w+ing\b)|not to\b|never to\b|that\b|it\b|"
        r"they\b|he\b|she\b|there\b|in (?:the )?(?:coming|future))"
        r"|(?<!commit)(?<!committed) (?:retaliation|revenge|vengeance|retribution|reprisals|support|more|"
        r"new|further|swift|(?:an?|the|no) (?!long time)"
        r"[\w-]+|[$€£\d][\d.,]*|(?:continued|additional|full|military|fresh|unconditional|"
        r"unwavering) \w+))",
        (
            "The colonel vowed to retake the town.",
            "Donors pledged $40 million for the camps.",
            "The group promised a swift response.",
            "Both sides committed to withdrawing from the crossing.",
            "The ministry pledged that the road would stay open.",
        ),
        (
            "Crimes committed to date went unpunished.",
            "He committed suicide.",
            "The promise was never kept.",
            "The country has a promising future.",
        ),
        bars=r"\b(?:broke|broken|breaking|reneged)\b",
        not_before=(
            r"\b(?:had|crimes|atrocities|abuses|acts|violations|murders|massacres|offences|was|"
            r"were) (?:\w+ly |once |been )?"
        ),
    ),
    Rule(
        "commitment to",
        "commitment commitments pledge pledges promise promises vow vows",
        rf"(?:commitment|pledge|promise|vow)s? (?:to (?:{VERB}|\w+ing\b|be\b)|of (?:more|further|revenge|"
        r"support|aid|weapons|troops))",
        (
            "Officials declared their commitment to defend the pass.",
            "She renewed her commitment to ending the siege.",
        ),
        ("The group broke its promise to leave.", "She praised his commitment to democracy."),
        bars=(
            r"\b(?:broke|broken|breaking|failed|reneged|abandoned|betrayed|violated|despite|unfulfilled|unmet|"
            r"failing)\b"
        ),
    ),
    Rule(
        "agrees to do",
        "agree agrees agreed agreeing consented",
        rf"(?:agree|consent)(?:s|d|ed|ing)? (?:\w+ )?to (?:{ADV})?(?:meet|hold|resume|extend|exchange|"
        r"withdraw|begin|start|continue|send|free|"
        r"halt|pause|reopen|open|return|disarm|join|provide|form|host|convene|establish|set up|cease|pull|"
        r"hand over|deploy|launch|work|restore|release|allow|stop|negotiate|cut|lift)\b",
        (
            "The two sides agreed to meet again in the spring.",
            "Both commanders have agreed to exchange prisoners.",
        ),
        ("They agreed to a truce in 2019.", "He refused to say whether they agreed to the text."),
        not_before=r"\b(?:had|not|never|if|once|whether) (?:\w+ )?",
        bars=r"\bin (?:199\d|20[01]\d)\b",
    ),
    Rule(
        "threatens",
        "threaten threatens threatened threatening",
        rf"threaten(?:s|ed|ing)? (?:{ADV})?(?:to (?:{VERB}|be\b|have\b|\w+)|"
        rf"(?:\w+ ){{0,4}}?with (?!death by)\w+|that\b|(?:more|further|new|fresh|retaliation|revenge|"
        r"sanctions|tariffs|war|action|military|severe|serious|swift|dire|legal|consequences)\b"
        r"|(?:the (?:peace|fragile|stability|ceasefire|truce|talks|deal|process|survival|supply)|"
        r"(?:regional|global|international|food) (?:\w+)|an? (?:\w+ )?(?:response|strike|war|attack|"
        r"crackdown|return|slide|relapse|new|wider|full|renewed|repeat))|the (?:collapse|fall|return|spread))",
        (
            "The militia threatened to shell the refinery.",
            "The dispute threatens to split the alliance.",
            "Washington threatened further sanctions.",
            "A power cut threatens food supplies.",
        ),
        ("He had threatened to resign in 2010.", "Threatened species live in the park."),
        not_before=r"\b(?:had|was|were|been|being|be) (?:\w+ly |repeatedly |long |once )?",
    ),
    Rule(
        "reserves the right",
        "reserve reserves reserved reserving",
        r"reserv(?:e|es|ed|ing) (?:the|its|their|his|our) rights? to\b",
        ("The ministry said it reserved the right to respond.",),
        ("Reserved seats stood empty.",),
    ),
    Rule(
        "warns of",
        "warn warns warned warning warnings",
        r"warn(?:s|ed|ing|ings)?(?: (?!that\b|to\b|"
        r"against\b)[\w'-]+){0,4}? (?:of (?!the (?:\w+ )?(?:attack|strike) (?:minutes|hours))|about (?:a |"
        r"an |the )?(?:possible|potential|further|risk|risks|growing|looming|spread|impending|imminent|"
        r"\w*scal\w+|threat|danger|consequences|dire|rising))",
        (
            "Aid groups warned of mass hunger.",
            "A bulletin warns about possible landslides.",
            "The army has warned residents of further raids.",
        ),
        ("She warned drivers to slow down.", "He warned against haste.", "Sirens warned of the raid minutes earlier."),
        not_before=r"\bhad (?:\w+ly |long )?",
        bars=r"\b(?:minutes|hours) earlier\b",
    ),
    Rule(
        "warns that",
        "warn warns warned warning warnings caution cautions cautioned",
        r"(?:warn|caution)(?:s|ed|ing|ings)?(?: (?!to\b|of\b|"
        r"against\b)[\w'-]+){0,4}? that\b(?! (?:[\w',-]+ ){1,12}(?:was|were|had|has|"
        r"have been)\b(?! (?:expected|likely|set|at risk|on the|about|poised|bound)))",
        ("Doctors warned that supplies are running out.", "He cautioned that time is short."),
        ("She warned that many villages had been emptied.",),
        kind="frame",
        not_before=r"\bhad (?:\w+ly |long )?",
    ),
    Rule(
        "forecasts and predicts",
        "predict predicts predicted predicting forecast forecasts forecasting project projects projected "
        "projecting prediction predictions projections",
        r"(?:predict(?:s|ed|ing|ions?)?|forecasts?|forecasting|project(?:s|ed|ing)|projections) (?:that\b|"
        r"(?:a|an|more|further|no|zero|growth|another|at least|up to|the \w+ (?:to|will)|[\d.]+)|"
        r"(?:[\w'-]+ ){1,4}to (?:rise|fall|grow|shrink|reach|double|increase|decline|need|face|worsen|"
        r"be)\b)",
        (
            "The bank forecasts growth of one percent.",
            "Meteorologists predicted further storms.",
            "The agency projects that needs grow.",
        ),
        ("Nobody predicted the coup.", "The road project was halted.", "Experts had predicted a long war."),
        not_before=r"\b(?:had|road|dam|housing|the|a|this|were|was|who|nobody|few|no one|not) (?:\w+ly |long )?",
    ),
    Rule(
        "considers doing",
        "considering weighing mulling contemplating mulls weighs considers eyeing debating",
        r"(?:considering|weighing|mulling|contemplating|mulls|weighs|considers|debating)(?: whether| how|"
        r" if)? (?!the (?:fact|scale|situation)|that\b|it\b|him\b|himself\b|itself\b|them\b|heavily|"
        r"in\b)(?:[a-z]+ing\b|(?<!considers )an? \w+|new|bigger|further|more|sanctions|options|whether|plans|to|military|"
        r"the (?:possibility|deployment|use|closure|withdrawal|option)|tougher|additional|strikes)",
        ("The cabinet is considering sending gunboats.", "Parliament weighs new sanctions."),
        (
            "Considering the scale of the loss, he was calm.",
            "He considers it a betrayal.",
            "It considers the island its own.",
        ),
        not_before=r"\b(?:was|were|been|after|after long|had) ",
    ),
    Rule(
        "ruled out",
        "rule rules ruled ruling",
        r"rul(?:e|es|ed|ing)(?: it| this| that| them)? out\b",
        ("The premier ruled out early elections.", "He did not rule out a second landing."),
        ("Police ruled out arson as the cause of the blast.", "The clans rule out of sight."),
        bars=r"\b(?:arson|foul play|sabotage|terrorism|as (?:the|a) (?:cause|motive)|rule out of sight)\b",
    ),
)
