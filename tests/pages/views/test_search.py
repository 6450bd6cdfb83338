"""The search finds what holds every word, among what its reader may see."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from forecasts.models import Scenario, User
from forecasts.pages.searching import search
from tests import make

pytestmark = pytest.mark.django_db
AT = make.day(40)


@pytest.fixture
def editor() -> User:
    scenario = make.scenario(title="Aleppo")
    article = make.article("The army may retake the city. Talks continue.", title="Talks stall")
    scenario.articles.add(article)
    make.statement(article, "The army may retake the city.")
    make.forecast(scenario, title="Will the army retake Aleppo?", criteria="The map decides.")
    make.forecast(scenario, title="Will talks resume?", published_at=None)
    return make.member(scenario, "editor")


def found(user: User, asked: str) -> dict[str, list[str]]:
    return {kind.title: [one.title for one in kind.found] for kind in search(user, asked, AT) if kind.found}


def test_it_finds_forecasts_articles_and_statements_by_their_text(editor: User) -> None:
    assert found(editor, "retake") == {
        "Forecasts": ["Will the army retake Aleppo?"],
        "Articles": ["Talks stall"],
        "Statements": ["The army may retake the city."],
    }


def test_every_word_must_be_there_in_any_order_and_case(editor: User) -> None:
    assert found(editor, "ALEPPO army") == {"Forecasts": ["Will the army retake Aleppo?"]}
    assert found(editor, "map army") == {"Forecasts": ["Will the army retake Aleppo?"]}
    assert found(editor, "army harvest") == {}


def test_signs_that_mean_something_to_a_database_are_only_text(editor: User) -> None:
    assert found(editor, "%") == {}
    assert found(editor, "_ '; --") == {}


def test_drafts_are_found_by_those_who_edit_them_only(editor: User) -> None:
    scenario = Scenario.objects.get()
    assert found(editor, "resume") == {"Forecasts": ["Will talks resume?"]}
    assert found(make.member(scenario, "analyst"), "resume") == {}


def test_nothing_of_a_scenario_that_one_does_not_see_is_found(editor: User) -> None:
    assert found(make.member(make.scenario(), "owner"), "retake") == {}


def test_each_found_thing_leads_to_its_page(client: Client, editor: User) -> None:
    client.force_login(editor)
    for kind in [*search(editor, "retake", AT), *search(editor, "resume", AT)]:
        for one in kind.found:
            assert client.get(one.address).status_code == 200


def test_a_long_list_ends_and_says_so(client: Client, editor: User) -> None:
    for _ in range(25):
        make.forecast(Scenario.objects.get(), title="Will the harvest be good?")
    client.force_login(editor)
    text = client.get(reverse("search"), {"q": "harvest"}).content.decode()
    assert "20+" in text
    assert "The newest 20; add a word to narrow it." in text


@pytest.mark.parametrize("asked", ["", "   ", "\x00", "nothing holds this"])
def test_without_a_word_or_a_find_the_page_says_what_to_do(client: Client, editor: User, asked: str) -> None:
    client.force_login(editor)
    text = client.get(reverse("search"), {"q": asked}).content.decode()
    assert ("Type words in the box above" in text) == (asked.strip(" \x00") == "")
    assert ("None holds" in text) == (asked == "nothing holds this")


def test_a_search_costs_the_same_whatever_it_finds(
    editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for asked in ("retake", "nothing holds this"):
        with django_assert_max_num_queries(4):
            search(editor, asked, AT)
