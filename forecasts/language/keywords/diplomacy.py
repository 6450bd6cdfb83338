"""What states do about it: the words of outside action and of talks."""

from .levels import DECISIVE, FAIR, STRONG, WEAK

INTERNATIONAL_RESPONSE = {
    DECISIVE: """
        adopt a resolution, adopt ~ resolution, african union, aid package, aid threats, air defence batter*, air
        defence system*, air defense batter*, air defense system*, althea, american role, amisom, arms deal, arms
        deliver*, arms embargo, arms sale*, arms shipment*, article 5, article five, asset freeze*, assets frozen,
        atmis, blue helmets, boots on the ground, border closure*, break ~ ties, brief the council, brief the
        security council, budget support, close ~ borders, closed consultations, coalition of the willing,
        commission of inquiry, council meeting, council members, council resolution, council session, council vote,
        cut ~ aid to, cut ~ funding to, cut ~ ties, defence agreement, defence pact, defense agreement, defense
        pact, deliver ~ jets, deliver* ~ arms, deliver* ~ weapons, deliveries of ~ arms, deploy ~ officers, deploy ~
        police, designate ~ as ~ terrorist, designated ~ terrorist, diplomatic isolation, diplomatic pressure, donor
        conference, draft resolution, economic and financial, economic sanctions, embargo, emergency meeting,
        emergency session, eu accession, eu leaders, eu membership, eufor, expected to brief, expel ~ ambassador,
        expel ~ diplomats, export ban*, export controls, expulsion of ~ diplomats, extend the mandate, extraordinary
        summit, financial and economic sanctions, financial sanctions, foreign base*, foreign forces, foreign
        intervention, foreign military, foreign military base*, foreign troops, freeze ~ aid, freeze ~ assets, high
        representative, icc, import ban*, international condemnation, international conference, international court,
        international criminal court, international force, international inquiry, international intervention,
        international investigation, international mission, international monitors, international observers,
        international pressure, international recognition, international response, international sanctions,
        international troops, join nato, join the eu, join the force, join the mission, join ~ mission, land border
        closures, lift ~ sanctions, list of terrorist, mandate renewal, mandates of, military adviser*, military
        advisor*, military aid, military aid package, military assistance, military base*, military intervention,
        military package, military pact, military support, military trainers, monitoring mission, monitoring team*,
        monthly briefing, multinational, nato membership, observer mission, oil embargo, open briefing, open
        meeting, osce, patriot*, peace mission, peace operation*, peace support mission, peacekeep*, peacekeeping
        mission, pledging conference, police deployment, price cap*, provide ~ update, reassurance force, recall ~
        ambassador, receive ~ briefing, recognise ~ state, recognize ~ state, regional force, renew the mandate,
        renewal of the mandate, renewing the mandate, sales of ~ weapons, sanction*, security agreement, security
        cooperation, security council, security guarantee*, security mission, security pact, security support
        mission, sell ~ arms, sell ~ jets, sell ~ weapons, send observers, send ~ aircraft, send ~ arms, send ~
        missiles, send ~ officers, send ~ peacekeepers, send ~ police, send ~ soldiers, send ~ tanks, send ~ troops,
        send ~ weapons, sending ~ officers, sending ~ troops, sever ~ ties, shadow fleet, snapback, special
        rapporteur, special tribunal, stabilisation force, stabilization force, stand idly by, standby force, summon
        ~ ambassador, supply ~ weapons, suppression force, suspend ~ aid, suspension of ~ aid, tariff*, terrorist
        designation, to provide a briefing, un force, un mission, un peacekeeping, un resolution, un security
        council, un troops, use of force, veto power, vetoed, war crimes tribunal, weapons deliver*, weapons sales,
        weapons systems, western intervention, western troops, withhold ~ aid
    """,
    STRONG: """
        ambassador*, american forces, american troops, ammunition, arm ^, arming ^, arms, arms supplies, arrest
        warrant*, asean, assets, assist ^, assist in, assistance to ^, authorisation*, authorization*, banned from,
        blacklist*, boycott*, brief the, briefs, censure, coalition, come to ~ defence, come to ~ defense, condemn*,
        contingent*, contributing countries, denounc*, diplomatic relations, diplomatic ties, donors, draw down,
        drawdown, drawing down, ecowas, embassies, embassy, european allies, european commission, european leaders,
        european union, expel ~ envoy, expelled from the bloc, export restrictions, extradit*, fact finding,
        financial backing, foreign aid, foreign backing, foreign ministers, foreign partners, foreign support,
        frozen, frozen funds, g7, general assembly, human rights council, iaea, indict*, inspectors, international
        partners, intervene militarily, intervention, its mandate, mandate of, mandate to, member states, membership
        of, mercenar*, military backing, minusma, monitors, monusco, nuclear watchdog, obligation to defend,
        observers, outside powers, peacebuilding, personnel, pledging, police officers, presence of ~ troops,
        prosecutor, reaffirm* ~ support, reauthori*, rebuke*, recognise, recognised, recognition, recognize,
        reinforcements from, resolution, restrictions on visas, russian mercenaries, secondary sanctions, security
        assistance, security force from, security personnel, statement condemning, support for ^, suspended from,
        suspension from, trade restrictions, train ^, train ~ forces, training mission, travel ban*, treaty ally,
        tribunal, u s forces, u s support, u s troops, un security, unifil, united states would, unmiss, us forces,
        us support, us troops, veto*, visa ban*, visa restrictions, wagner, waiver*, war crimes, weapons package,
        western allies, western partners, western powers, western support, withdraw recognition
    """,
    FAIR: """
        airlift, allied, allies, assist, bilateral aid, bloc, brussels, chancellor, congress, coreper, council,
        delivery of ~ tanks, deployment, escort*, eu, foreign power*, gulf states, international community,
        intervene*, leverage, mandate, ministers, mission, neighboring countries, neighbouring countries, package,
        patrols, pentagon, permanent members, police, regional bloc, regional power*, summit, summit of, troop
        contributing, unanim*, weapons, world leaders
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
)

NEGOTIATION = {
    DECISIVE: """
        amnesty, an end to the war, armistice, border talks, bring peace, cease fire*, ceasefire agreement,
        ceasefire deal, ceasefire talks, ceasefire*, cessation of hostilities, concession*, confidence building,
        conflict could end, de escalat*, decommission*, deescalat*, demilitari*, demobili*, detente, dialogue,
        diplomatic efforts, diplomatic solution, direct talks, disband*, dissolve its armed, end hostilities, end of
        the war, end the conflict, end the fighting, end the war, end to hostilities, end to the conflict, end to ~
        fighting, end ~ conflict, end ~ hostilities, exchange of prisoners, exchange ~ prisoners, face to face,
        final status, free ~ hostages, freeing of prisoners, give up ~ weapons, good faith, guarantor*, halt to ~
        fighting, halt ~ fighting, hand over the hostages, hand over ~ arms, hand over ~ weapons, hold talks, hold ~
        meeting, hostage deal, hostage release*, hostilities will end, hostilities would end, humanitarian pause,
        indirect talks, lasting peace, lay down arms, lay down their, lay down ~ arms, lay down ~ weapons, laying
        down ~ arms, make peace, mediation efforts, mediation team, memorandum of understanding, military solution,
        negotiat*, negotiated, negotiating table, nuclear deal, nuclear talks, path to peace, peace accord, peace
        agreement, peace board, peace conference, peace deal, peace deal*, peace effort*, peace envoy, peace
        formula, peace initiative, peace mission to, peace negotiations, peace plan, peace process, peace proposal*,
        peace push, peace settlement, peace summit, peace talks, peace terms, peace treaty, phased deal, phone call,
        political resolution, political settlement, political solution, power sharing deal, preconditions, prisoner
        exchange*, prisoner lists, prisoner swap*, prisoners will be, proximity talks, rapprochement, reach a deal,
        reach ~ agreement, reintegrat*, release of hostages, release of ~ hostages, release of ~ prisoners, release
        ~ hostages, resume talks, return to the table, reunification, settlement process, shuttle diplomacy, sit
        down with, stop the fighting, stop the war, strike a deal, summit between, surrender ~ arms, surrender ~
        weapons, swap ~ prisoners, talks, technical talks, three way, trade prisoners, trilateral, tripartite, truce
        deal, truce talks, truce*, unity deal, video call, video conference, videoconference, war could end, war may
        end, war will end, war would end
    """,
    STRONG: """
        accord, accords, agree on, agree to, agreed to meet, agreement, back channel, bargain*, bilateral, broker*,
        call between, captives, common ground, compromise, counterpart*, deal, deal with, delegation*, delegations,
        diplomacy, disarm*, disarmament, discussions on, engage with, engagement, envoys to, facilitat*, fly to ^,
        fourth round, free the, good offices, halt in fighting, handshake, hold a call, hold discussions, host, host
        the leaders, host ~ leaders, host ~ summit, hostages, initialed, initialled, initialling, interlocutor*,
        joint statement, mediat*, mediation, meet ^, meet again, meet in ^, meet with, meeting between, meeting in
        ^, meeting with, meets ^, memorandum, negotiating, new round, next round, normali*, normalisation,
        normalization, pact, peace, peaceful, peaceful resolution, personal envoy, phase one, phase two, political
        agreement, political deal, political transition talks, proximity, ratif*, reconcil*, resume dialogue,
        roadmap, round of, rounds of talks, second round, settlement, shuttle, sign, sign a, sign any, sign the,
        signing, signs, sit down, speak by phone, speak to, special envoy, talk to, talk with, talks could, talks
        with, tete a tete, thaw, the parties, third round, to meet, travel to ^, treaty, un envoy, understanding
        between, us envoy, will meet, willing to talk, working group*
    """,
    FAIR: """
        agree, agreed, agrees, attend, breakthrough, call off, calm, ceremony, channel*, conference, draft, envoy,
        envoys, host talks, hostage, implement*, integrat*, integration, intermediar*, invitation,
        invite*, lull, mediators, meet, meeting, meetings, multilateral, mutual, parties, pause,
        prisoners, proposal, proposals, reciprocal, release*, resumption, rounds, side signs, sides,
        signed, table, terms, text, visit
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
)
