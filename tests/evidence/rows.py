"""Made-up events in the columns of UCDP GED."""

DEFAULTS: dict[str, object] = {
    "id": 1,
    "year": 2018,
    "type_of_violence": 1,
    "conflict_name": "Northland: Government",
    "dyad_name": "Government of Northland - Northern Front",
    "side_a": "Government of Northland",
    "side_b": "Northern Front",
    "source_headline": "Shelling",
    "where_prec": 1,
    "where_coordinates": "Northport",
    "adm_1": "North Province",
    "adm_2": "Northport district",
    "latitude": 35.5,
    "longitude": 36.5,
    "country": "Syria",
    "region": "Middle East",
    "event_clarity": 1,
    "date_prec": 1,
    "date_start": "2018-09-01",
    "date_end": "2018-09-01",
    "deaths_civilians": 0,
    "low": 1,
    "best": 1,
    "high": 1,
}
HEAD = ",".join(DEFAULTS) + "\n"


def ged(**changes: object) -> str:
    """One line of a file: an event of one dead in the north on 1 September 2018, but for the changes."""
    same_day = {"date_end": changes["date_start"]} if "date_start" in changes else {}
    return ",".join(str(value) for value in {**DEFAULTS, **same_day, **changes}.values()) + "\n"


def ged_file(*events: dict[str, object]) -> str:
    """A whole file, ids counted from 1 where they are not given."""
    return HEAD + "".join(ged(**{"id": number, **event}) for number, event in enumerate(events, 1))
