"""ACLED: political violence and protest, as its export has it. Not tried on real data."""

from forecasts.evidence.feed import Feed, Limit, Measure, Text

FEED = Feed(
    name="acled",
    title="Armed Conflict Location and Event Data",
    credit="ACLED (Armed Conflict Location and Event Data), acleddata.com",
    licence="ACLED terms of use: not to be passed on",
    licence_url="https://acleddata.com/terms-and-conditions",
    shows="ids",
    lag_days=14,
    look_back="Weekly, every event living: figures are corrected and rows deleted for years after.",
    versions="None: a file is what it was on the day of its export, so call the version by that day.",
    fetched="Export tool or API at https://acleddata.com, both behind an account (OAuth).",
    ids=("event_id_cnty",),
    starts=("event_date",),
    ends=("event_date",),
    texts=(
        Text("country", ("country",), "in"),
        Text("region", ("region",), "in the region", optional=True),
        Text("adm_1", ("admin1",), "in"),
        Text("adm_2", ("admin2",), "in"),
        Text("adm_3", ("admin3",), "in", optional=True),
        Text("location", ("location",), "at", optional=True),
        Text("side", ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2"), "with a side", any_of=True),
        Text("event_type", ("event_type",), "of the type"),
        Text("sub_event_type", ("sub_event_type",), "of the kind"),
        Text("disorder_type", ("disorder_type",), "of the disorder", optional=True),
        Text("interaction", ("interaction",), "between", optional=True),
        Text("civilian_targeting", ("civilian_targeting",), "marked as", optional=True),
    ),
    limits=(
        Limit("where_prec", ("geo_precision",), 3, "place known to code {} or better"),
        Limit("date_prec", ("time_precision",), 3, "day known to code {} or better"),
    ),
    measures=(Measure("events", "events"), Measure("fatalities", "reported fatalities", "fatalities")),
    place=("latitude", "longitude"),
    varied="event_type",
    keys=("adm_3", "adm_2", "adm_1", "country"),
    marks=("event_id_cnty", "event_date", "fatalities"),
    tried=False,
    cautions=("ACLED's fatalities are reported figures, often set by a rule where sources give none.",),
)
