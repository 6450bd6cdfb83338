"""What befalls people: the words of flight and of need."""

from forecasts.language.keywords.levels import DECISIVE, FAIR, STRONG, WEAK

DISPLACEMENT = {
    DECISIVE: """
        able to leave, able to return, accelerated returns, allowed to leave, asylum seekers, be displaced,
        civilians fleeing, cleared of residents, could be displaced, deport*, displaced families, displaced from,
        displaced people ~ return, driven from their, evacuate civilians, exodus, flee the, flee their, flee to,
        fleeing the fighting, flood of refugees, forced displacement, forced from, forced from their villages,
        forced out of their, forced return*, forced to flee, forced to leave, fresh wave of, from their homes,
        influx of refugees, internally displaced, leave the battle, leave the country within, leave the enclave,
        leave their homes, mass displacement, mass exodus, mass migration, mass return*, mass returns, migration
        wave, million displaced, more refugees, new arrivals, new wave of migrants, new wave of refugees, order* to
        leave, people could be displaced, people fleeing, people on the move, people to leave, people will be
        displaced, people will flee, permitted to go, permitted to leave, rate of returns, refugee camp closure,
        refugee crisis, refugee flow*, refugee influx, refugee returns, refugees cross*, refugees return*, refugees
        to return, residents to evacuate, residents to leave, return of refugees, return of the displaced, return of
        ~ refugees, return to their homes, returned home, seek asylum, seek refuge, seek safety, seeking refuge,
        send ~ back to, sent back to, spontaneous returns, take refuge, taking refuge, their homes, thousands of
        refugees, trapped civilians, undocumented, voluntary return*, wave of displacement, wave of migra*, wave of
        refugees, waves of displacement
    """,
    STRONG: """
        abandon their, asylum, civilians to cross, come home, cross into ^, cross the border, cross the lake, cross
        the river into, displac*, displaced people, drive out ~ people, drive ~ people, driven from, emigrat*,
        evacuat*, exile*, expel, expelled, expelling, expels, expulsion*, expulsions, flee, fleeing, fleeing ^,
        flees, forced out, fresh refugees, go home, going home, homeless, homelessness, host communities, host
        countries, idp, idps, influx, leave for safer, leave the area, leave the country, leave the region,
        migrant*, migrants, migrat*, new refugees, people across the border, people to cross, refuge, refugees
        fleeing, refugees from, refugees into, relocat*, repatriat*, resettle*, resettled, return home, return of ~
        families, return to ^, return to their, returned to ^, returnee*, returns of, safe areas, safer areas, send
        refugees, shelter in ^, shelters full, uproot*, villagers to leave, went home
    """,
    FAIR: """
        across the border, arrivals, border crossings, camp, cross into, crossings, fled, new camp, refugee*,
        returns, shelter elsewhere, shelters for, stranded
    """,
}

DISPLACEMENT_EXAMPLES = (
    "The offensive will spark a wave of migration.",
    "Villagers may seek refuge on the far bank.",
    "Up to 9,000 people could be displaced.",
    "Families will return to their homes.",
)

HUMANITARIAN = {
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

HUMANITARIAN_EXAMPLES = (
    "Rations will be cut in June.",
    "Typhoid may follow the heavy rains.",
    "The raid could cause a great loss of life.",
    "Power supplies are likely to fail.",
)
