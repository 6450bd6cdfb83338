"""Need, and the lives that it costs."""

from forecasts.language.categories.authorities import IPC, OCHA
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, STRONG, WEAK

_KEYWORDS = {
    DECISIVE: """
        access to food, access to health, access to water, acute food, aid convoy*, aid corridor*, aid deliver*, aid
        drop*, aid flotilla, aid lifeline, aid supplies, aid workers would, airdrop*, bodies, cash assistance,
        cholera, civilian casualties, civilian deaths, civilian harm, civilian lives, clean water, cut rations,
        death toll, dengue, desperate need, disease outbreak*, drinking water, ebola, emergency assistance,
        emergency food, emergency levels of, famine*, feed ~ people, flash flood*, food aid, food and fuel, food and
        medicine, food and water, food assistance, food crisis, food insecure, food insecurity, food prices, food
        rations, food shortage*, food supplies, fuel and food, fuel shortage*, funding cuts, harm to civilians,
        health crisis, health emergency, heavy rains, hepatitis, human cost, human suffering, human toll,
        humanitarian, humanitarian assistance, humanitarian catastrophe, humanitarian crisis, humanitarian disaster,
        humanitarian impact, humanitarian needs, hunger, hunger crisis, hungry, impact on civilians, kill hundreds,
        kill thousands, killing thousands, lean season, life saving, lifesaving, lives lost, loss of life,
        malnourished, malnutrition, mass casualties, mass graves, medical supplies, meningitis, millions of lives,
        mpox, need humanitarian, need of assistance, out of food, out of fuel, out of medicine, out of reach of aid,
        out of school, out of water, people in need, people will die, polio, power supplies, power supply, public
        health, reduce rations, relief efforts, relief operation*, relief supplies, restore power, run out of, slash
        ~ rations, starv*, supplies of food, thousands of lives, toll on civilians, typhoid, water supplies, water
        supply, without electricity, without food, without fuel, without power, without water, world food programme,
        worsen the humanitarian
    """,
    STRONG: """
        aid access, aid cuts, aid operation*, aid to enter, aid trucks, allow ~ aid, ambulance*, at risk of dying,
        baker*, basic goods, basic needs, blackout*, blankets, bread, burial*, casualties, casualty, casualty count,
        child marriage, civilian suffering, civilian toll, clinic*, coldest, could kill, cut off from ~ aid, cut off
        from ~ assistance, cyclone*, dead, death*, deaths, dehydrat*, deliver aid, destitut*, die, dire, disease*,
        drought*, dying, earthquake, education, electricity, emergency levels, epidemic*, evacuate ~ wounded,
        famished, fao, flood*, flour, food, freeze to death, funding gap, funding shortfall, gender based violence,
        hardship*, harsh winter, harshest, health, health care, health services, health system, healthcare, heating,
        hospital*, humanity, hunger season, hypothermia, icrc, in need, infants, injured, injuries, iom, ipc, ipc
        phase, landmines, landslide*, latrines, let ~ aid, lifeline, livelihood*, locust*, malaria, malnourish*,
        measles, medical, medical care, medicine*, misery, mortality, need aid, need help, need ~ assistance,
        newborn*, nutrition, ocha, orphan*, outbreak*, patients, poverty, power cut*, power outage*, pregnant,
        preventable, prices of food, rainy season, ration*, rations, red crescent, red cross, relief, rescue*,
        rescuers, sanitation, sewage, sexual violence, shelter, shortage*, shortfall*, stocks of food, suffer*,
        surgery, survival, survivors, tents, thirst, trauma, underfunded, unfpa, unicef, unrwa, vaccin*, victims,
        voucher*, wasting, wfp, winter in tents, worst loss, wounded
    """,
    FAIR: """
        affected by, aid, appeal for, assistance, at risk, babies, basic services, camps, catastroph*, catastrophic,
        children, consequences for people, crops, disaster*, disastrous, doctors, doses, elderly, energy, evacuees,
        funding, grid, harvest*, lives, millions, needs, power plants, scarce, schools, shelters, suffering,
        survive*, toll, trapped, water, women
    """,
    WEAK: """
        civilian, civilians, convoys, crisis, families, fuel, households, killed, million, people, season, winter
    """,
}

_EXAMPLES = (
    "Rations will be cut in June.",
    "Typhoid may follow the heavy rains.",
    "The raid could cause a great loss of life.",
    "Power supplies are likely to fail.",
)

_TEMPLATES = (
    Template(
        key="humanitarian-need",
        label="At least so many people are in need",
        title="At least {threshold} people in {place} are in need of humanitarian assistance by {day}",
        criteria="YES if {source} reports at least {threshold} people in need of humanitarian assistance in {place}.",
        fine_print="In need means what the source counts as “people in need”, for the whole of {place}.",
        authorities=(OCHA, IPC),
        blanks=("place", "threshold"),
        threshold=1_000_000,
        rule="peak",
        unit="people",
        days=90,
    ),
    Template(
        key="humanitarian-famine",
        label="A famine is classified",
        title="Famine is classified in {place} by {day}",
        criteria="YES if {source} publishes a classification of Famine (phase 5) for any area inside {place}.",
        fine_print="“Famine with reasonable evidence” counts as Famine; “risk of famine” and projections do not count.",
        authorities=(IPC, OCHA),
        days=90,
    ),
)

CATEGORY = Category(
    key="humanitarian",
    label="humanitarian",
    place=70,
    precedence=40,
    icon="M4.5.5h3v4h4v3h-4v4h-3v-4h-4v-3h4Z",
    colour=("#9a8f00", "#f0e442"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
