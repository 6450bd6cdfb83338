"""What to propose for a statement: a template of its category, its blanks from statement and article, a window."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from forecasts.language import OTHER
from forecasts.language.categories.template import Template
from forecasts.models import Article, Statement
from forecasts.questions.drafting import names
from forecasts.questions.drafting.filling import Blanks
from forecasts.questions.drafting.templates import of_category

READ = 20_000
"""How many letters of an article are read for names."""


def proposed(statement: Statement, at: datetime, template: Template | None = None) -> Blanks:
    """The blanks as a person first sees them. Everything in them can be changed."""
    chosen = template or of_category(statement.category)[0]
    article = statement.article
    place = (_places(statement) or [""])[0]
    near = {*names.places(_sentence(statement)), place}
    # Whoever is named as a place acts only where nobody else could.
    actors = sorted(_actors(statement), key=near.__contains__)
    actor = actors[0] if actors else ""
    object_ = actors[1] if len(actors) > 1 else ""
    zone = names.zone([place, statement.quote, article.title, article.body[:READ]])
    opens_at = max(at, article.published_at).replace(second=0, microsecond=0)
    if opens_at < max(at, article.published_at):
        opens_at += timedelta(minutes=1)
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
