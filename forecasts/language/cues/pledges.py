"""What somebody pledges, threatens, warns of, forecasts or considers."""

from forecasts.language.cues.pieces import ADV, EVENT, VERB
from forecasts.language.cues.rule import Rule

PLEDGES = (
    Rule(
        "vows, pledges, promises",
        "vow vows vowed vowing pledge pledges pledged pledging promise promises promised promising swear "
        "swears swore swearing sworn "
        "commit commits committed committing "
        "guarantee guarantees guaranteed guaranteeing undertook undertakes undertake",
        r"(?:vow|pledge|pledg|promise|promis|swear|sworn|swore|commit|guarantee|undertook|undertake)(?:s|d|ed|"
        r"ted|ting|"
        r"ing)?(?: (?:itself|himself|herself|themselves|his government|its forces))?"
        rf"(?: (?:{ADV})?(?:to (?:{ADV})?(?:{VERB}|be\b|have\b|\w+ing\b)|not to\b|never to\b|that\b|it\b|"
        r"they\b|he\b|she\b|there\b|in (?:the )?(?:coming|future))"
        rf"|(?<=committed)(?: [\w-]+){{1,5}}? to (?:\w+ly (?:and \w+ly )?)?{VERB}"
        r"|(?:(?<=vows)|(?<=vowed)) (?!of\b|and\b|were\b|was\b|by\b|he\b|she\b|allegiance)[\"']?[\w'-]+"
        r"|(?<!commit)(?<!committed) (?:(?:fierce|harsh|swift|strong|crushing|bloody|severe|immediate|"
        r"full|unconditional) )?(?:retaliation|revenge|vengeance|retribution|reprisals|support|elections|talks|"
        r"reforms?|help|aid|action|justice|war|peace|more|"
        r"new|further|swift|(?:an?|the|no) (?!long time)"
        r"[\w-]+|[$€£\d][\d.,]*|(?:continued|additional|full|military|fresh|unconditional|"
        r"unwavering) \w+))",
        (
            "The colonel vowed to retake the town.",
            "Donors pledged $40 million for the camps.",
            "The group promised a swift response.",
            "Both sides committed to withdrawing from the crossing.",
            "The ministry pledged that the road would stay open.",
            "The council promised elections within the year.",
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
            r"were) (?:\w+ly |once |been )?|\b(?:wants?|wanted|seeks?|sought|asked|demand|demands|demanded) to "
        ),
    ),
    Rule(
        "commitment to",
        "commitment commitments pledge pledges promise promises vow vows",
        rf"(?:commitment|pledge|promise|vow)s? (?:to (?:an? |the |any )?(?:[\w-]+ ){{0,3}}?(?:{EVENT})|to "
        rf"(?:{ADV})?(?:{VERB}|\w+ing\b|be\b)|of (?:more|further|revenge|"
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
        "readiness to",
        "ready readiness willing willingness open prepared preparedness",
        rf"(?:(?:ready|willing|prepared) \"?to (?:{ADV})?(?:{VERB}|be\b|have\b)|(?:readiness|willingness|"
        rf"preparedness) (?:to "
        rf"(?:{ADV})?{VERB}|for (?:an? |the )?(?:[\w-]+ )?(?:talks|dialogue|discussions|negotiations|peace|"
        rf"ceasefire|truce|war|"
        r"compromise|deal|meeting|contacts|confrontation))|open to (?:an? |the |any |new |further |more |direct |"
        r"indirect )*"
        r"(?:talks|dialogue|negotiations?|discussions?|compromise|meeting|ceasefire|truce|deal|mediation|extending|"
        r"meeting|"
        r"holding|sending|discussing|resuming))",
        (
            "The bloc stands ready to lift its sanctions.",
            "The governor is willing to meet the strikers.",
            "The group expressed its readiness for indirect talks.",
            "The ministry said it was open to talks.",
        ),
        (
            "The road is open to traffic.",
            "He was no longer willing to lie.",
            "A willing witness came forward.",
            "Neither leader has shown a willingness to meet.",
        ),
        bars=r"\b(?:neither\b.{0,90}|(?:no|little|lack of|without|any) (?:\w+ ){0,2})\b(?:readiness|willingness)\b",
        not_before=(
            r"\b(?:had been|not|never|no longer|less|hardly|n't|ever|"
            r"(?<!ministry )(?<!said )(?<!says )if) (?:\w+ly |yet )?"
        ),
    ),
    Rule(
        "determined to",
        "determined determination resolve resolved vowing",
        rf"(?:determin(?:ed|ation)|resolved?) to (?:{ADV})?(?:{VERB}|be\b)",
        ("We are determined to stop them.", "The group reaffirmed its determination to hold the pass."),
        (
            "The court determined the cause.",
            "She lacked the resolve to go on.",
            "Experts were called to determine the cause.",
        ),
        not_before=r"\b(?:had|was|were|been|lacks?|lacked|the|no) (?:\w+ )?",
    ),
    Rule(
        "intention to",
        "intention intentions intent",
        rf"(?:intentions?|intent) to (?:{VERB}|be\b)",
        ("The army announced its intention to keep two hilltops.",),
        ("He had no intent to kill, the court found.", "It was not the intention to mislead."),
        bars=r"\b(?:lacks?\b.{0,30} intent|lacked|no intent to|was not the intention|not the intention)\b",
    ),
    Rule(
        "agrees to do",
        "agree agrees agreed agreeing consented",
        rf"(?:agree|consent)(?:s|d|ed|ing)?(?: on [a-z]+day)? (?:\w+ )?to (?:{ADV})?{VERB}"
        r"|agree(?:s|d)? on (?:an? |the )?(?:[\w-]+ )?(?:plan|roadmap|timetable|deployment|dates?)\b",
        (
            "The two sides agreed to meet again in the spring.",
            "Both commanders have agreed to exchange prisoners.",
        ),
        ("They agreed to a truce in 2019.", "He refused to say whether they agreed to the text."),
        not_before=r"\b(?:had|not|never|if|once|whether) (?:\w+ )?",
        bars=r"\bin (?:199\d|20[01]\d)\b",
    ),
    Rule(
        "a deal to do",
        "agreement deal accord pact memorandum understanding",
        rf"(?:agreement|deal|accord|pact|memorandum|understanding)(?: on [a-z]+day)?(?: (?:with|between)(?: [\w'-]+)"
        rf"{{1,5}}?)? to (?:{ADV})?{VERB}",
        (
            "The two sides reached an agreement to extend the truce.",
            "They signed a deal with the clans to reopen roads.",
        ),
        ("An earlier deal to free them collapsed.", "The agreement failed to hold."),
        before=r"\b(?:reach(?:ed|es)?|strikes?|struck|sign(?:s|ed)?|announce[ds]?|seal(?:ed|s)?|clinch(?:ed|es)?) "
        r"(?:an?|the|another) (?:[\w-]+ ){0,3}",
        not_before=r"\bhad (?:[\w-]+ ){1,6}",
    ),
    Rule(
        "was threatening to",
        "threatening",
        rf"threatening to (?:{ADV})?(?:{VERB}|be\b)",
        ("The navy was threatening to close the strait.",),
        ("Threatening letters were found.",),
        before=r"\b(?:was|were) (?:\w+ )?",
    ),
    Rule(
        "threatens",
        "threaten threatens threatened threatening",
        rf"threaten(?:s|ed|ing)?(?: (?:on )?[a-z]+day)? (?:{ADV})?(?:to (?:{VERB}|be\b|have\b|\w+)|"
        rf"(?:\w+ ){{0,4}}?with [\"']?(?!death by)\w+|that\b|(?:more|further|new|fresh|future|peace|efforts|"
        rf"negotiations|"
        rf"retaliation|revenge|"
        r"sanctions|tariffs|war|action|military|severe|serious|swift|dire|legal|consequences)\b"
        r"|(?:the very|not (?:just|only|merely)|millions|thousands|hundreds|survival|lives)\b"
        rf"|(?:[\w-]+ ){{0,2}}{EVENT}"
        r"|(?:the (?:\d{4} |[\w-]+ ){0,2}(?:deal|ceasefire|truce|agreement|accord|unity)\b|the (?:peace|fragile|"
        r"stability|future|negotiations|ceasefire|truce|talks|deal|process|survival|supply)|"
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
        r"warn(?:s|ed|ing|ings)?(?: (?!that\b|to\b|and\b|but\b|has\b|have\b|had\b|"
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
        r"have been)\b(?! (?:[a-z]+ing\b|expected|likely|set|at risk|on the|about|poised|bound)))",
        ("Doctors warned that supplies are running out.", "He cautioned that time is short."),
        ("She warned that many villages had been emptied.",),
        bars=(
            r"\b(?:toll|number|figures?|count)\b.{0,40}\b(?:may|might|could) be (?:\w+ ){0,2}(?:higher|lower|"
            r"greater|more)\b"
        ),
        kind="frame",
        not_before=r"\bhad (?:\w+ly |long )?",
    ),
    Rule(
        "sees it rising",
        "see sees",
        r"sees? (?:[\w'.$-]+ ){1,7}?(?:averaging|rising|falling|growing|reaching|slowing|hitting|climbing|dropping|"
        r"peaking|contracting|expanding|easing)\b",
        ("The agency sees the price averaging $65 a barrel next year.",),
        ("She sees smoke rising from the ridge.", "Towns that see prices rising by 3% protest."),
        needs=r"\d|per ?cent|next (?:year|month|quarter)",
        not_before=r"\b(?:that|which|who|to|can|could|not|we) ",
    ),
    Rule(
        "forecasts and predicts",
        "predict predicts predicted predicting forecast forecasts forecasting project projects projected "
        "projecting prediction predictions projections",
        r"(?:predict(?:s|ed|ing|ions?)?|forecasts?|forecasting|project(?:s|ed|ing)|projections) (?:that\b|"
        r"(?:(?:a|an|more|further|no|zero|growth|another|at least|up to|the \w+ (?:to|will))\b|[\d.]+)|"
        rf"(?:[\w'-]+ ){{1,9}}?to (?:{VERB}|be\b|have\b))",
        (
            "The bank forecasts growth of one percent.",
            "Meteorologists predicted further storms.",
            "The agency projects that needs grow.",
            "The agency is forecasting the average price of a barrel to increase to 87 dollars.",
        ),
        (
            "Nobody predicted the coup.",
            "Watch the forecasts and keep a plan.",
            "The road project was halted.",
            "Experts had predicted a long war.",
        ),
        not_before=r"\b(?:had|road|dam|housing|the|a|this|were|was|who|nobody|few|no one|not) (?:\w+ly |long )?",
    ),
    Rule(
        "considers doing",
        "considering weighing mulling contemplating mulls weighs considers eyeing debating",
        r"(?:weighing|mulls|weighs) (?:its |a |the |their )?(?:[\w-]+ )?(?:response|retaliation|options?|"
        r"strikes?|troops|"
        r"next|action|sanctions)|(?:considering|weighing|mulling|contemplating|mulls|weighs|considers|"
        r"debating)(?: whether| how|"
        r" if)? (?!the (?:fact|scale|situation)|that\b|it\b|him\b|himself\b|itself\b|them\b|heavily|"
        r"in\b)(?:[a-z]+ing\b|(?<!considers )an? \w+|new|bigger|further|more|sanctions|options|whether|"
        r"plans|to|military|"
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
        "is considering",
        "considering weighing mulling contemplating eyeing",
        r"(?:considering|weighing|mulling|contemplating|eyeing)(?! (?:it|him|her|them|himself|itself|themselves|"
        r"heavily|in|as|on|\d[\d,.]*)\b) [\w'’\"-]+",
        ("The cabinet is considering the party's ban.", "Two donors are weighing their withdrawal."),
        ("Considering the risk, he left.", "The parcel is weighing 4 kilograms."),
        before=r"(?:\b(?:is|are|be)|'s|'re)(?: (?:also|now|still|actively|seriously|reportedly|already|currently))? ",
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
