"""The words that tell categories apart, with their weights.

Words stand between commas. `escalat*` is any word that begins so; `send ~ troops` allows up to three words between;
`take ^` is followed by a word with a capital letter, a name.
Hyphens and apostrophes part words,
so `all out` also finds “all-out”. Of several that begin at a word the longest counts.
`NEUTRAL` ones count for nothing: names and turns of phrase that hold a word of some category by accident.
"""

from typing import Literal

Category = Literal[
    "escalation",
    "airstrikes",
    "displacement",
    "international_response",
    "territorial_control",
    "negotiation",
    "humanitarian",
    "other",
]

GAP, NAME = "~", "^"
DECISIVE, STRONG, FAIR, WEAK = 6, 4, 2, 1

KEYWORDS: dict[Category, dict[int, str]] = {
    "airstrikes": {
        DECISIVE: """
            airstrike*, air strike*, air raid*, air campaign, aerial attack*, aerial bomb*, aerial campaign,
            bombing campaign, bombing raid*, missile strike*, drone strike*, missile attack*, drone attack*,
            rocket attack*, rocket fire, rocket barrage*, missile barrage*, drone barrage*, glide bomb*, barrel bomb*,
            missile and drone, drone and missile, ballistic missile*, warplane*, fighter jet*, carpet bomb*,
            air attack*,
            air war, long range strike*, aerial war*, missile fire, jet* bomb*, barrage*
        """,
        STRONG: """
            bomb, bombs, bombed, bombing*, bombard*, missile*, drone*, rocket*, shelling, shell, shells, jets,
            bomber*,
            air force, no fly zone, strikes on, strikes against, strikes inside, strikes deep, strike targets,
            air power,
            explosive drone*, raids by ~ jets, strikes
        """,
        FAIR: "airspace, air defence*, air defense*, strike on, strike against, strike deep, strike inside, warhead*",
    },
    "displacement": {
        DECISIVE: """
            refugee camp closure, more refugees, refugees return*, refugees to return, refugees cross*,
            thousands of refugees, influx of refugees, return of ~ refugees, new arrivals,
            refugee flow*, exodus, deport*, leave their homes, from their homes, their homes, forced from, flee their,
            flee to,
            flee the,
            mass displacement, mass migration, displaced people ~ return, refugee returns, order* to leave,
            forced to flee, forced to leave, return of refugees, return of the displaced, leave the enclave,
            forced displacement, people to leave, residents to leave, wave of refugees, mass return*
        """,
        STRONG: """
            host communities, cross into ^, fleeing ^, shelter in ^,
            displac*, flee, fleeing, flees, evacuat*, uproot*, asylum, expel, expels, expelled, expelling,
            expulsion*, repatriat*, idp, idps, returnee*, homeless, migrat*, migrant*, cross the border, influx,
            return home, go home, come home, went home, going home, return to their, resettle*, relocat*,
            driven from, drive ~ people, abandon their, people to cross, civilians to cross
        """,
        FAIR: """
            new camp, refugee*, fled, across the border, cross into, arrivals,
            stranded, crossings
        """,
    },
    "international_response": {
        DECISIVE: """
            patriot*, air defense system*, air defence system*, foreign base*, military base*, foreign military base*,
            price cap*, eufor, althea, osce, eu leaders, shadow fleet, brief the security
            council, peace support mission, monitoring team*, un troops, blue helmets, stand idly by, weapons
            systems, join the mission, join the force, join ~ mission, eu membership, eu accession, diplomatic
            isolation, snapback, un security council, council vote, council meeting, council session, high
            representative,
            sanction*, economic sanctions, financial sanctions, financial and economic sanctions,
            economic and financial,
            extraordinary summit, use of force, peacekeep*, international response, international community,
            international pressure,
            international force, international intervention, international condemnation, international mission,
            military aid, military assistance, military support, weapons deliver*, arms deliver*, arms shipment*,
            arms embargo, deliver* ~ weapons, deliver* ~ arms, deliveries of ~ arms, supply ~ weapons, send ~ weapons,
            send ~ arms, send ~ tanks, send ~ missiles, send ~ troops, send ~ soldiers, sending ~ troops,
            suspend ~ aid, cut ~ aid to, security mission, security support mission, stabilisation force,
            stabilization force, suppression force, standby force, monitoring mission, observer mission,
            international criminal court, international court, icc, un resolution, draft resolution,
            council resolution, expel ~ diplomats, expel ~ ambassador, foreign intervention, military intervention,
            western intervention, security guarantee*, export controls, american role, un mission, peace mission,
            multinational, african union, peacekeeping mission, amisom, atmis, monusco, minusma, unifil, unmiss,
            provide ~ update, receive ~ briefing, council members, closed consultations, open meeting,
            open briefing, monthly briefing, emergency meeting,
            brief the council, expected to brief, to provide a briefing, diplomatic pressure, western troops,
            air defence batter*, air defense batter*,
            send ~ aircraft, embargo, tariff*, aid package, aid threats, emergency session,
            send ~ officers, sending ~ officers, deploy ~ officers, send ~ police, deploy ~ police, police deployment,
            send observers, foreign troops, send ~ peacekeepers, security council, military aid package,
            military package
        """,
        STRONG: """
            condemn*,
            assist in, assist ^, assistance to ^,
            support for ^, reaffirm* ~ support, security assistance, train ~ forces, training mission, nuclear
            watchdog, iaea, inspectors, weapons package, frozen funds, blacklist*, visa ban*, expel ~ envoy,
            brief the, briefs, drawdown, drawing down, draw down, reauthori*,
            authorisation*, authorization*, mandate of, its mandate, mandate to, member states, european
            commission, contributing countries, personnel, peacebuilding,
            treaty ally, obligation to defend, assets, frozen, travel ban*, banned from, general assembly,
            arrest warrant*, tribunal, european union, ecowas, asean, g7, veto*,
            foreign aid, intervention, recognise, recognize, recognised, recognition,
            diplomatic relations,
            diplomatic ties, observers, fact finding, police officers, security personnel, contingent*, un security,
            come to ~ defence, come to ~ defense, ambassador*, embassy, embassies, resolution, monitors, arms,
            war crimes, human rights council, foreign ministers, coalition, donors, united states would, pledging
        """,
        FAIR: """
            summit,
            special representative,
            briefing*,
            intervene*,
            nato,
            package, unanim*, coreper, council members, summit of,
            eu, brussels, mission, mandate, allies, white house, pentagon, regional power*,
            foreign power*, world leaders, bloc, council, troop contributing, assist,
            deployment,
            ministers, airlift, congress, delivery of ~ tanks, police, weapons
        """,
        WEAK: """
            western,
            washington,
            united nations,
            international,
            vote*,
            un, u n, u s, united states, moscow, beijing, london, paris, berlin, tokyo, ankara, tehran, riyadh,
            france, germany, britain,
            support*,
            global, foreign, force, resources, deploy*, kenya
        """,
    },
    "territorial_control": {
        DECISIVE: """
            tighten* ~ grip, jihadist expansion, lose ~ city, losing ~ city, lose ~ town, losing ~ town, free ^,
            captur*, retak*,
            recaptur*, overrun*, encircl*, annex*, take control, took control, seize control,
            control of,
            control over, under ~ control, pull back, pulling back, pulled back, lose ground, gain ground,
            push into, push towards, push toward, push south, push north, push east, push west, push further,
            advance on, advance towards, advance toward, advance into, advance further, march on, march into,
            hold its positions, hold their positions, hold the line, keep its positions, take ~ city, take ~ town,
            take ~ capital, take ~ village*, take ~ airport, take ~ port, take ~ province, take ~ dam, take ~ pass,
            take ~ hill*, hold ~ city, hold ~ town, hold ~ street*, hold ~ province, expand ~ control, fall to,
            expand ~ territory, expand ~ influence, expand ~ presence, leave the peak, territorial, reclaim*,
            foothold,
            rapid breakthrough, grand breakthrough, break through, buffer zone, front line*,
            frontline*, fall of, jihadist advance, rebel advance, jihadist takeover,
            jihadist rule, controlled by, bridgehead, seize ~ city, seize ~ town, draw ~ border
        """,
        STRONG: """
            isolate ~ city, cut off ~ city, cut off ^, isolate ^,
            pincer, advance of, frontlines, deploy ~ along the border, take
            it back, sea outlet, sovereignty over,
            govern ^, take ^, enter ^, lose ^, storm ^, cede ^, abandon ^, defend ^, reach ^, leave ^, seiz*,
            besieg*, occup*,
            stronghold*, advance*, advancing, liberat*, consolidat*, pullout, retreat*, demarcat*, secession*, secede,
            independence, partition*, fragment*, take over, takeover,
            overthrow*, topple*, caliphate, dislodg*, surrender*, garrison, regain*, defend the, defend ~ town,
            outpost*,
            counteroffensive*, counter offensive*, bridge, airport, hold the, hold on, hold out,
            holding the, positions, could fall, will fall, may fall, would fall, likely fall, to fall, might fall,
            fill the vacuum,
            filling the vacuum, come under ~ control, give up ~ fields, cut the road, expand into, ruled by,
            leave the town, leave the city, disarm ~ and leave, control
        """,
        FAIR: """
            withdraw*,
            territor*,
            cut off,
            pull out, pulling out, supply line*, redeploy*, reserves, siege, gains, oust*, lines,
            front, falls, falling, salient, pocket, objectives, vacuum,
            breach*, corridor,
            defences, defenses, offensive*, ground forces, borders, border, crossing, settlements, regime,
            positional, stabilise
        """,
        WEAK: """
            land, fall, push, city, town, province, capital, rebels, junta, villages, village,
            valley, river, district, troops
        """,
    },
    "negotiation": {
        DECISIVE: """
            lay down arms, lay down ~ arms, lay down ~ weapons, laying down ~ arms, surrender ~ arms,
            surrender ~ weapons, hand over ~ arms, hand over ~ weapons, demobili*, disband*, dissolve its
            armed, give up ~ weapons, peace deal*, indirect talks, direct talks, final status,
            confidence building, mediation team, reunification, peace envoy,
            negotiat*, peace talks, peace deal, peace agreement, peace accord, peace process, peace treaty,
            peace plan,
            peace conference, peace initiative, peace settlement, peace effort*, lasting peace, dialogue,
            prisoner swap*,
            prisoner exchange*, exchange ~ prisoners, exchange of prisoners, prisoner lists, cessation of hostilities,
            hostage release*, release ~ hostages, free ~ hostages, release of ~ hostages, release of ~ prisoners,
            ceasefire talks, truce talks, hold talks, resume talks, political settlement, political solution,
            political resolution, military solution, negotiating table, return to the table, sit down with,
            diplomatic efforts,
            diplomatic solution, ceasefire deal, ceasefire agreement, truce deal, strike a deal, reach ~ agreement,
            reach a deal, an end to the war, end the war, settlement process, talks, ceasefire*, cease fire*, truce*,
            hold ~ meeting, demilitari*, preconditions, concession*, armistice
        """,
        STRONG: """
            roadmap,
            personal envoy, un envoy, us envoy, special envoy,
            handshake, envoys to, common ground, ratif*, initialed, initialling, back channel, proximity, shuttle, good
            offices, working group*, normali*,
            mediat*, broker*, hostages, captives, accord, accords, treaty, deal, compromise, delegation*,
            peace, round of,
            next round,
            new round, second round, third round, fourth round, signing, sign the, sign a, sign any, pact, reconcil*,
            settlement, political transition talks, diplomacy, meet again, to meet, will meet, meeting between,
            agreement,
            meet ^, talk to, speak to, free the, sign, signs, initialled, talks with, disarmament, disarm*, deal with,
            halt in fighting, host
        """,
        FAIR: """
            attend, ceremony, invite*, invitation, host talks,
            envoy, conference, integrat*, integration, proposals, resumption, multilateral,
            meet, meeting, meetings, agree, agrees, agreed, breakthrough, proposal, draft, terms, prisoners,
            release*,
            signed, visit, mediators, envoys, pause, hostage, text, implement*, table, rounds, side signs
        """,
        WEAK: """
            diplomatic, accept*, exchange*, discuss*, offer*, framework, demand*, resolve*,
            optimism, both sides, either side
        """,
    },
    "humanitarian": {
        DECISIVE: """
            famine*, humanitarian, starv*, hunger, hungry, malnutrition, malnourished, cholera, drinking water,
            clean water, civilian casualties, civilian deaths, mass casualties, death toll, lean season,
            people will die,
            food shortage*, food crisis, food aid, food insecurity, acute food, aid deliver*, emergency assistance,
            life saving, lifesaving, medical supplies, humanitarian crisis, humanitarian catastrophe, fuel shortage*,
            out of food, out of fuel, out of medicine, out of water, without food, without fuel, without power,
            without water,
            without electricity, world food programme, aid convoy*, run out of
        """,
        STRONG: """
            casualty, casualty count, injured, injuries,
            heating, freeze to death, basic goods, power outage*, destitut*, mortality, nutrition, wasting,
            preventable, ipc phase,
            voucher*, malaria, measles, shelter, poverty, livelihood*, gender based violence, sexual violence,
            funding gap, funding shortfall, prices of food, rainy season, epidemic*, cyclone*, earthquake,
            landslide*, basic needs,
            disease*, epidemic*, outbreak*, food, relief, wfp, unicef, ocha, vaccin*, medicine*, medical,
            hospital*,
            clinic*, patients, shortage*, ration*, bread, flour, baker*, electricity, blackout*, power cut*,
            casualties,
            die, dying, suffer*, misery, drought*, flood*, ipc, health, in need, need ~ assistance, need aid,
            need help,
            civilian suffering, civilian toll, sanitation, landmines, rations, aid access, aid trucks, aid operation*,
            winter in tents, aid cuts, death*
        """,
        FAIR: """
            lives,
            water,
            funding,
            assistance,
            shelters,
            camps,
            aid, civilians, children, toll, doctors, harvest*, catastroph*, trapped, convoys, survive*, schools,
            crops,
            scarce, basic services, needs, power plants, energy, grid, doses, consequences for people
        """,
        WEAK: "fuel, civilian, people, crisis, families, households, winter",
    },
    "escalation": {
        DECISIVE: """
            aggressive action*, worsen security, shooting war, shots fired, state of
            emergency, martial law, invasion of,
            regional crisis, militancy, open war, fragile calm, new conflict, open conflict, war between, towards war,
            toward war, to war, imminent war,
            armed conflict, potential conflict, broader conflict, wider crisis, crimes against humanity, escalat*,
            retaliat*, all out, full scale, full blown, wider war, wider conflict,
            broader war,
            broader conflict,
            regional war, regional conflict, larger war, larger conflict, direct conflict, direct confrontation,
            new war, another war,
            large scale war, spillover, spill over, spill into, repris*, reveng*, aveng*, vengeance, return to war,
            return to fighting, return to conflict, return to violence, return to hostilities, back into war,
            back to war, slide into, slip into, resume fighting, resume hostilities, resume the war,
            resume ~ operations,
            renewed fighting, renewed war, renewed violence, renewed conflict, renewed hostilities, further violence,
            further fighting, ground offensive, ground operation*, ground assault, ground invasion, ground attack,
            military action, military response, military force, military operation*, military confrontation,
            strike back, hit back, fight back, genocide, atrocit*, massacre*, mass killing*, slaughter,
            ethnic cleansing,
            out of control, legitimate target*, threat of war, risk of war, civil war, crush*, war with, brink of war,
            proxy war,
            coup, coups, start war, restart war, further attacks, more attacks, new attacks, car bomb*, suicide bomb*,
            nuclear bomb*,
            live fire, to fight, will fight, overwhelming force, fight on, war would, broader fighting, heavy fighting
        """,
        STRONG: """
            aggression, aggressor, war footing, military drill*, live fire drill*, tit for tat, hybrid,
            nuclear test, warheads,
            warship*, navy, naval, fleet, amphibious, reservist*, standoff, stand off, stand-off, militia
            members, militiamen, vessels, strait, chokepoint, brinkmanship, arms race, riot*,
            terrorist attack*, ambush*, sabotage, deterren*,
            war, wars, warfare, tension*, confront*, hostilit*, fighting, clash*, invasion*, invade*, incursion*,
            nuclear, violence, offensive, offensives, assault*, attack*, raids, mobilis*, mobiliz*, conscript*,
            drills,
            exercises, blockade*, flare*, erupt*, ignit*, reignit*, provocation*, crackdown*, insurgency, bloodshed,
            bloody, bloodier, assassinat*, destabil*, unrest, chaos, revolt, uprising, miscalculation,
            spiral*,
            answer every, respond with, response to any, crushing response, draw in, drawn into, drawing in, dragged,
            propelled,
            quick victory, quarantine, brutal*, militari*, worst is, war effort
        """,
        FAIR: """
            instability,
            security situation,
            disrupt*,
            attack ^, strike ^, invade ^, fight*, conflict*, raid, retribution, violent, threat*, kill, killing*,
            respond, response, answer,
            insurgen*, intensif*, extremis*,
            rebellion, resistance, destroy*, punish*, victory, defeat*, campaign, operation, operations, battle*,
            target*,
            incidents, step up, force, militants, danger*, security risks, pay the price, effort will fail,
            price
        """,
        WEAK: "spread*, troops, militia*, army, soldiers, fighters, military, consequences, front, continue, hit",
    },
    "other": {
        DECISIVE: """
            energy crisis, gas supplies, electoral commission, power sharing government, snap election*, early
            election*, campaign for ~ election,
            regime collapse, collapse of ~ institutions, collapse of ~ government, breakdown of ~ authority,
            state collapse, coup from, third coup, another coup, transition ~ power, election*, referendum*,
            voters, ballot*, polls, inflation, gdp, economic growth, oil price*,
            coalition government,
            transitional government, transitional council, interim government, caretaker government, hand over power,
            transfer power, hold elections, hold polls, presidential, parliamentary, go to the polls,
            national dialogue law,
            transition of, turning point*, world economy, new president, new government, impeach*, coalition may,
            funding sources
        """,
        STRONG: """
            justice, teachers, visas issued, audio, journalist*, arrest*, detain*, bail, appeal court,
            homicide*, murder*, crime rate, crime, train service*, railway*, emergency rule, political
            parties, new party,
            curfew, prices, strike action, general strike, nationwide strike, reserve currency, pipeline*,
            tariffs on, shutdown, mining, minerals,
            transition, transitional period, transition period, civilian rule, civilian
            government, return to civilian,
            unemployment, protest*, demonstrat*, opposition leader, supreme court, judicial, human rights law,
            prosecut*, sentenc*, mandate ends,
            visas, currency, growth, trial, verdict, resign*, budget, tourism, inaugurat*,
            candidate*,
            electoral, democra*, environment*, market*, investment, debt, corruption, succession, gas,
            sharia, theocra*,
            collapse from, court, law, laws, poll, turnout, tolls, elected, prosperity, financial, reputation, costly,
            cabinet
        """,
        FAIR: """
            mandate expires,
            constitutional order,
            oil,
            econom*,
            constitution*,
            parliament*, reform*, bank, exports, prices, party, judges, climate, chip*, salaries, tax*, trade,
            civilian rule,
            government could fall, rail, transport*, revenue*
        """,
    },
}

