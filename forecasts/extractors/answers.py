"""What a language model answers, as servers really send it: in fences, behind its thinking, with a claim that is bad.

One bad claim is mended or dropped, and the others stand; an answer that holds no list of claims is bad as a whole.
"""

import json
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from forecasts.extractors.found import BadAnswer
from forecasts.language import CATEGORIES, SCALES, UNQUANTIFIED

MOST, LONGEST_QUOTE, LONGEST_NOTE = 200, 2_000, 300
"""Statements in one answer, code points of a quote, and of anything else."""

TERMS = (UNQUANTIFIED, *dict.fromkeys(term for scale in SCALES.values() for term in scale))

UNFIT = "its answer does not fit the schema"

_THINKING = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```[a-z]*\s*(.*?)```", re.DOTALL)
_MENDED: dict[str, Any] = {
    "cue": "", "category": "other", "likelihood": UNQUANTIFIED, "conditional": False, "attributed_to": "", "reason": "",
}  # fmt: skip
"""What is taken where a claim says nothing, or nothing that is known: all but its quote."""


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
    content: str | list[dict[str, Any]] | None = None
    refusal: str | None = None

    @property
    def text(self) -> str | None:
        """The content; some servers send it in parts."""
        if isinstance(self.content, list):
            return "".join(str(part.get("text") or "") for part in self.content)
        return self.content


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: Annotated[int, Field(ge=0)] | None = None
    completion_tokens: Annotated[int, Field(ge=0)] | None = None


class Completion(BaseModel):
    """A chat completion: the first choice, and what it used, where the server says so."""

    choices: Annotated[list[_Choice], Field(min_length=1)]
    model: str | None = None
    usage: _Usage | None = None


def schema() -> dict[str, Any]:
    """The JSON schema of an answer, with the likelihood words spelled out."""
    found = Answer.model_json_schema()
    properties = found["$defs"]["Said"]["properties"]
    properties["likelihood"] = {"type": "string", "enum": list(TERMS)}
    properties["category"] = {"type": "string", "enum": list(CATEGORIES)}
    return found


def read(completion: Completion) -> tuple[list[Said], int]:
    """The statements of a completion, and how many were dropped.

    `BadAnswer` where it was cut off, refused, or holds no statements that fit where it gave some.
    """
    choice = completion.choices[0]
    content = choice.message.text
    if choice.finish_reason == "length":
        raise BadAnswer("its answer was cut off")
    if choice.message.refusal or choice.finish_reason == "content_filter" or content is None:
        raise BadAnswer("it refused to answer")
    given = _listed(_json_of(content))
    if len(given) > MOST:
        raise BadAnswer(f"it gave more than {MOST} statements for one piece of text")
    said = [one for one in map(_said, given) if one is not None]
    if given and not said:
        raise BadAnswer(UNFIT)
    return said, len(given) - len(said)


def _json_of(content: str) -> Any:
    """The JSON of a content: without thinking, out of its fence, out of the words around it."""
    plain = _THINKING.sub("", content).strip()
    fenced = _FENCE.search(plain)
    plain = fenced.group(1).strip() if fenced else plain
    begin, end = plain.find("{"), plain.rfind("}")
    for candidate in (plain, plain[begin : end + 1] if 0 <= begin < end else ""):
        try:
            return json.loads(candidate)
        except (ValueError, RecursionError):
            continue
    raise BadAnswer(UNFIT)


def _listed(answer: Any) -> list[Any]:
    """The list of claims: under its name, or bare."""
    found = answer.get("statements") if isinstance(answer, dict) else answer
    if not isinstance(found, list):
        raise BadAnswer(UNFIT)
    return found


def _said(given: Any) -> Said | None:
    """A claim with what is unknown in it replaced; None without a quote that can be looked up."""
    if not isinstance(given, dict):
        return None
    kept = {name: value for name, value in given.items() if name in Said.model_fields}
    try:
        return Said.model_validate({**_MENDED, **kept})
    except ValidationError as error:
        bad = {str(one["loc"][0]) for one in error.errors() if one["loc"]}
    if "quote" in bad:
        return None
    return Said.model_validate({**_MENDED, **{name: value for name, value in kept.items() if name not in bad}})
