"""Politics, the economy and the courts, and phrases that hold a word of some category by accident."""

from forecasts.language.keywords.levels import DECISIVE, FAIR, STRONG, WEAK

OTHER = {
    DECISIVE: """
        another coup, approval rating*, ballot*, breakdown of ~ authority, cabinet reshuffle, campaign for ~
        election, caretaker government, central bank, coalition government, coalition may, collapse of ~ government,
        collapse of ~ institutions, constitutional amendment*, constitutional bill, constitutional change*,
        constitutional court, constitutional protection*, constitutional referendum, constitutional reform*, cost of
        living, coup from, court ruling, criminal trial, draft constitution, drug cartel*, drug smuggling, drug
        trafficking, early election*, economic growth, election law, election*, electoral calendar, electoral
        commission, electoral law, electricity generation, energy crisis, energy market*, energy price*, exchange
        rate*, extend ~ term, food price inflation, form a coalition, form ~ government, free press, fuel price*,
        funding sources, gas deliver*, gas price*, gas supplies, gdp, go to the polls, government formation, hand
        over power, head of state, hold elections, hold polls, hydropower, impeach*, inflation, interest rate*,
        interim government, internet shutdown, law enforcement, lease, leased, life sentence, local elections,
        mineral deal, minerals deal, national dialogue law, new government, new president, no confidence, oil
        price*, olympic*, opposition part*, parliamentary, political crisis, political part*, political party, poll
        date, polling station*, polls, power generation, power sharing government, presidential, presidential poll,
        press freedom, prime ministerial, public opinion, public support, rail link, re election, reelection,
        referendum*, regime collapse, ruling party, run for president, run off, runoff, second term, snap election*,
        stand again, stand for election, stand for office, stand trial, state collapse, state of the economy, stock
        market, swear in, sworn in, take ~ oath, tariff talks, term in office, third coup, third term, trade
        agreement*, trade deal*, trade talks, transfer power, transition of, transition ~ power, transitional
        council, transitional government, transport link, transport links, turning point*, vote of confidence, voter
        registration, voters, voting day, world cup, world economy
    """,
    STRONG: """
        airline*, airlines, amend*, appeal court, appoint*, arrest*, audio, audit*, autonomy law, bail, be sworn,
        bill, budget, business*, cabinet, campaign trail, candidate*, cartel*, charged with, charter, citizenship,
        civil servants, civilian government, civilian rule, collapse from, commerce, commercial, companies, company,
        constituencies, constituency, corruption, costly, court, crime, crime rate, curfew, currency, dam, debt,
        decree*, democra*, demonstrat*, detain*, drug*, elected, electoral, emergency rule, environment*, exam*,
        festival, financial, flights, football, gas, general strike, governor*, growth, homicide*, human rights law,
        hydroelectric, imports, imprison*, inaugurat*, incumbent, inquiry, interim president, interim prime,
        internet, investigat*, investment, investors, irrigation, jail*, jobs, journalist*, judge, judicial,
        justice, landlocked, law, lawmakers, laws, lawyer*, legislat*, legitimacy, mandate ends, maritime trade,
        market*, mayor*, minerals, mining, mps, murder*, narco*, narcotic*, nationwide strike, new party, oath,
        opposition, opposition leader, pensions, pilgrim*, pipeline*, plebiscite, police investigation, political
        parties, poll, popularity, presidency, prices, prosecut*, prosperity, protest*, railway line, railway*,
        rallies, rally, rare earth*, rebuild*, reconstruction, rent, reputation, reserve currency, reservoir,
        resign*, return to civilian, revenue, rights bill, ruling, ruling coalition, senate, senator*, sentenc*,
        shares, sharia, shutdown, smuggl*, social media, strike action, students, subsid*, succession, successor,
        supreme court, tariffs on, tax, teachers, technology, tender, tenure, term ends, terms would end, theocra*,
        tolls, tourism, traffic, traffick*, train service*, transition, transition period, transitional period,
        trial, turnout, unemployment, universities, verdict, visas, visas issued, wages, workers
    """,
    FAIR: """
        bank, campaigning, chip*, climate, commission, constitutional order, court case, credibility, culture,
        econom*, energy prices in, export, exports, fiscal, government could fall, identity, imf, industry,
        infrastructure, institutions, interim, judges, leadership, loan*, mandate expires, oil, parliament*, party,
        politicians, postpone*, project, rail, reform*, resign, revenue*, rights, salaries, seats, tax*, trade,
        transport*, vote, votes, voting, youth
    """,
    WEAK: """
        constitution*, politic*
    """,
}

