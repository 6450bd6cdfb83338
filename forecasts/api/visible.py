"""What a filter may name: what the asker may see, and nothing else, so that no error tells of the rest."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from forecasts.models import Article, Estimate, Forecast, Forecaster, Scenario, Source, Statement, User, Vintage

type Reader = User | AnonymousUser


def scenarios(reader: Reader) -> QuerySet[Scenario]:
    return Scenario.objects.visible_to(reader)


def articles(reader: Reader) -> QuerySet[Article]:
    return Article.objects.visible_to(reader)


def statements(reader: Reader) -> QuerySet[Statement]:
    return Statement.objects.visible_to(reader)


def forecasts(reader: Reader) -> QuerySet[Forecast]:
    return Forecast.objects.visible_to(reader)


def sources(reader: Reader) -> QuerySet[Source]:
    return Source.objects.visible_to(reader)


def analysts(reader: Reader) -> QuerySet[Forecaster]:
    """Analysts of whom the asker may see an estimate."""
    seen = Estimate.objects.visible_to(reader).filter(forecaster=OuterRef("pk"))
    return Forecaster.objects.analysts().filter(Exists(seen))


def vintages(reader: Reader) -> QuerySet[Vintage]:
    return Vintage.objects.visible_to(reader)
