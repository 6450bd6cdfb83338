"""A spec made from menus: every feed and kind of question gives a spec that reads back as it was chosen."""

from typing import Any

import pytest
from django.http import QueryDict

from forecasts.evidence.feeds import feeds
from forecasts.evidence.menus import Choice, Menus
from forecasts.evidence.parsing import parse, spec_of
from forecasts.evidence.specs import plain
from forecasts.questions.specifying.form import Asked, SpecForm, initial_of

KINDS = {
    "binary": {"comparison": "at_least", "number": "120"},
    "numeric": {},
    "date": {"number": "1200.5"},
    "multiple_choice": {"from_0": "", "to_0": "99", "from_1": "100", "to_1": ""},
}
MENUS: Menus = {
    "country": [Choice("Syria", "Syria"), Choice("Iraq", "Iraq")],
    "adm_1": [Choice("Idlib Governorate", "Syria"), Choice("Anbar province", "Iraq")],
}


def filled(of: str, kind: str, changes: dict[str, Any] | None = None, menus: Menus = MENUS) -> SpecForm:
    given = {
        "feed": of, "measure": "events", "rule": "overlap", "first": "2018-09-01", "last": "2018-09-30", "lag": "35",
        **KINDS[kind], **(changes or {}),
    }  # fmt: skip
    data = QueryDict(mutable=True)
    for name, value in given.items():
        data.setlist(f"spec-{name}", value if isinstance(value, list) else [value])
    return SpecForm(feeds()[of], menus, Asked(kind, ("few", "many")), data, prefix="spec")


@pytest.mark.parametrize("feed", feeds())
@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_form_is_a_spec_and_shows_it_again(feed: str, kind: str) -> None:
    form = filled(feed, kind)
    assert form.is_valid(), form.errors
    spec = spec_of(plain(form.body))
    again = SpecForm(feeds()[feed], MENUS, form.asked, None, initial_of(spec, form.body), prefix="spec")
    shown = {name: again[name].value() for name in ("rule", "first", "last", "lag", "measure")}
    assert shown == {name: form.cleaned_data[name] for name in shown}
    assert [again[name].value() for name in KINDS[kind]] == [form.cleaned_data[name] or None for name in KINDS[kind]]


def test_every_filter_is_chosen_from_what_occurs() -> None:
    chosen = {"text_country": ["Syria"], "text_adm_1": ["Idlib Governorate"], "text_type_of_violence": ["one_sided"]}
    more = {"limit_where_prec": "3", "within": "[36, 35, 37, 36]", "version": "25.1", "measure": "best"}
    form = filled("ucdp_ged", "binary", {**chosen, **more})
    assert form.is_valid(), form.errors
    written = """
        feed: ucdp_ged
        where: {country: [Syria], adm_1: [Idlib Governorate], type_of_violence: [one_sided], where_prec: 3,
                within: [36, 35, 37, 36]}
        measure: best
        window: {from: 2018-09-01, to: 2018-09-30, rule: overlap}
        outcome: {at_least: 120}
        settles: {after: 35d, by: 25.1}
    """
    assert form.spec == parse(written)


def test_regions_are_those_of_the_chosen_countries() -> None:
    form = SpecForm(feeds()["ucdp_ged"], MENUS, Asked("binary"), None, {"text_country": ["Syria"]})
    assert [value for value, _ in form.fields["text_adm_1"].choices] == ["Idlib Governorate"]  # type: ignore[attr-defined]


def test_a_feed_without_a_file_takes_values_by_hand_and_offers_what_it_knows() -> None:
    form = filled("ucdp_ged", "binary", {"text_adm_1": "Idlib Governorate; Hama Governorate"}, {})
    assert form.is_valid(), form.errors
    assert form.spec is not None
    assert form.spec.texts["adm_1"] == ("Idlib Governorate", "Hama Governorate")
    assert ("Syria", "Syria") in form.fields["text_country"].choices  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"number": ""}, "number", "is no number"),
        ({"comparison": "between", "upper": "10"}, "number", "120 is more than 10"),
        ({"last": "2018-08-01"}, "last", "before it begins"),
        ({"within": "[1, 2]"}, "within", "is no area"),
        ({"text_type_of_violence": ["shouting"]}, "__all__", "Allowed: state_based"),
        ({"first": "yesterday"}, "first", "valid date"),
    ],
)
def test_what_is_wrong_stands_at_its_field(changes: dict[str, Any], field: str, said: str) -> None:
    form = filled("ucdp_ged", "binary", changes)
    assert not form.is_valid()
    assert said in str(form.errors[field])
