"""Drafts from templates: what is proposed for a statement, and that it can be resolved."""

from datetime import date, datetime

import pytest

from forecasts.models import Category, Forecast, Membership, Scenario, Statement, User
from forecasts.questions import publishing
from forecasts.questions.drafting import draft_rows, names, proposing
from forecasts.questions.drafting.counting import RULES
from forecasts.questions.drafting.filling import Blanks, texts
from forecasts.questions.drafting.form import DraftForm, of_blanks
from forecasts.questions.drafting.templates import TEMPLATES, of_category
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime.fromisoformat("2026-11-22T10:00:30+00:00")
BODY = (
    "Talks stall in Syria\n"
    "The army may retake Aleppo, and increased air strikes in Syria could displace thousands. "
    "Iran may send advisers to Syria. Ministers of Iran and Turkey could meet in Ankara."
)


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("syria", title="Syria")


@pytest.fixture
def editor(scenario: Scenario) -> User:
    make.member(scenario, Membership.Role.RESOLVER, name="Backup")
    return make.member(scenario, Membership.Role.EDITOR, name="Editor")


@pytest.fixture
def statement(scenario: Scenario) -> Statement:
    article = make.article(BODY, title="Talks stall in Syria")
    scenario.articles.add(article)
    return make.statement(
        article,
        "increased air strikes in Syria could displace thousands",
        category="airstrikes",
        review="accepted",
    )


def filled(template: str, statement: Statement, editor: User, **changes: object) -> DraftForm:
    """The form as a person would send it who filled the few blanks."""
    blanks = proposing.proposed(statement, AT, TEMPLATES[template])
    said = {"actor": "the Syrian army", "object": "Turkey", "place": "Syria", **of_blanks(blanks)}
    said |= {
        name: said[name] or default for name, default in (("actor", "Iran"), ("object", "Turkey"), ("place", "Syria"))
    }
    form = DraftForm(statement, editor, AT, {**DraftForm(statement, editor, AT).initial, **said, **changes})
    form.is_valid()
    written = texts(form.blanks())
    backup = User.objects.get(name="Backup")
    people = {"resolver": editor.pk, "backup": backup.pk, "scenario": Scenario.objects.get().pk}
    return DraftForm(statement, editor, AT, {**form.data, **written, **people, **changes})


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_with_its_blanks_filled_can_be_resolved(template: str, statement: Statement, editor: User) -> None:
    form = filled(template, statement, editor, category=TEMPLATES[template].category)
    assert form.is_valid(), form.errors
    found = [one for one in publishing.findings(draft_rows.row(form)) if one.level != "passes"]
    assert found == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_with_its_blanks_filled_is_published(template: str, statement: Statement, editor: User) -> None:
    form = filled(template, statement, editor)
    assert form.is_valid(), form.errors
    published = draft_rows.publish(form)
    assert published.published_at == AT
    assert "…" not in published.title + published.criteria + published.fine_print
    assert "{" not in published.title + published.criteria + published.fine_print


@pytest.mark.parametrize("category", Category.values)
def test_every_category_has_a_template_of_its_own(category: str) -> None:
    assert of_category(category)[0].category == category


def test_every_category_names_a_source_with_address_and_lag() -> None:
    for template in TEMPLATES.values():
        for authority in template.authorities:
            assert authority.url.startswith("https://")
            assert authority.lag


def test_place_actor_window_unit_and_source_come_from_statement_and_article(statement: Statement) -> None:
    blanks = proposing.proposed(statement, AT)
    assert (blanks.place, blanks.zone, blanks.threshold) == ("Syria", "Asia/Damascus", 100)
    assert blanks.closes_on == date(2026, 12, 22)
    written = texts(blanks)
    assert written["title"] == "At least 100 civilians are killed by air strikes in Syria by 22 December 2026"
    assert written["unit"] == "people"
    assert "23:59 Asia/Damascus" in written["criteria"]
    assert "ACLED" in written["resolution_source"]


