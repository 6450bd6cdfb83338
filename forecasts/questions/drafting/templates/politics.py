"""International response, negotiation, and whatever else can be said to happen."""

from forecasts.questions.drafting.authorities import AGENCIES, COUNCIL, OCHA
from forecasts.questions.drafting.template import Template

TEMPLATES = (
    Template(
        key="response-council",
        category="international_response",
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
        category="international_response",
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
        category="international_response",
        label="Somebody announces forces or arms",
        title="{actor} announces that it sends further forces or arms to {object} by {day}",
        criteria="YES if the government of {actor} announces in its own name that it sends forces or arms to {object}.",
        fine_print="An announcement means a statement of a minister, head of government or ministry, on the record.",
        authorities=(AGENCIES,),
        blanks=("actor", "object"),
        days=60,
    ),
    Template(
        key="negotiation-ceasefire",
        category="negotiation",
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
        category="negotiation",
        label="Two parties meet",
        title="Envoys of {actor} and {object} meet by {day}",
        criteria="YES if envoys of {actor} and of {object} meet in person and both sides or the host confirm it.",
        fine_print="A meeting includes one with mediators in the room; talks by messenger in two rooms do not count.",
        authorities=(AGENCIES,),
        blanks=("actor", "object"),
    ),
    Template(
        key="other-event",
        category="other",
        label="Somebody does something, in a place",
        title="{actor} {object} in {place} by {day}",
        criteria="YES if {actor} {object} in {place}.",
        fine_print="An attempt or an announcement does not count: it must take place.",
        authorities=(AGENCIES, OCHA),
        blanks=("actor", "object", "place"),
    ),
)
