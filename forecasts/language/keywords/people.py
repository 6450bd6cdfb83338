"""What befalls people: the words of flight and of need."""

from .levels import DECISIVE, FAIR, STRONG, WEAK

DISPLACEMENT = {
    DECISIVE: """
        asylum seekers, be displaced, civilians fleeing, could be displaced, deport*, displaced families, displaced
        people ~ return, driven from their, exodus, flee the, flee their, flee to, fleeing the fighting, flood of
        refugees, forced displacement, forced from, forced out of their, forced return*, forced to flee, forced to
        leave, from their homes, influx of refugees, internally displaced, leave the country within, leave the
        enclave, leave their homes, mass displacement, mass exodus, mass migration, mass return*, migration wave,
        more refugees, new arrivals, order* to leave, people could be displaced, people fleeing, people on the move,
        people to leave, people will be displaced, people will flee, refugee camp closure, refugee crisis, refugee
        flow*, refugee influx, refugee returns, refugees cross*, refugees return*, refugees to return, residents to
        evacuate, residents to leave, return of refugees, return of the displaced, return of ~ refugees, return to
        their homes, returned home, seek asylum, seek refuge, seek safety, seeking refuge, send ~ back to, sent back
        to, take refuge, taking refuge, their homes, thousands of refugees, undocumented, voluntary return*, wave of
        displacement, wave of migra*, wave of refugees, waves of displacement
    """,
    STRONG: """
        abandon their, asylum, civilians to cross, come home, cross into ^, cross the border, cross the lake, cross
        the river into, displac*, drive out ~ people, drive ~ people, driven from, emigrat*, evacuat*, exile*,
        expel, expelled, expelling, expels, expulsion*, expulsions, flee, fleeing, fleeing ^, flees, forced out,
        fresh refugees, go home, going home, homeless, host communities, host countries, idp, idps, influx, leave
        for safer, leave the area, leave the country, leave the region, migrant*, migrat*, new refugees, people
        across the border, people to cross, refuge, refugees fleeing, refugees from, refugees into, relocat*,
        repatriat*, resettle*, return home, return of ~ families, return to their, returnee*, returns of, safe
        areas, safer areas, send refugees, shelter in ^, uproot*, went home
    """,
    FAIR: """
        across the border, arrivals, border crossings, cross into, crossings, fled, new camp, refugee*, returns,
        shelters for, stranded
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
        drop*, aid flotilla, aid lifeline, aid supplies, airdrop*, bodies, cash assistance, cholera, civilian
        casualties, civilian deaths, civilian harm, civilian lives, clean water, cut rations, death toll, dengue,
        desperate need, drinking water, ebola, emergency assistance, emergency food, emergency levels of, famine*,
        flash flood*, food aid, food assistance, food crisis, food insecure, food insecurity, food prices, food
        rations, food shortage*, food supplies, fuel shortage*, funding cuts, harm to civilians, health crisis,
        heavy rains, hepatitis, human cost, human suffering, human toll, humanitarian, humanitarian assistance,
        humanitarian catastrophe, humanitarian crisis, humanitarian impact, humanitarian needs, hunger, hungry,
        impact on civilians, kill hundreds, kill thousands, killing thousands, lean season, life saving, lifesaving,
        lives lost, loss of life, malnourished, malnutrition, mass casualties, mass graves, medical supplies,
        meningitis, millions of lives, mpox, need humanitarian, need of assistance, out of food, out of fuel, out of
        medicine, out of school, out of water, people in need, people will die, polio, power supplies, power supply,
        public health, reduce rations, relief efforts, relief operation*, relief supplies, restore power, run out
        of, slash ~ rations, starv*, thousands of lives, toll on civilians, typhoid, water supplies, water supply,
        without electricity, without food, without fuel, without power, without water, world food programme, worsen
        the humanitarian
    """,
    STRONG: """
        aid access, aid cuts, aid operation*, aid to enter, aid trucks, allow ~ aid, ambulance*, baker*, basic
        goods, basic needs, blackout*, blankets, bread, burial*, casualties, casualty, casualty count, child
        marriage, civilian suffering, civilian toll, clinic*, could kill, cut off from ~ aid, cut off from ~
        assistance, cyclone*, dead, death*, dehydrat*, deliver aid, destitut*, die, dire, disease*, drought*, dying,
        earthquake, education, electricity, emergency levels, epidemic*, fao, flood*, flour, food, freeze to death,
        funding gap, funding shortfall, gender based violence, health, health care, health services, health system,
        healthcare, heating, hospital*, humanity, hypothermia, icrc, in need, infants, injured, injuries, iom, ipc,
        ipc phase, landmines, landslide*, latrines, let ~ aid, lifeline, livelihood*, locust*, malaria, measles,
        medical, medical care, medicine*, misery, mortality, need aid, need help, need ~ assistance, newborn*,
        nutrition, ocha, orphan*, outbreak*, patients, poverty, power cut*, power outage*, pregnant, preventable,
        prices of food, rainy season, ration*, rations, red crescent, red cross, relief, rescue*, rescuers,
        sanitation, sewage, sexual violence, shelter, shortage*, shortfall*, suffer*, surgery, survivors, tents,
        thirst, trauma, underfunded, unfpa, unicef, unrwa, vaccin*, victims, voucher*, wasting, wfp, winter in
        tents, worst loss, wounded
    """,
    FAIR: """
        affected by, aid, appeal for, assistance, basic services, camps, catastroph*, catastrophic, children,
        consequences for people, crops, disaster*, disastrous, doctors, doses, energy, evacuees, funding, grid,
        harvest*, killed, lives, needs, power plants, scarce, schools, shelters, suffering, survive*, toll, trapped,
        water
    """,
    WEAK: """
        civilian, civilians, convoys, crisis, families, fuel, households, people, winter
    """,
}

HUMANITARIAN_EXAMPLES = (
    "Rations will be cut in June.",
    "Typhoid may follow the heavy rains.",
    "The raid could cause a great loss of life.",
    "Power supplies are likely to fail.",
)
