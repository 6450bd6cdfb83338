"""What other states and bodies do about it."""

from forecasts.language.categories.authorities import AGENCIES, COUNCIL
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, STRONG, WEAK

_KEYWORDS = {
    DECISIVE: """
        accept ~ intervention, adopt a resolution, adopt ~ resolution, african union, aid package, aid threats, air
        defence batter*, air defence system*, air defense batter*, air defense system*, althea, american
        intervention, american role, amisom, arab league, arms deal, arms deliver*, arms embargo, arms sale*, arms
        shipment*, article 5, article five, asset freeze*, assets frozen, atmis, blue helmets, boots on the ground,
        border closure*, break ~ ties, brief the council, brief the security council, budget support, close ~
        borders, closed consultations, coalition of the willing, commission of inquiry, contact group, council
        meeting, council members, council resolution, council session, council vote, countermeasures, cut ~ aid to,
        cut ~ funding to, cut ~ ties, defence agreement, defence cooperation, defence pact, defense agreement,
        defense cooperation, defense pact, deliver ~ jets, deliver* ~ arms, deliver* ~ weapons, deliveries of ~
        arms, deploy ~ officers, deploy ~ peacekeepers, deploy ~ police, designate ~ as ~ terrorist, designated ~
        terrorist, diplomatic isolation, diplomatic pressure, donor conference, draft resolution, east african
        community, economic and financial, economic sanctions, embargo, emergency meeting, emergency session, energy
        embargo, eu accession, eu leaders, eu membership, eu summit, eufor, european council, european council
        meeting, expected to brief, expel ~ ambassador, expel ~ diplomats, export ban*, export controls, export
        licence*, expulsion of ~ diplomats, extend the mandate, extend ~ mission, extraordinary summit, financial
        and economic sanctions, financial sanctions, foreign affairs council, foreign base*, foreign forces, foreign
        forces to, foreign interference, foreign intervention, foreign military, foreign military base*, foreign
        troops, freeze ~ aid, freeze ~ assets, french troops, frozen russian assets, get involved in, guarantor of
        security, gulf cooperation council, high representative, icc, icj, igad, import ban*, impos* ~ sanctions,
        international condemnation, international conference, international court, international criminal court,
        international force, international inquiry, international intervention, international investigation,
        international law, international mission, international monitors, international observers, international
        pressure, international recognition, international response, international sanctions, international troops,
        join nato, join the eu, join the force, join the mission, join ~ mission, joint patrols, land border
        closures, lift ~ sanctions, list of terrorist, long range weapons, mandate renewal, mandates of, military
        adviser*, military advisor*, military aid, military aid package, military assistance, military base*,
        military cooperation, military intervention, military package, military pact, military presence in, military
        support, military trainers, mission in, monitoring mission, monitoring team*, monthly briefing, more tanks,
        more weapons, multinational, nato allies, nato membership, nato summit, observer mission, oil embargo, open
        briefing, open meeting, osce, outside interference, outside intervention, palestinian state, patriot*, peace
        mission, peace operation*, peace support mission, peacekeep*, peacekeeping mission, pledging conference,
        police deployment, price cap*, provide ~ update, punitive measures, reassurance force, recall ~ ambassador,
        receive ~ briefing, recognise ~ state, recognising ^, recognition of ~ state, recognize ~ state, recognizing
        ^, regional force, reimpos*, renew the mandate, renewal of the mandate, renewing the mandate, retaliatory
        tariffs, sadc, sales of ~ weapons, sanction*, security agreement, security cooperation, security council,
        security guarantee*, security mission, security pact, security support mission, sell ~ arms, sell ~ jets,
        sell ~ weapons, send observers, send ~ aircraft, send ~ arms, send ~ missiles, send ~ officers, send ~
        peacekeepers, send ~ police, send ~ soldiers, send ~ tanks, send ~ troops, send ~ weapons, sending ~
        officers, sending ~ troops, sever ~ ties, shadow fleet, snapback, special rapporteur, special tribunal,
        stabilisation force, stabilization force, standby force, state recognition, summon ~ ambassador, supply ~
        weapons, suppression force, suspend ~ aid, suspension of ~ aid, tariff*, terrorist designation, to provide a
        briefing, u s intervention, un force, un mission, un officials would, un peacekeeping, un resolution, un
        security council, un security council members, un troops, us intervention, use of force, veto power, vetoed,
        war crimes tribunal, weapons deliver*, weapons packages, weapons sales, weapons systems, weapons to ^,
        western intervention, western troops, withdraw ~ peacekeepers, withhold ~ aid, world court
    """,
    STRONG: """
        aircraft carrier*, ambassador*, american forces, american troops, ammunition, arm ^, arming ^, arms, arms
        supplies, arrest warrant*, asean, assets, assist ^, assist in, assistance to ^, assisting, authorisation*,
        authorization*, banned from, bases, blacklist*, boycott*, brics, brief the, briefs, caricom, censure,
        coalition, come to ~ defence, come to ~ defense, condemn*, consulate*, contingent*, contributing countries,
        denounc*, diplomatic relations, diplomatic ties, diplomats, donor*, donors, draw down, drawdown, drawing
        down, ecowas, embassies, embassy, european allies, european commission, european leaders, european union,
        expel ~ envoy, expelled from the bloc, expire*, export restrictions, extradit*, fact finding, financial
        backing, foreign aid, foreign backing, foreign ministers, foreign partners, foreign support, frozen, frozen
        funds, g7, general assembly, get involved, guarantees, gulf of aden patrol*, hegemony, human rights council,
        iaea, indict*, inspectors, interference, international partners, intervene militarily, intervention, its
        mandate, logistical support, mandate of, mandate to, member states, membership of, mercenar*, military
        backing, military base, military presence, minusma, missions, monitors, monusco, naval base, nuclear
        watchdog, obligation to defend, observers, oic, outside powers, peacebuilding, personnel, pledging, police
        mission, police officers, presence of ~ troops, pressure on ^, prosecutor, punitive, reaffirm* ~ support,
        reauthori*, rebuke*, recognise, recognised, recognises, recognising, recognition, recognize, recognized,
        recognizes, recognizing, reinforcements from, renew*, resolution, restrictions on visas, russian
        mercenaries, secondary sanctions, security assistance, security force from, security personnel, sovereign
        nation, sphere of influence, statement condemning, strategic partnership, support for ^, suspended from,
        suspension from, tanks, the hague, trade restrictions, train ^, train ~ forces, training mission, travel
        ban*, treaty ally, tribunal, u s forces, u s support, u s troops, un security, unifil, united states would,
        unmiss, us forces, us support, us troops, veto*, visa ban*, visa restrictions, wagner, waiver*, war crimes,
        weapons package, western allies, western partners, western powers, western support, withdraw recognition
    """,
    FAIR: """
        airlift, allied, allies, allow ^, assist, backed by ^, bilateral aid, bloc, brussels, chancellor, congress,
        coreper, council, delivery of ~ tanks, deployment, escort*, eu, foreign power*, guarantee, gulf states,
        international community, intervene*, leverage, mandate, ministers, mission, neighboring countries,
        neighbouring countries, package, partners, partnership, patrols, pentagon, permanent members, police,
        regional bloc, regional power*, restrictions, summit, summit of, superpower*, troop contributing, unanim*,
        weapons, western leaders, world leaders
    """,
    WEAK: """
        alliance, ankara, beijing, berlin, briefing*, britain, deploy*, force, foreign, france, germany, global,
        international, kenya, london, moscow, nato, paris, resources, riyadh, support*, tehran, tokyo, u n, u s, un,
        united nations, united states, vote*, washington, western, white house
    """,
}

