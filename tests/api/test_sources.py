"""`sources/`: the list, and the scorecard of one."""

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.models import Scenario, Source, User
from tests import clocks, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return make.member(make.scenario("north"))


@pytest.fixture
def source(reader: User) -> Source:
    scenario = Scenario.objects.get()
    article = make.article("A truce is likely. Talks may fail.")
    scenario.articles.add(article)
    word = {"likelihood": "likely", "scale": "icd_203", "scale_edition": "2015"}
    forecast = make.forecast(scenario, statement=make.statement(article, "A truce is likely.", **word), fidelity="same")
    make.verdict(forecast, "yes", recorded_at=forecast.closes_at)
    make.statement(article, "Talks may fail.")
    return Source.objects.get()


def get(client: Client, user: User, address: str) -> dict[str, object]:
    client.force_login(user)
    with clocks.standing_at(make.day(70)):
        answer = client.get(address)
    assert answer.status_code == 200
    return dict(answer.json())


def test_the_list_names_the_sources_of_visible_articles(client: Client, reader: User, source: Source) -> None:
    listed = get(client, reader, reverse("v1:source-list"))["results"]
    assert listed == [
        {
            "id": source.pk,
            "name": "Example Wire",
            "kind": "outlet",
            "url": "",
            "scale": "",
            "scale_edition": "",
            "articles": 1,
        }
    ]


def test_one_source_holds_its_scorecard(client: Client, reader: User, source: Source) -> None:
    said = get(client, reader, reverse("v1:source-detail", args=[source.pk]))
    assert said["statements"] == {
        "said": 2,
        "repeated": 0,
        "checkable": 1,
        "decided": 1,
        "quantified": 1,
        "unquantified": 1,
    }
    assert said["words"] == [{"term": "likely", "scale": "ICD 203", "low": 0.55, "high": 0.8, "said": 1, "held": 1}]
    brier = said["brier"]
    assert isinstance(brier, dict)
    assert (brier["forecasts"], brier["analysts"], brier["consensus"]) == (1, None, None)
    assert brier["middle"] == pytest.approx(0.105625)


def test_a_source_without_likelihood_words_has_no_score(client: Client, reader: User, source: Source) -> None:
    source.articles.get().statements.update(likelihood="unquantified")
    said = get(client, reader, reverse("v1:source-detail", args=[source.pk]))
    assert (said["brier"], said["words"]) == (None, [])


def test_a_stranger_sees_no_source(client: Client, source: Source) -> None:
    client.force_login(make.user())
    assert client.get(reverse("v1:source-list")).json()["results"] == []
    assert client.get(reverse("v1:source-detail", args=[source.pk])).status_code == 404


def test_sources_are_filtered_by_kind(client: Client, reader: User, source: Source) -> None:
    assert get(client, reader, reverse("v1:source-list") + "?kind=ministry")["results"] == []
    client.force_login(reader)
    assert client.get(reverse("v1:source-list") + "?kind=prophet").status_code == 400
