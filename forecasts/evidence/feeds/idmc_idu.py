"""IDMC's internal displacement updates (IDU): displacements as reported, for the last 180 days."""

from forecasts.evidence.feed import Feed, Measure, Text

FEED = Feed(
    name="idmc_idu",
    title="IDMC Internal Displacement Updates",
    home="https://www.internal-displacement.org/",
    credit="Internal Displacement Monitoring Centre (IDMC), Internal Displacement Updates",
    licence="CC BY 3.0 IGO",
    licence_url="https://creativecommons.org/licenses/by/3.0/igo/",
    shows="rows",
    lag_days=30,
    look_back="180 days; what is older leaves the file.",
    versions="None: a file is what it was when retrieved, so call the version by that day.",
    fetched="API at https://helix-tools-api.idmcdb.org with a client id.",
    ids=("id",),
    starts=("displacement_start_date", "displacement_date"),
    ends=("displacement_end_date", "displacement_date"),
    texts=(
        Text("country", ("country",), "in"),
        Text("iso3", ("iso3",), "in", pattern="[A-Z0-9]{3}"),
        Text("displacement_type", ("displacement_type",), "displaced by", known=("Conflict", "Disaster", "Other")),
        Text("qualifier", ("qualifier",), "said to be", optional=True),
        Text("category", ("category",), "of the category", optional=True),
        Text("subcategory", ("subcategory",), "of the subcategory", optional=True),
        Text("type", ("type",), "of the type", optional=True),
        Text("subtype", ("subtype",), "of the subtype", optional=True),
        Text("event_name", ("event_name",), "in the event", optional=True),
        Text("role", ("role",), "in the role", optional=True),
    ),
    measures=(Measure("events", "reports"), Measure("figure", "displacements", "figure")),
    place=("latitude", "longitude"),
    varied="displacement_type",
    keys=("country", "iso3"),
    details=("standard_info_text",),
    marks=("displacement_type", "figure", "iso3"),
    cautions=("A displacement is a movement, not a person: who flees twice counts twice.",),
)
