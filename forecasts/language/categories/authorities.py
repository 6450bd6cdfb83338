"""Sources of truth that conflict forecasts are resolved by, each with its address and how late it speaks."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides. `late` is how long after the fact it has published, as a rule."""

    key: str
    name: str
    url: str
    lag: str
    late: timedelta


def _authority(key: str, name: str, url: str, lag: str, days: int) -> Authority:
    return Authority(key, name, url, lag, timedelta(days=days))


UCDP = _authority(
    "ucdp",
    "UCDP Georeferenced Event Dataset (candidate events)",
    "https://ucdp.uu.se/downloads/",
    "monthly, about 20 days after the month",
    35,
)
ACLED = _authority(
    "acled", "ACLED event data", "https://acleddata.com/data-export-tool/", "weekly, about 7 days late", 14
)
OCHA = _authority(
    "ocha", "UN OCHA situation reports (ReliefWeb)", "https://reliefweb.int/organization/ocha", "every few days", 7
)
UNHCR = _authority(
    "unhcr", "UNHCR Operational Data Portal", "https://data.unhcr.org/", "weekly to monthly, about 7 days late", 14
)
IDMC = _authority(
    "idmc",
    "IDMC Internal Displacement Updates",
    "https://www.internal-displacement.org/database/displacement-data/",
    "updated daily, about 7 days late",
    14,
)
COUNCIL = _authority(
    "council",
    "UN Security Council documents",
    "https://main.un.org/securitycouncil/en/content/documents",
    "published within 2 days",
    3,
)
ISW = _authority(
    "isw",
    "Institute for the Study of War, control-of-terrain maps",
    "https://understandingwar.org/",
    "updated daily, about 1 day late",
    3,
)
AGENCIES = _authority(
    "agencies",
    "Agreeing reports of two of Reuters, Associated Press and AFP",
    "https://www.reuters.com/world/",
    "published within a day",
    2,
)
IPC = _authority(
    "ipc",
    "Integrated Food Security Phase Classification",
    "https://www.ipcinfo.org/ipc-country-analysis/",
    "published some weeks after each analysis",
    45,
)
