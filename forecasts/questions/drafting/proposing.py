"""What to propose for a statement: a template of its category, its blanks from statement and article, a window."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from forecasts.language import OTHER
from forecasts.language.categories.template import Template
from forecasts.models import Article, Forecast, Statement
from forecasts.questions import proposals, slot_reading
from forecasts.questions.drafting import names
from forecasts.questions.drafting.filling import Blanks
from forecasts.questions.drafting.templates import of_category

READ = 20_000
"""How many letters of an article are read for names."""


def ways(statement: Statement) -> dict[str, proposals.Way]:
    """The questions that the statement's own words make, best first, by key; none until somebody has read it."""
    said = slot_reading.said(statement)
    found = proposals.ways(said[0], slot_reading.day_of(statement.article)) if said else []
    # A day as an answer needs a range that the text does not give.
    return {way.template.key: way for way in found if way.template.kind != Forecast.Kind.DATE}


def proposed(statement: Statement, at: datetime, template: Template | None = None) -> Blanks:
    """The blanks as a person first sees them. Everything in them can be changed."""
    said = slot_reading.said(statement)
    made = ways(statement)
    way = made.get(template.key) if template else next(iter(made.values()), None)
    if said and way:
        return proposals.blanks_of(way, said[0], _opening(statement, at))
    return _by_category(statement, at, template)


def _opening(statement: Statement, at: datetime) -> datetime:
    """The next whole minute after the article and now."""
    later = max(at, statement.article.published_at)
    whole = later.replace(second=0, microsecond=0)
    return whole if whole == later else whole + timedelta(minutes=1)


def _by_category(statement: Statement, at: datetime, template: Template | None) -> Blanks:
    """A template of the category with names from around, where nobody has read what the statement says."""
    chosen = template or of_category(statement.category)[0]
    article = statement.article
    place = (_places(statement) or [""])[0]
    near = {*names.places(_sentence(statement)), place}
    # Whoever is named as a place acts only where nobody else could.
    actors = sorted(_actors(statement), key=near.__contains__)
    actor = actors[0] if actors else ""
    object_ = actors[1] if len(actors) > 1 else ""
    zone = names.zone([place, statement.quote, article.title, article.body[:READ]])
    opens_at = _opening(statement, at)
    return Blanks(
        template=chosen,
        authority=chosen.authorities[0],
        opens_at=opens_at,
        closes_on=(opens_at + timedelta(days=chosen.days)).astimezone(ZoneInfo(zone)).date(),
        zone=zone,
        actor=actor if "actor" in chosen.blanks else "",
        object=object_ if "object" in chosen.blanks and chosen.category != OTHER else "",
        place=place if "place" in chosen.blanks else "",
        threshold=chosen.threshold,
        rule=chosen.rule,
    )


def offered(statement: Statement) -> list[str]:
    """Names to choose from: those of the statement first, then those of the article."""
    return names.distinct([*_actors(statement), *_places(statement)])[:40]


def _sentence(statement: Statement) -> str:
    return statement.article.body[statement.sentence_start : statement.sentence_end]


def _places(statement: Statement) -> list[str]:
    article = statement.article
    near = names.places(statement.quote) + names.places(_sentence(statement))
    return names.distinct([*near, *names.places(_of(article))])


def _actors(statement: Statement) -> list[str]:
    article = statement.article
    near = names.actors(statement.quote) + names.actors(_sentence(statement))
    return names.distinct([*near, *names.names(_of(article))])


def _of(article: Article) -> str:
    return f"{article.title}\n{article.body[:READ]}"
