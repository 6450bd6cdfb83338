"""Likelihood words, outlook nouns, idioms and trends."""

from .pieces import ADV, BE_NOW, BE_THEN, DEGREE, EVENT, SAID, VERB
from .rule import Rule

_LIKELY = (
    r"(?:likely|unlikely|probable|improbable|certain|possible|conceivable|plausible|doubtful|inevitable|"
    r"imminent|impossible)"
)
_ADJ = (
    r"(?:(?:further|wider|possible|potential|renewed|new|full-scale|all-out|full-blown|regional|civil|mass|"
    r"another|fresh|more|direct|larger|broader|nuclear|an?|the|outright|ethnic|greater|escalating|armed|major|"
    r"total|prolonged|open|increased|increasing|long-term|lasting|widespread|catastrophic|imminent|severe|"
    r"sectarian|[a-z]+ing|[a-z-]+) ){0,4}"
)

OUTLOOK = (
    Rule(
        "likely to",
        "likely unlikely certain sure bound",
        rf"(?:likely|unlikely|certain|sure|bound) (?:{ADV})?to (?!have (?:been|"
        rf"[a-z]+ed)\b)(?:{ADV})?[a-z]+(?: (?:to|in)\b)?",
        (
            "The rebels are likely to press south.",
            "A pause is highly unlikely to last.",
            "It doesn't seem likely to change.",
            "Fighting likely to spread, monitors say",
        ),
        ("The gunman was likely to have acted alone.",),
    ),
    Rule(
        "it is likely that",
        "likely unlikely probable improbable certain possible conceivable plausible doubtful inevitable "
        "impossible clear unclear uncertain unsure",
        r"(?:(?:likely|unlikely|probable|improbable|certain|possible|conceivable|plausible|doubtful|inevitable) that\b"
        r"|(?:unclear|uncertain|not clear|clear|unsure) (?:when|if|whether|how long|how many)\b"
        r"(?=.{0,120}\b(?:will|would|can|could|may|might|shall|won't)\b))"
        r"(?! .{0,60}\b(?:was|were|had|has|have)\b(?!.{0,40}\b(?:will|would|could|may|might)\b))",
        (
            "It is likely that the port will stay shut.",
            "It is unclear whether the truce will hold.",
            "It is possible that more units may defect.",
        ),
        ("It is likely that the shell was fired from the hill.", "It was unclear who fired first."),
    ),
    Rule(
        "is likely, as a predicate",
        "likely unlikely probable improbable certain possible inevitable imminent unavoidable doubtful near "
        "guaranteed assured conceivable",
        r"(?:likely|unlikely|probable|improbable|certain|possible|inevitable|imminent|unavoidable|"
        r"doubtful|guaranteed|assured|conceivable)"
        r"(?=[,.;:!\"')]|$| (?:in|within|over|before|after|next|soon|as long|if|unless|this|by|when|"
        r"without|until|for now|at this|during|should|and|but|should|once|any time|anytime|given|between|"
        r"under)\b)(?! (?:by (?:the|a)|between the two)\b)(?! to\b)",
        (
            "A ground assault is likely within days.",
            "War is not inevitable.",
            "Further raids seem probable.",
            "Collapse is imminent.",
        ),
        ("The claim was not possible to check.", "They left as soon as possible.", "He moved with all possible speed."),
        before=(
            rf"(?:{BE_NOW}|\b(?:be|become|becoming|became|making|make|makes|made|remain|feel|feels|"
            rf"considered) (?:[\w'-]+ ){{0,6}}?)(?:{ADV})?{DEGREE}"
        ),
        not_before=(
            r"\b(?:as (?:soon|much|far|quickly|many|early|long|well) as|if|where|whenever|not|"
            r"was) ?(?=possible)"
        ),
        about="before",
    ),
    Rule(
        "was likely, as reported",
        "likely unlikely probable possible inevitable imminent certain",
        r"(?:likely|unlikely|probable|possible|inevitable|imminent|certain)(?=[,.;:!\"')]|$| (?:in|within|"
        r"over|before|after|next|soon|if|unless|this|by|when|until)\b)",
        ("The envoy said a deal was unlikely before winter.", "She said war was inevitable."),
        ("The fire was likely in the engine room.",),
        before=rf"{BE_THEN}(?:{ADV})?{DEGREE}",
        needs=SAID,
        bars=r"\b(?:engine room|as soon as|where possible|if possible)\b",
        about="before",
    ),
    Rule(
        "likely, as an adverb",
        "likely probably",
        rf"(?:likely|probably) (?:not )?(?:continue|keep|try|face|see|last|{VERB})(?! (?:of|in the)\b)",
        ("The two armies most likely continue their duel through winter.",),
        ("The likely cause was a short circuit.", "They probably fired first."),
        not_before=(
            r"\b(?:the|a|an|one|any|its|his|their|was|were|is|are|has|have|had|will|would|to|could|may|might) "
        ),
        needs=r"\b(?:coming|next|through|until|ahead|winter|spring|summer|autumn|months|weeks)\b",
    ),
    Rule(
        "risk of",
        "risk risks",
        r"risks? (?:of (?!being (?:seen|called)\b|his|her|prison)|that\b|(?:a|an|the|another|more|further|"
        rf"all-out|wider) [\w-]+(?: [\w-]+)*?|(?:[a-z]+ing)\b|(?:[\w'-]+ ){{1,5}}?(?:into|toward|"
        rf"towards|back to)\b|{_ADJ}{EVENT})",
        (
            "The risk of a wider war is growing.",
            "The raid risks drawing in the neighbours.",
            "Half the herd is at risk of disease.",
            "Delay risks a slide into anarchy.",
        ),
        (
            "Medics risk their lives daily.",
            "The risk assessment was published.",
            "They took risks.",
            "He was at risk.",
        ),
        not_before=r"\bhad ",
        bars=r"\brisk(?:s|ed|ing)? (?:their|his|her|our|my|your) (?:own )?(?:lives|life|safety)\b",
    ),
    Rule(
        "risking",
        "risking risked",
        r"(?:risking) (?!(?:their|his|her|our|my) )(?:a|an|the|another|more|further|[\w-]+ing|"
        rf"{_ADJ}{EVENT}|[\w'-]+ing)",
        ("The army moved closer, risking a clash with peacekeepers.",),
        ("They crossed at night, risking their lives.",),
    ),
    Rule(
        "fears of",
        "fear fears feared fearing worry worries concern concerns concerned alarm anxiety apprehension worried "
        "afraid dread alarmed",
        r"(?:(?:fears?|worr(?:y|ies)|concerns?|alarm|anxiety|apprehension|dread)(?: (?:are|is|"
        r"were) (?:growing|mounting|rising|high|running high))? (?:(?<!for fear )of (?!the (?:unknown|"
        rf"dark)|his|her)|(?:over|about|for|at) (?:the |a |an |its |their )?{_ADJ}{EVENT}|(?:over|"
        r"about) (?:the |a |an )?(?:possible|potential|future|prospects?|fate of the (?:truce|ceasefire|"
        r"deal|talks)|spread|risk|impact))"
        r"|(?:fears?|feared|fearing|worr(?:y|ies|ied)|concern(?:s|ed)?|afraid|dread|alarmed)(?: (?:are|is|"
        rf"were) (?:growing|mounting|rising))? (?:that|it|they)\b(?=.{{0,90}}\b(?:will|would|could|may|"
        r"might|can|be|being|retaliation|reprisals?|spread|escalat\w+|attacks?|war|violence|another|"
        r"return|next)\b))",
        (
            "The strike raised fears of a wider war.",
            "There is growing concern over a possible blockade.",
            "Many fear that the dam will give way.",
            "Fears are growing that the truce will collapse.",
        ),
        (
            "Forty are feared dead.",
            "She fled for fear of arrest.",
            "He expressed concern about the arrests.",
            "Families worry about school fees.",
            "It is feared that the ship had sunk.",
        ),
        not_before=r"\b(?:had|without|for|from|in) (?:\w+ly )?",
        bars=r"\bfeared (?:dead|drowned|lost|missing|trapped|to have)\b|\b(?:may|might) have been\b",
    ),
    Rule(
        "fears that",
        "fears concerns worries",
        r"(?:fears|concerns|worries) that\b(?! (?:[\w',-]+ ){1,10}(?:was|were|had|has|have) (?!at risk|poised|about|set))",
        ("The purge fed fears that the premier does not intend to leave.",),
        ("It dismissed concerns that votes were bought.",),
    ),
    Rule(
        "is feared",
        "feared",
        r"feared(?! (?:dead|drowned|lost|missing|trapped|to have|killed|by|among)\b| that .{0,60}\b(?:had|was|were)\b)",
        ("Further raids are feared in the valley.",),
        ("The warlord was feared across the valley.", "Nine sailors are feared drowned."),
        before=r"\b(?:is|are|being) (?:now |widely |also )?",
        about="before",
    ),
    Rule(
        "fear, of what comes",
        "fear fears fearing",
        rf"fear(?:s|ing)? {_ADJ}{EVENT}",
        ("Families fear reprisals.", "Traders fear a new blockade."),
        ("Fear drove them out.",),
        not_before=r"\b(?:had|without|for|of|in|the) (?:\w+ly )?",
    ),
    Rule(
        "prospects for",
        "prospect prospects possibility possibilities chance chances likelihood probability odds danger "
        "dangers threat threats spectre specter "
        "hope hopes expectation expectations potential scenario outlook question future speculation signs sign",
        r"(?:(?:prospects?|possibilit(?:y|ies)|likelihood|probability|dangers?|spect(?:re|er)|odds|"
        r"outlook|expectations?)(?: (?:of|for|that)\b)"
        r"|chances? (?:of|for|that)\b(?! (?:his|her) life)|threats? of (?:a |an |"
        rf"the )?(?!.{{0,20}}(?:drones? overhead))[\w-]+|threats? to (?!(?:the )?(?:peace|civilians|"
        r"security|stability|life|lives|health|his|her|national|international|regional|democracy|our|its|"
        rf"their)\b){VERB}"
        r"|(?<!in the )(?<!in )hopes? (?:of|for|that)\b(?! (?:his|her) own)|"
        r"potential (?:for (?!good\b)(?:a |an |the |further |more |renewed |greater |wider |increased |"
        rf"serious |[\w-]+ )+|to (?:be|become|{VERB}))|speculation (?:that|about|of)\b"
        rf"|signs? (?:of|that) (?:an? )?(?:imminent|impending|coming|looming)\b)",
        (
            "Prospects for a truce look dim.",
            "There is little chance of a deal before winter.",
            "The threat of famine hangs over the north.",
            "The dispute has the potential to split the army.",
            "The visit raised hopes of a prisoner swap.",
            "Officials played down the possibility of an amphibious landing.",
        ),
        (
            "The question divided the council.",
            "Militias are a threat to civilians.",
            "They signed in the hope of peace.",
            "He took his chance.",
            "Dams have potential.",
        ),
        bars=(
            r"\b(?:(?:had|missed|lost|gave) (?:[\w-]+ ){0,2}chance|under (?:the |constant )*threat|despite the (?:risk|threat|"
            r"danger)|no hope of (?:his|her))\b"
        ),
    ),
    Rule(
        "potential turning point",
        "potential possible likely",
        r"(?:potential|possible|likely) (?:turning points?|tipping points?|game[- ]changers?|flashpoints?|"
        r"watershed|harbinger|prelude)\b",
        ("The fall of the port is a potential turning point in the war.",),
        ("They reached a potential compromise.",),
        category="other",
    ),
    Rule(
        "harbinger",
        "harbinger prelude precursor foreshadow foreshadows foreshadowing portends herald heralds heralding "
        "signals signal",
        r"(?:(?:harbinger|prelude|precursor) (?:of|to)\b|foreshadow(?:s|ing)?\b|portends?\b|herald(?:s|"
        r"ing)? (?:a|an|the|more|further)\b|signal(?:s)? (?:a|an|the) (?:coming|imminent|impending|"
        r"possible|looming)\b)",
        ("The drills look like a prelude to a blockade.", "The purge portends trouble."),
        ("A herald read the news.",),
        not_before=r"\b(?:was|were|proved) (?:\w+ ){0,3}",
    ),
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
        rf"{_ADJ}{EVENT})|brink\b)",
        ("The region is on the brink of war.", "Talks are on the verge of collapse."),
        ("Trees grew at the edge of town.", "He stood at the edge of the field."),
        not_before=r"\b(?:was|were|had been|back from|from) (?:\w+ )?(?:on |at )?(?:the )?",
    ),
    Rule(
        "on track",
        "track course collision",
        r"(?:on (?:track|course)|(?:track|course) (?:to|for|toward|towards)\b|"
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
        "moving marching sleepwalking closer close nearing careening teetering teeters tipping plunging "
        "slipping creeping racing",
        r"(?:(?:sliding|slides?|heading|headed|heads|drifting|drift|edging|inching|hurtling|spiral?ling|"
        r"descending|descent|lurching|moving|marching|"
        r"sleepwalking|careening|plunging|slipping|creeping|racing)(?: \w+)? (?:for|to|toward|towards|"
        rf"into|closer to) (?:the brink\b|{_ADJ}(?:{EVENT}|abyss|anarchy|showdown|elections?|runoff|"
        r"catastrophe|lawlessness|recession|winter|impasse)\b)"
        r"|spiral?ling out of control|(?:closer|close|nearing)(?: (?:and closer|"
        r"than ever))?(?: to)? (?:a |an |the |full-scale |all-out |total |reaching (?:a|an) |open |"
        r"civil )*(?:war|collapse|deal|agreement|breakthrough|famine|conflict|confrontation|catastrophe|"
        r"brink|compromise|peace|accord)\b|teeter(?:ing|s)\b)",
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
        "looms, braces",
        "loom looms looming brace braces bracing braced impending imminent inevitable inevitably unavoidable "
        "inexorably horizon offing",
        r"(?:loom(?:s|ing)?\b(?! (?:stood|over the (?:city|town|hill)|large in (?:his|her)))|brac(?:e|es|"
        r"ing|ed) (?:itself |themselves )?for\b|impending (?!doom\b)\w+|imminent (?:[\w-]+ ){0,2}\w+|"
        r"inevitabl[ey]\b(?! (?:part|consequence of the past))|unavoidable\b|on the horizon|in the offing)",
        (
            "Famine looms in the south.",
            "Coastal towns braced for the landing.",
            "An imminent ground attack was feared by the garrison.",
        ),
        ("The loom stood idle.", "The mountain looms over the city."),
        not_before=r"\b(?:had|was|were) ",
        about="before",
    ),
    Rule(
        "on the horizon",
        "on in",
        r"(?:on the horizon|in the offing|in the pipeline|in the cards|on the cards|in store|"
        r"in prospect)\b(?! (?:stood|was seen))",
        ("A new levy is in the offing.", "Few see a truce on the horizon."),
        ("Smoke on the horizon stood still.",),
        bars=r"\bstood still\b",
        about="before",
    ),
    Rule(
        "remains to be seen",
        "remains remain remained yet far away out",
        r"(?:remain(?:s)? to be seen|yet to come|(?<=not )out of the woods|far from (?:over|certain|"
        r"guaranteed|assured)|(?:days|weeks|hours|months) away\b|(?:remains?) (?:\w+ )?(?:unclear|"
        r"uncertain|unknown|an open question) (?:if|whether|when|how)\b)",
        (
            "Whether the truce holds remains to be seen.",
            "The worst is yet to come.",
            "The war is far from over.",
            "It remains unclear whether the road reopens.",
        ),
        ("He remains in hospital.", "The town is far from the sea."),
        bars=r"\byet to (?:comment|respond)\b",
    ),
    Rule(
        "no end in sight",
        "no little few any without",
        r"(?:no (?:intention|plans?) (?:of|to)\b|(?:no|little|without(?: an)?) end in sight|(?:no|little|few|any) (?:sign|signs|indication|"
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
        r"if (?!necessary|confirmed|any\b|anything|only)(?:[\w'-]+ ){1,7}?(?:falls?|fails?|collapses?|continues?|attacks?|refuses?|wins?|loses?|"
        r"breaks?|holds?|goes|comes?|takes?|strikes?|ends?|returns?|resumes?|spreads?|escalates?|leaves?|withdraws?|rejects?|"
        r"deteriorates?|persists?|intensif(?:y|ies)|happens?|occurs?|(?:does|do|is|are) not|remains?)\b(?=.{0,160},)"
        r"(?!.{0,160}\b(?:was|were|had|did)\b)",
        ("If the bridge falls, the east bank is lost.",),
        ("He asked if the bridge holds trucks.", "If the bridge fell, nobody said so.", "See if it holds, he was told."),
        not_before=r"\b(?:asked|see|know|knows|wonder|wondered|unclear|doubt|even|as|and|only|clear|sure) ",
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
        "ahead sooner hang hangs hanging stands until hours days",
        rf"(?:ahead of (?:a |an |the |what )?(?:possible|expected|planned|looming|anticipated|likely|feared|scheduled)\b|sooner or later"
        rf"|hang(?:s|ing)? in the balance|stands? ready to {VERB}|(?<=has )until\b(?= .{{0,30}}to\b)|(?<=have )until\b(?= .{{0,30}}to\b)|(?:hours|days) to (?:{VERB}))",
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
