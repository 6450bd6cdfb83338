"""Strikes from the air and from afar."""

from forecasts.language.categories.authorities import ACLED, ISW, UCDP
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, STRONG

_KEYWORDS = {
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

_EXAMPLES = (
    "Cruise missiles could hit the depot.",
    "Artillery will pound the ridge.",
    "The army may test-fire a missile.",
    "The guard vowed to shoot down the balloons.",
    "The rebels could hit the capital's port.",
)

_TEMPLATES = (
    Template(
        key="airstrikes-civilians",
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
)

CATEGORY = Category(
    key="airstrikes",
    label="airstrikes",
    place=20,
    precedence=10,
    icon="M6 12 2.6 6.6H5V0h2v6.6h2.4Z",
    colour=("#b97700", "#e69f00"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
