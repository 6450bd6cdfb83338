"""Fields that name another row: what one may not see answers like what does not exist."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.models import Forecast, Membership, Scenario, Statement, User
from tests import make
from tests.admin.test_drafts import entered

pytestmark = pytest.mark.django_db

SECRET = "The kestrel brigade will cross the river"


@pytest.fixture
def editor(client: Client) -> User:
    person = make.member(make.scenario(), Membership.Role.EDITOR)
    client.force_login(person)
    return person


@pytest.fixture
def hidden() -> Statement:
    """A statement of an article that only the members of another scenario see."""
    article = make.article(f"{SECRET}. Kestrel talks continue.", title="Kestrel papers")
    make.scenario().articles.add(article)
    return make.statement(article, SECRET, pk=90_001)


def answered(text: str, number: int) -> str:
    """A page without the number that was asked for, and without what differs each time."""
    return re.sub(rf'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|(name="[^"]*") value="{number}"', r"\1", text)


@pytest.mark.parametrize("sent", [True, False])
def test_a_draft_takes_a_foreign_statement_for_one_that_is_not_there(
    client: Client, editor: User, hidden: Statement, sent: bool
) -> None:
    address = reverse("admin:forecasts_forecast_add")
    missing = hidden.pk + 100_000

    def page(number: int) -> str:
        fields = entered(editor.scenarios.get(), statement=str(number))
        answer = client.post(address, fields) if sent else client.get(address, {"statement": number})
        assert answer.status_code == 200
        return answered(answer.content.decode(), number)

    assert page(hidden.pk) == page(missing)
    assert "estrel" not in page(hidden.pk)
    assert not Forecast.objects.exists()


def test_a_statement_of_ones_own_is_taken_and_named(client: Client, editor: User, hidden: Statement) -> None:
    editor.scenarios.get().articles.add(hidden.article)
    address = reverse("admin:forecasts_forecast_add")
    assert SECRET in client.get(address, {"statement": hidden.pk}).content.decode()
    client.post(address, entered(editor.scenarios.get(), statement=str(hidden.pk), fidelity="same"))
    assert Forecast.objects.get().statement == hidden


def test_a_relation_takes_a_foreign_forecast_for_one_that_is_not_there(client: Client, editor: User) -> None:
    foreign = make.forecast(make.scenario(), title="Kestrel: will the river be crossed?", pk=90_001)
    mine = make.forecast(editor.scenarios.get())

    def page(number: int) -> str:
        rows = {"members-0-forecast": mine.pk, "members-0-position": 0, "members-1-forecast": number}
        counts = {"members-TOTAL_FORMS": 2, "members-INITIAL_FORMS": 0, "members-1-position": 9}
        data = {"scenario": mine.scenario_id, "kind": "excludes", **counts, **rows}
        return answered(client.post(reverse("admin:forecasts_relation_add"), data).content.decode(), number)

    assert page(foreign.pk) == page(foreign.pk + 100_000)
    assert "estrel" not in page(foreign.pk)


def private_of(statement: Statement, scenario: Scenario) -> Forecast:
    """A forecast on a statement whose article the scenario's members may not see."""
    return make.forecast(scenario, statement=statement, fidelity=Forecast.Fidelity.SAME)


def test_no_page_quotes_an_article_that_its_reader_may_not_see(client: Client, hidden: Statement) -> None:
    scenario = make.scenario()
    forecast = private_of(hidden, scenario)
    person = make.member(scenario, Membership.Role.RESOLVER)
    client.force_login(person)
    desk = [reverse(f"admin:forecasts_forecast_{act}", args=[forecast.pk]) for act in ("change", "resolve")]
    for address in (forecast.get_absolute_url(), *desk):
        assert "estrel" not in client.get(address).content.decode(), address
    refused = client.post(reverse("estimate", args=[forecast.pk]), {})
    assert refused.status_code == 422
    assert "estrel" not in refused.content.decode()


def test_whoever_sees_the_article_reads_the_quote(client: Client, hidden: Statement) -> None:
    scenario = make.scenario()
    scenario.articles.add(hidden.article)
    forecast = private_of(hidden, scenario)
    client.force_login(make.member(scenario, Membership.Role.RESOLVER))
    for address in (forecast.get_absolute_url(), reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])):
        assert SECRET in client.get(address).content.decode(), address
