"""What a statement is about: keyword scores, and "other" when they do not say."""

import re
from typing import Literal, get_args

Category = Literal[
    "escalation",
    "airstrikes",
    "displacement",
    "international_response",
    "territorial_control",
    "negotiation",
    "humanitarian",
    "other",
]
CATEGORIES: tuple[Category, ...] = get_args(Category)

ENOUGH = 2
"""The lowest score that names a category."""

_STRONG, _FAIR, _WEAK = 4, 2, 1

_KEYWORDS: dict[Category, tuple[tuple[int, str], ...]] = {
    "airstrikes": (
        (_STRONG, r"air ?strikes?|air raids?|air campaign|aerial (?:bomb|attack)\w*|bombing|bombardments?|missile strikes?|drone strikes?|(?:missile|drone|rocket|ballistic) (?:attacks?|strikes?|barrages?|salvos?|fire)|warplanes|glide bombs?|bombing raids?|bombs|air war|air attacks?|missiles|drones|rockets|bombard\w*|shelling"),
        (_FAIR, r"strikes? (?:on|against|deep|inside)|air force|missile|drone|rocket|jets|air defen[cs]es?|strikes|bomb\w*|airspace|air power"),
    ),
    "displacement": (
        (_STRONG, r"displace[dsm]?\w*|refugees?|exodus|flee(?:ing)?|uproot\w*|evacuat\w+|asylum|deport\w+|expulsions?|repatriat\w+|idps?|returnees|homeless|mass migration|driven from (?:their )?homes|leave their homes|from their homes|across the border|cross the (?:border|lake|river|sea)|migration|migrants|influx|return (?:home|to their homes)|ethnic cleansing"),
        (_FAIR, r"migrant|fled|camps?|border crossings?|cross (?:the border|into)|arrivals|residents to leave|relocat\w+|resettle\w*"),
    ),
    "international_response": (
        (_STRONG, r"sanctions?|security council|peacekeep\w+|international (?:response|community|pressure|force|criminal|court)|un mission|arms embargo|resolution|general assembly|icc|nato|european union|ecowas|african union|coalition(?! government)|veto|condemn\w*|weapons deliver\w+|arms deliver\w+|military (?:aid|assistance|support)|multinational|tribunal|tariffs|g7|mandate|stabili[sz]ation force|support mission|security force|police force|police officers|security personnel|donors?|pledging|aid package|foreign aid|security guarantees|sanctioned|observers|monitors|force to|mission to|mission in|draft resolution|human rights council|emergency session|embargo|recogni[sz]e|diplomatic (?:pressure|ties|relations)|send(?:ing)? (?:\w+ ){0,3}(?:troops|weapons|arms|tanks|aircraft|forces|soldiers)|emergency summit"),
        (_FAIR, r"united nations|u\.?n\.?|eu|washington|white house|western|allies|foreign ministers?|summit|weapons|arms|support|intervention|intervene|diplomatic|ambassador|brussels|council|funding|assist|u\.s\.|united states|mission|contingent|resources|logistical|cooperation|london|paris|berlin|beijing|moscow|ankara|european|bloc|package|world leaders|pentagon|congress"),
    ),
    "territorial_control": (
        (_STRONG, r"captur\w+|seiz\w+|retak\w+|recaptur\w+|control (?:of|over)|overrun|territor\w+|encircl\w+|besieg\w+|annex\w*|advance (?:on|towards?|into|south|north|east|west|further|along)|foothold|occup(?:y|ation|ied|iers?)|take over|takeover|buffer zone|liberat\w+|strongholds?|consolidat\w+|fall of|withdraw(?:al)? from|pull (?:out|back)|secession|independence|take the|lines of advance|frontlines?|front lines?|collapse of the (?:army|regime|government|front)|overthrow\w*|caliphate|push (?:into|towards?|south|north|east|west)|hold (?:the|on|out)|fall to|garrison|partition|expand (?:its|their) (?:control|influence|presence)|rural control|culminate"),
        (_FAIR, r"advance|advances|airport|bridge|positions|siege|gains|defen[cs]es|land|fall|push|withdraw\w*|ground (?:offensive|assault|operation|forces)|offensive|rebels|junta|regime|objectives|outposts?|crossing|island|border areas?"),
        (_WEAK, r"city|town|province|capital|troops|assault|lines?|blockade|front|borders?"),
    ),
    "negotiation": (
        (_STRONG, r"talks|negotiat\w+|cease-?fires?|truces?|peace (?:deal|agreement|accord|process|treaty|plan|conference|initiative)|mediat\w+|dialogue|prisoner (?:swap|exchange)|hostages?|settlement|roadmap|cessation of hostilities|accords?|treaty|armistice|envoys?|delegations?|peace|deal|hold a (?:\w+ )?meeting|compromise|breakthrough"),
        (_FAIR, r"agreement|meet|meeting|sign(?! of)|rounds?|accept (?:the|a) (?:plan|terms|border|draft)|signed|signing|concessions?|diplomacy|diplomats?|proposal|round of|release of|agree\w*|reconciliation|pact|implement\w*|summit|visit|foreign ministers|prisoners|demilitari[sz]ed"),
    ),
    "humanitarian": (
        (_STRONG, r"famine|humanitarian|starv\w+|hunger|hungry|malnutrition|malnourished|cholera|epidemic|disease|food (?:insecurity|aid|crisis|shortages?|supplies|assistance|rations)|aid (?:agencies|workers|convoys?|deliver\w+|groups?|access|trucks?|operations?|cuts?)|wfp|unicef|ocha|relief|acute food|world food programme|vaccin\w+|clean water|shortages?|emergency assistance|life-?saving|need (?:assistance|aid|help)|lean season|ipc|outbreaks?|medical supplies|die from|starvation"),
        (_FAIR, r"aid|food|civilian casualties|water|fuel|medicines?|electricity|children|civilians|trapped|needs|die|suffer\w*|drought|flood\w*|rations|schools?|catastroph\w+|harvest|prices|health|medical|hospitals?|people will|lives|survive"),
    ),
    "escalation": (
        (_STRONG, r"escalat\w*|retaliat\w*|all-out|full-scale|wider war|regional war|civil war|wider conflict|regional conflict|spill\w*|tensions?|reprisals?|revenge|aveng\w+|confrontations?|return(?:ing)? to (?:war|fighting|conflict|deadly)|resum(?:e|ing) (?:fighting|the war|hostilities|combat|military|strikes|attacks)|fighting (?:\w+ ){0,4}(?:resume|continue|spread|intensify|erupt)|renewed (?:fighting|conflict|war|violence)|war|hostilities|invasion|invade|nuclear|violence|clash\w*|further (?:conflict|attacks?)|crushing|incursions?|mobili[sz]\w+|militar(?:y action|y response|y operations?|y force|y drills|y exercises)|flare|ground (?:offensive|assault|attack|invasion)|expand (?:its |their )?(?:military )?operations|conflict|attacks?|intensif\w*|(?:live-fire )?drills|warfare|armed struggle|crackdown|bloodshed|genocide|atrocit\w+|massacre\w*|consequences|erupt\w*|respond|blockade"),
        (_FAIR, r"fighting|offensive|strike back|response|coup|raids?|campaign|threat\w*|destabili[sz]\w*|instability|unrest|assault|operation|exercises|deploy\w*|fight|battle|insurgen\w+|violent|force|step up|spread|resistance|guerrilla|warning|provocation|punish\w*|answer|burnt|chaos|reunification|unification"),
    ),
    "other": (
        (_STRONG, r"elections?|polls?|referendum|ballot|voters|voting|parliament\w*|inflation|currency|gdp|economy|economic|economically|coalition government|hand (?:over )?power|transitional council|elected|growth|trial|verdict|constitution\w*|transitional government|interim government|cabinet|president will|resign\w*|oil prices?|oil|trade|tourism|budget|turning point|presidential|sharia|theocratic|democracy|financial|funding sources|costly|reputation|transportation|rail|road link|prosperity|law"),
    ),
}
_ORDER: tuple[Category, ...] = (
    "airstrikes",
    "displacement",
    "negotiation",
    "humanitarian",
    "territorial_control",
    "international_response",
    "escalation",
    "other",
)


