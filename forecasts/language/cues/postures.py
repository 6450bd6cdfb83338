"""Where somebody stands: close to it, on alert, on the way, worried, resolved, with a term that runs on."""

from forecasts.language.cues.pieces import ADV, AHEAD, BE_NOW, DAY, DEGREE, EVENT, VERB
from forecasts.language.cues.rule import Rule

_MEETING = (
    r"(?:meetings?|sessions?|summits?|talks|elections?|votes?|polls|referendum|protests?|rall(?:y|ies)|strikes?|"
    r"conference|hearing|march|drills|exercises|consultations|debate)"
)
_YEAR = r"20(?:2[4-9]|[3-9]\d)"

POSTURES = (
    Rule(
        "close to doing",
        "close closer near nearer",
        r"(?:close|near)(?:r)? to (?:\w+ly )?(?!building|crossing|landing|fighting|shelling|beijing|nothing|being "
        r"(?:a|an|the)\b)[a-z]+ing\b",
        ("The army is close to completing the wall.", "The two sides are closer to signing than ever."),
        ("The camp is close to the crossing.", "They were close to drowning.", "The post is close to fighting."),
        before=rf"{BE_NOW}(?:{ADV})?{DEGREE}",
    ),
    Rule(
        "on alert for",
        "alert standby guard",
        r"(?:alert|standby|guard) (?:for|over|against|to|in case|ahead of|amid fears)\b",
        ("Towns downstream are on high alert for flooding.", "A second brigade is on standby to deploy."),
        ("They were on alert for hours before the raid.", "He kept guard over the gate."),
        before=r"\bon (?:a |the |its |their )?(?:high|full|maximum|heightened|red|constant)? ?",
        bars=r"\b(?:was|were|had been)\b.{0,30}\bon (?:\w+ )?(?:alert|standby|guard)",
    ),
    Rule(
        "on the way",
        "way route bound headed",
        r"(?:(?<=on its )|(?<=on their )|(?<=on his )|(?<=on her )|(?<=on the ))way (?:to|from|towards?|in)\b|(?<=en )"
        r"route (?:to|from)\b|bound for\b|headed (?:to|for|towards?)\b",
        ("Three frigates are on their way to the strait.", "A delegation is en route to the capital."),
        ("He was on his way to school.", "The road is the only way to the port."),
        before=rf"{BE_NOW}(?:{ADV})?(?:already |now |reportedly )?(?:on (?:its|their|his|her|the) |en )?",
    ),
    Rule(
        "well placed to",
        "position placed positioned",
        rf"(?:position|placed|positioned) to (?:{ADV})?{VERB}",
        ("The rebels are in a strong position to take the port.", "The bloc is well placed to mediate."),
        ("They are in no position to object.", "Guns were positioned to hit the road."),
        before=r"\b(?:in an? (?:\w+ )?(?:good|better|strong|stronger|unique|ideal|comfortable) |(?:is|are|'re|remains?|"
        r"now) (?:well[ -]|better[ -]|uniquely |ideally |already )?)",
        not_before=r"\b(?:was|were|not|no|had been|been) (?:\w+ )?",
    ),
    Rule(
        "sets the conditions",
        "setting set sets creating laying lays lay lying",
        r"(?:sett?(?:ing|s)?|creating|lay(?:ing|s)?) (?:the |favou?rable |informational? |necessary )*(?:conditions|"
        r"groundwork|foundations?|ground) (?:for|to)\b",
        ("The army is setting conditions for a wider offensive.", "The visit lays the groundwork for a treaty."),
        ("He set out the conditions of the loan.", "They were laying the foundation of a school."),
        not_before=r"\b(?:had|was|were) (?:\w+ly )?",
    ),
    Rule(
        "put off until",
        "extended extends extend extending renewed renews renew renewing prolonged postponed postpones postponing "
        "delayed delaying pushed pushing "
        "moved rescheduled adjourned suspended deferred closed",
        r"(?:extend(?:ed|s|ing)?|renew(?:ed|s|ing)?|prolonged|postpon(?:ed|es|ing)|delay(?:ed|ing)|push(?:ed|ing)|"
        r"moved|rescheduled|"
        rf"adjourned|suspended|deferred|closed)(?: back| off)?(?: [\w'-]+){{0,9}}? (?:until|till|to|through|for) "
        rf"(?:at least |after |early |late |the end of |(?:{DAY}),? )*(?:{_YEAR}\b|{AHEAD}|further notice|(?:another|"
        rf"an additional|a "
        rf"further|one|two|three|six|twelve|12|18) (?:[\w-]+ )?(?:days|weeks|months|years?)\b|(?:{DAY})(?="
        r"[,.;:]|$)|after the\b)",
        (
            "The transition was extended until February 2027.",
            "The vote has been postponed to next year.",
            "The airport is closed until further notice.",
        ),
        ("The siege was extended until the army left.", "He moved to the city.", "It had been delayed until Friday."),
        not_before=r"\bhad (?:been )?(?:\w+ )?",
        bars=r"\b(?:years|months|weeks) ago\b",
        about="before",
    ),
    Rule(
        "as soon as a day",
        "soon early",
        rf"(?:soon|early) as (?:{DAY}(?! (?:19|20)\d\d)|next|this (?:week|weekend|month|year|summer|winter|spring|"
        rf"autumn|fall)|today|tonight|tomorrow|{_YEAR})\b",
        ("Commanders worry about a landing as soon as 2027.", "The convoy rolls as early as Monday."),
        ("They met as early as May 2014.", "It came as soon as he left."),
        before=r"\bas ",
        kind="time",
        bars=r"\b(?:was|were|had|did|began|started|met)\b(?!.{0,40}\b(?:expected|due|set|could|would|may|might)\b)",
    ),
    Rule(
        "worried about somebody doing",
        "worried worry worries concerned concern concerns fearful afraid wary nervous anxious",
        r"(?:worr(?:ied|y|ies)|concern(?:ed|s)?|fearful|afraid|wary|nervous|anxious) (?:about|over|of|that) "
        r"(?:[\w'-]+ ){1,5}?(?:attacking|invading|launching|seizing|returning|losing|collapsing|spreading|escalating|"
        r"resuming|becoming|breaking|falling|taking|using|spilling|exploiting|interfering|unravell?ing|turning|"
        r"pulling out|withdrawing|expanding)\b",
        ("Admirals are worried about the navy attacking the island.",),
        ("She is worried about her brother.", "He was worried about prices."),
        not_before=r"\bhad (?:\w+ )?",
    ),
    Rule(
        "resolute in",
        "resolute steadfast unwavering unyielding relentless undeterred defiant adamant hellbent",
        r"(?:(?:resolute|steadfast|unwavering|unyielding|relentless|undeterred|defiant) (?:in (?:\w+ )?[a-z]+ing|"
        r"in (?:its|their|his|her) (?:\w+ )?(?:determination|resolve|commitment|intention|refusal))|adamant (?:in|"
        r"about|on) [a-z]+ing|hellbent on)\b",
        ("The junta remains resolute in pursuing its offensive.", "He is steadfast in his refusal."),
        ("She was a steadfast friend.", "The defiant crowd sang."),
    ),
    Rule(
        "being prepared",
        "being consideration discussion works making negotiation",
        r"(?:being (?:considered|planned|prepared|discussed|drafted|finali[sz]ed|weighed|arranged|readied|mulled|"
        r"organi[sz]ed|drawn up|negotiated|lined up|worked out)|(?<=under )(?:consideration|discussion|negotiation)|"
        r"(?<=in the )(?:works|making))\b(?! of\b)",
        ("A further convoy is being prepared.", "New sanctions are in the works.", "A pullout is under discussion."),
        ("The plan was being discussed when the bomb fell.", "It was in the making for years."),
        before=rf"{BE_NOW}(?:{ADV})?(?:already |now |still |also |currently |reportedly )?(?:under |in the )?",
        about="before",
    ),
    Rule(
        "plans are under way",
        "plans preparations moves work arrangements steps planning",
        rf"(?:plans|preparations|moves|arrangements|steps|work|planning) (?:is|are) (?:\w+ )?(?:under ?way|afoot|in "
        rf"place|being made|in hand|in motion) (?:to (?:{ADV})?{VERB}|for\b)",
        ("Plans are under way to evacuate the town.", "Moves are afoot to oust him."),
        ("The plans were under way when he died.", "Efforts are under way to put out the fire."),
    ),
    Rule(
        "calls a meeting for a day",
        "called calls convened convenes announced announces organised organized summoned invited invites",
        rf"(?:call(?:s|ed)?|conven(?:es|ed)|announce[ds]|organi[sz]ed|summoned|invite[ds])(?: [\w'-]+){{0,7}}? "
        rf"{_MEETING}(?: [\w'-]+){{0,5}}? (?:for|on|to|in) (?:the )?"
        rf"(?:{AHEAD}|(?:{DAY})(?=[,.;:]|$| (?:to|over|in|at)\b))",
        ("The council has called an emergency meeting for Monday.", "The party announced protests for next week."),
        ("He called the meeting a failure on Monday evening.", "They held a meeting on Monday."),
        not_before=r"\b(?:had|so-|was|were|he|she) ",
        bars=r"\b(?:called|calls) for\b",
    ),
    Rule(
        "announced for a day",
        "announced called fixed organised organized convened",
        rf"(?:announced|called|fixed|organi[sz]ed|convened) (?:for|on) (?:the )?(?:{AHEAD}|(?:{DAY})(?=[,.;:]|$))",
        ("A strike has been announced for 18 February.", "An emergency session is called for Monday."),
        ("It was announced on Monday.", "They called for calm on Monday."),
        before=r"\b(?:strike|protests?|rally|election|elections|vote|session|meeting|summit|march|referendum|polls) "
        r"(?:has been|have been|is|are) (?:also |now )?",
        about="before",
    ),
    Rule(
        "deadline ahead",
        "deadline expiry expiration cutoff",
        r"(?:deadline|expiry|expiration|cut-?off)\b(?! (?:passed|expired|lapsed))",
        ("The brigade is pulling back before a year-end deadline.",),
        (
            "Troops were withdrawn ahead of the deadline.",
            "The deadline passed.",
            "Arrests began hours before the deadline.",
        ),
        before=rf"\b(?:ahead of|before|by|prior to) (?:an? |the |its |their |this )?(?:(?:{DAY}) |[\w-]+ ){{0,2}}",
        bars=r"\b(?:was|were|had|did|missed|passed)\b|\b(?:hours|days|minutes) before\b",
        kind="time",
    ),
    Rule(
        "expected rise",
        "expected projected anticipated predicted feared impending planned estimated pending proposed",
        r"(?:(?:expected|projected|anticipated|predicted|feared|planned) (?:[\w-]+ ){0,2}?(?:rise|increase|surge|"
        r"influx|shortfall|deterioration|decline|spike|cuts?|closures?|reductions?|expansion|deportations?|launch|"
        r"transfer|displacement)\b|estimated to (?:rise|reach|grow|increase|double|exceed|face|need|fall|require|"
        r"affect|hit|cost|last|take)\b|"
        r"pending (?:the |a |an |final |further )?(?:drawdown|withdrawal|approval|ratification|decision|outcome|"
        r"results?|transfer|vote|elections?|closure)\b)",
        ("Agencies stocked food for the projected rise in arrivals.", "Needs are estimated to double by June."),
        ("Losses were as expected, rising daily.", "The trial is pending.", "The town is estimated to hold 9,000."),
        not_before=r"\b(?:had|was|were|than|as) (?:\w+ )?",
        kind="frame",
    ),
    Rule(
        "a growing threat",
        "pose poses posing",
        r"pos(?:e|es|ing) (?:an? |the )?(?:\w+ )?(?:growing|increasing|increasingly \w+|mounting|imminent|looming|"
        r"long-term|further|new) (?:[\w-]+ )?(?:threats?|risks?|dangers?|challenges?)\b",
        ("The militia poses a growing threat to shipping.",),
        ("They posed for the camera.", "The group posed a growing threat then."),
    ),
    Rule(
        "vulnerable to",
        "vulnerable susceptible prone exposed",
        rf"(?:vulnerable|susceptible|prone|exposed) to (?:[\w'-]+ ){{0,3}}?(?:{EVENT}|expansion|capture|drone|missile|"
        r"encirclement|blackmail)",
        ("The pocket is vulnerable to encirclement.",),
        ("Children are vulnerable to cold.", "The town was vulnerable to attack."),
        before=rf"(?:{BE_NOW}|\bleav(?:es?|ing) (?:[\w'-]+ ){{1,4}}?)(?:{ADV})?(?:also |highly )?",
    ),
    Rule(
        "the road ahead",
        "ahead await awaits corner nearer closer near go",
        r"(?:(?:(?<=road )|(?<=path )|(?<=times )|(?<=battles )|(?<=challenges )|(?<=battle )|(?<=fight )|(?<=steps )|"
        r"(?<=risks )|(?<=winter ))ahead|(?:(?<=future )|(?<=fate )|(?<=test ))awaits?|(?<=challenges )await|"
        r"(?<=round the )corner|(?:(?<=draws )|(?<=draw )|(?<=drawing ))(?:nearer|near|closer)|(?<=way to )go)"
        r"(?=[,.;:!\"')]|$| (?:for|in|as|if|until|and|"
        r"before|but)\b)",
        ("A long road lies before them, with hard battles ahead.", "Elections are just around the corner."),
        ("He went ahead.", "A man stood at the corner.", "She went to the corner and waited."),
        bars=r"\b(?:street corner|stood|was killed)\b",
        about="before",
    ),
    Rule(
        "should, of an outcome",
        "should",
        r"should (?:also |now |then |help |eventually )*(?:bring|allow|lead|help|ease|open|pave|mean|result|see|enable|"
        r"reduce|improve|restore|boost|clear|contribute|put an end|give)\b",
        ("The accord should bring a halt to the raids.", "The pause should allow aid to reach the north."),
        ("The council should bring them to trial.", "Both sides should give way."),
        before=r"\b(?:deal|agreement|accord|truce|cease-?fire|pause|step|move|measures|package|lifting|withdrawal|"
        r"arrival|release|breakthrough|treaty|pact|shipments?|rains?|funds?|decision) ",
    ),
    Rule(
        "offers to",
        "offer offers offered offering",
        rf"offer(?:s|ed|ing)? to (?:{ADV})?{VERB}",
        ("The emirate has offered to mediate.", "Both banks offered to hold a meeting."),
        ("The job offers little.", "He had offered to pay."),
        not_before=r"\b(?:had|an?|the|his|her|its|their|was|were|no) ",
    ),
    Rule(
        "the danger is that",
        "danger fear concern worry risk expectation fears concerns",
        r"(?:danger|fear|concern|worry|risk|expectation|fears|concerns)(?: here| now|"
        r" for [\w']+(?: [\w']+){0,3}?)? (?:is|are) (?:now )?"
        r"that\b(?! (?:[\w'-]+ ){1,6}(?:was|were|had|did)\b)",
        ("The danger is that the war spreads.", "The worry here is that the truce falls apart."),
        ("The danger is that of the sea.", "The concern is that votes were bought."),
        before=r"\b(?:the|a|one|main|biggest|greatest|real|another|growing) ",
        bars=r"is that of\b",
    ),
    Rule(
        "the longer, the harder",
        "longer more further sooner greater deeper",
        r"(?:longer|more|further|sooner|greater|deeper) (?:the |it |this |they |these )[^,;]{3,80}, the (?:more|"
        r"greater|harder|"
        r"less|worse|higher|bigger|longer|fewer|deeper|closer|slimmer|smaller|wider|stronger|weaker)\b",
        ("The longer the war lasts, the harder peace becomes.",),
        ("They stayed longer than planned, the more so as it rained.",),
        before=r"\bthe ",
    ),
    Rule(
        "under a deal, somebody does",
        "under",
        r"under (?:the|a|its|this|that) (?:[\w-]+ ){0,4}?(?:plan|deal|agreement|accord|proposal|roadmap|terms|"
        r"arrangement|"
        r"framework|scheme), [\w' -]{2,40}? (?:releases?|withdraws?|leaves?|pulls?|hands?|frees?|halts?|stops?|opens?|"
        r"returns?|gets?|receives?|gives?|takes?|lifts?|reopens?|ends?|begins?|starts?|keeps?|pays?|surrenders?|"
        r"disarms?|"
        r"disbands?|moves?|allows?)\b",
        ("Under the deal, the army leaves the valley and the clans disarm.",),
        ("Under the deal, prisoners were freed.", "Under the bridge, a boat waits."),
        bars=r"\b(?:was|were|had|did|must)\b",
    ),
    Rule(
        "anyone's guess",
        "guess knows know",
        r"(?:(?:(?<=anyone's )|(?<=anybody's ))guess|knows? (?:what|when|where|how) (?:comes|happens|lies|this|it|the|"
        r"will)\b)",
        ("What happens next is anyone's guess.", "Nobody knows what comes next."),
        ("His guess was right.", "She knows what happened.", "He knows how it works."),
        before=r"\b(?:anyone's|anybody's|nobody|no one|who|few) ",
        about="before",
    ),
    Rule(
        "is sending more",
        "sending deploying dispatching",
        r"(?:sending|deploying|dispatching) (?:an? |another |up to |some |about )?(?:(?:more|additional|extra|further|"
        r"\d[\d,.]*|"
        r"hundreds|thousands|dozens|second|third|new)\b(?: of| more)?)",
        ("The kingdom is sending 500 more troops.", "The bloc is deploying another 200 officers."),
        ("They were sending 20 letters a day.", "Sending more men was hard."),
        before=r"(?:\b(?:is|are|be)|'s|'re)(?: (?:also|now|reportedly))? ",
    ),
    Rule(
        "declares a truce for a time",
        "declared declares declaring imposed imposes",
        r"(?:declar(?:ed|es|ing)|impose[sd]) (?:an? |the )?(?:[\w-]+ ){0,3}?(?:truce|cease-?fire|pause|curfew|"
        r"emergency|lockdown|"
        r"moratorium|mourning|martial law)(?: [\w'.,-]+){0,6}? (?:(?:until|from|through|starting) |"
        r"for (?=(?:[\w-]+ ){1,3}(?:hours?|days?|weeks?|months?|years?)\b|[\w-]+(?:day|week|month)\b))",
        (
            "The army declared a four-month truce in the hills from 21 December.",
            "The junta imposed a curfew until Monday.",
        ),
        (
            "He declared the truce dead.",
            "The curfew was lifted.",
            "The governor declared a state of emergency for 12 of 30 districts.",
        ),
        not_before=r"\bhad ",
        bars=r"\b(?:years|months) ago\b",
    ),
    Rule(
        "hinges on",
        "hinges hinge",
        r"hinges? (?:up)?on\b",
        ("Poll plan hinges on rebel army", "Hope hinges on rains, officials say"),
        ("The door hinges creaked.",),
    ),
    Rule(
        "has massed forces for",
        "massed amassed positioned concentrated gathered assembled deployed",
        r"(?:a?massed|positioned|concentrated|gathered|assembled|deployed)(?: [\w',.-]+){1,6}? (?:for an? |"
        r"ahead of an? |in preparation "
        rf"for )(?:[\w-]+ ){{0,2}}?{EVENT}",
        ("The army has amassed 9,000 men for a renewed offensive.",),
        ("They gathered in the square for a vigil.", "He had massed troops for a raid."),
        before=r"\b(?:has|have) (?:also |now |already )?",
    ),
)
