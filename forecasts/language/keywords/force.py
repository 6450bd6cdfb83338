"""Strikes, fighting and ground: the words that tell them apart."""

from forecasts.language.keywords.levels import DECISIVE, FAIR, STRONG, WEAK

AIRSTRIKES = {
    DECISIVE: """
        aerial assault*, aerial attack*, aerial bomb*, aerial campaign, aerial strike*, aerial war*, air assault*,
        air attack*, air campaign, air raid*, air strike*, air superiority, air war, airstrike*, artillery fire,
        artillery strike*, attack energy, attacks on ~ infrastructure, ballistic missile*, barrage*, barrel bomb*,
        bombing campaign, bombing raid*, carpet bomb*, combined strike*, cruise missile*, drone and missile, drone
        attack*, drone barrage*, drone incursion*, drone strike*, energy strike*, fighter jet*, glide bomb*, icbm*,
        jet* bomb*, kamikaze drone*, long range missile*, long range strike*, massive strike*, military strike*,
        military strikes, missile and drone, missile attack*, missile barrage*, missile fire, missile launch*,
        missile salvo*, missile strike*, missile test*, missile threat*, mortar fire, nuclear missile*, pre emptive
        strike*, precision strike*, preemptive strike*, retaliatory strike*, rocket attack*, rocket barrage*, rocket
        fire, shoot down, short range missile*, shot down, sirens, strike on ~ nuclear, strikes against ~
        infrastructure, strikes on ~ nuclear, strikes will continue, surgical strike*, targeted strike*, test fire*,
        test firing, test launch*, unmanned aerial, warplane*, wave of strikes
    """,
    STRONG: """
        air base*, air force, air power, airbase*, airfield*, another strike*, artillery, bomb, bombard*, bombed,
        bomber*, bombing*, bombs, bombs on, drone*, explosion*, explosive drone*, further strikes, helicopter
        gunship*, hit ~ base*, hit ~ capital, hit ~ city, hit ~ facilities, hit ~ port, hit ~ ports, hit ~ sites,
        hit ~ targets, howitzer*, intercept*, interceptor*, jets, launch ~ missile*, missile*, more strikes,
        mortar*, new strike*, no fly zone, payload*, projectile*, radar*, raids by ~ jets, raids on, rocket*,
        salvo*, shell, shelling, shells, stockpiling missiles, strike sensitive targets, strike targets, strike ~
        again, strike ~ facilities, strike ~ infrastructure, strike ~ sites, strike ~ targets, strike ~ targets in,
        strikes, strikes against, strikes deep, strikes inside, strikes on, uav*
    """,
    FAIR: """
        air defence*, air defense*, aircraft, airspace, launcher*, skies, strike against, strike deep, strike
        inside, strike on, warhead*
    """,
}

AIRSTRIKES_EXAMPLES = (
    "Cruise missiles could hit the depot.",
    "Artillery will pound the ridge.",
    "The army may test-fire a missile.",
    "The guard vowed to shoot down the balloons.",
    "The rebels could hit the capital's port.",
)

