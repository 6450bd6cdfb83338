"""More of everything that others may not see."""

from django.contrib.admin.models import CHANGE, LogEntry

from forecasts.models import Article, Forecast, Membership, Relation, Statement
from tests import make
from tests.canaries.world import NOW, Builder


def grow(world: Builder) -> None:
    """In the private scenario and in the blind one, until the pages of others must have noticed."""
    article = make.article("A kestrel may land. It may not.", title="Another paper", source=world.source)
    world.private.articles.add(article, *Article.objects.filter(title="Shared news"))
    more = make.statement(article, "A kestrel may land.", review="accepted")
    shared = Statement.objects.get(quote="Ships could return.")
    for spoken in (more, shared):
        make.forecast(world.private, statement=spoken, fidelity="same", resolver=world.keeper)
        make.forecast(world.private, statement=spoken, fidelity="same", published_at=None)
    newcomer = make.member(world.private, "resolver", name="A newcomer")
    make.estimate(world.first_private, newcomer, 0.9, make.day(3))
    another = make.member(world.blind, name="Other late")
    Membership.objects.filter(user=another).delete()
    for one in Forecast.objects.filter(scenario=world.blind, closes_at__gt=NOW):
        make.estimate(one, another, 0.99, make.day(3), rationale="Late.")
    Relation.objects.create(scenario=world.private, kind="exclusive", note="Either")
    LogEntry.objects.log_actions(world.keeper.pk, [world.article], CHANGE, "x", single_object=True)
