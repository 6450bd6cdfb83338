"""Fighting that grows, spreads or threatens to."""

from forecasts.language.categories.authorities import ACLED, AGENCIES, UCDP
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, STRONG, WEAK

_KEYWORDS = {
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

_EXAMPLES = (
    "Gunmen could return to the valley.",
    "The premier warned of a show of force.",
    "Captives may be used as human shields.",
    "The army will defend itself, the general said.",
    "The war could spread to the coast.",
    "Pirates may return to the gulf.",
)

_TEMPLATES = (
    Template(
        key="escalation-fire",
        label="Two parties fire at each other",
        title="{actor} and {object} exchange fire by {day}",
        criteria="YES if armed forces of {actor} and armed forces of {object} fire at each other, anywhere.",
        fine_print=(
            "“Exchange fire” means that each side fires at forces or territory of the other, on the same or on "
            "different days. Fire by one side only, by allied groups or by air defence against aircraft that do not "
            "fire does not count. A single exchange is enough; nothing has to last."
        ),
        authorities=(AGENCIES, ACLED),
        blanks=("actor", "object"),
        days=60,
    ),
    Template(
        key="escalation-diplomats",
        label="Two governments recall or expel diplomats",
        title="{actor} or {object} recalls its ambassador or expels a diplomat of the other by {day}",
        criteria=(
            "YES if the government of {actor} or of {object} announces the recall of its ambassador to the other, or "
            "declares an accredited diplomat of the other persona non grata."
        ),
        fine_print=(
            "A recall includes one “for consultations”. Summoning an ambassador and critical remarks do not count."
        ),
        authorities=(AGENCIES,),
        blanks=("actor", "object"),
        days=60,
    ),
    Template(
        key="escalation-deaths",
        label="At least so many people are killed",
        title="At least {threshold} people are killed in organised violence in {place} by {day}",
        criteria="YES if {source} counts at least {threshold} people killed in events inside {place}.",
        fine_print=(
            "Organised violence means state-based, non-state and one-sided violence as the source defines them. "
            "Only events that lie wholly inside the window and the place count."
        ),
        authorities=(UCDP, ACLED),
        blanks=("place", "threshold"),
        threshold=1_000,
        rule="cumulative",
        unit="people",
        days=31,
    ),
)

CATEGORY = Category(
    key="escalation",
    label="escalation",
    place=10,
    precedence=70,
    icon="M6 0.5 11.5 11H0.5Z",
    colour=("#d55e00", "#f0732a"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
