"""Idioms, trends and conditions that speak of what comes."""

from forecasts.language.cues.pieces import ADJ, EVENT, VERB
from forecasts.language.cues.rule import Rule

IDIOMS = (
    Rule(
        "matter of time",
        "matter question",
        r"(?:matter|question) of (?:time|when|days|weeks|hours|months|how long|if)\b",
        ("It is a matter of when, not if.", "The fall of the city is only a question of time."),
        ("It was a matter of honour.",),
    ),
    Rule(
        "on the brink",
        "brink verge cusp precipice threshold edge eve",
        r"(?:(?:brink|verge|cusp|precipice|threshold) of\b|edge of (?:the (?:abyss|precipice)|"
        rf"{ADJ}{EVENT})|brink\b)",
        ("The region is on the brink of war.", "Talks are on the verge of collapse."),
        ("Trees grew at the edge of town.", "He stood at the edge of the field."),
        not_before=r"\b(?:was|were|had been|back from|from) (?:\w+ )?(?:on |at )?(?:the )?",
        bars=r"\bhad (?:\w+ )?(?:brought|pushed|driven|taken)\b",
    ),
    Rule(
        "on track",
        "track course collision path",
        r"(?:on (?:track|course)|(?:track|course|path) (?:to|for|toward|towards)\b|"
        r"collision course)(?! (?:record|of|work))",
        (
            "The mission is on track to leave by June.",
            "The two states are on a collision course.",
        ),
        ("The track record is poor.", "In the course of the day they met."),
        before=r"\b(?:on|on a|back on|on the|a) ",
        bars=r"\b(?:crash|training|golf|of) course\b",
    ),
    Rule(
        "slides towards",
        "sliding slide slides slid heading headed heads drifting drift edging inching hurtling spiralling "
        "spiraling descending lurching "
        "escalating escalate moving marching sleepwalking closer close nearing careening teetering teeters "
        "tipping plunging "
        "slipping creeping racing",
        r"(?:(?:sliding|slides?|heading|headed|heads|drifting|drift|edging|inching|hurtling|spiral?ling|"
        r"escalating|escalate|descending|descent|lurching|moving|marching|"
        r"sleepwalking|careening|plunging|slipping|creeping|racing)(?: \w+)? (?:for|to|toward|towards|"
        rf"into|closer to) (?:the brink\b|{ADJ}(?:{EVENT}|abyss|anarchy|showdown|elections?|vote|polls|"
        rf"referendum|deadlock|runoff|"
        r"catastrophe|lawlessness|recession|winter|impasse)\b)"
        r"|spiral?ling out of control|(?:closer|close|nearing)(?: (?:and closer|"
        r"than ever))?(?: to)? (?:a |an |the |full-scale |all-out |total |reaching (?:a|an) |open |"
        r"civil )*(?:war|collapse|deal|agreement|breakthrough|famine|conflict|confrontation|catastrophe|"
        r"brink|compromise|peace|accord|capturing|taking|seizing|collapsing|falling|overrunning|encircling|"
        r"breaking point|relapse|resumption|showdown|tipping point)\b|teeter(?:ing|s)\b)",
        (
            "The country is sliding into civil war.",
            "The two sides are closer to a deal than ever.",
            "The currency is heading for collapse.",
            "The hospital system is nearing collapse.",
        ),
        (
            "Trucks are moving south towards the port.",
            "The river slides into the sea.",
            "He had close ties to the palace.",
        ),
        not_before=r"\b(?:was|were|had been|as|slid) ",
        bars=r"\bslides? into the sea\b",
    ),
    Rule(
        "looms",
        "brewing loom looms looming impending imminent inevitable inevitably unavoidable inexorably horizon offing",
        r"(?:(?<=is )brewing\b|loom(?:s|ing)?\b(?! (?:stood|over the (?:city|town|hill)|large in (?:his|her)))|"
        r"impending (?!doom\b)\w+|imminent (?:[\w-]+ ){0,2}\w+|"
        r"inevitabl[ey]\b(?! (?:part|consequence of the past))|unavoidable\b|on the horizon|in the offing)",
        (
            "Famine looms in the south.",
            "An imminent ground attack was feared by the garrison.",
        ),
        ("The loom stood idle.", "The mountain looms over the city."),
        not_before=r"\b(?:had|was|were) ",
        about="before",
    ),
    Rule(
        "braces for",
        "brace braces bracing braced",
        r"brac(?:e|es|ing|ed) (?:itself |themselves |ourselves )?for\b",
        ("Coastal towns braced for the landing.", "The city is bracing for a siege."),
        ("She wore a brace for her knee.",),
        not_before=r"\b(?:had|a|the|his|her|been) ",
    ),
    Rule(
        "faces",
        "face faces facing",
        r"fac(?:e|es|ing) (?:the )?(?:(?:possible|potential|imminent|certain|further|more|years|months|weeks|another|"
        r"an? (?:new|second|winter|long|looming|wave|bleak|uncertain|hungry|return|protracted)) |(?:collapse|closure|"
        r"starvation|famine|hunger|death|extinction|ruin|default|defeat|arrest|trial|expulsion|eviction|deportation|"
        r"sanctions|retaliation|isolation|annihilation|bankruptcy)\b|"
        r"(?:[\w-]+ ){1,4}by (?:the end of|next|spring|summer|autumn|winter|january|february|march|april|may|june|"
        r"july|august|"
        r"september|october|november|december|mid-?))",
        (
            "The enclave faces starvation.",
            "The junta is facing years of isolation.",
            "Returnees face another winter in tents.",
        ),
        ("He faces the sea.", "The company faces criticism.", "The two men came face to face."),
        not_before=r"\b(?:was|were|had|been|the|a|his|her|its|their|in) ",
    ),
    Rule(
        "on the horizon",
        "on in",
        r"(?:on the (?:immediate |near |distant )?horizon|in the offing|in the pipeline|in the cards|on the "
        r"cards|in store|"
        r"in prospect)\b(?! (?:stood|was seen))",
        ("A new levy is in the offing.", "Few see a truce on the horizon."),
        ("Smoke on the horizon stood still.",),
        bars=r"\bstood still\b|\bhad been on\b",
        about="before",
    ),
    Rule(
        "remains to be seen",
        "remains remain remained yet far long off away out lies lie ahead numbered",
        r"(?:remain(?:s)? to be seen|yet to be (?:seen|tested|decided|determined|finali[sz]ed|resolved|agreed|"
        r"settled|held|"
        r"worked out|set|scheduled|approved|ratified|signed|announced|agreed on|negotiated)|"
        r"yet to (?:agree|decide|negotiate|finali[sz]e|set|work out)\b|"
        r"yet to come|(?<=not )out of the woods|far from (?:over|certain|"
        r"guaranteed|assured)|(?:far|long way) off\b|(?:lies?|is|are) (?:still |yet )?ahead\b|ahead of (?:us|them)\b|"
        r"numbered\b|off the table (?:until|for now|as long|while)\b|(?:days|weeks|hours|months) away\b|"
        r"(?:remains?) (?:\w+ )?(?:unclear|"
        r"uncertain|unknown|an open question) (?:if|whether|when|how)\b)",
        (
            "Whether the truce holds remains to be seen.",
            "The worst is yet to come.",
            "The war is far from over.",
            "A settlement seems far off.",
            "The junta's days are numbered.",
            "The worst is still ahead of us.",
            "It remains unclear whether the road reopens.",
        ),
        ("He remains in hospital.", "The town is far from the sea.", "The crates were numbered."),
        not_before=r"\b(?:crates|pages|seats|items|they|cars|rooms|houses) (?:were|are) ",
        bars=r"\byet to (?:comment|respond)\b",
    ),
    Rule(
        "no end in sight",
        "no little few any without",
        r"(?:no (?:intention|plans?) (?:of|to)\b|(?:no|little|without(?: an)?) end in sight|(?:no|little|"
        r"few|any) (?:sign|signs|indication|"
        r"hint|indications)(?: \w+)? (?:of (?:the |an? )?(?:\w+ )?(?:ending|abating|easing|letting up|"
        r"stopping|slowing|relenting|ceasing|halting|subsiding|backing down|let-up|end|breakthrough|"
        r"retreat|progress|ebbing|resolution|compromise)\b|that (?:[\w'-]+ ){1,6}(?:will|would|is about|"
        r"are about|plans?|intends?)))",
        ("The siege has no end in sight.", "The war shows no sign of ending."),
        ("There were no signs of life.", "No signs of injury were found."),
        about="before",
    ),
    Rule(
        "paves the way",
        "pave paves paving paved set sets setting open opens opening raises raise raising",
        r"(?:pav(?:e|es|ing) the way (?:for|to)\b|(?:set|sets|setting) the (?:stage|scene) for\b|open(?:s|"
        r"ing)? the (?:door|way|path) (?:to|for)\b|(?:raise|raises|raising) the (?:stakes|spect(?:re|er)|"
        r"prospect|possibility|likelihood|risk|threat)\b)",
        ("The ruling paves the way for elections.", "The accord opens the door to an amnesty."),
        ("He opened the door to the visitors.", "Workers were paving the road."),
        not_before=r"\b(?:had|was|were|that) ",
    ),
    Rule(
        "if it happens",
        "if",
        r"if (?!necessary|confirmed|any\b|anything|only)(?:[\w'-]+ ){1,7}?(?:falls?|fails?|collapses?|"
        r"continues?|attacks?|refuses?|wins?|loses?|"
        r"breaks?|holds?|goes|comes?|takes?|strikes?|ends?|returns?|resumes?|spreads?|escalates?|leaves?|"
        r"withdraws?|rejects?|"
        r"deteriorates?|persists?|intensif(?:y|ies)|happens?|occurs?|(?:does|do|is|are) not|remains?|moves|"
        r"attempts|decides|"
        r"seeks|tries|invades|gets|gains|enters|crosses|launch(?:es)?|starts?|begins?|stops?|cuts|closes|blocks|"
        r"agrees?|accepts?|"
        r"signs?|makes|gives|sends|chooses?|reach(?:es)?|succeeds?|proceeds?|material[is]z?es|grows?|worsens?|"
        r"rises|drops|expands|"
        r"leads|turns|becomes?|expires|lapses|keeps|stays|allows|consolidates|captures|seizes|prevails?|"
        r"declares|fires|hits|"
        r"(?:is|are) (?:\w+ly )?(?:\w+ed|given|taken|left|hit|lost|cut|driven|made|met|able|willing|"
        r"to))\b(?=.{0,160},)"
        r"(?!.{0,160}\b(?:was|were|had|did)\b)",
        ("If the bridge falls, the east bank is lost.",),
        (
            "He asked if the bridge holds trucks.",
            "If the bridge fell, nobody said so.",
            "See if it holds, he was told.",
        ),
        not_before=r"\b(?:asked|see|know|knows|wonder|wondered|unclear|doubt|even|as|and|only|clear|sure) ",
        kind="frame",
    ),
    Rule(
        "should it happen",
        "should",
        r"should (?:[\w'.-]+,? ){1,8}?(?:come|fail|falls?|collapse|attack|refuse|break|strike|cross|resume|escalate|"
        r"invade|be [a-z]+ed|"
        r"continue|win|lose|decide|occur|happen|prove|reject|withdraw)\b",
        ("It has a duty to defend the island, should its ships come under fire.",),
        ("Both sides should stop.", "He said the council should decide.", "The bloc, they said, should not refuse."),
        before=r", ",
        not_before=r"\b(?:said|says|added|argued|insisted|believes?|thinks?), ",
        kind="frame",
    ),
    Rule(
        "still to come",
        "yet still more worse worst options option",
        r"(?:(?:yet|still|more|worse|worst) (?:is |are |may be )?to come\b|options? (?:are|is|"
        r"remains?) (?:still )?on the table\b)",
        ("Worse is to come.", "All options are on the table.", "The hardest part is still to come."),
        ("More came to the square.", "The options were limited."),
        not_before=r"\b(?:had|was|were) (?:\w+ )?",
    ),
    Rule(
        "envisages",
        "envisages envisage envisions envision anticipation",
        r"(?:envisages?|envisions?|(?<=in )anticipation of)\b",
        ("The draft envisages a phased withdrawal.", "Shops closed in anticipation of an assault."),
        ("The anticipation was palpable.",),
        not_before=r"\bhad ",
    ),
    Rule(
        "in preparation for what may come",
        "ahead before sooner hang hangs hanging until hours days",
        r"(?:(?:ahead of|before) (?:a |an |the |what )?(?:possible|expected|planned|looming|anticipated|likely|"
        r"feared|scheduled)\b|sooner or later"
        rf"|hang(?:s|ing)? in the balance|(?<=has )until\b(?= .{{0,30}}to\b)|"
        rf"(?<=have )until\b(?= .{{0,30}}to\b)|(?:hours|days) to (?:{VERB}))",
        (
            "Families left ahead of an expected assault.",
            "Sooner or later the dam gives way.",
            "The bloc gave the junta ten days to free him.",
            "The fate of the truce hangs in the balance.",
        ),
        ("They arrived ahead of schedule.", "It took him three days to reach the camp."),
        not_before=r"\b(?:took|takes|taken|taking|walked|waited|wait|needed|another|last) (?:[\w'-]+ ){0,4}",
    ),
    Rule(
        "or else",
        "or",
        r"or (?:else )?(?:face|risk|be (?:killed|destroyed|attacked|arrested|shot|bombed|considered))\b",
        ("Leave the town or face attack, the leaflet read.",),
        ("Medicine or face masks are lacking.",),
        bars=r"\bface masks?\b",
    ),
    Rule(
        "unless",
        "unless",
        r"unless\b",
        ("There can be no peace unless the militias disband.",),
        ("He never spoke unless asked.",),
        bars=r"\b(?:unless (?:asked|otherwise|stated|noted|indicated)|rarely|never|were not allowed)\b",
        kind="frame",
    ),
    Rule(
        "time runs out",
        "running runs clock countdown",
        r"(?:running (?:out|low|short)\b|runs? out (?:of (?:food|fuel|water|money|medicine)|in|on|by|"
        r"within|next)|clock is ticking|countdown to)\b",
        ("Time is running out for the trapped crews.", "Fuel stocks are running out."),
        ("The soldiers ran out of the building.",),
        not_before=r"\b(?:was|were) ",
    ),
    Rule(
        "pledge of the first person",
        "let",
        r"let (?:there be no doubt|it be clear)\b",
        ("Let there be no doubt: we will answer.",),
        ("They let the trucks pass.",),
        needs=r"\bwill\b",
    ),
)
