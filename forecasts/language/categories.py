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
        (
            _STRONG,
            (
                r"air ?strikes?|air raids?|air campaign|aerial (?:bomb|attack)\w*|bombing|bombardments?|"
                r"missile strikes?|drone strikes?|"
                r"(?:missile|drone|rocket|ballistic) (?:attacks?|strikes?|barrages?|salvos?)|warplanes|"
                r"glide bombs?|bombing raids?|bombs?\b"
            ),
        ),
        (
            _FAIR,
            (
                r"strikes? (?:on|against|deep|inside)|shelling|air force|missiles?|drones?|rockets?|jets|"
                r"air defen[cs]es?|strikes|bomb\w*|shell\b"
            ),
        ),
    ),
    "displacement": (
        (
            _STRONG,
            (
                r"displace[dsm]?\w*|refugees?|exodus|flee(?:ing)?|uproot\w*|evacuat\w+|asylum|deport\w+|"
                r"expulsions?|repatriat\w+|idps?|"
                r"returnees|homeless|mass migration|driven from (?:their )?homes"
            ),
        ),
        (
            _FAIR,
            (
                r"migrants?|migration|fled|camps?|border crossings?|cross (?:the border|into)|arrivals|"
                r"leave their homes|return home|residents to leave|relocat\w+"
            ),
        ),
    ),
    "international_response": (
        (
            _STRONG,
            (
                r"sanctions?|security council|peacekeep\w+|international (?:response|community|pressure|force|"
                r"criminal|court)|un mission|arms embargo|"
                r"resolution|general assembly|icc|nato|european union|ecowas|african union|coalition|veto|"
                r"condemn\w*|weapons deliver\w+|arms deliver\w+|"
                r"military (?:aid|assistance|support)|multinational|tribunal|tariffs|g7|mandate|"
                r"stabili[sz]ation force|support mission"
            ),
        ),
        (
            _FAIR,
            (
                r"united nations|u\.?n\.?|eu|washington|white house|western|allies|foreign ministers?|summit|"
                r"aid package|weapons|arms|support|"
                r"intervention|intervene|embargo|diplomatic|ambassador|recogni[sz]e|brussels|council|"
                r"peace force|funding|assist|u\.s\.|united states|security guarantees"
            ),
        ),
    ),
    "territorial_control": (
        (
            _STRONG,
            (
                r"captur\w+|seiz\w+|retak\w+|recaptur\w+|control (?:of|over)|overrun|territor\w+|encircl\w+|"
                r"besieg\w+|frontlines?|front lines?|"
                r"annex\w*|ground (?:offensive|assault|operation|invasion)|advance (?:on|towards?|into|south|"
                r"north|east|west|further)|foothold|occup(?:y|ation|ied)|"
                r"take over|takeover|buffer zone|liberat\w+|strongholds?|consolidat\w+|fall of|to the rebels|"
                r"withdraw(?:al)? from|pull out of|secession|independence"
            ),
        ),
        (
            _FAIR,
            (
                r"advance|advances|push (?:into|towards?|south|north|east|west)|city|town|province|"
                r"region's capital|airport|bridge|positions|hold (?:the|on)|border areas?|"
                r"rebels? (?:may|could|will|would)|offensive|siege|gains|lines?|defen[cs]es|front|land|fall\b|"
                r"push\b|troops|withdraw\w*|assault|blockade|expand"
            ),
        ),
    ),
    "negotiation": (
        (
            _STRONG,
            (
                r"talks|negotiat\w+|cease-?fire|truce|peace (?:deal|agreement|accord|process|treaty|plan|"
                r"conference|initiative)|mediat\w+|dialogue|"
                r"prisoner (?:swap|exchange)|hostages?|settlement|roadmap|cessation of hostilities|accord|"
                r"treaty|armistice|envoys?|delegations?|peace\b|deal"
            ),
        ),
        (
            _FAIR,
            (
                r"agreement|meet\b|meeting|sign\b|signed|concessions?|compromise|breakthrough|diplomacy|"
                r"diplomats?|proposal|round of|release of|agree\w*|"
                r"reconciliation|pact|implement\w*"
            ),
        ),
    ),
    "humanitarian": (
        (
            _STRONG,
            (
                r"famine|humanitarian|starv\w+|hunger|hungry|malnutrition|malnourished|cholera|epidemic|"
                r"disease|food (?:insecurity|aid|crisis|shortages?|supplies|assistance|rations)|"
                r"aid (?:agencies|workers|convoys?|deliver\w+|groups?|access|trucks?|operations?|cuts?)|wfp|"
                r"unicef|ocha|relief|medical|hospitals?|acute food|"
                r"world food programme|health|vaccin\w+|clean water|shortages?|starvation|"
                r"emergency assistance|lifesaving|life-saving|need assistance"
            ),
        ),
        (
            _FAIR,
            (
                r"aid|food|civilian casualties|water|fuel|medicines?|electricity|children|civilians|winter|"
                r"funding|needs|die|suffer\w*|drought|flood\w*|rations|schools?|lean season|outbreaks?|"
                r"catastroph\w+|harvest|prices"
            ),
        ),
    ),
    "escalation": (
        (
            _STRONG,
            (
                r"escalat\w*|retaliat\w*|all-out|full-scale|wider war|regional war|civil war|wider conflict|"
                r"regional conflict|spill\w*|tensions?|reprisals?|revenge|"
                r"confrontation|return to war|resume (?:fighting|the war)|renewed (?:fighting|conflict|war|"
                r"violence)|war\b|hostilities|invasion|invade|nuclear|"
                r"violence|clash\w*|further conflict|respond (?:with|to any)|crushing|incursion|mobili[sz]\w+|"
                r"militar(?:y action|y response|y operation)|further attacks?|flare"
            ),
        ),
        (
            _FAIR,
            (
                r"conflict|attacks?|fighting|offensive|intensif\w*|strike back|response|respond|threat\w*|"
                r"crackdown|destabili[sz]\w*|instability|unrest|"
                r"bloodshed|assault|operation|drills|exercises|deploy\w*|fight\b|battle|coup|insurgen\w+|"
                r"violent|force\b|step up|spread|genocide|atrocit\w+|massacre\w*|gangs?"
            ),
        ),
    ),
    "other": (
        (
            _STRONG,
            (
                r"elections?|polls?\b|vote|voters|referendum|ballot|parliament|inflation|currency|gdp|economy|"
                r"economic|growth|trial|verdict|court|constitution\w*|"
                r"transitional government|interim government|cabinet|president will|resign\w*|oil prices?|"
                r"trade|tourism|budget|turning point|presidential"
            ),
        ),
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


def category_of(claim: dict[Category, int], sentence: dict[Category, int]) -> Category:
    """The best category: the claim counts twice, the rest of its sentence once."""
    total = {name: claim.get(name, 0) + sentence.get(name, 0) for name in _ORDER}
    best = max(_ORDER, key=lambda name: total[name])
    return best if total[best] >= ENOUGH else "other"
