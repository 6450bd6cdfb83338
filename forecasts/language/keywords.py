"""The words that tell categories apart, as patterns on folded text, with their weights."""

from typing import Literal

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

STRONG, FAIR, WEAK = 4, 2, 1

KEYWORDS: dict[Category, tuple[tuple[int, str], ...]] = {
    "airstrikes": (
        (
            STRONG,
            (
                r"air ?strikes?|air raids?|air campaign|aerial (?:bomb|attack)\w*|bombing|bombardments?|"
                r"missile strikes?|drone strikes?|(?:missile|drone|rocket|ballistic) (?:attacks?|strikes?|"
                r"barrages?|salvos?|fire)|warplanes|glide bombs?|bombing raids?|bombs|air war|air attacks?|"
                r"missiles|drones|rockets|bombard\w*|shelling"
            ),
        ),
        (
            FAIR,
            (
                r"strikes? (?:on|against|deep|inside)|air force|missile|drone|rocket|jets|air defen[cs]es?|"
                r"strikes|bomb\w*|airspace|air power"
            ),
        ),
    ),
    "displacement": (
        (
            STRONG,
            (
                r"displace[dsm]?\w*|refugees?|exodus|flee(?:ing)?|uproot\w*|evacuat\w+|asylum|deport\w+|"
                r"expulsions?|repatriat\w+|idps?|returnees|homeless|mass migration|"
                r"driven from (?:their )?homes|leave their homes|from their homes|across the border|"
                r"cross the (?:border|lake|river|sea)|migration|migrants|influx|return (?:home|"
                r"to their homes)|ethnic cleansing"
            ),
        ),
        (
            FAIR,
            (
                r"migrant|fled|camps?|border crossings?|cross (?:the border|into)|arrivals|residents to leave|"
                r"relocat\w+|resettle\w*"
            ),
        ),
    ),
    "international_response": (
        (
            STRONG,
            (
                r"sanctions?|security council|peacekeep\w+|international (?:response|community|pressure|force|"
                r"criminal|court)|un mission|arms embargo|resolution|general assembly|icc|nato|european union|"
                r"ecowas|african union|coalition(?! government)|veto|condemn\w*|weapons deliver\w+|"
                r"arms deliver\w+|military (?:aid|assistance|support)|multinational|tribunal|tariffs|g7|"
                r"mandate|stabili[sz]ation force|support mission|security force|police force|police officers|"
                r"security personnel|donors?|pledging|aid package|foreign aid|security guarantees|sanctioned|"
                r"observers|monitors|force to|mission to|mission in|draft resolution|human rights council|"
                r"emergency session|embargo|recogni[sz]e|diplomatic (?:pressure|ties|relations)|"
                r"send(?:ing)? (?:\w+ ){0,3}(?:troops|weapons|arms|tanks|aircraft|forces|soldiers)|"
                r"emergency summit"
            ),
        ),
        (
            FAIR,
            (
                r"united nations|u\.?n\.?|eu|washington|white house|western|allies|foreign ministers?|summit|"
                r"weapons|arms|support|intervention|intervene|diplomatic|ambassador|brussels|council|funding|"
                r"assist|u\.s\.|united states|mission|contingent|resources|logistical|cooperation|london|"
                r"paris|berlin|beijing|moscow|ankara|european|bloc|package|world leaders|pentagon|congress"
            ),
        ),
    ),
    "territorial_control": (
        (
            STRONG,
            (
                r"captur\w+|seiz\w+|retak\w+|recaptur\w+|control (?:of|over)|overrun|territor\w+|encircl\w+|"
                r"besieg\w+|annex\w*|advance (?:on|towards?|into|south|north|east|west|further|along)|"
                r"foothold|occup(?:y|ation|ied|iers?)|take over|takeover|buffer zone|liberat\w+|strongholds?|"
                r"consolidat\w+|fall of|withdraw\w*|pull back|buffer|demarcat\w+|pull (?:out|back)|"
                r"secession|independence|"
                r"take the|lines of advance|frontlines?|front lines?|collapse of the (?:army|regime|"
                r"government|front)|overthrow\w*|caliphate|push (?:into|towards?|south|north|east|west)|"
                r"hold (?:the|on|out|key|positions)|exit the|remain in|fall to|garrison|partition|"
                r"expand (?:its|their) (?:control|influence|"
                r"presence)|rural control|culminate"
            ),
        ),
        (
            FAIR,
            (
                r"advance|advances|airport|bridge|positions|siege|gains|defen[cs]es|land|fall|push|"
                r"withdraw\w*|ground (?:offensive|assault|operation|forces)|offensive|rebels|junta|regime|"
                r"objectives|outposts?|crossing|island|border areas?"
            ),
        ),
        (WEAK, r"city|town|province|capital|troops|assault|lines?|blockade|front|borders?"),
    ),
    "negotiation": (
        (
            STRONG,
            (
                r"talks|negotiat\w+|cease-?fires?|truces?|peace (?:deal|agreement|accord|process|treaty|plan|"
                r"conference|initiative)|mediat\w+|dialogue|prisoner (?:swap|exchange)|hostages?|settlement|"
                r"roadmap|cessation of hostilities|accords?|treaty|armistice|envoys?|delegations?|peace|deal|"
                r"hold a (?:\w+ )?meeting|compromise|breakthrough"
            ),
        ),
        (
            FAIR,
            (
                r"agreement|meet|meeting|sign(?! of)|rounds?|accept (?:the|a) (?:plan|terms|border|draft)|"
                r"signed|signing|concessions?|diplomacy|diplomats?|proposal|round of|release of|agree\w*|"
                r"reconciliation|pact|implement\w*|summit|visit|foreign ministers|prisoners|demilitari[sz]ed"
            ),
        ),
    ),
    "humanitarian": (
        (
            STRONG,
            (
                r"famine|humanitarian|starv\w+|hunger|hungry|malnutrition|malnourished|cholera|epidemic|"
                r"disease|food (?:insecurity|aid|crisis|shortages?|supplies|assistance|rations)|"
                r"aid (?:agencies|workers|convoys?|deliver\w+|groups?|access|trucks?|operations?|cuts?)|wfp|"
                r"unicef|ocha|relief|acute food|world food programme|vaccin\w+|clean water|shortages?|"
                r"emergency assistance|life-?saving|need (?:assistance|aid|help)|lean season|ipc|outbreaks?|"
                r"medical supplies|die from|starvation"
            ),
        ),
        (
            FAIR,
            (
                r"aid|food|civilian casualties|water|fuel|medicines?|electricity|children|civilians|trapped|"
                r"needs|die|suffer\w*|drought|flood\w*|rations|schools?|catastroph\w+|harvest|prices|health|"
                r"medical|hospitals?|people will|lives|survive"
            ),
        ),
    ),
    "escalation": (
        (
            STRONG,
            (
                r"escalat\w*|retaliat\w*|all-out|full-scale|wider war|regional war|civil war|wider conflict|"
                r"regional conflict|spill\w*|tensions?|reprisals?|revenge|aveng\w+|confrontations?|"
                r"return(?:ing)? to (?:war|fighting|conflict|deadly)|resum(?:e|ing) (?:fighting|the war|"
                r"hostilities|combat|military|strikes|attacks)|fighting (?:\w+ ){0,4}(?:resume|continue|"
                r"spread|intensify|erupt)|renewed (?:fighting|conflict|war|violence)|war|hostilities|invasion|"
                r"invade|nuclear|violence|clash\w*|further (?:conflict|attacks?)|strike back|crushing|incursions?|"
                r"mobili[sz]\w+|militar(?:y action|y response|y operations?|y force|y drills|y exercises)|"
                r"flare|ground (?:offensive|assault|attack|invasion)|expand (?:its |"
                r"their )?(?:military )?operations|conflict|attacks?|intensif\w*|(?:live-fire )?drills|"
                r"warfare|armed struggle|crackdown|bloodshed|genocide|atrocit\w+|massacre\w*|consequences|"
                r"erupt\w*|respond|blockade"
            ),
        ),
        (
            FAIR,
            (
                r"fighting|offensive|response|coup|raids?|campaign|threat\w*|destabili[sz]\w*|"
                r"instability|unrest|assault|operation|exercises|deploy\w*|fight|battle|insurgen\w+|violent|"
                r"force|step up|spread|resistance|guerrilla|warning|provocation|punish\w*|answer|burnt|chaos|"
                r"reunification|unification"
            ),
        ),
    ),
    "other": (
        (
            STRONG,
            (
                r"elections?|polls?|referendum|ballot|voters|voting|parliament\w*|inflation|currency|gdp|"
                r"economy|economic|economically|coalition government|hand (?:over )?power|"
                r"transitional council|elected|growth|trial|verdict|constitution\w*|transitional government|"
                r"interim government|cabinet|president will|resign\w*|oil prices?|oil|trade|tourism|budget|"
                r"turning point|presidential|sharia|theocratic|democracy|financial|funding sources|costly|"
                r"reputation|transportation|rail|road link|prosperity|law"
            ),
        ),
    ),
}
