"""Whole classes of construction, in sentences that no rule was written on: which look ahead, and which only seem to."""

import pytest

from forecasts.language import find_statements

AHEAD: dict[str, tuple[str, ...]] = {
    "close to it": (
        "Engineers are close to finishing the second crossing.",
        "The stockpile is fast approaching the limit of the treaty.",
        "Elections are drawing near.",
    ),
    "on alert": (
        "Hospitals are on high alert for casualties.",
        "Two more battalions are on standby to move north.",
    ),
    "on the way": (
        "A third destroyer is on its way to the gulf.",
        "Grain ships are en route to the port.",
        "The emirate is sending 40 more trucks.",
    ),
    "well placed": (
        "The insurgents are in a strong position to cut the highway.",
        "The bloc is well placed to broker a swap.",
    ),
    "conditions set": (
        "The staff is setting conditions for a crossing of the river.",
        "The visit lays the groundwork for a treaty.",
    ),
    "terms that run on": (
        "The council extended the mission until 31 October 2027.",
        "Parliament renewed emergency rule for another six months.",
        "The border is closed until further notice.",
        "The ballot has been postponed to next spring.",
        "The generals declared a truce from 21 December.",
    ),
    "dates ahead": (
        "They drew up a timetable for phasing out the fuel by 2031.",
        "The verdict comes 14 December.",
        "The armistice expires at midnight.",
        "Rations fall by half starting next month.",
        "The opposition has called a general strike for Monday.",
        "A strike has been announced for 18 February.",
    ),
    "schedules in a lead": (
        "The assembly was set to vote on the bill after talks collapsed.",
        "The force is projected to comprise 5,500 officers.",
        "Needs are estimated to double by the lean season.",
    ),
    "plans and what they may hold": (
        "The measures could include a ban on travel.",
        "The second phase may involve a swap of captives.",
        "The next phase – which has not begun – includes a pullout.",
        "Plans are under way to move the camp.",
        "A further convoy is being prepared.",
        "The cabinet is considering the closure of two crossings.",
    ),
    "offers and deals": (
        "The kingdom has offered to host a second meeting.",
        "The two armies reached an agreement to pull back guns.",
    ),
    "dangers named": (
        "The danger is that the truce unravels.",
        "The militia poses a growing threat to shipping.",
        "The pocket is vulnerable to encirclement.",
        "Concern grows over the fate of the hostages.",
        "The longer the siege lasts, the harder relief becomes.",
    ),
    "outcomes hoped of a deal": (
        "The accord should bring a halt to the raids.",
        "The pause should allow convoys to reach the valley.",
    ),
    "nobody knows": (
        "Nobody knows what comes next.",
        "What happens next is anyone's guess.",
        "Much hinges on the spring rains.",
    ),
    "headlines": (
        "Agency to further cut rations",
        "Reuters: peace missions to be cut by a quarter",
        "Ceasefire possible within days",
        "Junta sets election date",
        "President postpones polls again",
        "Premier due in capital for talks",
    ),
}

NOT_AHEAD: dict[str, tuple[str, ...]] = {
    "places, not plans": (
        "The depot is close to the crossing.",
        "He stood at the corner of the square.",
        "The road is the only way to the port.",
    ),
    "what was": (
        "They were on alert for hours before the raid.",
        "The ballot had been postponed to spring.",
        "The curfew was lifted.",
        "He was due to speak when the bomb went off.",
        "The group had offered to talk.",
        "They met as early as May 2014.",
        "The deadline passed.",
    ),
    "aims, hopes and efforts": (
        "The mission aims to protect civilians.",
        "They hope to win.",
        "Efforts are being made to free them.",
        "The talks are intended to end the war.",
    ),
    "norms": (
        "Both sides should give way.",
        "All parties must lay down their arms.",
        "In the months ahead, leadership is needed.",
        "The aid must arrive as soon as possible because people are hungry.",
        "Neither leader has shown a willingness to meet.",
    ),
    "refusals without a date": ("The group refuses to disarm.",),
    "what may be so already": (
        "The dead could include children.",
        "He may be one of the wounded.",
        "The shelling may amount to a war crime.",
    ),
}


def cases(classes: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(name, sentence) for name, sentences in classes.items() for sentence in sentences]


@pytest.mark.parametrize(("name", "sentence"), cases(AHEAD))
def test_a_class_of_construction_looks_ahead(name: str, sentence: str) -> None:
    assert [found.quote for found in find_statements(sentence)] == [sentence], name


@pytest.mark.parametrize(("name", "sentence"), cases(NOT_AHEAD))
def test_what_only_seems_to_look_ahead_is_spared(name: str, sentence: str) -> None:
    assert find_statements(sentence) == [], name


def test_the_classes_are_found_in_running_text_too() -> None:
    prose = [one for name, sentence in cases(AHEAD) if name != "headlines" for one in [sentence]]
    assert [found.quote for found in find_statements(" ".join(prose))] == prose


def test_no_lookalike_is_found_in_running_text() -> None:
    assert find_statements(" ".join(sentence for _, sentence in cases(NOT_AHEAD))) == []