def test_it_opens_when_it_is_drafted_and_never_before_the_article(statement: Statement) -> None:
    assert proposing.proposed(statement, AT).opens_at == datetime.fromisoformat("2026-11-22T10:01:00+00:00")
    before = proposing.proposed(statement, make.day(-30))
    assert before.opens_at == statement.article.published_at


@pytest.mark.parametrize("rule", RULES)
def test_the_counting_rule_is_chosen_and_stands_in_the_criteria(rule: str, statement: Statement, editor: User) -> None:
    form = filled("displacement-least", statement, editor, rule=rule)
    assert RULES[rule][1] in form.data["criteria"]


def test_what_the_text_does_not_say_is_derived_and_hangs_on_no_statement(statement: Statement, editor: User) -> None:
    kept = draft_rows.keep(_valid(filled("airstrikes-civilians", statement, editor, fidelity="derived")))
    assert kept.is_derived
    assert kept.fidelity == ""


def _valid(form: DraftForm) -> DraftForm:
    assert form.is_valid(), form.errors
    return form


def test_several_forecasts_come_from_one_statement(statement: Statement, editor: User) -> None:
    for template in ("airstrikes-civilians", "displacement-least", "displacement-least"):
        draft_rows.keep(_valid(filled(template, statement, editor)))
    assert statement.forecasts.count() == 3
    assert len(set(statement.forecasts.values_list("key", flat=True))) == 3


def test_a_draft_says_who_drafted_it_and_when_and_is_not_public(statement: Statement, editor: User) -> None:
    kept = draft_rows.keep(_valid(filled("airstrikes-civilians", statement, editor)))
    assert (kept.drafted_by, kept.drafted_at, kept.published_at) == (editor, AT, None)


def test_a_numeric_template_asks_for_quantiles_of_a_number(statement: Statement, editor: User) -> None:
    published = draft_rows.publish(_valid(filled("displacement-number", statement, editor)))
    assert published.kind == Forecast.Kind.NUMERIC
    assert published.quantile_levels == [500, 2500, 5000, 7500, 9500]


def test_an_unfilled_blank_is_marked_at_its_field(statement: Statement, editor: User) -> None:
    form = DraftForm(statement, editor, AT)
    blanks = Blanks(
        TEMPLATES["territory-taken"], TEMPLATES["territory-taken"].authorities[0], AT, date(2026, 12, 22), "UTC"
    )
    form = DraftForm(statement, editor, AT, {**form.initial, **of_blanks(blanks), **texts(blanks)})
    form.is_valid()
    form.missing()
    assert {"actor", "place"} <= set(form.errors)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_on": "2026-11-01"}, "closes_on"),
        ({"resolves_on": "2026-11-23", "closes_on": "2026-12-22"}, "resolves_on"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"title": ""}, "title"),
        ({"threshold": "0"}, "threshold"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    changes: dict[str, object], field: str, statement: Statement, editor: User
) -> None:
    form = filled("airstrikes-civilians", statement, editor, **changes)
    assert not form.is_valid()
    assert field in form.errors


def test_one_person_cannot_be_resolver_and_backup(statement: Statement, editor: User) -> None:
    form = filled("airstrikes-civilians", statement, editor, backup=editor.pk)
    assert not form.is_valid()
    assert form.errors["backup"] == ["Name somebody else than the resolver."]


def test_names_are_found_in_order_without_words_that_begin_a_sentence() -> None:
    assert names.actors("Talks between Iran and Hayat Tahrir al-Sham may fail.") == ["Iran", "Hayat Tahrir al-Sham"]
    assert names.places("The army advanced in Aleppo and near the Euphrates.") == ["Aleppo", "Euphrates"]
    assert names.actors("The rebel forces may attempt it.") == ["the rebel forces"]
    assert names.zone(["nowhere", "Kyiv's mayor"]) == "Europe/Kyiv"
