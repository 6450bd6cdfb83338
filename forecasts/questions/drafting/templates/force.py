"""Escalation, air strikes, territorial control."""

from forecasts.questions.drafting.authorities import ACLED, AGENCIES, ISW, UCDP
from forecasts.questions.drafting.template import Template

TEMPLATES = (
    Template(
        key="escalation-fire",
        category="escalation",
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
        category="escalation",
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
        category="escalation",
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
    Template(
        key="airstrikes-civilians",
        category="airstrikes",
        label="At least so many civilians are killed from the air",
        title="At least {threshold} civilians are killed by air strikes in {place} by {day}",
        criteria="YES if {source} counts at least {threshold} civilians killed by air or drone strikes in {place}.",
        fine_print=(
            "An air strike means an attack by aircraft, helicopter or drone; artillery and missiles fired from the "
            "ground do not count. Civilians are those whom the source counts as such."
        ),
        authorities=(ACLED, UCDP),
        blanks=("place", "threshold"),
        threshold=100,
        rule="cumulative",
        unit="people",
    ),
    Template(
        key="airstrikes-events",
        category="airstrikes",
        label="Somebody flies at least so many air strikes",
        title="{actor} carries out at least {threshold} air strikes in {place} by {day}",
        criteria="YES if {source} records at least {threshold} events of air or drone strikes by {actor} in {place}.",
        fine_print="An air strike means an attack by aircraft, helicopter or drone, as the source codes it.",
        authorities=(ACLED, ISW),
        blanks=("actor", "place", "threshold"),
        threshold=50,
        rule="cumulative",
        unit="events",
    ),
    Template(
        key="territory-held",
        category="territorial_control",
        label="Somebody holds a place on a day",
        title="{actor} holds {place} on {day}",
        criteria="YES if {source} shows {place} as held by {actor} on {day}, for all of that day.",
        fine_print=(
            "Holding means that the source shows the whole built-up area, but for at most a tenth of it, as controlled "
            "by {actor} or forces allied with it, at the end of {day}. Areas shown as contested do not count as held."
        ),
        authorities=(ISW, AGENCIES),
        blanks=("actor", "place"),
    ),
    Template(
        key="territory-taken",
        category="territorial_control",
        label="Somebody takes a place",
        title="{actor} takes {place} by {day}",
        criteria="YES if {source} shows or reports {place} as taken by {actor}, on any day of the window.",
        fine_print=(
            "Taken means that the source shows the whole built-up area, but for at most a tenth of it, as controlled "
            "by {actor} or forces allied with it, for at least 24 consecutive hours."
        ),
        authorities=(ISW, AGENCIES),
        blanks=("actor", "place"),
    ),
)
