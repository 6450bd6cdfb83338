"""What claims say, slot by slot."""

from datetime import date
from typing import Any

import pytest

from forecasts.language.reading import NAMES, Reading, read

PUBLISHED = date(2027, 3, 10)


def one(text: str) -> Reading:
    (found,) = read(text, PUBLISHED)
    return found


def normals(text: str) -> dict[str, Any]:
    slots = one(text).slots
    return {name: slot.normal for name in NAMES if (slot := getattr(slots, name)) is not None}


def test_every_slot_quotes_the_text_where_it_stands() -> None:
    text = (
        "Rain fell.\n\nIf the truce fails, the Nigerien government will not send more than 2,000 soldiers to Zamfara "
        "by May, two diplomats said."
    )
    (found,) = read(text, PUBLISHED)
    slots = [slot for name in NAMES if (slot := getattr(found.slots, name)) is not None]
    assert len(slots) == len(NAMES)
    assert all(text[slot.start : slot.end] == slot.text for slot in slots)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Nigerien government is likely to expel the trainers.", "Niger"),
        ("The U.A.E. will send an envoy.", "United Arab Emirates"),
        ("The E.U. may impose new sanctions.", "European Union"),
        ("Kyiv is set to withdraw from the town.", "Ukraine"),
        ("ECOWAS will lift the sanctions.", "ECOWAS"),
        ("The Georgian parliament is expected to adopt the law.", "Georgian parliament"),
        ("Azerbaijan and Armenia are due to sign the protocol.", "Azerbaijan and Armenia"),
        ("M23 is very likely to take Uvira.", "M23"),
        ("The Bank of England is expected to raise rates.", "Bank of England"),
        ("The town could be attacked by the Arakan Army.", "Arakan Army"),
        ("The junta said it would recall its ambassadors.", "junta"),
        ("Well-provisioned Ukrainian forces will cross the river.", "Ukrainian forces"),
        ("Congo's M23 rebels said that they would leave Goma.", "Congo's M23 rebels"),
        ("Trump will face a hearing.", "Trump"),
        ("Parliament could impeach the president.", "Parliament"),
        ("The two ministers will meet in May.", "two ministers"),
        ("The court will look into the count to see whether it was fair.", "court"),
        ("The Open Market Committee will announce its decision in May.", "Open Market Committee"),
        ("The ATMIS contingent is expected to leave Somalia.", "ATMIS contingent"),
        ("The 15-member Economic Community of West African States will close its borders.", "ECOWAS"),
    ],
)
def test_who_acts_is_named_by_the_common_english_name(text: str, actor: str) -> None:
    assert normals(text)["actor"] == actor


@pytest.mark.parametrize(
    "text",
    [
        "The talks between the U.A.E. and Sudan are expected to resume.",
        "Upwards of 40,000 people may leave the camps.",
        "Jeddah will probably host a third round.",
        "Residents may flee the town.",
        "A war would exacerbate the crisis.",
        "The ceasefire could collapse.",
        "Rations will be halved.",
        "He will visit the front.",
        "Analysts warn the harvest could fail.",
        "El Niño is likely to develop.",
        "More than 40,000 workers will walk out.",
        "Uvira could fall within days.",
        "Landfall could come by early Thursday.",
        "The agency is forecasting the price of a barrel to increase by May.",
        "The launch is targeted for 15 May.",
    ],
)
def test_what_happens_whom_it_befalls_and_where_are_no_actors(text: str) -> None:
    assert "actor" not in normals(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The camps around Adré may empty.", "Adré"),
        ("Upwards of 40,000 people may leave the camps around Adré before Easter.", "Adré"),
        ("JNIM could tighten its blockade of Bamako.", "Bamako"),
        ("Nigeria will deploy 2,000 more soldiers to Zamfara.", "Zamfara"),
        ("Jeddah will probably host a third round.", "Jeddah"),
        ("The war could spread to the rest of Sudan if the truce fails in Khartoum.", "Sudan"),
        ("Pakistan will reopen the Torkham crossing.", "Torkham"),
        ("Russia will intensify its raids near Chasiv Yar.", "Chasiv Yar"),
        ("Rains may cut off several areas of Fiji.", "Fiji"),
    ],
)
def test_the_place_is_the_nearest_and_narrowest_that_the_clause_names(text: str, place: str) -> None:
    assert normals(text)["place"] == place