TERRITORIAL_CONTROL = {
    DECISIVE: """
        advance further, advance into, advance on, advance toward, advance towards, annex*, balkani*, be
        partitioned, be taken by, break away, break the siege, break through, break up of, break up the country,
        breakaway, bridgehead, buffer zone, captur*, capture of, cede ~ territory, ceded, ceding, clear the city,
        clear the town, clearing of, close in on, closing in on, concede ~ territory, control of, control over,
        controlled by, country could split, de facto partition, defensive line*, disintegrat*, draw ~ border, drive
        ~ out of, driven out of, encircl*, encirclement, enter the city, enter the town, envelop*, expand ~ control,
        expand ~ influence, expand ~ presence, expand ~ territory, expel ~ from the city, fall of, fall to,
        foothold, forced unification, forcible unification, forcibly taken, front line*, frontline*, gain ground,
        gain ~ territory, give up ~ land, give up ~ territory, grand breakthrough, gray zone, grey zone, hand over ~
        territory, hold its positions, hold the line, hold their positions, hold ~ city, hold ~ province, hold ~
        street*, hold ~ town, jihadist advance, jihadist expansion, jihadist rule, jihadist takeover, keep its
        positions, land bridge, leave the peak, liberation of, lift the siege, lose ground, lose ~ city, lose ~
        territory, lose ~ town, losing ~ city, losing ~ town, loss of ~ territory, lost ground, march into, march
        on, march toward, march towards, occupation of, offensive to retake, operation to retake, outskirts of,
        overrun*, prolonged siege, pull back, pulled back, pulling back, push east, push further, push into, push
        north, push on the city, push south, push toward, push towards, push west, push ~ out of, pushed out of,
        rapid breakthrough, rebel advance, recaptur*, recapturing, reclaim*, retak*, risk* a split, rump state,
        seize control, seize ~ city, seize ~ town, seizure of, siege of, split into, split of the country, splits
        into, supply route*, take back, take control, take ~ airport, take ~ capital, take ~ city, take ~ dam, take
        ~ hill*, take ~ pass, take ~ port, take ~ province, take ~ town, take ~ village*, territorial, territorial
        gains, territory lost, tighten* ~ grip, took control, under siege, under ~ control, win back
    """,
    STRONG: """
        advance of, advance*, advancing, airport, besieg*, bridge, caliphate, cede, cede ^, come under ~ control,
        concede territory, conquer*, conquest*, consolidat*, control, could fall, counter offensive*,
        counteroffensive*, cut off ^, cut off ~ city, cut the road, defend ^, defend the, defend ~ town, demarcat*,
        deploy ~ along the border, disarm ~ and leave, dislodg*, drive ~ from the city, drive ~ from the town,
        encroach*, enter ^, entering ^, entering the city, entrench*, entry into ^, expand into, fall back, fill the
        vacuum, filling the vacuum, fortif*, fragment*, frontlines, garrison, garrisons, give up ~ fields, govern ^,
        hold on, hold onto, hold out, hold the, holding on, holding the, independence, invaders, isolate ^, isolate
        ~ city, key town, land grab, land grabs, landing on, leave ^, leave the city, leave the town, liberat*,
        liberate, likely fall, lines of defence, lines of defense, lose ^, loss of the city, loss of the town, may
        fall, might fall, no man's land, occup*, outflank*, outpost*, overthrow*, partition*, pincer, positions,
        pullout, reach ^, reconquer*, regain*, retreat*, ruled by, sea outlet, secede, secession*, seiz*, settlers,
        sovereignty over, split in two, storm ^, storm into, strategic city, strategic town, stronghold*,
        surrender*, take ^, take it back, take over, takeover, territorial integrity, to fall, topple*, trenches,
        will fall, would fall, wrest
    """,
    FAIR: """
        abandon ^, borders, breach*, contested, corridor, crossing, crossroads, cut off, defences, defenses,
        disputed border, domination, falling, falls, free ^, front, gained ground, gains, ground forces, highway,
        key road, lines, neighborhoods, neighbourhoods, objectives, occupied, offensive*, oust*, outskirts, pocket,
        poised to enter, positional, pull out, pulling out, redeploy*, regime, reserves, salient, settlements,
        siege, sovereignty, split, stabilise, suburbs, supply line*, territor*, vacuum, withdraw*
    """,
    WEAK: """
        border, capital, city, district, fall, junta, land, province, push, rebels, river, town, troops, valley,
        village, villages
    """,
}

TERRITORIAL_CONTROL_EXAMPLES = (
    "The town is likely to be encircled.",
    "The militia may enter the city.",
    "The island could split into two states.",
    "No valley will be ceded.",
    "Troops will try to break the siege.",
)

