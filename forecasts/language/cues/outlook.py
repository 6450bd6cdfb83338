"""Likelihood words and outlook nouns."""

from forecasts.language.cues.pieces import ADJ, ADV, BE_NOW, BE_THEN, DEGREE, EVENT, SAID, VERB
from forecasts.language.cues.rule import Rule

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
        r"(?:(?:likely|unlikely|probable|improbable|certain|possible|conceivable|plausible|doubtful|"
        r"inevitable) that\b|(?:likely|unlikely|possible|probable|doubtful) (?:they|he|she|it|we|there)\b"
        r"|(?:unclear|uncertain|not clear|clear|unsure) (?:when|if|whether|how long|how many)\b"
        r"(?=.{0,120}\b(?:will|would|can|could|may|might|shall|won't|resumes?|holds|lasts|returns|reopens?|begins?)\b))"
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
        r"(?:likely|unlikely|probable|improbable|certain|(?<! as )(?<!if )(?<!where )(?<!wherever )(?<!whenever )"
        r"(?<!not )(?<!was )(?<!all )possible|inevitable|imminent|unavoidable|doubtful|guaranteed|assured|conceivable)"
        r"(?=[,.;:!\"')]|$| (?:in|within|over|before|after|next|soon|as long|if|unless|this|by|when|"
        r"without|until|for now|at this|during|should|and|but|should|once|than|any time|anytime|given|between|"
        r"under|with|because|due|amid|on|through|while|since|following|though|although|even|absent|as|any|at|"
        r"for)\b)(?! (?:by (?:the|a)|between the two)\b)(?! to\b)",
        (
            "A ground assault is likely within days.",
            "War is not inevitable.",
            "Further raids seem probable.",
            "Collapse is imminent.",
        ),
        ("The claim was not possible to check.", "They left as soon as possible.", "He moved with all possible speed."),
        before=(
            rf"(?:{BE_NOW}|\b(?:be|become|becoming|became|making|make|makes|made|remain|feel|feels|"
            rf"considered|"
            rf"considers?|deems?|deemed|judges?|judged|rates?|called?|calls|sees?|thinks?|"
            rf"believes?) (?:[\w'-]+ ){{0,6}}?)(?:{ADV})?{DEGREE}"
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
        rf"towards|back to)\b|{ADJ}{EVENT})",
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
        rf"{ADJ}{EVENT}|[\w'-]+ing)",
        ("The army moved closer, risking a clash with peacekeepers.",),
        ("They crossed at night, risking their lives.",),
    ),
    Rule(
        "fears of",
        "fear fears feared fearing worry worries concern concerns concerned alarm alarms anxiety apprehension "
        "worried "
        "afraid dread alarmed",
        r"(?:(?:fears?|worr(?:y|ies)|concerns?|alarms?|anxiety|apprehension|dread)(?: (?:are|is|"
        r"were) (?:growing|mounting|rising|high|running high))? (?:(?<!for fear )of (?!the (?:unknown|"
        rf"dark)|his|her)|(?:over|about|for|at) (?:the |a |an |its |their )?{ADJ}{EVENT}|(?:over|"
        r"about) (?:(?!the\b|how\b|arrest|what\b)[\w'.-]+ |the |the [\w'-]+ ){0,3}?(?:possible|potential|future|"
        r"prospects?|fate of the (?:truce|ceasefire|"
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
        r"(?:fears|concerns|worries) that\b(?! (?:[\w',-]+ ){1,10}(?:was|were|had|has|have) (?!at risk|"
        r"poised|about|set))",
        ("The purge fed fears that the premier does not intend to leave.",),
        ("It dismissed concerns that votes were bought.",),
    ),
    Rule(
        "is feared",
        "feared",
        r"feared(?! (?:dead|drowned|lost|missing|trapped|to have|killed|by|among)\b| that .{0,60}\b(?:had|"
        r"was|were)\b)",
        ("Further raids are feared in the valley.",),
        ("The warlord was feared across the valley.", "Nine sailors are feared drowned."),
        before=r"\b(?:is|are|being) (?:now |widely |also )?",
        about="before",
    ),
    Rule(
        "fear, of what comes",
        "fear fears fearing",
        rf"fear(?:s|ing)? {ADJ}{EVENT}",
        ("Families fear reprisals.", "Traders fear a new blockade."),
        ("Fear drove them out.",),
        not_before=r"\b(?:had|without|for|of|in|the) (?:\w+ly )?",
    ),
    Rule(
        "prospects for",
        "prospect prospects possibility possibilities chance chances likelihood probability odds danger "
        "dangers threat threats spectre specter "
        "hope hopes expectation expectations potential scenario outlook question future speculation signs sign "
        "indications indication hints",
        r"(?:(?:prospects?|possibilit(?:y|ies)|likelihood|probability|dangers?|spect(?:re|er)|odds|"
        r"outlook|expectations?)(?: (?:of|for|that)\b)"
        rf"|possibilit(?:y|ies) to {VERB}|chances? (?:of|for|that)\b(?! (?:his|her) life)|"
        r"threats? of (?!the (?:[\w-]+ ){0,2}(?:groups?|militants?|rebels?|insurgents?|terror|jihadists?)\b)[\w-]+|"
        rf"threats? to (?!(?:the )?(?:peace|civilians|"
        r"security|stability|life|lives|health|his|her|national|international|regional|democracy|our|its|"
        rf"their)\b){VERB}"
        r"|(?<!in the )(?<!in )hopes? (?:of|for|that)\b(?! (?:his|her) own)|"
        r"potential (?:for (?!good\b)(?:a |an |the |further |more |renewed |greater |wider |increased |"
        rf"serious |[\w-]+ )+|to (?:{ADV})?(?:be|become|{VERB}))|"
        r"speculation(?: (?:grows|is growing|mounts|swirls|is rife))? (?:that|about|of|over|whether)\b"
        rf"|(?:signs?|indications?|hints?) (?:of|that) (?:an? )?(?:imminent|impending|coming|looming|potential|"
        rf"possible|"
        r"approaching)\b)",
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
            r"\b(?:(?:had|missed|lost|gave) (?:[\w-]+ ){0,2}chance|hopes (?:[\w-]+ ){1,6}(?:vanished|evaporated|"
            r"were dashed)|"
            r"under (?:the |constant )*threat|"
            r"despite the (?:risk|threat|"
            r"danger)|no hope of (?:his|her))\b"
        ),
    ),
    Rule(
        "a possible attack",
        "possible potential anticipated expected feared planned likely",
        r"(?:possible|potential|anticipated|expected|feared|planned|likely(?= (?:face-off|showdown|confrontation|"
        r"offensive|assault|invasion|counteroffensive|escalation))) (?:[\w-]+ ){0,2}?(?:face-off|showdown|"
        r"attacks?|strikes?|"
        r"airstrikes?|offensive|"
        r"invasion|incursion|intervention|occupation|withdrawal|annexation|assault|war|confrontation|escalation|"
        r"retaliation|"
        r"collapse|famine|coup|takeover|partition|evacuation|counteroffensive|ceasefire|truce|response|"
        r"operation)\b(?! crimes?\b)",
        (
            "Envoys discussed a possible withdrawal from the hills.",
            "Officials hinted at potential strikes on the port.",
            "The town is digging trenches against a feared assault.",
        ),
        (
            "Prosecutors listed possible war crimes.",
            "The inquiry found no potential motive.",
            "Losses were as expected.",
            "The army said it had wrongly expected the offensive.",
        ),
        not_before=r"\b(?:had|has|have) (?:\w+ly )?",
        bars=r"\b(?:was|were) (?:seen|found|averted|foiled|thwarted)\b|\b(?:than|as) expected\b",
        kind="frame",
    ),
    Rule(
        "no guarantee",
        "guarantee guarantees certainty assurance doubt doubts doubted",
        r"(?:(?<=no )(?:guarantees?|certainty|assurance) (?:that|of)\b|doubt(?:s|ed)? (?:that|whether|"
        r"if)\b(?! .{0,60}\b(?:was|were|"
        r"had)\b))",
        (
            "There is no certainty that the truce holds.",
            "Few doubt that he wins.",
            "Analysts doubt whether the army can hold on.",
        ),
        ("He gave a guarantee.", "She doubted that it was true.", "No doubt he knew."),
        not_before=r"\bin ",
    ),
    Rule(
        "confident that",
        "confident optimistic pessimistic optimism pessimism",
        r"(?:(?:confident|optimistic|pessimistic) (?:that|about|of|(?:we|they|it|he|she|i) (?:can|will|could))\b|"
        r"(?:optimism|pessimism) (?:that|"
        r"about)\b)(?! (?:his|her|their|"
        r"its) own)(?! .{0,60}\b(?:was|were|had)\b)",
        ("The mediator is confident that both sides sign.", "Aid groups are pessimistic about access before winter."),
        ("She was a confident speaker.", "He was confident that nobody had seen him."),
    ),
    Rule(
        "a remote possibility",
        "remote realistic distinct real slim",
        r"(?:remote|realistic|distinct|real|slim) (?:possibility|prospect|chance|danger|risk)\b(?! (?:of|for|"
        r"that)\b)",
        ("A second landing remains a remote possibility.",),
        ("The real danger came from the sea.", "She had a real chance to leave."),
        before=rf"(?:{BE_NOW}|\b(?:be|become) )(?:\w+ )?(?:an? )",
        about="before",
    ),
    Rule(
        "the most likely outcome",
        "likely probable plausible",
        r"(?:likely|probable|plausible) (?:scenarios?|outcomes?|course of action|next steps?|trajectory|result)\b",
        ("The most likely outcome is a frozen conflict.", "A plausible scenario is a coup from within."),
        ("The likely cause was a short circuit.",),
        bars=r"\b(?:was|were|had)\b",
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
)
