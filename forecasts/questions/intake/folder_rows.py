"""Writes what a folder holds into the database. What stands there already is compared and left as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from forecasts.evidence import specs
from forecasts.models import Article, Forecast, Option, Scenario, Statement
from forecasts.models.kinds import KINDS
from forecasts.questions.intake.adding import source_of
from forecasts.questions.intake.checking import Found, found
from forecasts.questions.intake.format import Document
from forecasts.questions.intake.format import Scenario as Heading
from forecasts.questions.intake.people import Cast
from forecasts.questions.intake.question import Forecast as Entry
from forecasts.rules.errors import InvalidScenario, InvalidSpec
from forecasts.rules.values import UNITS

EXTRACTOR = "scenario folder"
STAFF = ("resolver", "backup")

# What people estimated on. Once published, it changes by an amendment only.
FIXED = (
    *("kind", "title", "criteria", "fine_print", "statement_id", "fidelity", "options_are_ordered", "unit"),
    *("range_lower", "range_upper", "lower_is_open", "upper_is_open", "range_scale", "quantile_levels"),
    *("resolution_source", "resolution_source_url", "resolution_source_lag", "fallback_source", "time_zone"),
    *("published_at", "opens_at", "closes_at", "resolves_at"),
)
# Columns whose name in the file differs.
NAMES = {
    "statement_id": "statement",
    "options_are_ordered": "ordered",
    "fallback_source": "fallback",
    **dict.fromkeys(("range_lower", "range_upper", "lower_is_open", "upper_is_open", "range_scale"), "range"),
    **dict.fromkeys(("resolution_source_url", "resolution_source_lag"), "resolution_source"),
}


def scenario(heading: Heading, *, demo: bool) -> Scenario:
    fields = heading.model_dump(exclude={"slug"})
    kept, _ = Scenario.objects.get_or_create(slug=heading.slug, defaults={**fields, "is_demo": demo})
    if demo and not kept.is_demo:
        kept.is_demo = True
        kept.save(update_fields=["is_demo"])
    return kept


def article(document: Document, body: str, scenario: Scenario) -> Article:
    entry = document.article
    if scenario.articles.exists() and not scenario.articles.filter(sha256=entry.sha256).exists():
        raise InvalidScenario(
            f"scenario.yaml: article: sha256: {scenario.slug} was loaded with another text, and articles do not "
            "change: give the new one a scenario of its own"
        )
    kept = _known(entry.sha256, scenario)
    if kept is None:
        source = source_of(entry.source.name, kind=entry.source.kind)
        fields = entry.model_dump(exclude={"file", "source"})
        kept = Article.objects.create(**{**fields, "url": entry.url or "", "source": source, "body": body})
    scenario.articles.add(kept)
    return kept


def _known(sha256: str, scenario: Scenario) -> Article | None:
    """The article of this text: the scenario's own, else any."""
    here = scenario.articles.filter(sha256=sha256)
    return here.first() or Article.objects.filter(sha256=sha256).order_by("pk").first()


def statements(document: Document, article: Article) -> tuple[Mapping[str, Statement], int]:
    """The rows by `id` of the file, and how many are new. Originals come before what repeats them."""
    kept: dict[str, Statement] = {}
    new = 0
    for each in sorted(found(document), key=lambda each: each.entry.duplicate_of is not None):
        original = kept.get(each.entry.duplicate_of or "")
        kept[each.part.id], made = Statement.objects.get_or_create(
            article=article, start=each.part.start, end=each.part.end, defaults=_statement(each, document, original)
        )
        new += made
    return kept, new


def _statement(each: Found, document: Document, original: Statement | None) -> dict[str, Any]:
    entry = each.entry
    start, end = each.sentence
    fields: dict[str, Any] = {
        "key": each.part.id,
        "sentence_start": start,
        "sentence_end": end,
        "quote": each.part.quote,
        "cue": each.cue,
        "category": each.category,
        "is_conditional": entry.conditional,
        "attributed_to": entry.attributed_to or "",
        "review": entry.review,
        "reason": entry.reason,
        "duplicate_of": original,
        "extractor": EXTRACTOR,
        "extractor_version": str(document.format),
    }
    if not isinstance(entry.likelihood, str):
        said = entry.likelihood
        fields |= {"likelihood": said.term, "scale": said.scale, "scale_edition": said.edition}
    return fields


