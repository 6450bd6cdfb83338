"""Steps on their way: forces gathering, dates set, terms agreed, work in progress."""

from forecasts.language.cues.pieces import ADV, AHEAD, DAY, EVENT, VERB
from forecasts.language.cues.rule import Rule

_FORCES = (
    r"(?:troops?|forces?|fighters?|soldiers|tanks|armou?r|warships|reinforcements|units|weapons|equipment|men|"
    r"militias?|reservists|reserves|artillery|aircraft)"
)

STEPS = (
    Rule(
        "is working on",
        "working finalising finalizing drafting negotiating exploring discussing examining",
        r"(?:working (?:on|to finali[sz]e|to agree|towards?|out)|finali[sz]ing|drafting|exploring|discussing|"
        r"examining) "
        r"(?:[\w-]+ ){0,4}?(?:plans?|package|proposals?|dates?|deal|draft|response|framework|resolution|"
        r"options?|agreement|"
        r"deployment|sanctions|terms|possibility|extension|details|mechanism|ways)\b",
        ("The bloc is working on a new package of sanctions.",),
        ("The men were working on a deal when it rained.", "He spent his life working on boats."),
        before=r"\b(?:is|are|'s|'re) (?:also |now |currently |still |reportedly |actively )?",
    ),
    Rule(
        "an event on the calendar",
        "scheduled upcoming forthcoming planned impending proposed expected",
        r"(?:scheduled|upcoming|forthcoming|planned|expected) (?:[\w-]+ ){0,2}?(?:meetings?|elections?|votes?|"
        r"polls|summits?|"
        r"visits?|talks|referendum|conference|session|round|trip|deployment|drills|exercises|offensive|arrival|"
        r"release|"
        r"handover|withdrawal|pullout|hearing|trial)\b",
        ("His visit includes a scheduled meeting with the envoy.", "The upcoming elections divide the party."),
        ("The scheduled flight left on Monday.", "The army had wrongly expected the offensive."),
        not_before=r"\b(?:had|has|have) (?:\w+ly )?",
        bars=r"\b(?:cancelled|canceled|postponed|called off|skipped|scrapped)\b",
        kind="frame",
    ),
    Rule(
        "was going to, as reported",
        "going",
        rf"going to (?:{ADV})?{VERB}",
        ("The alliance announced that it was going to deploy more soldiers.",),
        ("He said he was going to resign but changed his mind.",),
        before=r"\b(?:was|were) (?:not )?",
        needs=r"\b(?:said|announced|told|confirmed|warned|added|reported)\b",
        bars=r"\bbut\b|\bhad\b|\bago\b|\bthought\b",
    ),
    Rule(
        "there is to be",
        "to",
        r"to be (?:an?|no|another|more|the|further)\b",
        ("There is to be an exchange of views on both drafts.",),
        ("There had to be a way out.",),
        before=r"\bthere (?:is|are|'s) ",
    ),
    Rule(
        "is coming",
        "coming approaching approaches nears nearing looming beckons",
        r"(?:coming|approach(?:ing|es)|near(?:s|ing)|beckons)(?=[,.;!\"')]|$| (?:soon|fast|and|but|as|while|with|"
        r"to an end|to a close|its end|their end|an end|a close|completion|expiry|breaking point|collapse|agreement))",
        (
            "War is coming, residents say.",
            "With winter approaching, families need tents.",
            "The truce is nearing its end.",
        ),
        ("He saw them coming.", "Who was coming?", "Soldiers were approaching."),
        before=(
            r"\b(?:is|are|'s|'re|winter|season|deadline|rains|election|elections|famine|storm|anniversary|date|"
            r"expiry|"
            r"truce|mandate|conference|vote) (?:is |are )?(?:\w+ly |now |also |fast )?"
        ),
        not_before=r"\b(?:where|who) (?:\w+ ){0,2}?(?:is|are) ",
        about="before",
    ),
    Rule(
        "is approaching",
        "approaching nearing",
        r"(?:approaching|nearing) (?!\d)[\w'’-]+",
        ("The stockpile is quickly approaching weapons grade.", "Camps are nearing capacity."),
        ("Soldiers were approaching the town.", "With winter over, those nearing the gate were searched."),
        before=r"(?:\b(?:is|are|now)|'s|'re)(?: (?:\w+ly|fast|now|also|already))? ",
        not_before=r"\b(?:who|where) (?:\w+ ){0,2}?(?:is|are) ",
    ),
    Rule(
        "forces gather",
        "massing assembling amassing mobilising mobilizing mobilises mobilizes readying readies gathering "
        "concentrating "
        "masses amasses assembles regrouping reinforcing positioning stockpiling rearming closing closes eyes "
        "digging",
        rf"(?:(?:massing|assembling|amassing|mobili[sz]ing|mobili[sz]es|gathering|concentrating|masses|amasses|"
        rf"assembles|"
        rf"reinforcing|positioning)(?: [\w'-]+){{0,4}}? {_FORCES}\b(?=.{{0,60}}\b(?:for|ahead of|near|at|on|"
        rf"along|around|"
        rf"outside|before|close to|opposite|to {VERB}))"
        rf"|(?:readying|readies|regrouping|stockpiling|rearming)(?: [\w'-]+){{0,5}}? (?:for|to|ahead of|{EVENT})\b"
        rf"|readies (?:[\w'-]+ ){{0,3}}?{EVENT}|clos(?:ing|es) in on\b|digging in (?:for|ahead)\b"
        r"|eyes (?:[\w'-]+ ){0,4}?(?:meeting|deal|talks|capital|offensive|return|expansion|withdrawal|sanctions|"
        r"truce|next))",
        (
            "The army is massing troops ahead of an assault on the town.",
            "Both sides are digging in for a long war.",
            "The rebels are closing in on the capital.",
            "President eyes meeting with rebel chief",
        ),
        (
            "The army massed troops there last year.",
            "Crowds were gathering in the square.",
            "She closed her eyes.",
            "He is assembling furniture.",
        ),
        not_before=r"\b(?:was|were|had been|his|her|their|of|the) ",
    ),
    Rule(
        "the next step",
        "next",
        r"next (?:round|session|phase|step|stage|steps|meeting|hearing|summit|move|up|election|elections|briefing)"
        r"(?: (?:of|in|for)(?: [\w'-]+){1,5}?)?(?:,? [–—-][^–—]{1,50}[–—-])? (?:is|are|comes?|includes?|involves?|"
        r"envisages?|foresees?|requires?|starts?|begins?|calls? for)\b|next year's (?:elections?|vote|polls|summit)",
        (
            "The next round of talks is in the capital.",
            "The next step is a referendum.",
            "The next phase – which has not begun – includes the disarmament of the militia.",
        ),
        ("The next round was cancelled.", "They lived next to the camp."),
    ),
    Rule(
        "up for renewal",
        "renewal",
        r"renewal\b",
        ("The mandate is up for renewal in October.",),
        ("The renewal was contested.",),
        before=r"\b(?:is|are|comes|come|due) (?:up )?for ",
        about="before",
    ),
    Rule(
        "planned date",
        "scheduled planned due expected slated set",
        rf"(?:scheduled|planned|due|expected|slated|set)(?: to [a-z]+)? (?:for|on|in|by)?(?: the)? ?(?:early |"
        rf"late |mid-?|"
        rf"later in )?(?:{DAY}|20\d\d|{AHEAD})\b",
        (
            "The election, scheduled for December 27, 2025, is contested.",
            "The withdrawal, expected in 2026, divides the party.",
        ),
        ("The vote, scheduled for May but postponed, never took place.", "They met in May as planned."),
        before=r"\b(?!was |were |been |as |than |he |she |they )[\w'-]+(?:,|\"|\)| (?:tentatively|now|currently|"
        r"also))? ",
        not_before=(
            r"\b(?:was|were|been|as|than|had|have|has|"
            r"he|she|they|who|first|initially|originally|once) (?:\w+ly |also |not )?"
        ),
        bars=r"\b(?:postponed|cancelled|canceled|delayed|never|ago|last (?:week|month|year))\b",
        about="before",
    ),
    Rule(
        "a date is set",
        "set sets setting fixed announced announces named names fixes delays delay postpones puts",
        rf"(?:sets?|fixes|names|announces) (?:[\w-]+ ){{0,2}}?(?:election|poll|summit|vote|new|trial|"
        rf"referendum) (?:dates?|"
        rf"timetable|timeline)\b|(?:delays?|postpones?|puts off) (?:[\w-]+ ){{0,2}}?(?:elections?|vote|polls|talks|"
        rf"summit|"
        rf"decision|withdrawal|pullout|release)\b|(?:sets?|setting|fixed|announced|announces|named|"
        rf"names)(?: [\w'-]+){{0,2}}? ?(?:a date|the date|"
        rf"{DAY}|as the date)"
        r"(?: [\w'-]+){0,3}? (?:for|as)\b(?=.{0,60}\b(?:election|elections|vote|poll|polls|referendum|talks|"
        r"summit|date|round|"
        r"hearing|trial|withdrawal|start|ceasefire)\b)|(?:set|fixed) as the date\b",
        (
            "Junta sets Dec 28 as the date for elections",
            "25 January has been set as the date for the vote.",
            "Junta sets election date",
            "President postpones polls again",
        ),
        ("The clock was set at noon.",),
        not_before=r"\b(?:had|was) ",
    ),
    Rule(
        "decides to",
        "decide decides decided deciding decision approve approves approved approving authorised authorized "
        "authorises "
        "authorizes orders ordered refuse refuses refused refusing",
        rf"(?:decid(?:e|es|ed|ing) (?:{ADV})?(?:to|not to)|decision (?:not )?to"
        rf"|(?:refuse|refuses|refusing|refused) to) (?:{ADV})?{VERB}(?=.{{0,80}}(?:{DAY}|{AHEAD}|until\b|unless\b|as "
        rf"long as\b|from\b))"
        rf"|(?:decides|(?<=has )decided|(?<=have )decided|(?<=also )decided) (?:not )?to (?:{ADV})?{VERB}"
        rf"|(?:approv(?:e|es|ed|ing)|authori[sz](?:es|ed)) (?:[\w'-]+ ){{0,3}}?(?:plans?|deployment|proposal|"
        rf"takeover|"
        rf"operation|offensive|mission|expansion|sending)\b(?: (?:to|for|of)\b)?",
        (
            "The cabinet has decided to close the border from Monday.",
            "Israel approves plan to take over Gaza City",
        ),
        ("He decided to stay.", "They approved of him.", "The decision surprised her."),
        not_before=r"\b(?:had|was|were) (?:\w+ )?",
    ),
    Rule(
        "an ultimatum",
        "give gives gave given giving",
        rf"(?:give|gives|gave|given|giving) (?:[\w'-]+ ){{1,5}}?(?:until (?:{DAY}|{AHEAD}|noon|midnight|[\w'-]+)|"
        r"an? (?:[\w-]+ )?(?:ultimatum|deadline))",
        ("The army has given the militia until Friday to leave.",),
        ("They gave him a coat until dawn broke over us.", "He gave bread to the crowd."),
        bars=r"\bcoat\b|\b(?:years|months|decades) ago\b",
    ),
    Rule(
        "under the terms",
        "provides provide calls envisaging stipulates stipulate outlines includes phased",
        rf"(?:provides? for|calls for|stipulates?|outlines|includes|envisaging)(?: [\w'-]+){{1,7}}? "
        rf"(?:to {VERB}|within \w+ (?:days|weeks|months|hours)|withdrawal|release|deployment|exchange|elections?|"
        rf"in (?:{DAY}|phases|stages))",
        ("The accord provides for the withdrawal of all troops within 60 days.",),
        ("She calls for calm.", "The law requires patience."),
        before=r"\b(?:deal|agreement|accord|plan|roadmap|proposal|truce|ceasefire|draft|resolution|framework|"
        r"phase|text) "
        r"(?:also |which |that )?",
    ),
    Rule(
        "bent on",
        "bent intent capable capability capacity ability stands stand",
        r"(?:(?:bent|intent) on \w+ing\b|capable of \w+ing\b|stands? to (?:lose|gain|benefit|suffer|face|"
        r"inherit|see)\b)",
        ("The group is bent on taking the capital.", "The region stands to lose its last hospital."),
        ("He bent on one knee.", "The stands were empty."),
        before=r"\b(?:is|are|remains?|'s|'re|[\w'-]+) (?:still |also |hell-?|fully )?",
        not_before=r"\b(?:was|were|not|in) (?:\w+ )?",
    ),
    Rule(
        "our refusal",
        "not leaving never",
        r"(?:(?:not|never) (?:leaving|going anywhere|giving up|backing down|surrendering|stopping|accept|surrender|"
        r"retreat|give up|forget|recognise|recognize|abandon)\b)",
        ("“We are not leaving,” the mayor said.", "“We never surrender,” they chanted."),
        ("She never left.", "They were not leaving when the shell hit."),
        before=r"\b(?:we|we're|i|i'm|they|we are|i am) (?:are |am |do |can )?",
    ),
    Rule(
        "poised for",
        "poised looks look looking risked",
        r"(?:poised for|look(?:s|ing)? forward to \w+ing|risked (?:an? |another |further |more )(?:[\w-]+ ){0,3}?"
        rf"(?:{EVENT}))\b",
        (
            "Agencies are poised for thousands of people to flee.",
            "The group looks forward to implementing the truce.",
            "She warned that the enclave risked a new famine.",
        ),
        ("He looked forward.", "They risked their lives."),
        not_before=r"\b(?:was|were|had) ",
    ),
)
