"""What a language model has to answer, and what the protocol wraps around it."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from forecasts.extractors.found import BadAnswer
from forecasts.language import CATEGORIES, SCALES, UNQUANTIFIED

MOST, LONGEST_QUOTE, LONGEST_NOTE = 200, 2_000, 300
"""Statements in one answer, code points of a quote, and of anything else."""

TERMS = (UNQUANTIFIED, *dict.fromkeys(term for scale in SCALES.values() for term in scale))


def _at_most(longest: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) > longest:
            raise ValueError(f"longer than {longest} characters")
        return text

    return AfterValidator(check)


def _known(term: str) -> str:
    if term not in TERMS:
        raise ValueError("no likelihood word")
    return term


def _category(name: str) -> str:
    if name not in CATEGORIES:
        raise ValueError("no category")
    return name


Quote = Annotated[str, _at_most(LONGEST_QUOTE)]
Note = Annotated[str, _at_most(LONGEST_NOTE)]


# Limits stand in validators: structured output by schema knows neither lengths nor defaults on many servers.
class Said(BaseModel):
    """One statement as the model gives it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    quote: Quote
    cue: Note
    category: Annotated[str, AfterValidator(_category)]
    likelihood: Annotated[str, AfterValidator(_known)]
    conditional: bool
    attributed_to: Note
    reason: Note


class Answer(BaseModel):
    """All that the model says."""

    model_config = ConfigDict(extra="forbid", strict=True)

    statements: list[Said]


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: Literal["stop", "length", "content_filter", "tool_calls", "function_call"] | None = None


class _Usage(BaseModel):
    prompt_tokens: Annotated[int, Field(ge=0)] = 0
    completion_tokens: Annotated[int, Field(ge=0)] = 0


class Completion(BaseModel):
    """A chat completion: the first choice, and what it used."""

    choices: Annotated[list[_Choice], Field(min_length=1)]
    model: str = ""
    usage: _Usage = _Usage()


def schema() -> dict[str, Any]:
    """The JSON schema of an answer, with the likelihood words spelled out."""
    found = Answer.model_json_schema()
    properties = found["$defs"]["Said"]["properties"]
    properties["likelihood"] = {"type": "string", "enum": list(TERMS)}
    properties["category"] = {"type": "string", "enum": list(CATEGORIES)}
    return found


def read(completion: Completion) -> list[Said]:
    """The statements of a completion. `BadAnswer` where it was cut off, refused, or is not what was asked for."""
    choice = completion.choices[0]
    if choice.finish_reason == "length":
        raise BadAnswer("its answer was cut off")
    if choice.message.refusal or choice.finish_reason == "content_filter" or choice.message.content is None:
        raise BadAnswer("it refused to answer")
    try:
        said = Answer.model_validate_json(choice.message.content).statements
    except ValueError:
        raise BadAnswer("its answer does not fit the schema") from None
    if len(said) > MOST:
        raise BadAnswer(f"it gave more than {MOST} statements for one piece of text")
    return said
