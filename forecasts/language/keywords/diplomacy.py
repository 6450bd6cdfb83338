"""What states do about it: the words of outside action and of talks."""

from forecasts.language.keywords.levels import DECISIVE, FAIR, STRONG, WEAK

INTERNATIONAL_RESPONSE = {
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

INTERNATIONAL_RESPONSE_EXAMPLES = (
    "The bloc is likely to freeze the assets of nine generals.",
    "Military advisers will train the guard.",
    "The mandate renewal is expected in May.",
    "Western allies may sell more jets.",
    "The president will not accept outside interference.",
)

NEGOTIATION = {
    DECISIVE: """
        amnesty, an end to the war, armistice, border talks, bring peace, cease fire*, ceasefire agreement,
        ceasefire deal, ceasefire talks, ceasefire*, cessation of hostilities, concession*, conditions for ~
        release, confidence building, conflict could end, de escalat*, decommission*, deescalat*, demand that ~
        recognise, demilitari*, demobili*, detente, dialogue, diplomatic efforts, diplomatic solution, direct talks,
        disband*, dissolve its armed, drop ~ demand*, end hostilities, end of the war, end the conflict, end the
        fighting, end the war, end to hostilities, end to the conflict, end to ~ fighting, end ~ conflict, end ~
        crisis, end ~ escalation, end ~ hostilities, exchange of prisoners, exchange ~ prisoners, face to face,
        final status, free ~ captives, free ~ hostages, free ~ pilot, freeing of prisoners, give up ~ weapons, good
        faith, guarantor*, halt to ~ fighting, halt ~ escalation, halt ~ fighting, hand over the hostages, hand over
        ~ arms, hand over ~ weapons, held hostage, hold talks, hold ~ meeting, hostage deal, hostage release*,
        hostilities will end, hostilities would end, humanitarian pause, indirect talks, lasting peace, lay down
        arms, lay down their, lay down ~ arms, lay down ~ weapons, laying down ~ arms, make peace, mediation
        efforts, mediation team, memorandum of understanding, military solution, national conference, negotiat*,
        negotiated, negotiating table, nuclear deal, nuclear talks, path to peace, peace accord, peace agreement,
        peace board, peace conference, peace deal, peace deal*, peace effort*, peace envoy, peace formula, peace
        initiative, peace mission to, peace negotiations, peace plan, peace process, peace proposal*, peace push,
        peace settlement, peace summit, peace talks, peace terms, peace treaty, peaceful negotiations, phased deal,
        phone call, political resolution, political settlement, political solution, power sharing deal,
        preconditions, prisoner exchange*, prisoner lists, prisoner swap*, prisoners will be, proximity talks,
        rapprochement, reach a deal, reach ~ agreement, reconciliation conference, reintegrat*, release of hostages,
        release of ~ hostages, release of ~ prisoners, release process, release ~ captives, release ~ detainees,
        release ~ hostages, release ~ pilot, resume talks, return to the table, reunification, settlement process,
        shuttle diplomacy, sit down with, stop the fighting, stop the war, strike a deal, summit between, surrender
        ~ arms, surrender ~ weapons, swap ~ prisoners, talks, technical talks, terms for, terms of the deal, three
        way, trade prisoners, trilateral, tripartite, truce deal, truce talks, truce*, unity deal, video call, video
        conference, videoconference, war could end, war may end, war will end, war would end
    """,
    STRONG: """
        accord, accords, agree on, agree to, agreed to meet, agreement, back channel, bargain*, be released,
        bilateral, broker*, call between, captive, captives, common ground, compromise, conference, consider the
        proposal*, convene*, counterpart*, deal, deal with, delegation*, delegations, diplomacy, disarm*,
        disarmament, discussions, discussions on, discussions with, engage with, engagement, envoys to, examine the
        proposal*, examine the proposals, facilitat*, facilitator*, fly to ^, fourth round, free the, good offices,
        goodwill, halt in fighting, handshake, hold a call, hold discussions, hold the ceremony, host, host the
        leaders, host ~ leaders, host ~ summit, hostages, initialed, initialled, initialling, integrate their
        fighters, interlocutor*, join the national army, joint statement, mediat*, mediation, mediators, meet ^,
        meet again, meet in ^, meet with, meeting between, meeting in ^, meeting with, meets ^, memorandum,
        negotiating, negotiators, new round, next round, normali*, normalisation, normalization, pact, peace,
        peaceful, peaceful resolution, personal envoy, phase one, phase two, political agreement, political deal,
        political transition talks, proximity, ratif*, reconcil*, resume dialogue, roadmap, round of, rounds of
        talks, second round, settlement, shuttle, sign, sign a, sign any, sign the, signing, signs, sit down, speak
        by phone, speak to, special envoy, talk to, talk with, talks could, talks with, territorial concession*,
        tete a tete, thaw, the parties, third round, to meet, travel to ^, treaty, un envoy, understanding between,
        unilateral, us envoy, will meet, willing to talk, willingness to, working group*
    """,
    FAIR: """
        agree, agreed, agrees, attend, breakthrough, call off, calm, ceremony, channel*, completed, draft, envoy,
        envoys, focus on, host talks, hostage, implement*, integrat*, integration, intermediar*, invitation,
        invite*, lull, meet, meeting, meetings, multilateral, mutual, parties, pause, prisoners, proposal,
        proposals, reciprocal, release*, resumption, rounds, side signs, sides, signed, solution, table, terms,
        text, visit
    """,
    WEAK: """
        accept*, both sides, demand*, diplomatic, discuss*, either side, exchange*, framework, offer*, optimism,
        resolve*
    """,
}

NEGOTIATION_EXAMPLES = (
    "The envoys will speak by video call.",
    "Hostilities would end at noon.",
    "The pact may bring de-escalation.",
    "The last fighters will be reintegrated.",
    "Delegations are due to meet in Oslo.",
    "The miners would release the captives.",
)