ESCALATION = {
    DECISIVE: """
        act of war, aggressive action*, all options, all out, another war, armed attack*, armed clash*, armed
        conflict, armed confrontation, armed struggle, armed uprising, atrocit*, attack ~ ship*, attacking ships,
        attacks on ~ shipping, attacks on ~ ships, attacks on ~ vessels, aveng*, back into war, back to war,
        bloodbath, blow up, blowing up, breach of ~ ceasefire, breakdown of ~ ceasefire, brink of war, broader
        conflict, broader fighting, broader war, build up of ~ troops, car bomb*, carnage, ceasefire could collapse,
        ceasefire may collapse, chemical attack*, chemical weapon*, civil war, collapse of ~ ceasefire, collapse of
        ~ truce, communal violence, conflagration, conflict could spread, conflict will spread, crimes against
        humanity, cross border attack*, cross border fire, crush*, cycle of violence, decisive response, declaration
        of war, declare war, defend itself, defend our, defend ourselves, defend the country, defend themselves,
        devastating blow, devastating response, direct conflict, direct confrontation, enter the war, escalat*,
        ethnic cleansing, ethnic violence, ethnically motivated, exchange of fire, fight back, fight on, fighting
        could spread, firefight*, forceful response, fragile calm, full blown, full scale, further attacks, further
        fighting, further offensives, further violence, gang violence, genocide, ground assault, ground attack,
        ground forces could, ground incursion*, ground invasion, ground offensive, ground operation*, ground troops,
        gun battle*, harsh response, heavy fighting, hit back, human shield*, imminent war, incursion into,
        intercommunal, invasion of, join the fighting, join the war, kill ~ president, large scale war, larger
        conflict, larger war, launch ~ attack*, launch ~ offensive, legitimate target*, live fire, major offensive,
        martial law, mass killing*, mass violence, mass ~ troops, massacre*, massed ~ troops, massing troops,
        militancy, military action, military build up, military buildup, military confrontation, military force,
        military operation*, military posture, military response, military victory, more attacks, new attacks, new
        conflict, new offensive, new war, nuclear bomb*, nuclear program*, nuclear war, nuclear weapon*, on a war
        footing, open conflict, open war, out of control, overwhelming force, plan of aggression, political
        violence, potential conflict, power struggle, proxy war, regional conflict, regional crisis, regional war,
        renewed conflict, renewed fighting, renewed hostilities, renewed violence, renewed war, repris*, rescue
        operation, respond decisively, respond forcefully, respond militarily, respond with force, restart war,
        resume fighting, resume hostilities, resume the fight, resume the war, resume ~ fighting, resume ~
        operations, resume ~ war, resumption of hostilities, resumption of war, resumption of ~ fighting, retaliat*,
        return to arms, return to conflict, return to fighting, return to hostilities, return to violence, return to
        war, reveng*, risk of war, sectarian violence, severe consequences, shooting war, shots fired, show of
        force, showdown, skirmish*, slaughter, slide into, slip into, spill into, spill over, spillover, start war,
        state of emergency, state of war, strike back, strong response, suicide bomb*, surge in violence, take up
        arms, terror attack*, terrorist threat, threat of war, to fight, to war, toward war, towards war, troop
        build up, troop buildup, use of chemical, use ~ weapons, vengeance, violate ~ ceasefire, violation of ~
        ceasefire, violations of ~ ceasefire, violence could spread, wage war, war between, war could spread, war
        crimes by, war of words into, war will spread, war with, war would, war would spread, wave of violence,
        wider conflict, wider crisis, wider war, will fight, worsen security
    """,
    STRONG: """
        abduct*, abuses, aggression, aggressor, ambush*, amphibious, anarchy, annihilat*, answer every, arms race,
        assassinat*, assault on ^, assault*, attack*, attackers, blockade*, bloodier, bloodletting, bloodshed,
        bloody, brinkmanship, brutal*, chaos, chokepoint, clash*, combat, confront*, conscript*, counter attack*,
        counterattack*, coup, coups, crackdown*, crushing response, deadly, defend, degrade, destabil*, deterren*,
        deterrent, dismantle ~ infrastructure, dragged, draw in, drawing in, drawn into, drills, eliminat*,
        eradicat*, erupt*, execut*, execution*, exercises, fierce, fighting, firepower, flare*, fleet, gang, gangs,
        ground entry, gunfire, gunmen, hostage taking, hostilit*, hunt down, hybrid, ignit*, incite*, incursion*,
        inflict*, insurgency, insurgents, invade*, invasion*, jihadis*, kidnap*, kill, kill*, killings, kills,
        lawless*, live fire drill*, looting, maneuver, manoeuvre, militant attacks, militari*, militaris*, military
        drill*, military means, military measures, military option, militia members, militiamen, miscalculation,
        mobilis*, mobiliz*, naval, navy, nuclear, nuclear test, obliterat*, offensive, offensives, on fire,
        operation against, operatives, persecut*, piracy, pirates, propelled, provocation*, quarantine, quick
        victory, raids, reckless, reignit*, reservist*, resist, resisting, resists, respond with, response to any,
        revolt, riot*, saber rattling, sabotage, sabre rattling, sectarian, shipping, ships, spiral*, stand off,
        stand-off, standoff, strait, tension*, terror, terrorism, terrorist attack*, terrorist*, tit for tat, troop
        movements, troops into, unrest, uprising, vessels, violations, violence, war, war effort, war footing,
        warfare, warheads, wars, warship*, wipe out, worst is, worst violence
    """,
    FAIR: """
        aggressive, answer, armed groups, attack ^, battle*, campaign, conflict*, confrontational, danger*,
        dangerous, defeat*, destroy*, devastating, disrupt*, effort will fail, enemies, enemy, extremis*, fight*,
        fighters from, foe, foes, guerrilla*, harass*, hardline*, hostage rescue, incidents, insecurity,
        instability, insurgen*, intensif*, invade ^, killing*, militants, military push, pay the price, price,
        punish*, radicali*, raid, rebellion, resistance, respond, response, retribution, rivalry, rivals, security
        forces clash, security risks, slaughter*, stand idly by, step up, strike ^, threat*, tit for, trade blows,
        unleash*, vengeful, victory, violent, warring, weapon
    """,
    WEAK: """
        army, consequences, continue, fighters, hit, military, militia*, operation, operations, security situation,
        soldiers, spread*, target*
    """,
}

ESCALATION_EXAMPLES = (
    "Gunmen could return to the valley.",
    "The premier warned of a show of force.",
    "Captives may be used as human shields.",
    "The army will defend itself, the general said.",
    "The war could spread to the coast.",
    "Pirates may return to the gulf.",
)