def _combined() -> tuple[re.Pattern[str], dict[str, tuple[Category, int]]]:
    groups: list[str] = []
    meaning: dict[str, tuple[Category, int]] = {}
    for weight in (_STRONG, _FAIR, _WEAK):
        for category in _ORDER:
            words = "|".join(pattern for level, pattern in _KEYWORDS[category] if level == weight)
            if words:
                name = f"k{len(meaning)}"
                groups.append(f"(?P<{name}>{words})")
                meaning[name] = (category, weight)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])"), meaning


_PATTERN, _MEANING = _combined()


def scores(folded: str, start: int = 0, end: int | None = None) -> dict[Category, int]:
    """Keyword scores of a folded passage; a word repeated counts once."""
    total: dict[Category, int] = {}
    seen: set[str] = set()
    for found in _PATTERN.finditer(folded, start, len(folded) if end is None else end):
        if found.group() not in seen:
            seen.add(found.group())
            category, weight = _MEANING[found.lastgroup or ""]
            total[category] = total.get(category, 0) + weight
    return total


def category_of(folded: str, focus: tuple[int, int], claim: tuple[int, int], sentence: dict[Category, int]) -> Category:
    """The best category: what follows the cue counts most, then the claim, then the rest of its sentence."""
    near, claimed = scores(folded, *focus), scores(folded, *claim)
    total = {name: 2 * near.get(name, 0) + claimed.get(name, 0) + sentence.get(name, 0) for name in _ORDER}
    best = max(_ORDER, key=lambda name: total[name])
    return best if total[best] >= ENOUGH else "other"
