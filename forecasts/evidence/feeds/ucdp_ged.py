"""UCDP GED: events of organised violence with at least one death, yearly, and its monthly candidates."""

import re
from calendar import monthrange
from datetime import date

from forecasts.evidence.feed import Feed, Limit, Measure, Text

COUNTRIES = """
Afghanistan; Albania; Algeria; Angola; Argentina; Armenia; Australia; Austria; Azerbaijan; Bahrain; Bangladesh;
Belarus; Belgium; Benin; Bhutan; Bolivia; Bosnia-Herzegovina; Botswana; Brazil; Bulgaria; Burkina Faso; Burundi;
Cambodia (Kampuchea); Cameroon; Canada; Central African Republic; Chad; Chile; China; Colombia; Comoros; Congo; Costa
Rica; Croatia; Cuba; Cyprus; Czech Republic; DR Congo (Zaire); Denmark; Djibouti; Dominican Republic; Ecuador; Egypt;
El Salvador; Equatorial Guinea; Eritrea; Estonia; Ethiopia; Fiji; Finland; France; Gabon; Gambia; Georgia; Germany;
Ghana; Greece; Guatemala; Guinea; Guinea-Bissau; Guyana; Haiti; Honduras; Hungary; India; Indonesia; Iran; Iraq;
Ireland; Israel; Italy; Ivory Coast; Jamaica; Japan; Jordan; Kazakhstan; Kenya; Kingdom of eSwatini (Swaziland);
Kosovo; Kuwait; Kyrgyzstan; Laos; Latvia; Lebanon; Lesotho; Liberia; Libya; Lithuania; Macedonia, FYR; Madagascar
(Malagasy); Malawi; Malaysia; Maldives; Mali; Malta; Mauritania; Mauritius; Mexico; Moldova; Mongolia; Montenegro;
Morocco; Mozambique; Myanmar (Burma); Namibia; Nepal; Netherlands; New Zealand; Nicaragua; Niger; Nigeria; North
Korea; North Macedonia; Norway; Oman; Pakistan; Panama; Papua New Guinea; Paraguay; Peru; Philippines; Poland;
Portugal; Qatar; Romania; Russia (Soviet Union); Rwanda; Saudi Arabia; Senegal; Serbia (Yugoslavia); Sierra Leone;
Singapore; Slovakia; Slovenia; Solomon Islands; Somalia; South Africa; South Korea; South Sudan; Spain; Sri Lanka;
Sudan; Suriname; Sweden; Switzerland; Syria; Taiwan; Tajikistan; Tanzania; Thailand; Togo; Trinidad and Tobago;
Tunisia; Turkey; Turkmenistan; Uganda; Ukraine; United Arab Emirates; United Kingdom; United States of America;
Uruguay; Uzbekistan; Venezuela; Vietnam (North Vietnam); Yemen (North Yemen); Zambia; Zimbabwe (Rhodesia)
"""

YEARLY = re.compile(r"(\d\d)\.1")
MONTHLY = re.compile(r"(\d\d)\.0\.(\d{1,2})")
QUARTERS = re.compile(r"(\d\d)\.0?(\d{1,2})\.(\d\d)\.(\d{1,2})")
FIRST_YEAR = 1989


def covers(version: str) -> tuple[date, date] | None:
    """25.1 speaks for 1989 to 2024, 24.0.12 for December 2024, 24.01.24.09 for January to September 2024."""
    if found := YEARLY.fullmatch(version):
        return date(FIRST_YEAR, 1, 1), date(1999 + int(found[1]), 12, 31)
    if found := MONTHLY.fullmatch(version):
        return _months(int(found[1]), int(found[2]), int(found[1]), int(found[2]))
    if found := QUARTERS.fullmatch(version):
        return _months(int(found[1]), int(found[2]), int(found[3]), int(found[4]))
    return None


def series(version: str) -> str:
    return "yearly" if YEARLY.fullmatch(version) else "candidate"


def _months(first_year: int, first_month: int, last_year: int, last_month: int) -> tuple[date, date] | None:
    if not (1 <= first_month <= 12 and 1 <= last_month <= 12):
        return None
    last_day = monthrange(2000 + last_year, last_month)[1]
    return date(2000 + first_year, first_month, 1), date(2000 + last_year, last_month, last_day)


FEED = Feed(
    name="ucdp_ged",
    title="UCDP Georeferenced Event Dataset",
    home="https://ucdp.uu.se/",
    credit="Uppsala Conflict Data Program, UCDP Georeferenced Event Dataset (Sundberg and Melander 2013)",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    shows="rows",
    lag_days=35,
    look_back="From 1989. A yearly version rewrites all years; candidate events are rewritten for months, and "
    "not all of them make it into the yearly version.",
    versions="Yearly 25.1 (through 2024), monthly candidates 24.0.12 (December 2024), several months 24.01.24.09.",
    fetched="Files from https://ucdp.uu.se/downloads/; by API with a token in the header x-ucdp-access-token.",
    ids=("id",),
    starts=("date_start",),
    ends=("date_end",),
    texts=(
        Text("country", ("country",), "in", known=tuple(" ".join(name.split()) for name in COUNTRIES.split(";"))),
        Text("region", ("region",), "in the region", optional=True),
        Text("adm_1", ("adm_1",), "in"),
        Text("adm_2", ("adm_2",), "in", optional=True),
        Text("conflict_name", ("conflict_name",), "of the conflict", optional=True),
        Text("dyad_name", ("dyad_name",), "between"),
        Text("side", ("side_a", "side_b", "dyad_name"), "with a side", any_of=True),
        Text(
            "type_of_violence",
            ("type_of_violence",),
            "of the type",
            codes={"1": "state_based", "2": "non_state", "3": "one_sided"},
        ),
    ),
    limits=(
        Limit("where_prec", ("where_prec",), 7, "place known to code {} or better"),
        Limit("date_prec", ("date_prec",), 5, "day known to code {} or better"),
        Limit("event_clarity", ("event_clarity",), 2, "event told apart to code {} or better"),
    ),
    measures=(
        Measure("events", "events"),
        Measure("best", "deaths (best estimate)", "best"),
        Measure("low", "deaths (low estimate)", "low"),
        Measure("high", "deaths (high estimate)", "high"),
        Measure("civilians", "deaths of civilians", "deaths_civilians"),
    ),
    place=("latitude", "longitude"),
    levels=("low", "best", "high"),
    varied="type_of_violence",
    keys=("adm_2", "adm_1", "dyad_name", "country"),
    details=("where_coordinates", "source_headline"),
    marks=("date_start", "date_end", "type_of_violence", "best", "dyad_name"),
    covers=covers,
    series=series,
)
