"""Categories: what the words say, what the sentences before say, and what only looks like a keyword."""

import pytest

from forecasts.language import CATEGORIES, find_statements
from forecasts.language.folding import fold
from forecasts.language.sentences import split_sentences
from forecasts.language.tokens import Words
from forecasts.language.topics import CONTEXT, ENOUGH, MOST_OF_CONTEXT, Hit, Topics, category_of, hits


def categories(text: str) -> list[str]:
    return [found.category for found in find_statements(text)]


def keywords(text: str) -> set[str]:
    return {word for _, word, _, _ in hits(Words(fold(text), text), 0, len(text))}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The council will hold its monthly briefing on the mission.", "international_response"),
        ("A third warship could join the fleet off the coast.", "escalation"),
        ("The fighters will lay down their arms in a ceremony.", "negotiation"),
        ("The price cap may be lowered.", "international_response"),
        ("Food vouchers will be halved for refugees.", "humanitarian"),
        ("Thousands of refugees will cross into the valley.", "displacement"),
        ("The rebels may encircle the town.", "territorial_control"),
        ("Jets could bomb the depot.", "airstrikes"),
        ("The court will hear the appeal.", "other"),
        ("Train services are likely to resume.", "other"),
        ("A snap election may follow.", "politics"),
        ("Oil prices are expected to rise.", "economy"),
        ("Cholera could spread.", "humanitarian"),
        ("The envoy may propose confidence-building measures.", "negotiation"),
    ],
)
def test_a_sentence_of_its_own_has_the_category_of_its_words(text: str, category: str) -> None:
    assert categories(text) == [category]


@pytest.mark.parametrize(
    ("text", "category"), [(text, one.key) for one in CATEGORIES.values() for text in one.examples]
)
def test_the_examples_beside_the_keywords_have_the_category_they_stand_for(text: str, category: str) -> None:
    assert categories(text) == [category]


def test_no_keyword_stands_in_two_places() -> None:
    listed = [words for one in CATEGORIES.values() for words in one.keywords.values()]
    spelled = [" ".join(keyword.split()) for words in listed for keyword in words.split(",")]
    assert [keyword for keyword in spelled if spelled.count(keyword) > 1 or not keyword] == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The offensive could trigger an exodus.", "displacement"),
        ("Shelling of the port may cause a famine.", "humanitarian"),
        ("A famine could spark a new offensive.", "escalation"),
        ("The mass killing of villagers is expected to lead to sanctions.", "international_response"),
    ],
)
def test_what_is_caused_counts_and_not_what_causes_it(text: str, category: str) -> None:
    assert categories(text) == [category]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The envoys will meet even as jets bomb the port.", "negotiation"),
        ("The militia will hold talks in response to the drone strikes.", "negotiation"),
        ("The guard will fight on, provided the sanctions stay.", "escalation"),
    ],
)
def test_circumstances_count_less_than_what_happens(text: str, category: str) -> None:
    assert categories(text) == [category]


def test_a_cause_that_is_foreseen_itself_counts_too() -> None:
    assert categories("Further airstrikes could lead to higher civilian casualties.") == ["airstrikes"]
    assert categories("The airstrikes of May could lead to higher civilian casualties.") == ["humanitarian"]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("A famine in the camps of the rebels who lost the battle looms.", "humanitarian"),
        ("A new offensive against the town that the drone strikes hit looms.", "escalation"),
        ("Sanctions against the leaders of the coup and its war would be lifted.", "international_response"),
    ],
)
def test_of_a_subject_its_first_words_count_more_than_its_details(text: str, category: str) -> None:
    assert categories(text) == [category]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Talks will be wrecked by airstrikes and drone strikes on the capital.", "negotiation"),
        ("Cholera patients will be moved by the peacekeeping mission.", "humanitarian"),
    ],
)
def test_what_is_done_counts_and_not_who_does_it(text: str, category: str) -> None:
    assert categories(text) == [category]


