"""Who governs: elections, offices, laws, protest."""

from datetime import timedelta

from forecasts.language.categories.authorities import AGENCIES, Authority
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, STRONG, WEAK

_ELECTIONS = Authority(
    "elections",
    "IFES Election Guide",
    "https://www.electionguide.org/",
    "updated about 3 days after a vote",
    timedelta(days=7),
)

_KEYWORDS = {
    DECISIVE: """
        another coup, approval rating*, ballot*, breakdown of ~ authority, cabinet reshuffle, campaign for ~
        election, caretaker government, coalition agreement*, coalition government, coalition government*,
        coalition may, coalition partner, collapse of ~ government, collapse of ~ institutions, constitutional
        amendment*, constitutional bill, constitutional change*, constitutional protection*, constitutional
        referendum, constitutional reform*, coup from, draft constitution, early election*, election law,
        election*, electoral calendar, electoral commission, electoral law, extend ~ term, final results, form a
        coalition, form a government, form a majority, form ~ government, go to the polls, government formation,
        hand over power, head of state, hold elections, hold polls, impeach*, interim government, local
        elections, majority government, minority government, national dialogue law, new government, new
        president, no confidence, opposition part*, parliamentary, political crisis, political part*, political
        party, poll date, polling station*, polls, power sharing government, presidential, presidential poll,
        prime ministerial, public opinion, public support, re election, reelection, referendum*, regime
        collapse, ruling party, run for president, run off, runoff, second term, snap election*, stand again,
        stand for election, stand for office, state collapse, swear in, sworn in, take ~ oath, term in office,
        third coup, third term, transfer power, transition of, transition ~ power, transitional council,
        transitional government, vote count, vote of confidence, voter registration, voters, voting day
    """,
    STRONG: """
        amend*, appoint*, autonomy law, be sworn, bill, cabinet, campaign trail, candidate*, charter, civilian
        government, civilian rule, collapse from, constituencies, constituency, decree*, democra*, demonstrat*,
        elected, electoral, emergency rule, general strike, governor*, human rights law, inaugurat*, incumbent,
        interim president, interim prime, law, lawmakers, laws, legislat*, legitimacy, mandate ends, mayor*, mps,
        nationwide strike, new party, oath, opposition, opposition leader, plebiscite, political parties, poll,
        popularity, presidency, protest*, rallies, rally, resign*, return to civilian, rights bill, ruling
        coalition, senate, senator*, strike action, succession, successor, tenure, term ends, terms would end,
        theocra*, transition, transition period, transitional period, turnout
    """,
    FAIR: """
        campaigning, commission, constitutional order, government could fall, institutions, interim, leadership,
        mandate expires, parliament*, party, politicians, postpone*, reform*, resign, rights, seats, vote, votes,
        voting
    """,
    WEAK: """
        constitution*, politic*
    """,
}

_EXAMPLES = (
    "Lawmakers could reject the bill.",
    "The premier will not stand for office.",
    "A snap election may follow.",
    "The transitional council will hand over power in May.",
    "Voters are expected to back the new constitution.",
    "The cabinet is likely to resign.",
)

_TEMPLATES = (
    Template(
        key="politics-election",
        label="A national election is held",
        title="A national election is held in {place} by {day}",
        criteria="YES if {source} report that polling stations in {place} opened to voters in a national election.",
        fine_print=(
            "A national election means one of a head of state or of a national parliament, or a national referendum. "
            "Early voting abroad alone, and local elections, do not count. Whether it is free does not matter."
        ),
        authorities=(AGENCIES, _ELECTIONS),
        days=90,
    ),
    Template(
        key="politics-office",
        label="Somebody leaves office",
        title="{actor} leaves office in {place} by {day}",
        criteria="YES if {source} report that {actor} no longer holds the office held in {place} at the opening.",
        fine_print=(
            "Leaving means resignation, dismissal, defeat with the handing over of the office, overthrow or death. An "
            "announced resignation counts when it takes effect. Leave, illness and travel do not count."
        ),
        authorities=(AGENCIES,),
        blanks=("actor", "place"),
        days=90,
    ),
)

CATEGORY = Category(
    key="politics",
    label="politics",
    place=80,
    precedence=80,
    icon="M6 .5 12 3.5v1H0v-1ZM1 5.5h2V10H1ZM5 5.5h2V10H5ZM9 5.5h2V10H9ZM0 10.75h12V12H0Z",
    colour=("#000000", "#ffffff"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
