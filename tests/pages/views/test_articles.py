"""The pages of articles and sources, and the picture of an article."""

import struct
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.models import Article, Membership, Scenario, Source, User
from tests import clocks, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_february() -> Any:
    with clocks.standing_at(make.day(70)):
        yield


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("north", title="The north")


@pytest.fixture
def article(scenario: Scenario) -> Article:
    article = make.article("A truce is likely. Talks may fail.", title="Talks stall")
    scenario.articles.add(article)
    likely = {"likelihood": "likely", "scale": "icd_203", "scale_edition": "2015", "review": "accepted"}
    forecast = make.forecast(
        scenario, statement=make.statement(article, "A truce is likely.", **likely), fidelity="same"
    )
    make.verdict(forecast, "yes", recorded_at=forecast.closes_at)
    make.statement(article, "Talks may fail.")
    return article


@pytest.fixture
def source(article: Article) -> Source:
    return article.source


def addresses(article: Article) -> list[str]:
    return [
        article.get_absolute_url(),
        reverse("article-card", args=[article.pk]),
        reverse("source", args=[article.source_id]),
    ]


def read(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("role", list(Membership.Role))
def test_every_member_sees_the_scorecards(client: Client, scenario: Scenario, article: Article, role: str) -> None:
    client.force_login(make.member(scenario, role))
    assert [client.get(address).status_code for address in addresses(article)] == [200] * 3


def test_a_stranger_finds_no_article_no_picture_and_no_source(client: Client, article: Article) -> None:
    client.force_login(make.user())
    assert [client.get(address).status_code for address in addresses(article)] == [404] * 3
    assert "Example Wire" not in client.get(reverse("sources")).content.decode()


def test_who_is_not_logged_in_is_asked_to_log_in(client: Client, article: Article) -> None:
    for address in [*addresses(article), reverse("sources")]:
        assert client.get(address)["Location"].startswith(reverse("login"))


def test_the_article_says_how_much_of_it_could_be_checked_and_how_its_words_held(
    client: Client, scenario: Scenario, article: Article
) -> None:
    page = read(client, make.member(scenario), article.get_absolute_url())
    assert "1 of 2 statements (50%) could be made checkable, 1 is decided." in page
    assert "1 gives a likelihood in words; the 1 unquantified are counted here and never scored." in page
    assert "1 of 1" in page
    assert "55%–80%" in page


def test_editors_are_led_to_the_review_and_others_are_not(client: Client, scenario: Scenario, article: Article) -> None:
    review = reverse("review", args=[article.pk])
    assert review in read(client, make.member(scenario, Membership.Role.EDITOR), article.get_absolute_url())
    assert review not in read(client, make.member(scenario), article.get_absolute_url())


def test_who_may_edit_finds_the_way_to_add_an_article(client: Client, scenario: Scenario, article: Article) -> None:
    add = reverse("admin:forecasts_article_add")
    assert add in read(client, make.member(scenario, Membership.Role.EDITOR), reverse("articles"))
    assert add not in read(client, make.member(scenario), reverse("articles"))


def test_a_source_has_a_page_with_its_articles_and_a_row_in_the_list(
    client: Client, scenario: Scenario, source: Source
) -> None:
    reader = make.member(scenario)
    page = read(client, reader, reverse("source", args=[source.pk]))
    assert "Talks stall" in page
    assert "It states no scale for its likelihood words; ICD 203 is assumed." in page
    listed = read(client, reader, reverse("sources"))
    assert reverse("source", args=[source.pk]) in listed
    assert "1 (50%)" in listed


def test_the_pages_without_anything_say_what_will_stand_there(client: Client) -> None:
    nobody = make.user()
    assert "Here stand the outlets, think tanks and ministries" in read(client, nobody, reverse("sources"))
    assert "Here stand the articles" in read(client, nobody, reverse("articles"))


def test_the_picture_is_a_png_of_the_size_that_other_sites_show(
    client: Client, scenario: Scenario, article: Article
) -> None:
    client.force_login(make.member(scenario))
    answer = client.get(reverse("article-card", args=[article.pk]))
    assert answer["Content-Type"] == "image/png"
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("title", ["x" * 500, "<script>&\"'", "عنوان طويل " * 20, "\u202eabc \ufffe 😀"])
def test_any_title_can_be_drawn(client: Client, scenario: Scenario, article: Article, title: str) -> None:
    Article.objects.update(title=title)
    client.force_login(make.member(scenario))
    assert client.get(reverse("article-card", args=[article.pk])).status_code == 200
    assert "<script>&" not in read(client, make.member(scenario), article.get_absolute_url())


def test_an_article_without_statements_says_who_proposes_them(client: Client, scenario: Scenario) -> None:
    bare = make.article("Rain fell.")
    scenario.articles.add(bare)
    assert "an editor proposes them" in read(client, make.member(scenario), bare.get_absolute_url())
    editor = make.member(scenario, Membership.Role.EDITOR)
    assert "review it" in read(client, editor, bare.get_absolute_url())
