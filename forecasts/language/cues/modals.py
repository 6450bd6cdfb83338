"""Will, would, shall, going to, could, may, might."""

from forecasts.language.cues.pieces import ADV, PARTICIPLE, SEEN, VERB
from forecasts.language.cues.rule import Rule

_NOUN_BEFORE = (
    r"(?:\b(?:political|the|a|his|her|its|their|our|my|your|free|good|ill|popular|at|god's|people's|iron|"
    r"living|last|of|"
    r"without|sheer|collective|national|public|any|no|sufficient|enough|against|to) |'s )"
)
_TAIL = rf"(?: (?:{ADV})?(?:be|have|{VERB})\b(?: (?:to|in)\b)?)?"
_STATIVE = (
    r"(?:seem|appear|look|sound|reflect|indicate|suggest|explain|represent|signal|stem|belong|constitute|"
    r"amount to|account for|"
    r"include|contain|refer|know|not know|not be aware|differ|vary|owe|number|sit|lie)\b"
)
_BE_PRESENT = (
    r"be (?:\w+ly )?(?:(?!coming\b|heading|going\b|leaving|returning|facing|withdrawing|nearing|running out|"
    r"approaching|losing|ending|turning|preparing|planning|getting|devastating|damaging|lasting|crippling|"
    r"overwhelming|far-reaching|challenging|destabili[sz]ing|closing|narrowing|thinning|slipping|fading|brewing|"
    r"looming|running|shifting|moving|entering|joining|attempting|trying|seeking|considering|weighing|"
    r"looking|plotting|intending|aiming|waiting|poising|setting)[a-z]+ing\b|(?:worried|concerned|afraid|"
    r"reluctant|tempted|"
    r"receiving|supplying|providing|behind|aware|alive|dead|missing|trapped|buried|responsible|linked|"
    r"related|due to|because|part of|"
    r"a (?:sign|reflection|result|factor|matter of|reference|response)|an (?:indication|attempt|effort)|"
    r"the (?:result|reason|most|"
    r"worst|largest|biggest|only|last|first)|true|seen as|viewed as|regarded as|considered|interpreted|"
    r"attributed|explained|described|"
    r"higher|far higher|much higher|lower|wrong|right|unaware|familiar|difficult to (?:verify|know|tell|say))\b)"
)
_HOPED = (
    r"\b(?:am|is|are|we|i|they|he|she|who|officials|also) hop(?:e|es|ed|ing) (?:that )?(?:[\w'-]+ ){1,10}"
    r"(?:will|would|can|could)\b"
)
_PAST_FORECAST = (
    r"\bhad (?:\w+ly )?(?:said|warned|promised|pledged|predicted|expected|hoped|vowed|threatened|believed|"
    r"feared|thought|assumed|"
    r"insisted|argued|calculated)\b|\b(?:initially|originally|at the time|back then|in hindsight)\b|\bused to\b"
    r"|\b(?:did not|didn't|declined to|refused to|without) (?:say|saying|specify|disclose) (?:exactly )?(?:when|what|"
    r"how|whether|if|where|who|which|why)\b"
    r"|\bas a (?:child|boy|girl|young)|\b(?:every|each) (?:night|day|morning|evening|week|year|time|winter|summer)\b"
    r"|(?:\bnot|n't) (?:immediately |yet |fully )?(?:clear|known) (?:how|what|who|where|which)\b"
    r"|\bwhat would (?:become|prove|turn out|later)\b"
    r"|\b(?:years|months|decades|weeks) earlier\b|\bin (?:19\d\d|200\d|201\d),? .{0,60}(?:said|predicted|"
    r"promised|believed|thought)\b"
)