@pytest.mark.parametrize(
    ("before", "category"),
    [
        ("The peace talks on a ceasefire began in the capital.", "negotiation"),
        ("Famine has spread to two districts, and food is scarce.", "humanitarian"),
        ("Drone strikes and missile attacks hit the port.", "airstrikes"),
        ("The bloc discussed new sanctions and an arms embargo.", "international_response"),
    ],
)
def test_a_sentence_that_names_no_topic_has_that_of_the_one_before(before: str, category: str) -> None:
    assert categories(f"{before} The second phase would start in January.") == [category]


def test_without_a_topic_before_such_a_sentence_is_other() -> None:
    assert categories("The second phase would start in January.") == ["other"]


def test_a_topic_further_back_than_the_context_counts_for_nothing() -> None:
    filler = "Rain fell on the hills. " * CONTEXT
    assert categories(f"The peace talks on a ceasefire began. {filler}The second phase would start in January.") == [
        "other"
    ]


def test_the_sentences_before_cannot_outweigh_what_a_sentence_says_itself() -> None:
    before = "Peace talks on a ceasefire, a truce and a prisoner swap began. Mediators met negotiators in dialogue. "
    assert categories(before + "Airstrikes and drone strikes may hit the port.") == ["airstrikes"]


def test_what_the_context_adds_is_bounded() -> None:
    before: list[Hit] = [(0, str(number), "negotiation", 6) for number in range(9)]
    own: list[Hit] = [(5, "airstrike*", "airstrikes", MOST_OF_CONTEXT + 1)]
    assert category_of(own, [(0, 10, 1)], before) == "airstrikes"
    assert category_of([], [(0, 10, 1)], before) == "negotiation"


def test_too_little_evidence_is_other() -> None:
    weak: list[Hit] = [(0, "city", "territorial_control", ENOUGH - 1)]
    assert category_of(weak, [(0, 10, 1)]) == "other"


def test_each_sentence_is_read_once_however_often_it_is_context() -> None:
    text = "Talks began. Talks went on. Talks may end."
    topics = Topics(Words(fold(text), text), split_sentences(text))
    assert topics.of(0) is topics.of(0)
    assert [word for _, word, _, _ in topics.before(2)] == ["talks", "talks"]
    assert list(topics.before(0)) == []


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("according to the ministry", "accord"),
        ("initially they waited", "initialled"),
        ("a couple of days", "coup"),
        ("couples were married", "coups"),
    ],
)
def test_a_word_that_only_begins_like_a_keyword_is_none(text: str, keyword: str) -> None:
    assert keyword not in keywords(text)
    assert keywords(text) == set()


def test_a_phrase_counts_whole_and_not_by_its_first_word() -> None:
    assert "price cap*" in keywords("the price cap on oil")
    assert "price cap*" not in keywords("the price of bread")


def test_what_happens_in_the_passive_happens_to_the_subject() -> None:
    assert categories("Sanctions would be applied to any person who prevents a return to constitutional order.") == [
        "international_response"
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The crisis may provoke a response from the United States and its allies.", ""),
        ("The premier accused the bloc of meddling and announced that polls would be delayed.", ""),
        ("Prime Minister Osei accused the bloc and announced that polls would be delayed.", "Prime Minister Osei"),
        ("Talks may resume on a text which the ministry says is final.", "the ministry"),
        ("On 17 March the rebels announced that they would leave.", "the rebels"),
    ],
)
def test_a_speaker_is_who_says_it_and_nobody_else(text: str, speaker: str) -> None:
    (found,) = find_statements(text)
    assert found.attributed_to == speaker


@pytest.mark.parametrize("title", ["Md.", "Lt.", "Cdr.", "Mme.", "Messrs."])
def test_a_title_ends_no_sentence(title: str) -> None:
    sentence = f"{title} Osei of the agency said that his office would meet the elders."
    assert [found.quote for found in find_statements(f"Rain fell. {sentence} It stopped.")] == [sentence]
