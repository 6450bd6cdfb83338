"""Whatever else can be said to happen."""

from forecasts.language.categories.authorities import AGENCIES, OCHA
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, NEUTRAL, STRONG

_KEYWORDS = {
    DECISIVE: """
        astronaut*, champions league, clinical trial*, constitutional court, cosmonaut*, court ruling, crew
        capsule, crewed mission, criminal trial, cup final, deorbit*, docking port, drug cartel*, drug
        smuggling, drug trafficking, dry season, el nino, electricity generation, fixture list, free press,
        global temperature*, global warming, goalkeeper*, grand prix, heat wave*, heatwave*, hurricane*,
        hydropower, ice sheet*, international space station, internet shutdown, knockout stage*, la nina,
        lander, landfall, launch pad, launch site, launch window, law enforcement, life sentence, liftoff,
        lunar, make landfall, midfielder*, monsoon season, moon landing, moon mission*, nasa, national hurricane
        center, national weather service, olympic*, orbit*, play off*, playoff*, power generation, premier
        league, press freedom, quarter final*, quarterfinal*, rail link, resupply mission*, rocket launch*,
        rover, sea level*, semi final*, semifinal*, space agency, space mission*, space station, spacecraft,
        spacex, stand trial, storm surge*, super bowl, transfer window, transport link, transport links,
        tropical depression*, tropical storm*, turning point*, typhoon*, warming, weather service, world
        championship*, world cup
    """,
    STRONG: """
        airline*, airlines, album*, appeal court, arrest*, artificial intelligence, asteroid*, athlete*, audio,
        audit*, bail, box office, cargo ship*, cartel*, charged with, chips, citizenship, civil servants, coach,
        comet*, concert*, concussion, corruption, court, crime, crime rate, curfew, dam, detain*, drug*,
        environment*, exam*, festival, fifa, film*, flights, football, forecast track, forecasters, glacier*,
        greenhouse gas*, gusts, hamstring, homicide*, hydroelectric, imprison*, inches of rain, injur* ~ season,
        innings, inquiry, internet, investigat*, irrigation, jail*, journalist*, judge, judicial, justice, knee
        injury, landlocked, lawyer*, league, matches, medal*, meteorolog*, mph, murder*, museum*, narco*,
        narcotic*, on loan, online, pilgrim*, police investigation, prosecut*, railway line, railway*,
        reputation, reservoir, rovers, ruling, satellite*, season opener, sentenc*, sharia, shutdown,
        smartphone*, smuggl*, social media, software, squad, stadium, storm*, striker, students, supreme court,
        sustained winds, teachers, technology, telescope*, temperature*, test match, tournament*, traffic,
        traffick*, train service*, transfer fee, trial, uefa, universities, vaccine trial*, verdict, visas,
        visas issued, wicket*, winger
    """,
    FAIR: """
        carbon, climate, court case, credibility, culture, emissions, identity, injury, judges, match, player,
        players, project, rail, rain, snow*, transport*, weather, winds, youth
    """,
    NEUTRAL: """
        a captured, after the coup, aid agenc*, aid group*, aid official*, aid organisations, aid organizations, aid
        worker*, ammunition shortage*, armed forces, army chief, army commander*, army spokesman, at least, at war,
        attack on human, attorney general, battle of, captured pilot*, captured soldier*, chief of staff, civil
        society, civil war that, coalition forces, coalition partner*, cold war, commissioner for refugees,
        conference call, conflict affected, conflict hit, conflict monitor, conflict ridden, conflict torn, coup
        anniversary, coup leader*, crisis group, defence analyst*, defence forces, defence minister, defence
        ministry, defence ministry spokes*, defence secretary, defense analyst*, defense minister, defense
        secretary, democratic forces, doctors without borders, during the war, economic zone, end up, energy
        minister, fall apart, fall short, five month old war, flow of water, foreign minister, foreign ministry,
        foreign policy, former rebels, free movement, front page, government forces, government of national, gulf of
        aden, health minister, health ministry, health official*, high commissioner for refugees, human rights,
        human rights watch, humanitarian actors, humanitarian agencies, humanitarian chief, humanitarian
        coordinator, humanitarian official*, humanitarian organisations, humanitarian organizations, humanitarian
        partners, humanitarian workers, hunger strike, in response to, in the war, independence day, institute for
        the study of war, interior minister, international airport, international crisis group, international
        migration, international organization for migration, islamic state, israel defence forces, israel defense
        forces, israeli defence forces, junta leader*, land border, last fall, led coalition, liberation army,
        liberation front, liberation movement, local media, manpower shortage*, media briefing, media conference,
        media reports, military analyst*, military attache, military chief, military chiefs, military commander*,
        military council, military expert*, military government, military intelligence, military junta, military
        leaders, military official*, military ruler*, military source, military sources, military spokesman,
        military wing, ministry of defence, ministry of defense, ministry of foreign affairs, national army,
        national liberation, national security, national security adviser, national security advisor, national
        security council, national unity government, news briefing, news conference, next fall, no response, nobel
        peace, opposition leader said, organisation for migration, organization for migration, peace corps, peace
        laureate, peace prize, peace research, police chief, police chief*, police said, political analyst*,
        political scientist*, post war, power sharing, president, press briefing, press conference, prewar, prime
        minister, rapid support forces, red sea, refugee agency, refugee camp*, refugee settlement*, relief agency,
        revolutionary guard*, river water*, saudi led coalition, secretary general, secretary of state, security
        analyst*, security expert*, security forces, since the coup, since the war, since ~ war erupted, special
        representative, special representative of the, state department, state media, state television, strike a
        balance, study of war, take effect, take part, take place, take steps, take time, takes effect, talks about,
        terrorist groups, the fall, this fall, to deal with, trade fire, transitional military, troop shortage*,
        turning point in, two year war, u n spokesman, un experts, un official*, un security analysts, un spokesman,
        un spokesperson, under control, united nations said, video link, vote of thanks, war monitor, war on, war
        ravaged, war since, war torn, water to flow, water treaty, waters treaty, will deal, world health
        organization, would deal, year long war, years of war
    """,
}

_EXAMPLES = (
    "The court will hear the appeal.",
    "The dam will supply four cities.",
    "Flights will resume on Sunday.",
)

_TEMPLATES = (
    Template(
        key="other-event",
        label="Somebody does something, in a place",
        title="{actor} {object} in {place} by {day}",
        criteria="YES if {actor} {object} in {place}.",
        fine_print="An attempt or an announcement does not count: it must take place.",
        authorities=(AGENCIES, OCHA),
        blanks=("actor", "object", "place"),
    ),
)

CATEGORY = Category(
    key="other",
    label="other",
    place=1000,
    precedence=1000,
    icon="M6 1a5 5 0 1 0 .01 0ZM6 3a3 3 0 1 1-.01 0Z",
    colour=("#6b7075", "#9aa1a7"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