def forecasts(
    document: Document, scenario: Scenario, statements: Mapping[str, Statement], cast: Cast
) -> Sequence[Forecast]:
    """Make the forecasts that are missing; returns these. Raises InvalidScenario where one that stands differs."""
    standing = {forecast.key: forecast for forecast in scenario.forecasts.all()}
    new = []
    for index, entry in enumerate(document.forecasts):
        place = f"forecasts[{index}] {entry.id}"
        columns = _columns(entry, statements)
        if entry.id in standing:
            _compare(place, standing[entry.id], columns, entry.options)
            _staff(standing[entry.id], entry, cast)
        else:
            columns |= {name: cast.user(f"{place}: {name}", getattr(entry, name)) for name in STAFF}
            new.append(_make(scenario, entry, columns))
    return new


def _make(scenario: Scenario, entry: Entry, columns: Mapping[str, Any]) -> Forecast:
    made = Forecast.objects.create(
        scenario=scenario,
        key=entry.id,
        category=entry.category,
        background=entry.background,
        review_every=entry.review_every,
        **columns,
    )
    Option.objects.bulk_create(
        Option(forecast=made, position=position, label=label, added_at=entry.published_at)
        for position, label in enumerate(entry.options)
    )
    if entry.spec is not None:
        _keep_spec(made, entry)
    return made


def _keep_spec(forecast: Forecast, entry: Entry) -> None:
    try:
        specs.keep(forecast, specs.plain(entry.spec), None, at=entry.published_at)
    except InvalidSpec as error:
        raise InvalidScenario(f"scenario.yaml: forecasts: {entry.id}: spec: {error}") from error


def _columns(entry: Entry, statements: Mapping[str, Statement]) -> dict[str, Any]:
    """The columns that FIXED names, as this entry fills them."""
    copied = ("kind", "title", "criteria", "fine_print", "unit", "time_zone")
    times = ("published_at", "opens_at", "closes_at", "resolves_at")
    return {
        **{name: getattr(entry, name) for name in (*copied, *times)},
        "statement_id": statements[entry.statement].pk if entry.statement else None,
        "fidelity": entry.fidelity or "",
        "options_are_ordered": entry.ordered,
        "quantile_levels": [round(level * UNITS) for level in entry.quantile_levels],
        "resolution_source": entry.resolution_source.name,
        "resolution_source_url": entry.resolution_source.url,
        "resolution_source_lag": entry.resolution_source.lag,
        "fallback_source": entry.fallback,
        **_range(entry),
    }


def _range(entry: Entry) -> dict[str, Any]:
    offered = entry.range
    if offered is None:
        return {
            "range_lower": None,
            "range_upper": None,
            "lower_is_open": False,
            "upper_is_open": False,
            "range_scale": Forecast.Scale.LINEAR,
        }
    return {
        "range_lower": KINDS[entry.kind].read(offered.lower),
        "range_upper": KINDS[entry.kind].read(offered.upper),
        "lower_is_open": offered.lower_open,
        "upper_is_open": offered.upper_open,
        "range_scale": offered.scale,
    }


def _compare(place: str, standing: Forecast, columns: Mapping[str, Any], options: Sequence[str]) -> None:
    """Raise InvalidScenario where the file says otherwise. What was amended since is no longer the file's to say."""
    amended = {name.removesuffix("_id") for changes in standing.amendments.all() for name in changes.changes}
    labels = list(standing.options.values_list("label", flat=True))
    differing = [name for name in FIXED if getattr(standing, name) != columns[name]]
    fields = [NAMES.get(name, name) for name in differing if name.removesuffix("_id") not in amended]
    if labels[: len(options)] != list(options):
        fields.append("options")
    if fields:
        raise InvalidScenario(
            f"scenario.yaml: {place}: {fields[0]}: differs from what is published. A published forecast changes by an "
            "amendment, in the admin, not by loading; a different question needs an id of its own"
        )


def _staff(standing: Forecast, entry: Entry, cast: Cast) -> None:
    """A folder that was loaded without its demonstration people gets them later."""
    missing = {
        name: person
        for name in STAFF
        if getattr(standing, name) is None and (person := cast.played(getattr(entry, name)))
    }
    for name, person in missing.items():
        setattr(standing, name, person)
    if missing:
        standing.save(update_fields=list(missing))
