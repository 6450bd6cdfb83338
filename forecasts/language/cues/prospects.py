"""What hangs in the air: at stake, in doubt, within reach, likely to follow."""

from forecasts.language.cues.pieces import ADJ, ADV, AHEAD, BE_NOW, EVENT, VERB
from forecasts.language.cues.rule import Rule

_TO_COME = (
    r"\b(?:future|fate|outcome|prospects?|survival|success|results?|impact|viability|durability|timing|timelines?|"
    r"renewal|extension|implementation|(?:cease-?fire|truce|deal|agreement|accord|talks|election|elections|"
    r"vote|mission|mandate|plan|process|path|way|next steps?|next phase|transition|return)(?: itself)?)\b"
    r"(?: [\w'-]+){0,6}? "
)

PROSPECTS = (
    Rule(
        "what could come next",
        "could may might",
        r"(?:could|may|might) (?:still |yet )?(?:happen|come|follow|lie ahead|unfold|change)\b",
        ("Analysts set out what could happen next in the strait.",),
        ("Witnesses told what might have happened.",),
        before=r"\bwhat (?:else )?",
    ),
    Rule(
        "may be the beginning",
        "could may might",
        r"(?:could|may|might) (?:well |only |just |still )*be (?:only |just )?(?:the (?:beginning|start|end|"
        r"next|last|trigger|"
        r"catalyst|spark|prelude|price)|an? (?:prelude|turning point|sign of things to come|harbinger|step)|next|"
        r"on the (?:brink|verge|cusp|way)|in (?:danger|jeopardy|store|for)|at (?:risk|stake)|no (?:way|more|end|"
        r"return))\b",
        ("The barrage may only be the beginning.", "The ruling may be the end of the coalition."),
        ("The blast may be the work of rebels.",),
    ),
    Rule(
        "with implications",
        "possible potential implications consequences repercussions ramifications",
        r"(?:possible|potential) (?:[\w-]+ ){0,2}?(?:implications|consequences|repercussions|ramifications|"
        r"fallout|impacts?|"
        r"shift|spillover|threats?|flashpoints?|triggers?|targets?|resurgence|resumption|expansion|end|"
        r"deployment|return|"
        r"disruptions?|delays?|outcomes?|scenarios?|responses?|sanctions|actions?|measures|steps|paths?|"
        r"solutions?|crisis|crises|instability|unrest|violence|clash(?:es)?)\b|(?:implications|consequences|"
        r"repercussions|ramifications) (?:for (?:the )?(?:[\w-]+ )?"
        r"(?:region|future|stability|peace|security|world|country|market|markets)|of (?:a|an|any|further|failing))\b",
        ("The raid has possible implications for regional peace.", "Officials hinted at a potential policy shift."),
        ("The treaty had implications for trade in 1990.", "They faced the consequences."),
        bars=r"\b(?:was|were|had) .{0,40}(?:implications|consequences)|\bhad implications\b",
        kind="frame",
    ),
    Rule(
        "lights the fuse",
        "lighting lights fuelling fueling stoking sowing risks powder recipe harbinger tinderbox",
        r"(?:light(?:ing|s) (?:the|a) fuse|(?:fuell?ing|stoking) (?:speculation|fears?|concerns?|worr(?:y|ies)|talk)|"
        r"sowing the seeds|powder keg|tinderbox|recipe for)\b",
        ("The purge is lighting the fuse for worse.", "This is a recipe for renewed war."),
        ("She shared a recipe with us.",),
        not_before=r"\b(?:was|were) ",
    ),
    Rule(
        "at stake",
        "stake jeopardy danger peril doubt limbo balance thread reach question",
        r"(?:stake|jeopardy|danger|peril|doubt|limbo|question|thread|reach)(?! of (?:being|having) (?:seen|"
        r"called))\b",
        (
            "The truce itself is at stake.",
            "The talks are in jeopardy.",
            "The ceasefire hangs by a thread.",
            "A deal is still within reach.",
            "Truce in doubt",
        ),
        (
            "Nobody was in danger.",
            "The stake was cut from oak.",
            "They lost the thread.",
            "The hills are a danger to drivers.",
        ),
        before=(
            r"^(?=at )at |(?:\b(?:is|are|remains?|seems?|puts?|putting|hangs?|hanging|looks?)(?: [\w-]+){0,3}? "
            r"|\b(?:truce|ceasefire|deal|talks|vote|accord) )"
            r"(?:at|in|in serious|in grave|by a|into|within)(?: (?:great|serious|grave|acute))? "
        ),
        not_before=r"\bno (?:longer )?(?:in )?",
        about="before",
    ),
    Rule(
        "uncertain, as a predicate",
        "uncertain unclear unknown doubtful precarious unpredictable",
        r"(?:uncertain|unclear|unknown|doubtful|precarious|unpredictable)\b(?! (?:who|what|why|where|how))",
        (
            "The outcome of the talks remains uncertain.",
            "The future of the mission is unclear.",
        ),
        ("The cause of the fire remains unclear.", "His whereabouts are unknown.", "The number of dead is uncertain."),
        before=rf"{_TO_COME}(?:is|are|remains?|looks?|seems?|appears?)(?: [\w-]+)?(?: highly| deeply| very)? ",
        about="before",
    ),
    Rule(
        "whether, unclear",
        "whether",
        r"whether (?:[\w'-]+ ){1,12}?(?:is|remains|are) (?:\w+ )?(?:unclear|uncertain|unknown|doubtful|an open "
        r"question|"
        r"anyone's guess|not clear|yet to be seen)\b",
        ("Whether the truce holds is unclear.",),
        ("Whether he fired first was unclear.",),
        not_before=r"\b(?:asked|asking) ",
    ),
    Rule(
        "uncertainty over",
        "uncertainty doubt doubts questions scepticism skepticism",
        r"(?:uncertainty (?:hangs|hung|looms|surrounds?|remains|persists|over|about|around)\b"
        rf"|(?:doubts?|questions|scepticism|skepticism)(?: [\w-]+){{0,4}}? (?:over|about|as to|around|on)(?= "
        rf".{{0,60}}\b"
        rf"(?:will|would|can|could|future|whether .{{0,40}}(?:last|hold|survive)|durability|viability|"
        rf"{AHEAD})\b))",
        (
            "Uncertainty hangs over the talks.",
            "Questions remain over whether the truce can last.",
            "Doubts persist about the future of the deal.",
        ),
        ("He asked questions about the raid.", "There was doubt about the cause."),
        not_before=r"\b(?:asked|answered|no|asks|answering|facing|faced) (?:\w+ )?",
    ),
    Rule(
        "hopes rise or fade",
        "hopes hope optimism fears fear concern concerns worry worries anxiety alarm tensions prospects chances "
        "expectations odds",
        r"(?:(?:hopes?|optimism|prospects|chances|expectations|odds)(?: (?:are|is|have|for|of|a|the|[\w'-]+)){0,6}? "
        r"(?:fad(?:e|es|ing)|dim|dims|dimming|dimmed|dwindl(?:e|es|ing)|rise|rises|rising|risen|recede|receding|"
        r"grow|grows|"
        r"growing|grown|wan(?:e|es|ing)|slim|remote|dashed|faded|alive|muted|low|high|modest|slipping|"
        r"evaporating|mount|mounting)\b"
        r"|(?:concerns?|worr(?:y|ies)|anxiety|alarm) (?:is |are )?(?:grows?|growing|mounts?|mounting|rises?|rising) "
        r"(?:over|for|about|that)\b"
        r"|(?:fears?) (?:are |is )?(?:growing|mounting|grow|grows|mount|mounts|rise|rising|abound)\b)",
        (
            "Hopes are fading for a truce.",
            "Hopes dim for peace deal",
            "Ceasefire hopes rise",
            "Fears grow for the city.",
        ),
        ("He never lost hope.", "Hope is a village on the river."),
        not_before=r"\b(?:had|lost|his|her) ",
    ),
    Rule(
        "fears for",
        "fear fears feared fearing",
        r"fear(?:s|ed|ing)? (?:for|about) (?:the )?(?:[\w'-]+ ){0,3}?(?:fate|future|safety|lives|life|civilians|"
        r"people|"
        r"residents|thousands|arrival|hundreds|stability|survival|families|children|security|spillover|worst)\b|"
        r"fear(?:s|ing)? the worst\b|fear(?:s|ing)? (?:reduced|lower|higher|losing|loss|less|fewer|more|further|"
        r"increased|greater|"
        r"another|renewed|deeper) [\w'-]+|fear(?:s|ing)? (?:their|its|the|his|another|an?) (?:[\w-]+ )?(?:arrival|"
        r"advance|return|loss|"
        r"consequences|repeat|end|fall|impact|onslaught)\b|fear(?:s|ing)? (?!of\b|that\b|for\b)(?:[\w'-]+ ){0,6}?"
        r"(?:will|would|could|may|might|is about to|are about to)\b",
        ("Aid groups fear for the safety of those left behind.", "Residents fear the dam may burst."),
        ("Fear kept them inside.", "They fled in fear for days."),
        not_before=r"\b(?:had|in|of|without|for) ",
    ),
    Rule(
        "points to",
        "point points pointing suggest suggests suggesting signals signalling signaling indicates",
        r"(?:suggest(?:s|ing)?|signals|signall?ing|indicates) (?:an? |the )?(?:likely |possible |potential "
        r")?(?:prolonged|"
        r"protracted|longer|further|coming|imminent|impending|looming|renewed|more|new|continued|continuing|"
        r"wider|broader)\b"
        r"(?! (?:than|details|evidence))|"
        rf"point(?:s|ing)? (?:to|towards?) (?:a |an |the |more |further )?{ADJ}(?:{EVENT}|winter|future|end)\b",
        ("All signs point to a long war.",),
        ("He pointed to the map.", "At this point the war stopped."),
    ),
    Rule(
        "momentum for",
        "momentum pressure talk clouds drumbeat push",
        rf"(?:(?:momentum|pressure) is (?:building|mounting|growing)(?: [\w'-]+){{0,4}}? (?:for|towards?|to)\b|"
        rf"talk of {ADJ}"
        rf"{EVENT}|war clouds|drumbeat of war|clouds of war|clouds (?:gather|loom))",
        ("Momentum is building for a deal.", "There is talk of a coup."),
        ("Pressure was mounting on the dam.", "They talk of home."),
        before=r"(?:^|\b(?:is|of|as|and|amid|the|that|growing|,) )(?:\w+ )?",
    ),
    Rule(
        "can do harm",
        "can",
        rf"can (?:{ADV})?(?:trigger|ignite|deteriorate|explode|collapse|unleash|spark|plunge|reignite|lead|"
        rf"return|turn|"
        r"change|fall|break|tip|cause|create|become|happen|resume|begin|succeed|work|end|survive|"
        r"bring|open|achieve|prevent|last|hold|disrupt|spill|undermine|escalate|threaten|damage|destabili[sz]e|"
        r"draw|fuel|"
        r"derail|worsen|exacerbate|push|provoke|weaken|deepen|force|reshape|complicate|embolden|increase|erupt|"
        r"spread)\b",
        ("A wrong move can trigger war.", "The truce can collapse at any moment."),
        ("Trucks can carry ten tonnes.", "We can see the river."),
        not_before=r"\b(?:as (?:\w+ ){1,3}as|what|so that|how|where) (?:[\w'-]+ ){0,3}?",
    ),
    Rule(
        "can be, with a time or a condition",
        "can cannot can't",
        r"(?:can(?:not|'t)?)(?: not)? (?:only |then |now |still )?(?:be\b|begin|start|take place|proceed|go "
        r"ahead|move|"
        r"survive|return|join|accept|allow|win|afford|come|defeat|stop)\b"
        r"(?=.{0,80}\b(?:until|unless|without|if|when|once|before|after|only|any more|"
        r"soon|by (?:the end|next)|next)\b)",
        (
            "There can be no peace without justice.",
            "Talks cannot begin until the guns fall silent.",
        ),
        ("The river can be crossed on foot.", "We cannot confirm the report before checking it."),
        not_before=r"\b(?:as (?:\w+ ){1,3}as|what|so that) (?:[\w'-]+ ){0,3}?",
    ),
    Rule(
        "can still be done",
        "can cannot can't",
        r"can(?:not|'t)?(?: not| still| yet| only| now)* be (?:prevented|avoided|averted|achieved|reached|"
        r"resolved|won|saved|"
        r"restored|extended|lifted|rebuilt|signed|held|solved|implemented|defeated|sustained|ruled out)\b",
        ("Washington believes escalation can be avoided.", "The treaty cannot be signed, he said."),
        ("The hill can be seen from the sea.",),
        not_before=r"\b(?:what|how|so that|where) (?:[\w'-]+ ){0,3}?",
    ),
    Rule(
        "if war breaks out",
        "if",
        rf"if (?:[\w'-]+ ){{0,3}}?{EVENT} (?:ever )?(?:erupts?|breaks? out|breaks? down|fails?|collapses?|resumes?|"
        r"continues?|persists?|escalates?|spreads?|holds?|lapses?|drags? on|intensif(?:y|ies))\b",
        ("The country has the right to defend itself if war breaks out.",),
        ("They asked if the war continues.", "If war broke out, nobody noticed."),
        not_before=r"\b(?:asked|asks|wonder|wondered|know|see|as|even|unclear) ",
        kind="frame",
    ),
    Rule(
        "no going back",
        "no nobody nothing",
        r"(?:no (?:going|turning|way) back|no one can stop|nobody can stop|nothing can stop|no one will)\b",
        ("There is no going back.",),
        ("He saw no way across.",),
    ),
    Rule(
        "away from",
        "days weeks months hours years",
        r"(?:days|weeks|months|hours|years) away(?=[,.;:!\"']|$)|(?:days|weeks|months|hours|"
        r"years) (?:away )?from (?:an? |the |having |being |reaching |becoming |"
        r"\w+ing\b|total )",
        ("The country is weeks away from a coup.",),
        ("Years from now nobody recalled it.", "Two months from May they met."),
        before=r"\b(?:is|are|only|just|mere|within) (?:\w+ )?",
        not_before=r"\b(?:was|were) (?:\w+ )?",
    ),
    Rule(
        "hard to see",
        "hard difficult impossible",
        r"(?:(?:hard|difficult|impossible) (?:to|not to) (?:see|imagine|foresee|envisage|predict|know (?:how|"
        r"when|whether)|"
        r"say (?:how|when|whether|if))\b(?! (?:who|why|from)\b)|impossible(?=[,.;:!\"')]|$| (?:for|without|as "
        r"long|while|"
        r"unless|until|under|if|in the (?:near|current|foreseeable))\b))",
        (
            "It is hard to see how the truce survives.",
            "A military victory is impossible for either side.",
        ),
        (
            "It was impossible to cross.",
            "The fog made it hard to see the road.",
            "The road is impossible to pass.",
        ),
        before=rf"(?:{BE_NOW}|\bbecome |\bbecomes |\bmakes? (?:it |[\w'-]+ ){{0,4}}?)(?:{ADV}|not |also |"
        rf"increasingly )?",
    ),
    Rule(
        "the window is closing",
        "window door option options",
        r"(?:window (?:for|of|to)(?: [\w'-]+){1,12}? (?:(?:is|may be|seems) )?(?:\w+ )?(?:closing|narrowing|"
        r"shrinking)\b|window (?:for|of)(?: [\w'-]+){1,3} (?:is|may be|seems) (?:\w+ )?open|"
        r"door (?:to|for)(?: [\w'-]+){1,4} (?:is|remains?|stays?) (?:\w+ )?(?:open|closed|shut|closing)|"
        r"options?(?: [\w'-]+){0,4} (?:remains?|is|are) (?:\w+ )?on the table)\b",
        ("The window for diplomacy is closing.", "The door to talks remains open."),
        ("The window of the house was open.",),
    ),
    Rule(
        "entering a new phase",
        "entering enters unfolding",
        r"(?:entering|enters) (?:an? |its )?(?:new|next|dangerous|critical|decisive|final|perilous|more|uncertain)"
        r"(?: [\w'-]+){0,3}? (?:phase|stage|period|chapter|era|moment|territory)\b",
        ("The war is entering a new phase.",),
        ("Those entering the camp were searched.",),
        not_before=r"\b(?:was|were) ",
    ),
    Rule(
        "the outlook is",
        "outlook forecast trajectory prognosis scenario scenarios case",
        r"(?:(?:outlook|prognosis|forecast|trajectory)(?: [\w'-]+){0,5}? (?:is|remains|looks)\b|(?:worst|best|base)"
        r"[- ]case scenarios?|(?<=worst )case\b|(?<=worst-)case scenarios?|scenarios?(?: [\w'-]+){0,3}? (?:is|"
        r"are|sees|"
        r"envisions|involves|would|assumes)\b)",
        ("The humanitarian outlook is bleak.", "In the worst case, the two armies clash."),
        ("The scenario was rehearsed.", "His case was closed."),
    ),
    Rule(
        "depends on",
        "depends depend hinges hinge rests hangs contingent conditional",
        r"(?:depends?|hinges?|rests|contingent|conditional) (?:\w+ )?(?:on|upon)\b",
        ("The fate of the deal depends on the hostages.", "What happens next hinges on the palace."),
        ("Most families depend on aid.", "The bridge rests on six pillars."),
        before=(
            r"\b(?:future|fate|outcome|success|survival|next|happens|peace|stability|end|prospects?|much|will|"
            r"deal|agreement|truce|ceasefire|signing|talks|withdrawal|release|support|aid)\b,?(?: [\w',-]+){0,9} "
        ),
    ),
    Rule(
        "potentially doing",
        "potentially possibly perhaps",
        r"(?:potentially|possibly|perhaps) (?!being\b|including\b|involving\b|having\b|using\b|because\b)[a-z]+ing\b"
        rf"|potentially (?:means?|leads?|opens?|puts?|leaves?)\b|(?:(?<=to )|(?<=can )|(?<=and )|"
        rf"(?<=or ))(?:potentially|possibly) {VERB}",
        ("The seizure opened a second front, potentially weakening the state.",),
        (
            "Witnesses saw ten men, possibly including a general.",
            "The group aims to disrupt the mission, potentially weakening the state.",
        ),
        bars=r"\b(?:aims?|seeks?|designed|intended|hopes?|meant) to\b",
    ),
    Rule(
        "means more",
        "means mean",
        r"means? (?:that )?(?:more|fewer|further|another|no more|an end to|the end of)\b",
        ("The cut means more hunger this winter.",),
        ("By all means.", "It means nothing."),
        not_before=r"\b(?:by|this) ",
    ),
)