_EXAMPLES = (
    "The bloc is likely to freeze the assets of nine generals.",
    "Military advisers will train the guard.",
    "The mandate renewal is expected in May.",
    "Western allies may sell more jets.",
    "The president will not accept outside interference.",
)

_TEMPLATES = (
    Template(
        key="response-council",
        label="The Security Council speaks",
        title="The UN Security Council adopts a resolution or issues a statement on {place} by {day}",
        criteria=(
            "YES if the UN Security Council adopts a resolution, or issues a presidential or a press statement, whose "
            "subject is {place}, as {source} show."
        ),
        fine_print=(
            "The date of adoption or issue counts. Routine renewals of mandates, and remarks of single members, do not "
            "count. A draft that is vetoed does not count."
        ),
        authorities=(COUNCIL, AGENCIES),
    ),
    Template(
        key="response-sanctions",
        label="Somebody imposes sanctions",
        title="{actor} imposes new sanctions on {object} by {day}",
        criteria="YES if {actor} puts into force new sanctions against {object}, or against persons of it.",
        fine_print=(
            "Sanctions means asset freezes, travel bans, embargoes or listings that were not in force at the opening. "
            "Announcements that take legal effect after the closing do not count."
        ),
        authorities=(AGENCIES,),
        blanks=("actor", "object"),
        days=60,
    ),
    Template(
        key="response-deployment",
        label="Somebody announces forces or arms",
        title="{actor} announces that it sends further forces or arms to {object} by {day}",
        criteria="YES if the government of {actor} announces in its own name that it sends forces or arms to {object}.",
        fine_print="An announcement means a statement of a minister, head of government or ministry, on the record.",
        authorities=(AGENCIES,),
        blanks=("actor", "object"),
        days=60,
    ),
)

CATEGORY = Category(
    key="international_response",
    label="international response",
    place=40,
    precedence=60,
    icon="M6 0 12 6 6 12 0 6ZM6 3.2 3.2 6 6 8.8 8.8 6Z",
    colour=("#0072b2", "#3f9fe0"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