OTHER_EXAMPLES = (
    "The trade deal may be dropped.",
    "The dam will supply four cities.",
    "Lawmakers could reject the bill.",
    "The central bank is expected to act.",
    "Flights will resume on Sunday.",
    "The premier will not stand for office.",
)

NEUTRAL = """
    a captured, after the coup, aid agenc*, aid group*, aid official*, aid organisations, aid organizations, aid
    worker*, ammunition shortage*, armed forces, army chief, army commander*, army spokesman, at least, at war,
    attack on human, attorney general, battle of, captured pilot*, captured soldier*, chief of staff, civil society,
    civil war that, coalition forces, coalition partner*, cold war, commissioner for refugees, conference call,
    conflict affected, conflict hit, conflict monitor, conflict ridden, conflict torn, coup anniversary, coup
    leader*, crisis group, defence analyst*, defence forces, defence minister, defence ministry, defence ministry
    spokes*, defence secretary, defense analyst*, defense minister, defense secretary, democratic forces, doctors
    without borders, during the war, economic zone, end up, energy minister, fall apart, fall short, five month old
    war, flow of water, foreign minister, foreign ministry, foreign policy, former rebels, free movement, front
    page, government forces, government of national, gulf of aden, health minister, health ministry, health
    official*, high commissioner for refugees, human rights, human rights watch, humanitarian actors, humanitarian
    agencies, humanitarian chief, humanitarian coordinator, humanitarian official*, humanitarian organisations,
    humanitarian organizations, humanitarian partners, humanitarian workers, hunger strike, in response to, in the
    war, independence day, institute for the study of war, interior minister, international airport, international
    crisis group, international migration, international organization for migration, islamic state, israel defence
    forces, israel defense forces, israeli defence forces, junta leader*, land border, last fall, led coalition,
    liberation army, liberation front, liberation movement, local media, manpower shortage*, media briefing, media
    conference, media reports, military analyst*, military attache, military chief, military chiefs, military
    commander*, military council, military expert*, military government, military intelligence, military junta,
    military leaders, military official*, military ruler*, military source, military sources, military spokesman,
    military wing, ministry of defence, ministry of defense, ministry of foreign affairs, national army, national
    liberation, national security, national security adviser, national security advisor, national security council,
    national unity government, news briefing, news conference, next fall, no response, nobel peace, opposition
    leader said, organisation for migration, organization for migration, peace corps, peace laureate, peace prize,
    peace research, police chief, police chief*, police said, political analyst*, political scientist*, post war,
    power sharing, president, press briefing, press conference, prewar, prime minister, rapid support forces, red
    sea, refugee agency, refugee camp*, refugee settlement*, relief agency, revolutionary guard*, river water*,
    saudi led coalition, secretary general, secretary of state, security analyst*, security expert*, security
    forces, since the coup, since the war, since ~ war erupted, special representative, special representative of
    the, state department, state media, state television, strike a balance, study of war, take effect, take part,
    take place, take steps, take time, takes effect, talks about, terrorist groups, the fall, this fall, to deal
    with, trade fire, transitional military, troop shortage*, turning point in, two year war, u n spokesman, un
    experts, un official*, un security analysts, un spokesman, un spokesperson, under control, united nations said,
    video link, vote of thanks, war monitor, war on, war ravaged, war since, war torn, water to flow, water treaty,
    waters treaty, will deal, world health organization, would deal, year long war, years of war
"""