@pytest.mark.parametrize(
    "text",
    [
        "The freighter will dock at 3:34 a.m. EST on Friday.",
        "Hamas will release 33 hostages under a deal being finalised by envoys in Doha.",
        "Brent crude will average $71 a barrel.",
    ],
)
def test_clocks_brands_and_where_something_else_is_done_are_no_places(text: str) -> None:
    assert "place" not in normals(text)


@pytest.mark.parametrize(
    "text",
    [
        "A runoff between the top two candidates will be held.",
        "The other two may leave.",
        "If nobody gathers 50% of the vote, Kenya will hold a rerun.",
        "The millions of doses will go into the stockpile.",
    ],
)
def test_two_of_them_that_are_known_count_nothing(text: str) -> None:
    assert "quantity" not in normals(text)


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The Open Market Committee will announce its decision in May.", "announce"),
        ("The second phase of the operation will commence soon.", "commence"),
        ("Nearly 900 prisoners are to be flown home.", "fly"),
        ("A runoff is expected next month.", "occur"),
        ("Both countries agreed to exchange ambassadors by May.", "exchange"),
        ("The two sides will agree to exchange ambassadors.", "agree"),
        ("The commission is expected to propose cutting the target.", "propose"),
        ("The launch is targeted for 15 May.", "occur"),
    ],
)
def test_the_predicate_is_the_verb_that_is_foreseen(text: str, predicate: str) -> None:
    assert normals(text)["predicate"] == predicate


def test_how_long_a_contract_runs_is_no_deadline() -> None:
    assert normals("Arsenal will sign the striker on a contract until 2029.").get("time") is None


def test_a_time_tells_when_it_happens_and_not_when_it_was_said() -> None:
    assert normals("The mission will leave in May, the minister said on Monday.")["time"]["to"] == "2027-05-31"
    assert "time" not in normals("The mission will leave, the minister said on Monday.")


def test_a_time_that_no_calendar_has_stays_in_words() -> None:
    slot = one("The rebels could attack after the harvest.").slots.time
    assert slot is not None
    assert (slot.text, slot.normal) == ("after the harvest", None)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Eritrea will likely not attack.", "unlikely"),
        ("Eritrea is likely not to attack.", "unlikely"),
        ("Eritrea is not likely to attack.", "unlikely"),
        ("Hezbollah almost certainly won't disarm.", "almost_certainly_not"),
        ("Hezbollah will very likely not disarm.", "very_unlikely"),
        ("The bloc will probably not meet.", "probably_not"),
        ("Russia is unlikely to stop.", "unlikely"),
        ("The chances are even that Russia stops.", "chances_about_even"),
        ("The odds of a truce by June are about even.", "roughly_even_odds"),
    ],
)
def test_a_likelihood_word_is_that_of_the_proposition_as_written(text: str, term: str) -> None:
    likelihood = one(text).likelihood
    assert likelihood is not None
    assert likelihood.term == term


def test_unlikely_not_to_is_unquantified() -> None:
    assert one("The junta is unlikely not to answer.").likelihood is None


def test_a_number_is_the_likelihood_as_written() -> None:
    stated = one("We put at 35% the chance that 200,000 people will be displaced by August.").likelihood
    assert stated is not None
    assert (stated.text, stated.value, stated.low, stated.high) == ("35%", 0.35, 0.35, 0.35)


def test_an_interval_counts_by_its_middle_and_keeps_its_ends() -> None:
    stated = one("There is a 50-60 percent chance that the dam will fail in 2028.").likelihood
    assert stated is not None
    assert (stated.value, stated.low, stated.high) == (0.55, 0.5, 0.6)
