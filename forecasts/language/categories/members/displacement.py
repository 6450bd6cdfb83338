"""Flight and return."""

from forecasts.language.categories.authorities import IDMC, OCHA, UNHCR
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, STRONG

_KEYWORDS = {
    DECISIVE: """
        able to leave, able to return, accelerated returns, allowed to leave, asylum seekers, be displaced,
        civilians fleeing, cleared of residents, could be displaced, deport*, displaced families, displaced from,
        displaced people ~ return, driven from their, evacuate civilians, exodus, flee the, flee their, flee to,
        fleeing the fighting, flood of refugees, forced displacement, forced from, forced from their villages,
        forced out of their, forced return*, forced to flee, forced to leave, fresh wave of, from their homes,
        influx of refugees, internally displaced, leave the battle, leave the country within, leave the enclave,
        leave their homes, mass displacement, mass exodus, mass migration, mass return*, mass returns, migration
        wave, million displaced, more refugees, new arrivals, new wave of migrants, new wave of refugees, order* to
        leave, people could be displaced, people fleeing, people on the move, people to leave, people will be
        displaced, people will flee, permitted to go, permitted to leave, rate of returns, refugee camp closure,
        refugee crisis, refugee flow*, refugee influx, refugee returns, refugees cross*, refugees return*, refugees
        to return, residents to evacuate, residents to leave, return of refugees, return of the displaced, return of
        ~ refugees, return to their homes, returned home, seek asylum, seek refuge, seek safety, seeking refuge,
        send ~ back to, sent back to, spontaneous returns, take refuge, taking refuge, their homes, thousands of
        refugees, trapped civilians, undocumented, voluntary return*, wave of displacement, wave of migra*, wave of
        refugees, waves of displacement
    """,
    STRONG: """
        abandon their, asylum, civilians to cross, come home, cross into ^, cross the border, cross the lake, cross
        the river into, displac*, displaced people, drive out ~ people, drive ~ people, driven from, emigrat*,
        evacuat*, exile*, expel, expelled, expelling, expels, expulsion*, expulsions, flee, fleeing, fleeing ^,
        flees, forced out, fresh refugees, go home, going home, homeless, homelessness, host communities, host
        countries, idp, idps, influx, leave for safer, leave the area, leave the country, leave the region,
        migrant*, migrants, migrat*, new refugees, people across the border, people to cross, refuge, refugees
        fleeing, refugees from, refugees into, relocat*, repatriat*, resettle*, resettled, return home, return of ~
        families, return to ^, return to their, returned to ^, returnee*, returns of, safe areas, safer areas, send
        refugees, shelter in ^, shelters full, uproot*, villagers to leave, went home
    """,
    FAIR: """
        across the border, arrivals, border crossings, camp, cross into, crossings, fled, new camp, refugee*,
        returns, shelter elsewhere, shelters for, stranded
    """,
}

_EXAMPLES = (
    "The offensive will spark a wave of migration.",
    "Villagers may seek refuge on the far bank.",
    "Up to 9,000 people could be displaced.",
    "Families will return to their homes.",
)

_TEMPLATES = (
    Template(
        key="displacement-least",
        label="At least so many people are newly displaced",
        title="At least {threshold} people are newly displaced in {place} by {day}",
        criteria="YES if {source} reports at least {threshold} people newly displaced inside {place}.",
        fine_print=(
            "Newly displaced means people who left their homes after the opening. Returns are not subtracted. Where a "
            "range is published, its middle counts."
        ),
        authorities=(OCHA, IDMC, UNHCR),
        blanks=("place", "threshold"),
        threshold=100_000,
        rule="peak",
        unit="people",
    ),
    Template(
        key="displacement-number",
        label="How many people are newly displaced",
        title="How many people are newly displaced in {place} by {day}, as {source} reports",
        criteria="The number of people newly displaced inside {place} that {source} reports.",
        fine_print="Newly displaced means people who left their homes after the opening. Returns are not subtracted.",
        authorities=(OCHA, IDMC, UNHCR),
        rule="peak",
        kind="numeric",
        unit="people",
    ),
    Template(
        key="displacement-abroad",
        label="At least so many refugees are registered",
        title="At least {threshold} new refugees from {place} are registered by {day}",
        criteria="YES if {source} reports at least {threshold} people from {place} newly registered abroad.",
        fine_print="Registered means registered as refugees or asylum-seekers after the opening, in all countries.",
        authorities=(UNHCR, OCHA),
        blanks=("place", "threshold"),
        threshold=50_000,
        rule="cumulative",
        unit="people",
        days=60,
    ),
)

CATEGORY = Category(
    key="displacement",
    label="displacement",
    place=30,
    precedence=20,
    icon="M12 6 6.6 9.4V7H0V5h6.6V2.6Z",
    colour=("#2b8cc4", "#56b4e9"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