NEUTRAL = """
    water treaty, waters treaty, river water*, water to flow, flow of water,
    take part, take place, take time, take effect, takes effect, take steps, in response to, president,
            prime minister,
    foreign minister, defence minister, defense minister, interior minister, energy minister, health minister,
    foreign ministry, defence ministry, health ministry, secretary general, secretary of state,
    human rights watch, humanitarian chief, rapid support forces, armed forces, security forces, revolutionary guard*,
    defence forces, democratic forces, aid worker*, aid group*, aid agenc*, relief agency, refugee agency,
    doctors without borders,
    war monitor, conflict monitor, crisis group, military council, military government, coup leader*, since
    the coup, after the coup, coup anniversary, military analyst*, war on,
    peace prize,
    land border, battle of, strike a balance, hunger strike, general strike, coalition partner*, un experts,
    un official*,
    talks about, no response, under control, fall short, fall apart, attack on human, at war, post war, prewar,
    nobel peace,
    army chief, military attache, military intelligence, transitional military, peace corps, state department,
    war ravaged, war torn,
    five month old war, since the war, during the war, in the war, conflict torn, un security analysts,
    military spokesman,
    army spokesman, health official*, united nations said, national army, government forces, liberation front,
    liberation army,
    independence day, national liberation, cold war, front page, power sharing, the fall, this fall, last fall,
    next fall, manpower shortage*, troop shortage*, ammunition shortage*, economic zone, refugee camp*,
    refugee settlement*
"""
