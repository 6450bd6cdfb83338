"""Every page of the desk opens for whom it is for, and shows nobody what is not theirs."""

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, reverse

from forecasts.models import Article, Estimate, Forecast, Membership, Scenario, Statement, Verdict
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def private() -> Forecast:
    """A forecast with everything around it, in a scenario for members only."""
    scenario = make.scenario()
    article = make.article()
    scenario.articles.add(article)
    statement = make.statement(article, "The army may retake the city.")
    forecast = make.forecast(scenario, title="Will the army retake the city?", statement=statement, fidelity="same")
    make.estimate(forecast, make.member(scenario), 0.3, make.day(1))
    make.verdict(forecast)
    return forecast


PAGES = [model for model in admin.site._registry if model._meta.app_label == "forecasts"]


def address(model: type[models.Model], page: str, *arguments: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


@pytest.mark.parametrize("model", PAGES)
def test_every_list_opens_for_an_administrator(client: Client, private: Forecast, model: type[models.Model]) -> None:
    client.force_login(make.administrator())
    assert client.get(address(model, "changelist")).status_code == 200
    first = model._default_manager.first()
    if first is not None:
        assert client.get(address(model, "change", first.pk)).status_code == 200


SCOPED = [Scenario, Article, Statement, Forecast, Estimate, Verdict]


@pytest.mark.parametrize("model", SCOPED)
def test_a_resolver_sees_the_rows_of_their_scenario(
    client: Client, private: Forecast, model: type[models.Model]
) -> None:
    client.force_login(make.member(private.scenario, Membership.Role.RESOLVER))
    assert client.get(address(model, "changelist")).context["cl"].result_count == 1


@pytest.mark.parametrize("model", SCOPED)
def test_a_resolver_elsewhere_sees_none_of_them(client: Client, private: Forecast, model: type[models.Model]) -> None:
    client.force_login(make.member(make.scenario(), Membership.Role.RESOLVER))
    listed = client.get(address(model, "changelist")).context["cl"].result_count
    assert listed == (1 if model is Scenario else 0)
    first = model._default_manager.first()
    assert first is not None
    assert client.get(address(model, "change", first.pk)).status_code == 404


@pytest.mark.parametrize("model", [Estimate, Verdict])
def test_facts_cannot_be_written_even_by_administrators(
    client: Client, private: Forecast, model: type[models.Model]
) -> None:
    client.force_login(make.administrator())
    first = model._default_manager.first()
    assert first is not None
    assert client.get(address(model, "add")).status_code == 404
    assert client.post(address(model, "add"), {}).status_code == 403
    assert client.post(address(model, "change", first.pk), {}).status_code == 403
    assert client.post(address(model, "delete", first.pk), {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=first.pk).exists()


def test_a_published_forecast_keeps_its_criteria(client: Client, private: Forecast) -> None:
    client.force_login(make.member(private.scenario, Membership.Role.EDITOR))
    changed = {"criteria": "Something else.", "review_every": "3 00:00:00", "background": "Because."}
    assert client.post(address(Forecast, "change", private.pk), changed).status_code == 302
    before = private.criteria
    private.refresh_from_db()
    assert (private.criteria, private.background) == (before, "Because.")


def test_a_resolver_cannot_edit(client: Client, private: Forecast) -> None:
    client.force_login(make.member(private.scenario, Membership.Role.RESOLVER))
    assert client.post(address(Forecast, "change", private.pk), {"background": "x"}).status_code == 403


def test_the_page_of_a_forecast_offers_what_can_be_done(client: Client, private: Forecast) -> None:
    client.force_login(make.member(private.scenario, Membership.Role.RESOLVER))
    text = client.get(address(Forecast, "change", private.pk)).content.decode()
    assert "Resolve again" in text
    assert "Take the resolution back" in text
    assert "Confirm the resolution</a>" not in text


def test_an_article_keeps_its_text_and_is_not_added_twice(client: Client, private: Forecast) -> None:
    article = Article.objects.get()
    client.force_login(make.administrator())
    form = {
        "source": article.source.name,
        "title": "Again",
        "authors": "",
        "published_at": "2024-12-01",
        "language": "en",
        "body": article.body,
    }
    assert "is an article already" in client.post(address(Article, "add"), form).content.decode()
    client.post(address(Article, "change", article.pk), {**form, "body": "Changed."})
    article.refresh_from_db()
    assert article.body != "Changed."


def test_a_resolver_logs_in_at_the_desk_by_role_alone(client: Client, private: Forecast) -> None:
    resolver = make.member(private.scenario, Membership.Role.RESOLVER)
    form = {"username": resolver.email, "password": make.PASSWORD, "next": reverse("admin:index")}
    answer = client.post(reverse("admin:login"), form, follow=True)
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert answer.status_code == 200


@pytest.mark.parametrize("role", ["viewer", None])
def test_who_has_no_work_at_the_desk_finds_nothing_there(client: Client, private: Forecast, role: str | None) -> None:
    person = make.member(private.scenario, role) if role else make.user()
    form = {"username": person.email, "password": make.PASSWORD, "next": reverse("admin:index")}
    client.post(reverse("admin:login"), form)
    assert client.get(reverse("admin:index")).status_code == 404
    assert client.get(address(Forecast, "change", private.pk)).status_code == 404


def test_nobody_in_particular_is_sent_to_the_login(client: Client, private: Forecast) -> None:
    answer = client.get(address(Forecast, "change", private.pk))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("admin:login"))


def test_the_desk_holds_no_list_that_makes_tokens_for_others_or_tells_whether_a_row_exists() -> None:
    assert {model._meta.app_label for model in admin.site._registry} == {"forecasts", "auth"}
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])
