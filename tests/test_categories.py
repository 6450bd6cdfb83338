"""Every category, through every place where it must appear; and what is said of one that lacks a part."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from core import checks
from forecasts.language import CATEGORIES, Category
from forecasts.language.categories import OWN, Incomplete, gathered
from forecasts.language.cues.rule import Rule
from forecasts.models import Forecast, Membership, Statement
from forecasts.presenting import looks
from forecasts.questions.drafting.templates import AUTHORITIES, TEMPLATES
from tests import make

POLITICS = CATEGORIES["politics"]
DOCUMENT = Path(__file__).parents[1] / "docs" / "statements.md"


@pytest.fixture
def places(client: Client, db: None) -> Any:
    """What an editor reads at each place, of a scenario with one forecast of one statement in a category."""
    scenario = make.scenario("north")
    editor = make.member(scenario, Membership.Role.EDITOR)
    client.force_login(editor)

    def read(category: Category) -> dict[str, str]:
        article = make.article("The army may retake the city.")
        scenario.articles.add(article)
        said = make.statement(article, "The army may retake the city.", category=category.key, review="accepted")
        asked = make.forecast(scenario, category=category.key, statement=said, fidelity="same")
        addresses = {
            "board": reverse("board"),
            "forecast": reverse("forecast", args=[asked.pk]),
            "article": reverse("article", args=[article.pk]),
            "review": reverse("review", args=[article.pk]),
            "draft": reverse("draft", args=[said.pk]),
            "calibration": reverse("calibration"),
            "statement in the API": reverse("v1:statement-detail", args=[said.pk]),
            "filter of the API": reverse("v1:forecast-list") + f"?category={category.key}",
            "schema of the API": reverse("v1:schema"),
            "style sheet": reverse("category-styles"),
        }
        return {place: client.get(address).content.decode() for place, address in addresses.items()}

    return read


def expected(category: Category) -> dict[str, list[str]]:
    """What must stand at each place."""
    drawn = [f"in-{category.key}", f'd="{category.icon}"', category.label.capitalize()]
    option = [f'value="{category.key}"', f">{category.label}</option>"]
    return {
        "board": [*drawn, *option],
        "forecast": drawn,
        "article": drawn,
        "review": [*drawn, *option],
        "draft": [*drawn, *option, category.templates[0].label, category.templates[0].authorities[0].name],
        "calibration": option,
        "statement in the API": [f'"category":"{category.key}"'],
        "filter of the API": [f'"category":"{category.key}"'],
        "schema of the API": [f"- {category.key}\n"],
        "style sheet": [f".in-{category.key} {{ --category: light-dark({', '.join(category.colour)}); }}"],
    }


def missing(category: Category, read: dict[str, str]) -> list[str]:
    return [
        f"{category.key}: {part} is missing in the {place}"
        for place, parts in expected(category).items()
        for part in parts
        if part not in read[place]
    ]


@pytest.mark.parametrize("key", CATEGORIES)
def test_a_category_appears_wherever_it_must(key: str, places: Any) -> None:
    assert missing(CATEGORIES[key], places(CATEGORIES[key])) == []


def test_the_walk_names_what_a_page_does_not_show(places: Any) -> None:
    planted = replace(POLITICS, icon="M0 0H9")
    assert 'politics: d="M0 0H9" is missing in the board' in missing(planted, places(POLITICS))


def test_the_documents_list_the_categories_and_no_other() -> None:
    section = DOCUMENT.read_text().partition("## Category\n\nOne of ")[2].partition(" when\nunsure")[0]
    listed = section.partition(" when")[0].replace("; *", ", ").replace("*", "").replace("\n", " ").split(", ")
    assert listed == list(CATEGORIES)


@pytest.mark.parametrize("part", [one.name for one in fields(Category)])
def test_a_category_that_lacks_a_part_is_refused_and_the_part_is_named(part: str) -> None:
    empty = type(getattr(POLITICS, part))()
    with pytest.raises(Incomplete, match=part if part != "key" else "Category “”: key"):
        replace(POLITICS, **{part: empty})
    left = {one.name: getattr(POLITICS, one.name) for one in fields(Category) if one.name != part}
    with pytest.raises(TypeError, match=part):
        Category(**left)


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("key", "Politics"),
        ("icon", '"/><script>'),
        ("colour", ("red", "#000000")),
        ("keywords", {5: "election*"}),
        ("sources of truth", (replace(POLITICS.templates[0], authorities=()),)),
    ],
)
def test_a_part_that_is_none_is_refused_and_named(part: str, wrong: Any) -> None:
    with pytest.raises(Incomplete, match=f"Category “.*”: {part} "):
        replace(POLITICS, **{"templates" if part == "sources of truth" else part: wrong})


@pytest.mark.parametrize("part", OWN)
def test_what_is_each_ones_own_cannot_be_taken_twice(part: str) -> None:
    twin = Category(
        **{one.name: getattr(POLITICS, one.name) for one in fields(Category)}
        | {
            "key": "twin",
            "label": "twin",
            "place": 81,
            "precedence": 81,
            "icon": "M0 0H9",
            "colour": ("#111111", "#eeeeee"),
        }
        | {part: getattr(POLITICS, part)}
    )
    with pytest.raises(Incomplete, match=f"{part} is that of “"):
        gathered([*CATEGORIES.values(), twin])


def test_templates_and_sources_have_keys_of_their_own() -> None:
    assert len(TEMPLATES) == sum(len(one.templates) for one in CATEGORIES.values())
    named = {source for one in CATEGORIES.values() for source in one.authorities}
    assert len(AUTHORITIES) == len(named)


def test_a_rule_with_an_unknown_category_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="Rule “omen”: there is no category “weather”"):
        Rule("omen", "omen", "omen", (), (), category="weather")


@pytest.mark.django_db
def test_a_row_of_an_unknown_category_is_an_error_at_start() -> None:
    scenario = make.scenario()
    make.forecast(scenario, category="other")
    checks.refuse()
    assert checks.every_category_has_a_record(None, databases=["default"]) == []
    make.forecast(scenario, category="weather")
    (error,) = checks.every_category_has_a_record(None, databases=["default"])
    assert (error.id, "weather" in error.msg, bool(error.hint)) == ("reckoner.E003", True, True)
    with pytest.raises(ImproperlyConfigured, match="weather"):
        checks.refuse()


@pytest.mark.django_db
def test_a_row_of_an_unknown_category_breaks_no_page(client: Client) -> None:
    """As when a later version of the program has written it beside this one."""
    scenario = make.scenario()
    client.force_login(make.member(scenario))
    made = make.forecast(scenario, category="weather_front")
    page = client.get(reverse("board")).content.decode()
    assert "Weather front" in page
    assert client.get(made.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("model", [Forecast, Statement])
def test_a_new_category_needs_no_migration(model: Any) -> None:
    _, _, _, told = model._meta.get_field("category").deconstruct()
    assert callable(told["choices"])


@pytest.mark.django_db
def test_the_style_sheet_is_kept_for_ever_and_named_by_its_version(client: Client) -> None:
    client.force_login(make.user())
    address = f"{reverse('category-styles')}?{looks.version()}"
    assert f'href="{address}"' in client.get(reverse("board")).content.decode()
    assert client.get(address)["Cache-Control"] == "public, max-age=31536000, immutable"
