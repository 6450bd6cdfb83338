"""Likelihoods in numbers, and outlooks without a verb."""

from forecasts.language.cues.rule import Rule

NUMBERS = (
    Rule(
        "a chance in numbers",
        "chance chances probability likelihood odds possibility",
        r"(?:chances?|probability|likelihood|odds|possibility)\b(?! of survival)",
        (
            "The alliance has a 25.8% chance to form a majority.",
            "There is no more than a 10 per cent chance the talks succeed.",
            "The bank sees a one in three chance of a recession.",
        ),
        ("It was a chance in life.", "They gave it a chance."),
        before=(
            r"(?:\d ?%|\d ?per ?cent|\d[ -]percent|\b(?:in|out of) (?:two|three|four|five|six|ten|a hundred|"
            r"\d+)|\beven)"
            r"(?: or (?:more|less|so|higher|better))? (?:[\w-]+ )?"
        ),
        bars=r"\bhad (?:an? )?\d",
    ),
    Rule(
        "the odds are",
        "odds chances probability likelihood",
        r"(?:odds|chances|probability|likelihood)\b(?=(?: [\w'-]+){0,8}? (?:is|are|stands?|stand|remains?) "
        r"(?:that\b|(?:at |about |roughly |around |now |only )*(?:even\b|\d|slim|fifty|one in|two in|three in)))",
        ("Odds are that the bank holds rates.", "The odds of a deal by June are about even."),
        ("The odds were even.", "The chances are gone."),
    ),
    Rule(
        "likely, without a verb",
        "likely unlikely possible expected imminent",
        r"(?:likely|unlikely|possible|expected|imminent)(?=[.!]?$| (?:before|after|by|in|within|this|next|over|"
        r"until) )",
        ("More raids likely.", "Further strikes unlikely before spring."),
        ("More raids were likely.", "Fewer came than expected."),
        before=r"\b(?:more|further|new|fresh|another|heavy|renewed|wider|longer|additional|no) (?:[\w'-]+ ){1,4}",
        bars=r"\b(?:is|are|was|were|be|been|will|would|has|have|had|may|might|could|seems?|looks?|remains?|as|than|that)\b",
        about="before",
    ),
    Rule(
        "a scenario with its number",
        "scenario case",
        r"(?:scenario|case)\b(?=[^.;]{0,80}\(\d{1,3}(?: ?[-–] ?\d{1,3})? ?(?:%|per ?cent))",
        ("Scenario 2: Negotiated truce (30%).", "The scenario of a long war (55%) remains the likeliest."),
        ("The scenario was discussed.", "In that case (30 people) nobody came."),
    ),
    Rule(
        "is remote",
        "remote",
        r"remote(?=[,.;:!]|$| but| and| unless| as| if| before| this| for now)",
        ("A breakthrough is remote.",),
        ("The village is remote and poor.", "The station was remote."),
        before=r"\b(?:breakthrough|deal|agreement|peace|truce|ceasefire|war|return|prospects?|chances?|settlement|coup|victory)"
        r" (?:is|are|remains?|looks?|seems?) (?:\w+ )?",
        about="before",
    ),
    Rule(
        "is seen doing",
        "seen",
        r"seen (?!by\b)(?:to )?(?:[a-z]{3,}ing|rise|fall|grow|hold|cut|reach|win|lose)\b",
        ("The central bank is seen cutting its rate in June.", "Growth is seen to fall next year."),
        ("He was seen leaving the town.", "The convoy was seen near the river."),
        before=r"\b(?:is|are) ",
    ),
)
