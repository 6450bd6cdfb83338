"""Queries of the desk's lists that make no sense are 400 or nothing found, and never an error of ours."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from forecasts.models import Forecast
from tests import make

pytestmark = pytest.mark.django_db
LISTS = [f"admin:{one._meta.app_label}_{one._meta.model_name}_changelist" for one in admin.site._registry]


@pytest.fixture
def desk() -> Client:
    scenario = make.scenario()
    make.verdict(make.forecast(scenario))
    article = make.article()
    scenario.articles.add(article)
    make.statement(article, "Talks continue.")
    client = Client(raise_request_exception=False)
    client.force_login(make.administrator())
    return client


def columns(name: str) -> list[str]:
    """The columns that the filters beside a list ask."""
    found = next(
        rows for model, rows in admin.site._registry.items() if name.endswith(f"_{model._meta.model_name}_changelist")
    )
    return [one for one in [*found.list_filter, found.date_hierarchy] if isinstance(one, str)]


@pytest.mark.parametrize("name", LISTS)
def test_no_value_of_a_filter_is_an_error_of_ours(desk: Client, name: str) -> None:
    for column in columns(name):
        for query in (
            "{}=%00",
            "{}__in=a%00",
            "{}__year=99999999999999999999",
            "{}__year=-1",
            "{}__id__exact=x",
            "{}__month=99",
        ):
            answer = desk.get(f"{reverse(name)}?{query.format(column)}")
            assert answer.status_code < 500, (name, query, column)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_asked_by_its_filters_alone(desk: Client, name: str) -> None:
    assert desk.get(f"{reverse(name)}?id__exact=1").status_code == 400
    assert desk.get(f"{reverse(name)}?pk__in=1,2").status_code == 400


@pytest.mark.parametrize("name", LISTS)
def test_every_choice_beside_a_list_can_be_followed(desk: Client, name: str) -> None:
    listed = desk.get(reverse(name)).context["cl"]
    for one in listed.filter_specs:
        for choice in one.choices(listed):
            assert desk.get(f"{reverse(name)}{choice['query_string']}").status_code == 200, (one.title, choice)


def test_a_filter_of_its_own_is_asked_by_its_name_alone(desk: Client) -> None:
    address = reverse("admin:forecasts_forecast_changelist")
    assert desk.get(f"{address}?resolver=nobody").status_code == 200
    assert desk.get(f"{address}?resolver__name=x").status_code == 400


def test_around_a_form_that_was_refused_stands_what_is_stored(desk: Client) -> None:
    article = make.article("The port may reopen. Talks go on.")
    statement = make.statement(article, "The port may reopen.")
    draft = make.forecast(statement=statement, fidelity="same", published_at=None, title="Will the port reopen?")
    answer = desk.post(reverse("admin:forecasts_forecast_change", args=[draft.pk]), {"title": ""})
    assert answer.status_code == 200
    assert "Will the port reopen?" in answer.content.decode()
    assert Forecast.objects.get(pk=draft.pk).statement == statement
