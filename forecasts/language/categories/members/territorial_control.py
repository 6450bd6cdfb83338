"""Who holds and takes ground."""

from forecasts.language.categories.authorities import AGENCIES, ISW
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, STRONG, WEAK

_KEYWORDS = {
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

_EXAMPLES = (
    "The town is likely to be encircled.",
    "The militia may enter the city.",
    "The island could split into two states.",
    "No valley will be ceded.",
    "Troops will try to break the siege.",
)

_TEMPLATES = (
    Template(
        key="territory-held",
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

CATEGORY = Category(
    key="territorial_control",
    label="territorial control",
    place=50,
    precedence=50,
    icon="M1 0h2v1h8L8.8 4 11 7H3v5H1Z",
    colour=("#009e73", "#1fbf92"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
