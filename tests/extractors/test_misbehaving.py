"""What servers of language models really send is taken, mended once, or read by the rules piece by piece."""

import json

import pytest
from pytest_django import Settings

from forecasts.extractors import extract, problems
from tests.chat import Answering, Question, Server, completion, said, statements

TEXT = "The army will hold the port."
GOOD = json.dumps({"statements": [said(TEXT, category="territorial_control")]})

CONTENTS: dict[str, object] = {
    "in a fence": f"Here you are:\n```json\n{GOOD}\n```\nDone.",
    "in a fence without a name": f"```\n{GOOD}\n```",
    "behind its thinking": f"<think>The user wants {{json}}. Let me see ...</think>\n{GOOD}",
    "behind thinking in a fence": f"<thinking>hm</thinking>```json\n{GOOD}```",
    "among words": f"Sure! {GOOD} I hope this helps.",
    "as a bare list": json.dumps([said(TEXT, category="territorial_control")]),
    "in parts": [{"type": "text", "text": GOOD[:40]}, {"type": "text", "text": GOOD[40:]}],
    "with a field too many": json.dumps({"statements": [said(TEXT, category="territorial_control", run="rm")]}),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_an_answer_is_taken_as_servers_send_it(model: Server, name: str) -> None:
    model.answering = Answering(lambda question: completion(CONTENTS[name]))
    found = extract(TEXT)
    assert (found.extractor, [one.category for one in found.found]) == ("model reader", ["territorial_control"])
    assert (found.notice, len(model.asked)) == ("", 1)


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None}, {"prompt_tokens": 10}])
def test_what_a_server_does_not_say_of_its_use_is_not_known(model: Server, settings: Settings, usage: object) -> None:
    settings.EXTRACTOR_INPUT_PRICE = settings.EXTRACTOR_OUTPUT_PRICE = 1.0
    model.answering = Answering(lambda question: {**completion(GOOD), "usage": usage})
    account = extract(TEXT).found[0].extraction
    assert account["output_tokens"] is None
    assert "cost" not in account


def test_a_server_that_leaves_usage_and_model_out_is_heard(model: Server) -> None:
    model.answering = Answering(lambda question: {"choices": [{"message": {"content": GOOD}}]})
    assert extract(TEXT).found[0].extraction["model"] == "reader"


BAD_CLAIMS: dict[str, dict[str, object]] = {
    "an unknown category": {"category": "war"},
    "an unknown likelihood": {"likelihood": "70%"},
    "a number for a truth": {"conditional": 1},
    "an endless reason": {"reason": "a" * 301},
    "no words for a cue": {"cue": None},
}


@pytest.mark.parametrize("name", BAD_CLAIMS)
def test_what_is_bad_in_one_claim_is_left_out_and_the_claim_stands(model: Server, name: str) -> None:
    text = f"{TEXT} The rebels may leave."
    model.answering = Answering(
        lambda question: statements(
            said(TEXT, **BAD_CLAIMS[name]), said("The rebels may leave.", category="negotiation")
        )
    )
    found = extract(text)
    assert [(one.quote, one.category) for one in found.found] == [
        (TEXT, "other"), ("The rebels may leave.", "negotiation"),
    ]  # fmt: skip


def test_a_claim_without_a_quote_is_dropped_and_told(model: Server) -> None:
    model.answering = Answering(lambda question: statements(said(TEXT), {"cue": "may"}))
    found = extract(TEXT)
    assert [one.quote for one in found.found] == [TEXT]
    assert "One quote of the language model" in found.notice


def test_a_refused_temperature_is_left_out_for_the_whole_article(model: Server, settings: Settings) -> None:
    settings.EXTRACTOR_PIECE = 1_000
    text = "".join(f"The army will attack village {number}.\n" for number in range(60))

    def body(question: Question) -> object:
        refused = "temperature" in question
        return {"error": {"message": "'temperature' does not support 0"}} if refused else statements()

    model.answering = Answering(body, statuses=[400])
    assert extract(text).extractor == "model reader"
    assert ["temperature" in question for question in model.asked] == [True] + [False] * (len(model.asked) - 1)
    assert len(model.asked) > 2


def test_a_refused_schema_is_asked_for_as_json_and_then_in_words(model: Server) -> None:
    def body(question: Question) -> object:
        if "response_format" in question:
            return {"error": {"message": "response_format is not supported"}}
        return statements(said(TEXT))

    model.answering = Answering(body, statuses=[400, 422])
    assert extract(TEXT).extractor == "model reader"
    assert [question.get("response_format", {}).get("type") for question in model.asked] == [
        "json_schema", "json_object", None,
    ]  # fmt: skip


def test_an_answer_that_is_no_json_is_mended_once(model: Server) -> None:
    model.answering = Answering(lambda question: completion("Sure!") if len(model.asked) == 1 else completion(GOOD))
    assert extract(TEXT).extractor == "model reader"
    first, second = model.asked
    assert second["messages"][:2] == first["messages"]
    assert [one["role"] for one in second["messages"][2:]] == ["assistant", "user"]
    assert second["messages"][2]["content"] == "Sure!"


def test_an_answer_is_mended_no_more_than_once(model: Server) -> None:
    model.answering = Answering(lambda question: completion("Sure!"))
    assert extract(TEXT).extractor == "rules"
    assert len(model.asked) == 2


def test_pieces_that_worked_are_kept_and_the_rules_read_the_others(model: Server) -> None:
    text = "".join(f"The army will attack village {number}. Nobody fired.\n" for number in range(500))

    def body(question: Question) -> object:
        if len(model.asked) == 2:
            return b"?"
        return statements(said("The army will attack village 0."))

    model.answering = Answering(body)
    found = extract(text)
    assert found.extractor == "model reader"
    assert "The rules read 1 of 2 parts of the article" in found.notice
    assert "its answer is no chat completion" in found.notice
    assert [one.quote for one in found.found] == [text[one.start : one.end] for one in found.found]
    by_rules = [one for one in found.found if "rule" in one.extraction]
    assert len(by_rules) > 100
    assert any("model" in one.extraction for one in found.found)


def test_size_tokens_and_format_are_settings(model: Server, settings: Settings) -> None:
    settings.EXTRACTOR_PIECE, settings.EXTRACTOR_TOKENS, settings.EXTRACTOR_FORMAT = 1_000, 900, "json"
    extract("".join(f"The army will attack village {number}.\n" for number in range(60)))
    assert len(model.asked) == 2
    assert {question["max_tokens"] for question in model.asked} == {900}
    assert {question["response_format"]["type"] for question in model.asked} == {"json_object"}
    assert max(len(model.article(at)) for at in range(2)) <= 1_000


@pytest.mark.parametrize(
    ("name", "value"), [("EXTRACTOR_PIECE", 10), ("EXTRACTOR_TOKENS", -1), ("EXTRACTOR_FORMAT", "xml")]
)
def test_settings_that_cannot_be_are_named(model: Server, settings: Settings, name: str, value: object) -> None:
    setattr(settings, name, value)
    assert [problem.split(maxsplit=1)[0] for problem in problems()] == [name]
