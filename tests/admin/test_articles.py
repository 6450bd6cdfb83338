"""Adding an article at the desk: the form, its refusals at their fields, who may."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from forecasts.models import Article, Membership, Scenario, User
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "Talks stall\nTalks may fail before May. Rain fell."


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("north", title="The north")


@pytest.fixture
def editor(scenario: Scenario) -> User:
    return make.member(scenario, Membership.Role.EDITOR)


def entry(scenario: Scenario, **changes: Any) -> dict[str, Any]:
    given = {
        "source": "Example Wire",
        "title": "Talks stall",
        "published_at": "2024-12-01 15:30",
        "language": "en",
        "body": TEXT,
        "scenario": scenario.pk,
    }
    return {**given, **changes}


def post(client: Client, user: User, fields: dict[str, Any]) -> Any:
    client.force_login(user)
    return client.post(reverse("admin:forecasts_article_add"), fields)


def test_what_was_pasted_is_added_and_its_review_follows(client: Client, scenario: Scenario, editor: User) -> None:
    answer = post(client, editor, entry(scenario, authors="A. Writer; B. Writer"))
    article = Article.objects.get()
    assert answer["Location"] == reverse("review", args=[article.pk])
    assert (article.added_by, article.authors, article.body) == (editor, ["A. Writer", "B. Writer"], TEXT)
    assert list(Scenario.objects.filter(articles=article)) == [scenario]
    assert article.published_at.isoformat() == "2024-12-01T15:30:00+00:00"
    assert "1 statement was found in it" in client.get(answer["Location"]).content.decode()


def test_a_pasted_text_keeps_its_lines_though_browsers_send_crlf(
    client: Client, scenario: Scenario, editor: User
) -> None:
    post(client, editor, entry(scenario, body="  One.\r\n\r\nTalks may fail.\r\n"))
    assert Article.objects.get().body == "  One.\n\nTalks may fail.\n"


def test_a_file_is_read_in_the_format_of_its_ending(client: Client, scenario: Scenario, editor: User) -> None:
    file = SimpleUploadedFile("page.html", "<main><p>Talks <b>may</b> fail 😀.</p></main>".encode())
    post(client, editor, entry(scenario, body="", file=file))
    assert Article.objects.get().body == "Talks may fail 😀."


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"body": ""}, "body", "The text is empty."),
        ({"body": "a\x00b"}, "body", "NUL character at 1"),
        ({"body": "x" * 2_000_001}, "body", "an article has at most 2 MB"),
        ({"body": "<p> </p>", "format": "html"}, "body", "Without its markup"),
        ({"published_at": "soon"}, "published_at", "Enter a valid date/time."),
        ({"published_at": "0001-01-01"}, "published_at", "outside the years"),
        ({"title": "a\u202eb"}, "title", "U+202E"),
        ({"url": "javascript:alert(1)"}, "url", "Enter a valid URL."),
        ({"scenario": 0}, "scenario", "Select a valid choice"),
        ({"source": ""}, "source", "This field is required."),
    ],
)
def test_what_is_refused_is_refused_at_its_field(
    client: Client, scenario: Scenario, editor: User, changes: dict[str, Any], field: str, words: str
) -> None:
    answer = post(client, editor, {**entry(scenario), **changes})
    assert words in str(answer.context["form"].errors[field])
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"), [(b"\xff\xfe", "not UTF-8 (byte 0)"), (b"x" * 2_000_001, "at most 2 MB"), (b" ", "empty")]
)
def test_a_bad_file_is_refused_at_the_field_of_the_file(
    client: Client, scenario: Scenario, editor: User, content: bytes, words: str
) -> None:
    file = SimpleUploadedFile("a.txt", content)
    answer = post(client, editor, entry(scenario, body="", file=file))
    assert words in str(answer.context["form"].errors["file"])


def test_a_text_and_a_file_at_once_are_one_too_many(client: Client, scenario: Scenario, editor: User) -> None:
    file = SimpleUploadedFile("a.txt", b"Other text.")
    answer = post(client, editor, entry(scenario, file=file))
    assert "not both" in str(answer.context["form"].errors["file"])


def test_the_same_text_leads_to_the_article_that_it_is(client: Client, scenario: Scenario, editor: User) -> None:
    post(client, editor, entry(scenario))
    answer = post(client, editor, entry(scenario, title="Again"))
    assert Article.objects.get().get_absolute_url() in str(answer.context["form"].errors["body"])


def test_of_the_same_text_elsewhere_nothing_is_told(client: Client, scenario: Scenario, editor: User) -> None:
    make.scenario().articles.add(make.article(TEXT, title="A secret headline"))
    answer = post(client, editor, entry(scenario))
    made = scenario.articles.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("review", args=[made.pk]))
    assert made.title != "A secret headline"
    assert "A secret headline" not in client.get(answer["Location"]).content.decode()


def test_only_scenarios_that_one_edits_are_offered(client: Client, scenario: Scenario, editor: User) -> None:
    other = make.scenario(title="Elsewhere")
    Membership.objects.create(scenario=other, user=editor, role=Membership.Role.RESOLVER)
    assert "Select a valid choice" in str(post(client, editor, entry(other)).context["form"].errors["scenario"])


@pytest.mark.parametrize("role", ["viewer", "analyst", "resolver"])
def test_others_cannot_add(client: Client, scenario: Scenario, role: str) -> None:
    answer = post(client, make.member(scenario, role), entry(scenario))
    assert answer.status_code in (403, 404)
    assert not Article.objects.exists()


def test_the_text_and_the_date_of_an_article_stay_as_they_are(client: Client, scenario: Scenario, editor: User) -> None:
    post(client, editor, entry(scenario))
    article = Article.objects.get()
    address = reverse("admin:forecasts_article_change", args=[article.pk])
    changed = {"source": article.source_id, "title": "Mended", "authors": "A. Writer; B. Writer", "language": "en"}
    changed |= {"body": "Other.", "scenarios": [scenario.pk]}
    assert client.post(address, {**changed, "published_at_0": "2020-01-01"}).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.body, article.published_at.year) == ("Mended", TEXT, 2024)


def test_a_text_too_large_to_be_read_at_all_is_refused_in_words(
    client: Client, scenario: Scenario, editor: User
) -> None:
    answer = post(client, editor, entry(scenario, body="x" * 5_500_000))
    assert answer.status_code == 400
    assert "The text of an article has at most 2 MB." in answer.content.decode()
    assert not Article.objects.exists()


def put(client: Client, user: User, article: Article, scenarios: list[int]) -> Any:
    client.force_login(user)
    fields = {"source": article.source_id, "title": article.title, "authors": "A. Writer; B. Writer", "language": "en"}
    return client.post(reverse("admin:forecasts_article_change", args=[article.pk]), {**fields, "scenarios": scenarios})


def test_an_article_is_put_into_further_scenarios_of_the_editor_and_stays_in_those_of_others(
    client: Client, scenario: Scenario, editor: User
) -> None:
    south, far = make.scenario("south"), make.scenario("far")
    Membership.objects.create(scenario=south, user=editor, role=Membership.Role.OWNER)
    article = make.article()
    scenario.articles.add(article)
    far.articles.add(article)
    answer = put(client, editor, article, [south.pk])
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert set(Scenario.objects.filter(articles=article)) == {south, far}
    article.refresh_from_db()
    assert article.authors == ["A. Writer", "B. Writer"]
    form = client.get(reverse("admin:forecasts_article_change", args=[article.pk])).content.decode()
    assert 'value="A. Writer; B. Writer"' in form


def test_an_article_is_put_into_no_scenario_that_its_editor_does_not_edit(
    client: Client, scenario: Scenario, editor: User
) -> None:
    far = make.scenario("far", title="Far away")
    article = make.article()
    scenario.articles.add(article)
    answer = put(client, editor, article, [scenario.pk, far.pk])
    assert "is not one of the available choices" in answer.content.decode()
    assert "Far away" not in answer.content.decode()
    assert list(Scenario.objects.filter(articles=article)) == [scenario]


def test_an_article_is_not_taken_out_of_its_only_scenario(client: Client, scenario: Scenario, editor: User) -> None:
    article = make.article()
    scenario.articles.add(article)
    assert "nobody would see it" in put(client, editor, article, []).content.decode()
    assert list(Scenario.objects.filter(articles=article)) == [scenario]


def test_the_page_of_a_scenario_counts_its_articles_and_leads_to_their_list(
    client: Client, scenario: Scenario, editor: User
) -> None:
    owner = make.member(scenario, Membership.Role.OWNER)
    client.force_login(owner)
    address = reverse("admin:forecasts_scenario_change", args=[scenario.pk])
    assert "None yet" in client.get(address).content.decode()
    for number in range(3):
        scenario.articles.add(make.article(f"Body {number}.", title=f"Report {number}"))
    make.scenario("south").articles.add(make.article("Elsewhere.", title="A report from elsewhere"))
    assert "3 articles" in client.get(address).content.decode()
    listed = client.get(f"{reverse('admin:forecasts_article_changelist')}?scenario={scenario.pk}").content.decode()
    assert "Report 2" in listed
    assert "from elsewhere" not in listed
