"""Talks, truces, deals, exchanges."""

from forecasts.language.categories.authorities import AGENCIES, COUNCIL
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, STRONG, WEAK

_KEYWORDS = {
    DECISIVE: """
        amnesty, an end to the war, armistice, border talks, bring peace, cease fire*, ceasefire agreement,
        ceasefire deal, ceasefire talks, ceasefire*, cessation of hostilities, concession*, conditions for ~
        release, confidence building, conflict could end, de escalat*, decommission*, deescalat*, demand that ~
        recognise, demilitari*, demobili*, detainee exchange, detente, dialogue, diplomatic efforts, diplomatic
        solution, direct talks, disband*, dissolve its armed, drop ~ demand*, end hostilities, end of the war,
        end the conflict, end the fighting, end the war, end to hostilities, end to the conflict, end to ~
        fighting, end ~ conflict, end ~ crisis, end ~ escalation, end ~ hostilities, exchange of prisoners,
        exchange process, exchange ~ prisoners, face to face, final status, free ~ captives, free ~ hostages,
        free ~ pilot, freeing of prisoners, give up ~ weapons, good faith, guarantor*, halt to ~ fighting, halt
        ~ escalation, halt ~ fighting, hand over the hostages, hand over ~ arms, hand over ~ weapons, held
        hostage, hold talks, hold ~ meeting, hostage deal, hostage release*, hostilities will end, hostilities
        would end, humanitarian pause, indirect talks, lasting peace, lay down arms, lay down their, lay down ~
        arms, lay down ~ weapons, laying down ~ arms, make peace, mediation efforts, mediation team, memorandum
        of understanding, military solution, national conference, negotiat*, negotiated, negotiating table,
        nuclear deal, nuclear talks, path to peace, peace accord, peace agreement, peace board, peace
        conference, peace deal, peace deal*, peace effort*, peace envoy, peace formula, peace initiative, peace
        mission to, peace negotiations, peace plan, peace process, peace proposal*, peace push, peace
        settlement, peace summit, peace talks, peace terms, peace treaty, peaceful negotiations, phased deal,
        phone call, political resolution, political settlement, political solution, power sharing deal,
        preconditions, prisoner exchange*, prisoner lists, prisoner swap*, prisoners will be, proximity talks,
        rapprochement, reach a deal, reach ~ agreement, reconciliation conference, reintegrat*, release of
        hostages, release of ~ detainees, release of ~ hostages, release of ~ prisoners, release process,
        release ~ captives, release ~ detainees, release ~ hostages, release ~ pilot, release ~ prisoners,
        resume talks, return to the table, reunification, settlement process, shuttle diplomacy, sit down with,
        stop the fighting, stop the war, strike a deal, summit between, surrender ~ arms, surrender ~ weapons,
        swap of prisoners, swap ~ prisoners, talks, technical talks, terms for, terms of the deal, three way,
        trade prisoners, trilateral, tripartite, truce deal, truce talks, truce*, unity deal, video call, video
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

_EXAMPLES = (
    "The envoys will speak by video call.",
    "Hostilities would end at noon.",
    "The pact may bring de-escalation.",
    "The last fighters will be reintegrated.",
    "Delegations are due to meet in Oslo.",
    "The miners would release the captives.",
)

_TEMPLATES = (
    Template(
        key="negotiation-ceasefire",
        label="A ceasefire between two parties",
        title="{actor} and {object} agree on a ceasefire by {day}",
        criteria="YES if {actor} and {object} both declare that they have agreed on a ceasefire with each other.",
        fine_print=(
            "A ceasefire means a truce or cessation of hostilities for at least 72 consecutive hours as agreed, "
            "whether or not it lasts. Pauses for a single operation, and declarations by one side only, do not count."
        ),
        authorities=(AGENCIES, COUNCIL),
        blanks=("actor", "object"),
        days=60,
    ),
    Template(
        key="negotiation-meeting",
        label="Two parties meet",
        title="Envoys of {actor} and {object} meet by {day}",
        criteria="YES if envoys of {actor} and of {object} meet in person and both sides or the host confirm it.",
        fine_print="A meeting includes one with mediators in the room; talks by messenger in two rooms do not count.",
        authorities=(AGENCIES,),
        blanks=("actor", "object"),
    ),
)

CATEGORY = Category(
    key="negotiation",
    label="negotiation",
    place=60,
    precedence=30,
    icon="M0 3.5 4 .5v2h4v2H4v2ZM12 8.5 8 5.5v2H4v2h4v2Z",
    colour=("#b85f91", "#cc79a7"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
