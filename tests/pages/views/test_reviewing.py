"""The review page, its acts and its state, over HTTP."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.models import Article, Membership, Scenario, Statement, User
from tests import make

pytestmark = pytest.mark.django_db

BODY = "Talks stall\nThe army may retake <b>the city</b>. Talks may fail, and rain is likely."


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("north", title="The north")


@pytest.fixture
def article(scenario: Scenario) -> Article:
    article = make.article(BODY, title="Talks stall")
    scenario.articles.add(article)
    return article


@pytest.fixture
def statement(article: Article) -> Statement:
    return make.statement(article, "The army may retake <b>the city</b>.", category="territorial_control")


def act(client: Client, article: Article, **fields: Any) -> Any:
    address = reverse("review-act", args=[article.pk])
    return client.post(address, {"seen": "0", **fields}, headers={"accept": "application/json"})


def addresses(article: Article, statement: Statement) -> list[str]:
    return [
        reverse("review", args=[article.pk]),
        reverse("review-state", args=[article.pk]),
        reverse("draft", args=[statement.pk]),
    ]


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 404), ("analyst", 404), ("resolver", 404), ("editor", 200), ("owner", 200)]
)
def test_editors_and_owners_review_and_draft_and_for_others_there_is_nothing(
    client: Client, scenario: Scenario, article: Article, statement: Statement, role: str, status: int
) -> None:
    Statement.objects.update(review="accepted")
    client.force_login(make.member(scenario, role))
    assert [client.get(one).status_code for one in addresses(article, statement)] == [status] * 3
    done = act(client, article, act="sort", statement=statement.pk, category="escalation").status_code
    assert done == status
    preview = client.post(reverse("draft-preview", args=[statement.pk]), {"changed": "actor"})
    assert preview.status_code == status


def test_a_stranger_finds_nothing_and_nobody_is_asked_to_log_in(
    client: Client, article: Article, statement: Statement
) -> None:
    for address in addresses(article, statement):
        assert client.get(address)["Location"].startswith(reverse("login"))
    client.force_login(make.member(make.scenario(), Membership.Role.OWNER))
    assert [client.get(one).status_code for one in addresses(article, statement)] == [404] * 3


def test_the_page_shows_each_statement_with_what_can_be_done(
    client: Client, article: Article, statement: Statement, editor: User
) -> None:
    client.force_login(editor)
    page = client.get(reverse("review", args=[article.pk])).content.decode()
    assert "1 statement: 1 to review" in page
    for words in ("Accept", "Split", "Repeats another", "Reject", "next unmarked sentence"):
        assert words in page
    assert "&lt;b&gt;the city&lt;/b&gt;" in page


def test_the_notice_of_the_extractor_stands_above_the_text(client: Client, article: Article, editor: User) -> None:
    Article.objects.update(notice="The rules read English.")
    client.force_login(editor)
    assert "The rules read English." in client.get(reverse("review", args=[article.pk])).content.decode()


def test_an_article_without_statements_says_how_to_add_one(client: Client, article: Article, editor: User) -> None:
    client.force_login(editor)
    page = client.get(reverse("review", args=[article.pk])).content.decode()
    assert "No sentence of this article was found to speak of the future" in page


def test_an_act_answers_a_script_with_the_page_as_it_now_stands(
    client: Client, article: Article, statement: Statement, editor: User
) -> None:
    client.force_login(editor)
    answer = act(client, article, act="accept", statement=statement.pk)
    told = answer.json()
    assert (answer.status_code, told["version"], told["current"]) == (200, 1, statement.pk)
    assert "accepted" in told["html"]
    statement.refresh_from_db()
    assert statement.review == "accepted"


def test_without_a_script_an_act_leads_back_to_its_statement(
    client: Client, article: Article, statement: Statement, editor: User
) -> None:
    client.force_login(editor)
    fields = {"act": "accept", "statement": statement.pk, "seen": 0}
    answer = client.post(reverse("review-act", args=[article.pk]), fields)
    assert answer["Location"] == reverse("review", args=[article.pk]) + f"#statement-{statement.pk}"


def test_a_stale_act_is_refused_and_shows_the_present_state(
    client: Client, scenario: Scenario, article: Article, statement: Statement, editor: User
) -> None:
    client.force_login(editor)
    act(client, article, act="accept", statement=statement.pk)
    client.force_login(make.member(scenario, Membership.Role.OWNER, name="Boris"))
    answer = act(client, article, act="reject", statement=statement.pk, reason="No.", seen="0")
    told = answer.json()
    assert answer.status_code == 409
    assert "Anna has accepted this since you looked" in told["notice"]
    assert 'data-review="accepted"' in told["html"]
    assert told["version"] == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"act": "reject", "reason": ""}, 422),
        ({"act": "duplicate", "original": "x"}, 422),
        ({"act": "split", "start": "-1", "end": "9" * 30}, 422),
        ({"act": "add", "start": "0", "end": "5", "quote": "Other"}, 422),
        ({"act": "fly"}, 422),
        ({"act": "undo"}, 409),
        ({"act": "accept", "statement": "999999"}, 409),
    ],
)
def test_a_bad_act_is_refused_with_words_and_changes_nothing(
    client: Client, article: Article, statement: Statement, editor: User, fields: dict[str, str], status: int
) -> None:
    client.force_login(editor)
    before = list(Statement.objects.values())
    answer = act(client, article, **{"statement": statement.pk, **fields})
    assert answer.status_code == status
    assert answer.json()["notice"]
    assert list(Statement.objects.values()) == before


def test_a_statement_of_another_article_is_out_of_reach(client: Client, article: Article, editor: User) -> None:
    other = make.statement(make.article("Rain may fall."), "Rain may fall.")
    client.force_login(editor)
    assert act(client, article, act="accept", statement=other.pk).status_code == 409
    other.refresh_from_db()
    assert other.review == "proposed"


def test_the_state_is_not_sent_again_until_something_happens(
    client: Client, article: Article, statement: Statement, editor: User
) -> None:
    client.force_login(editor)
    address = reverse("review-state", args=[article.pk])
    first = client.get(address)
    assert first.json()["version"] == 0
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    act(client, article, act="accept", statement=statement.pk)
    second = client.get(address, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second.json()["by"] == {"id": editor.pk, "name": "Anna", "act": "accepted"}


def test_only_accepted_statements_can_be_drafted_from(
    client: Client, article: Article, statement: Statement, editor: User
) -> None:
    client.force_login(editor)
    assert client.get(reverse("draft", args=[statement.pk])).status_code == 404
    act(client, article, act="accept", statement=statement.pk)
    page = client.get(reverse("draft", args=[statement.pk])).content.decode()
    assert "Publish this forecast" in page
    assert "Can it be resolved?" in page


def test_the_script_escapes_nothing_itself_so_the_server_does(
    client: Client, article: Article, statement: Statement, editor: User
) -> None:
    Statement.objects.update(review="rejected", reason="<script>alert(1)</script>")
    client.force_login(editor)
    told = act(client, article, act="sort", statement=statement.pk, category="escalation").json()
    assert "<script>" not in told["html"]


def test_a_long_article_is_shown_with_few_queries(
    client: Client, scenario: Scenario, editor: User, django_assert_max_num_queries: Any
) -> None:
    article = make.article("\n".join(f"Town {number} may fall." for number in range(300)))
    scenario.articles.add(article)
    for number in range(300):
        make.statement(article, f"Town {number} may fall.")
    client.force_login(editor)
    # One of them counts what waits, for the navigation.
    with django_assert_max_num_queries(21):
        client.get(reverse("review", args=[article.pk]))


def test_a_very_long_article_is_reviewed_in_parts_that_lose_nothing_of_its_text(
    client: Client, scenario: Scenario, editor: User
) -> None:
    lines = [f"Town {number} may fall. Rain fell on day {number}." for number in range(320)]
    article = make.article("Before it all.\n" + "\n".join(lines) + "\nAfter it all.")
    scenario.articles.add(article)
    made = [make.statement(article, f"Town {number} may fall.") for number in range(320)]
    client.force_login(editor)
    address = reverse("review", args=[article.pk])
    parts = [client.get(address, {"part": part}).content.decode() for part in (1, 2, 3)]
    assert "Part 2 of 3" in parts[1]
    assert [part.count('class="card card-') for part in parts] == [150, 150, 20]
    assert "Before it all." in parts[0]
    assert "After it all." in parts[2]
    for number in range(320):
        assert sum(f"Rain fell on day {number}." in part for part in parts) == 1
    assert f'id="statement-{made[150].pk}"' in parts[1]


def test_a_repeat_may_be_named_by_its_number(
    client: Client, article: Article, statement: Statement, editor: User
) -> None:
    second = make.statement(article, "Talks may fail, and rain is likely.")
    client.force_login(editor)
    refused = act(client, article, act="duplicate", statement=second.pk, number="7")
    assert refused.status_code == 422
    assert act(client, article, act="duplicate", statement=second.pk, number="1").status_code == 200
    second.refresh_from_db()
    assert second.duplicate_of == statement


@pytest.mark.parametrize("part", ["0", "99", "-1", "x", "9" * 40])
def test_a_part_that_is_not_there_is_the_nearest_one(
    client: Client, article: Article, statement: Statement, editor: User, part: str
) -> None:
    client.force_login(editor)
    page = client.get(reverse("review", args=[article.pk]), {"part": part})
    assert page.status_code == 200
    assert f'id="statement-{statement.pk}"' in page.content.decode()