MODALS = (
    Rule(
        "will have done",
        "will",
        rf"will (?:{ADV})?have {PARTICIPLE} .{{0,60}}\b(?:by|before|within)\b",
        ("The army will have lost the province by spring, a diplomat predicted.",),
        ("A diplomat said the army had lost the province by spring.",),
        not_before=_NOUN_BEFORE,
    ),
    Rule(
        "will",
        "will won't 'll",
        rf"(?:will(?: not)?|won't|'ll)(?! (?:to|of|and testament|often|usually|sometimes|typically)\b)(?![\w-]|"
        rf"'[a-z]){_TAIL}",
        (
            "The council will vote on the mandate on Friday.",
            "“We won’t leave our land,” the village head said.",
            "Rain will slow any advance, engineers said.",
            "They’ll be back by harvest, a farmer predicted.",
        ),
        (
            "There is no political will to reopen the road.",
            "He fought against his will.",
            "The two sides lack the will to compromise.",
            "Elephants will often destroy crops.",
            "We are hoping that the release will be smooth.",
        ),
        not_before=_NOUN_BEFORE,
        bars=_HOPED,
    ),
    Rule(
        "shall, first person",
        "shall",
        rf"shall (?:{ADV})?(?:be|{VERB})",
        ("“We shall return to our villages,” the elder told the crowd.",),
        ("All parties shall respect the flag of truce, the accord reads.",),
        before=r"\b(?:we|i|nothing|nobody|no one) ",
    ),
    Rule(
        "going to",
        "going gonna",
        rf"(?:going to|gonna) (?:{ADV})?{VERB}(?! (?:markets?|work|camps?)\b)",
        (
            "“They are going to hit the port again,” one docker said.",
            "Nobody is going to sign under fire, the mediator conceded.",
        ),
        (
            "Trucks going to the north were searched.",
            "He was going to resign but changed his mind.",
            "Food going to market was looted.",
        ),
        not_before=r"\b(?:was|were|wasn't|weren't|been) (?:\w+ly |never |not )?",
    ),
    Rule(
        "would",
        "would wouldn't",
        rf"(?:would(?: not)?|wouldn't)(?![\w-]|'[a-z])(?! (?:{ADV})?(?:have {PARTICIPLE}|like to|not (?:comment|"
        r"elaborate|confirm|give|say|"
        r"discuss|disclose|identify|specify)|(?:be to\b|comment|elaborate|say|confirm|only say|neither confirm|"
        r"seem|appear|prefer|welcome|rather|"
        r"argue|suggest|note|stress|hope|love|be to)\b|later\b|go on to|come to be|become known|amount to|"
        r"constitute|often|sometimes|always|"
        rf"routinely|regularly)\b){_TAIL}",
        (
            "The minister said there would be an answer within days.",
            "A second front would drain the reserves.",
            "Losing the bridge would cut off three towns.",
        ),
        (
            "The raid would have failed without fuel.",
            "A spokeswoman would not comment on the report.",
            "Analysts had predicted that the town would fall within a week.",
            "The would-be mediator flew home.",
            "It was the first of what would later become a wave of mutinies.",
            "I would like to thank the crews.",
            "The envoys seek a truce that would include an exchange of prisoners.",
        ),
        # What a proposal holds is no forecast.
        bars=rf"{_PAST_FORECAST}|"
        r"\b(?:truce|ceasefire|deal|plan|proposal|bill|resolution|draft|agreement|scheme|measure|law|framework|"
        r"amendment|package|legislation|accord|motion)s? (?:that|which) would (?:include|involve|contain|require|"
        r"provide|cover|comprise|allow|give|grant|set|see|offer)\b",
    ),
    Rule(
        "'d, would",
        "'d",
        rf"'d (?:{ADV})?(?:be|{VERB})\b(?! (?:it|them|him|her) (?:before|already))",
        ("“They’d attack at once,” a guard predicted.",),
        ("He'd left before dawn.", "They'd been warned."),
        not_before=r"\b(?:if|how|what|i|we) ",
        bars=_PAST_FORECAST,
    ),
    Rule(
        "could include, of plans",
        "could may might",
        r"(?:could|may|might) (?:also |now |well )?(?:include|contain|involve)\b(?! (?:the )?(?:remains|bodies|"
        r"victims))",
        ("The measures could include a travel ban.", "The next phase may involve a prisoner swap."),
        ("The dead could include children.", "The wreck may contain fuel."),
        before=r"\b(?:measures|steps|sanctions|options|package|plan|plans|deal|talks|agreement|phase|response|force|"
        r"mission|move|accord|retaliation|penalties|programme|program|offer|concessions|targets) ",
    ),
    Rule(
        "could, hypothetical",
        "could",
        rf"could(?! not\b| no longer\b|n't)(?![\w-]|'[a-z])(?! (?:{ADV})?(?:have {PARTICIPLE}|{SEEN}|"
        r"(?:immediately|independently|verify|confirm|hear|see (?:the|him|her|them|it|us|smoke|fires?|flames|tanks|"
        r"people|from|"
        r"no|nothing|dust|flashes|lights?|where|what|how|that|into)\b|"
        r"smell|hardly|barely|scarcely|only (?:watch|look|listen|guess|say)|afford|remember|recall|"
        r"believe|tell|also (?:hear|see)|find)\b|"
        rf"{_STATIVE}|{_BE_PRESENT})){_TAIL}",
        (
            "Heavier rain could wash away the only road.",
            "The vote could still be put off, two envoys said.",
            "Such a step could have serious consequences for trade.",
        ),
        (
            "Shelling could be heard across the bay.",
            "The report could not be independently verified.",
            "Soldiers could have crossed at night.",
            "Villagers carried what they could.",
            "He could see smoke from the ridge.",
            "Officials asked whether the bloc could act.",
        ),
        not_before=r"\b(?:asked|asks|asking|wondered|wonders|doubted|know|knows|knew|discussed|questioned|question of) "
        r"whether (?:[\w'-]+ ){1,5}|\b(?:what(?:ever)?|as (?:\w+ ){1,3}as|than|so that|so|until|"
        r"(?:missiles?|drones?|rockets?|weapons?|devices?|"
        r"mortars?|warheads?|jets?) (?:that|which)|refrain(?:ing|s)? from [\w' -]{3,40}(?:that|which)) (?:they|he|she|"
        r"it|we|people|families|residents)? ?",
    ),
    Rule(
        "could not, of the future",
        "could couldn't",
        r"(?:could(?: not| no longer)|couldn't) (?:\w+ly )?(?:rule out|be ruled out|survive|hold|last|"
        r"continue|be sustained|accept|guarantee|win|move forward|proceed|begin until|go ahead|resume|be trusted)\b",
        ("The envoy could not rule out further raids.", "He said the truce could not last without monitors."),
        ("The army could not reach the outpost.",),
    ),
    Rule(
        "may or might",
        "may might",
        rf"(?:may|might)(?![\w-]|'[a-z])(?! (?:{ADV})?(?:have {PARTICIPLE}|{SEEN}|{_STATIVE}|{_BE_PRESENT}|"
        r"be that\b|be (?:the|one of|more|less|as|among|no|in|at|of|from)\b"
        r"(?! (?:forced|difficult|hard|able|likely))))(?! (?:said|says|told|was|had|has|is|of|and|against|"
        r"on the|in the)\b)"
        rf"{_TAIL}",
        (
            "The rebels may try to take the dam.",
            "Donors might cut funding further, an aid group said.",
            "Another wave of departures may be inevitable.",
            "The sides may not meet before spring.",
            "The mission may have to leave.",
        ),
        (
            "The blast may have killed the commander.",
            "The army showed its military might at the parade.",
            "Some fighters may be hiding among the displaced.",
            "The true toll may be far higher.",
            "The remark may reflect pressure at home.",
            "It may be that the rebels are tired.",
        ),
        not_before=(
            r"\b(?:military|the|its|their|his|full|naval|economic|and|financial|army's|air|with all) |'s |"
            r"\bcome what "
        ),
    ),
    Rule(
        "can expect",
        "can cannot can't",
        r"(?:can(?: also| only| now| still)? (?:be )?expect(?:ed)?|can (?:still|yet|easily|quickly|"
        r"turn out) (?:to be|escalate|"
        r"spiral|spread|"
        r"erupt|collapse|fail|derail|unravel|slide|turn|tip|trigger|spark|reignite|flare)\b|can only (?:get|grow|"
        r"worsen|deepen)|"
        r"(?:cannot|can not|can't) (?:\w+ly )?(?:be ruled out|rule out|"
        r"last\b|hold out|go on\b|be excluded|exclude|continue\b))",
        ("Residents can expect longer cuts.", "A second landing cannot be ruled out."),
        ("Trucks can carry ten tonnes.", "We cannot confirm the report."),
    ),
)
