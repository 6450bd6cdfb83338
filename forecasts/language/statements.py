"""Finds the forward-looking statements of a text: the rules, applied."""

import re
from dataclasses import dataclass, replace

from .attribution import attributed_to
from .categories import CATEGORIES, Category, category_of, scores
from .claims import ClaimSpan, split_claims
from .cues.matching import Cue, find_cues
from .duplicates import Leads
from .folding import fold
from .likelihood import UNQUANTIFIED, Likelihood, ScaleName
from .sentences import Sentence, split_sentences
from .terms import likelihood_at, stated_scale

_CONDITION = re.compile(
    r"(?<!as )(?<!asked )(?<!see )(?<!unclear )(?<!wonder )\b(?:if|unless|provided that|as long as|"
    r"in the event of|in case of|should (?:the|a|an|they|it|he|she|"
    r"[a-z]+) (?:[\w'-]+ ){0,4}?(?:fail|fall|collapse|continue|refuse|attack|break|win|lose|decide|be|"
    r"occur|happen|not|choose|take|strike|cross|resume|reject|escalate)|"
    r"without (?:a|an|more|urgent|further|immediate|new|additional|any|such|sustained|international|"
    r"[a-z]+ (?:aid|help|funding|support|access|action))|"
    r"were (?:the|it|they) [\w' -]{2,40} to|absent (?:a|an|any)|otherwise|or else|on condition that|"
    r"depending on|once)\b"
)
_IF_ASIDE = re.compile(
    r"\b(?:if (?:confirmed|any|necessary|true|possible|anything|only)|even if only|(?:asked|wondered|see|"
    r"know|unclear|doubt) if)\b"
)
_ASIDE = re.compile(
    r"[;–—]|, (?:which|who|after|as|while|although|though|because|amid|despite|with|in|according|said|saying|following|a|the|\w+ said)\b"
    r"| (?:after|amid|despite|because|following|if|unless|in line with)\b|[\"'] "
)
_END = re.compile(r"[.!?…:;][\"'”’)\]]*\Z")


@dataclass(frozen=True, slots=True)
class CueSpan:
    """The words that speak of the future: `text[start:end] == quote`, and the rule that knows them."""

    start: int
    end: int
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said to happen: `text[start:end] == quote`. A cue that claims share may lie before it."""

    start: int
    end: int
    quote: str
    cue: CueSpan
    category: Category
    likelihood: Likelihood
    conditional: bool
    attributed_to: str
    reason: str


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A forward-looking sentence with its claims, first claim first. Offsets are code points of the text.

    `duplicate_of` is the index, in the list returned, of the earlier statement that this one repeats.
    """

    sentence_start: int
    sentence_end: int
    start: int
    end: int
    quote: str
    cue: CueSpan
    category: Category
    likelihood: Likelihood
    conditional: bool
    attributed_to: str
    reason: str
    claims: tuple[Claim, ...]
    duplicate_of: int | None = None


def find_statements(text: str) -> list[FoundStatement]:
    """The forward-looking sentences of a text, in order. Deterministic; any text will do, none raises."""
    folded, stated, leads = fold(text), stated_scale(text), Leads()
    found: list[FoundStatement] = []
    for sentence in split_sentences(text):
        statement = _statement(text, folded, sentence, stated)
        if statement is not None:
            body = folded[statement.start : statement.end]
            found.append(replace(statement, duplicate_of=leads.earlier(len(found), body, statement.category)))
    return found


def _statement(text: str, folded: str, sentence: Sentence, stated: ScaleName | None) -> FoundStatement | None:
    cues = _forward_cues(text, folded, sentence)
    if not cues:
        return None
    around = scores(folded, sentence.start, sentence.end)
    spoken_by = attributed_to(text, sentence.start, sentence.end)
    spans = split_claims(text, folded, sentence.start, sentence.end, cues)
    claims = tuple(_claim(text, folded, span, sentence, stated, around, spoken_by) for span in spans)
    main = claims[0]
    quantified = next((claim for claim in claims if claim.likelihood.term != UNQUANTIFIED), main)
    return FoundStatement(
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        start=sentence.start,
        end=sentence.end,
        quote=text[sentence.start : sentence.end],
        cue=main.cue,
        category=main.category,
        likelihood=quantified.likelihood,
        conditional=any(claim.conditional for claim in claims),
        attributed_to=spoken_by,
        reason=main.reason,
        claims=claims,
    )


def _claim(
    text: str,
    folded: str,
    span: ClaimSpan,
    sentence: Sentence,
    stated: ScaleName | None,
    around: dict[Category, int],
    spoken_by: str,
) -> Claim:
    cue = CueSpan(span.cue.start, span.cue.end, text[span.cue.start : span.cue.end], span.cue.rule)
    likelihood = likelihood_at(folded, sentence.start, sentence.end, (cue.start, cue.end), stated)
    conditional = _is_conditional(folded, sentence)
    return Claim(
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        cue=cue,
        category=_category(span, folded, around),
        likelihood=likelihood,
        conditional=conditional,
        attributed_to=spoken_by,
        reason=_reason(cue, likelihood, conditional=conditional, spoken_by=spoken_by),
    )


def _forward_cues(text: str, folded: str, sentence: Sentence) -> list[Cue]:
    asked = folded.rfind("?", sentence.start, sentence.end)
    headline = sentence.end - sentence.start <= 160 and not _END.search(
        text, sentence.end - 4 if sentence.end - sentence.start > 4 else sentence.start, sentence.end
    )
    cues = find_cues(text, folded, sentence.start, sentence.end, headline=headline)
    return [cue for cue in cues if cue.start > asked]


def _category(span: ClaimSpan, folded: str, around: dict[Category, int]) -> Category:
    for fixed in CATEGORIES:
        if span.cue.category == fixed:
            return fixed
    if span.cue.about == "before":
        focus = (span.start, max(span.start, span.cue.start))
    else:
        aside = _ASIDE.search(folded, min(span.cue.end, span.end), span.end)
        focus = (max(span.start, span.cue.start), aside.start() if aside else span.end)
    return category_of(folded, focus, (span.start, span.end), around)


def _is_conditional(folded: str, sentence: Sentence) -> bool:
    passage = _IF_ASIDE.sub("", folded[sentence.start : sentence.end])
    return bool(_CONDITION.search(passage))


def _reason(cue: CueSpan, likelihood: Likelihood, *, conditional: bool, spoken_by: str) -> str:
    parts = [f"rule “{cue.rule}” at “{cue.quote}”"]
    parts += [f"likelihood word “{likelihood.term.replace('_', ' ')}”"] if likelihood.scale else []
    parts += ["with a condition"] if conditional else []
    parts += [f"said by {spoken_by}"] if spoken_by else []
    return "; ".join(parts)
