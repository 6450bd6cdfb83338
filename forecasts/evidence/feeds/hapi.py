"""HDX HAPI's conflict events: monthly totals by area and type, out of ACLED. Not tried on real data."""

from forecasts.evidence.feed import Feed, Measure, Text

FEED = Feed(
    name="hapi",
    title="HDX HAPI conflict events",
    home="https://data.humdata.org/hapi",
    credit="ACLED through the Humanitarian Data Exchange (HDX HAPI)",
    licence="CC BY-IGO for HDX HAPI; figures by ACLED under its terms",
    licence_url="https://data.humdata.org/faqs/licenses",
    shows="ids",
    lag_days=14,
    look_back="A file a year; months are totalled anew with every export.",
    versions="None: a file is what it was when retrieved, so call the version by that day.",
    fetched="Files from https://data.humdata.org/dataset/hdx-hapi-conflict-event; API with an app identifier.",
    ids=("location_code", "admin1_code", "admin2_code", "event_type", "reference_period_start"),
    starts=("reference_period_start",),
    ends=("reference_period_end",),
    texts=(
        Text("country", ("location_code",), "in", pattern="[A-Z]{3}"),
        Text("adm_1", ("admin1_name", "provider_admin1_name"), "in"),
        Text("adm_2", ("admin2_name", "provider_admin2_name"), "in"),
        Text("admin1_code", ("admin1_code",), "in", optional=True),
        Text("admin2_code", ("admin2_code",), "in", optional=True),
        Text(
            "event_type",
            ("event_type",),
            "of the type",
            known=("political_violence", "civilian_targeting", "demonstration"),
        ),
        Text("admin_level", ("admin_level",), "at the level", optional=True),
    ),
    measures=(Measure("events", "events", "events"), Measure("fatalities", "reported fatalities", "fatalities")),
    varied="event_type",
    keys=("admin2_code", "admin1_code", "adm_2", "adm_1", "country"),
    marks=("reference_period_start", "reference_period_end", "event_type", "events"),
    tried=False,
    cautions=("What targets civilians is a part of political violence: counting both types counts it twice.",),
)
