"""Finds the forward-looking statements of a text: the rules, applied."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from forecasts.language.attribution import Speech, spoken
from forecasts.language.claims import ClaimSpan, split_claims
from forecasts.language.cues.matching import Cue, Place, find_cues, places
from forecasts.language.duplicates import Leads
from forecasts.language.folding import fold, word_set
from forecasts.language.likelihood import UNQUANTIFIED, Likelihood, ScaleName
from forecasts.language.pasted import Cleaned, cleaned
from forecasts.language.sentences import Sentence, split_sentences
from forecasts.language.terms import likelihood_at, stated_scale
from forecasts.language.tokens import Words
from forecasts.language.topics import Hit, Span, Topics, category_of

SHORTEST, LONGEST_HEADLINE = 8, 160
"""Code points of the shortest sentence that can state something, and of the longest headline."""

_CONDITION = re.compile(
    r"\b(?:(?<!as )(?<!asked )(?<!see )(?<!unclear )(?<!wonder )if\b|unless|provided that|as long as|"
    r"in the event of|in case of|should (?:the|a|an|they|it|he|she|"
    r"[a-z]+) (?:[\w'-]+ ){0,4}?(?:fail|fall|collapse|continue|refuse|attack|break|win|lose|decide|be|"
    r"occur|happen|not|choose|take|strike|cross|resume|reject|escalate)|"
    r"without (?:a|an|more|urgent|further|immediate|new|additional|any|such|sustained|international|"
    r"[a-z]+ (?:aid|help|funding|support|access|action))|"
    r"were (?:the|it|they) [\w' -]{2,40} to|absent (?:a|an|any)|otherwise|or else|on condition that|"
    r"depending on|once)\b"
)
_CONDITION_WORDS = word_set(
    "if unless provided long event case should without were absent otherwise else condition depending once"
)
_IF_ASIDE = re.compile(
    r"\b(?:if (?:confirmed|any|necessary|true|possible|anything|only)|even if only|(?:asked|wondered|see|"
    r"know|unclear|doubt) if)\b"
)
_ASIDE = re.compile(
    r"[;–—]|, (?:which|who|after|as|while|although|though|because|amid|despite|with|in|according|said|"
    r"saying|following|an?|the|\w+ said)\b"
    r"| (?:after|amid|despite|because|due to|following|if|unless|in line with|involving|including|whose|"
    r"even (?:as|if|though)|provided|as long as|although|though|in response to|in retaliation|in return for|"
    r"on condition)\b|[\"'] "
)
_OPENING_CONDITION = re.compile(r"(?:if|unless|should|without|when|once|whether)\b[^,]*,")
_CAUSES = re.compile(
    r"\b(?:lead|leads|leading|result|cause|trigger|provoke|spark|displace|drive|force|unleash|prompt|push|send|fuel|"
    r"deepen|worsen|bring|create|plunge|precipitate|encourage|embolden|threaten|risk|produce|pave|complicate|"
    r"undermine|jeopardi[sz]e)\b"
)
_OF = re.compile(r" (?:of|in|by|on|to|for|with|against|between|from|at|over|into|that|which|who|as|near)\b")
_CHANGE = re.compile(
    r"(?:an? |any |the )?(?:increased|increasing|further|more|renewed|another|additional|continued|intensified|"
    r"heavier|wider) "
)
_AGENT = re.compile(
    r" by (?!the end|next|mid|early|late|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|\d|an? |then|tomorrow)"
)
_WITH = re.compile(r" (?:\w+ly )?(?:accompanied|followed|matched|met|replaced) (?:by|with)\b")
"""“Accompanied by displacement”: what comes behind is what is foreseen."""

FOCUS, SUBJECT, DETAIL, ELSEWHERE = 4, 3, 2, 1
"""How often a keyword counts: in what the cue is about; in who or what does it; in its details; elsewhere."""

_CLOSE = 20
_END = frozenset(".!?…:;")


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
    category: str
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
    category: str
    likelihood: Likelihood
    conditional: bool
    attributed_to: str
    reason: str
    claims: tuple[Claim, ...]
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text being read, with what holds for all of it."""

    text: str
    folded: str
    words: Words
    stated: ScaleName | None
    leads: Leads
    topics: Topics


@dataclass(frozen=True, slots=True)
class _Around:
    """What the claims of one sentence share."""

    sentence: Sentence
    found: list[Hit]
    before: Callable[[], Iterable[Hit]]
    conditional: bool
    speech: Speech


def find_statements(text: str) -> list[FoundStatement]:
    """The forward-looking sentences of a text, in order. Deterministic; any text will do, none raises."""
    clean = cleaned(text)
    if clean is None:
        return found_in(text)
    return [restored(statement, clean, text) for statement in found_in(clean.text)]


def found_in(text: str) -> list[FoundStatement]:
    """The same for a text that was cleaned already; offsets are those of the cleaned text."""
    folded = fold(text)
    words = Words(folded, text)
    sentences = split_sentences(text)
    reading = _Reading(text, folded, words, stated_scale(text), Leads(), Topics(words, sentences))
    triggers = places(folded, words)
    starts = [position for position, _ in triggers]
    found: list[FoundStatement] = []
    for place, sentence in enumerate(sentences):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        cues = _forward_cues(text, folded, sentence, triggers[first:last]) if first < last else []
        if cues:
            found.append(_statement(reading, _around(reading, place, sentence), cues, len(found)))
    return found


def restored(statement: FoundStatement, clean: Cleaned, text: str) -> FoundStatement:
    """A statement with the offsets and the words of the stored text."""
    start, end = clean.back(statement.start, statement.end)
    return replace(
        statement,
        sentence_start=start,
        sentence_end=end,
        start=start,
        end=end,
        quote=text[start:end],
        cue=_restored_cue(statement.cue, clean, text),
        claims=tuple(restored_claim(claim, clean, text) for claim in statement.claims),
    )


def restored_claim(claim: Claim, clean: Cleaned, text: str) -> Claim:
    """A claim with the offsets and the words of the stored text."""
    start, end = clean.back(claim.start, claim.end)
    return replace(claim, start=start, end=end, quote=text[start:end], cue=_restored_cue(claim.cue, clean, text))


def _restored_cue(cue: CueSpan, clean: Cleaned, text: str) -> CueSpan:
    start, end = clean.back(cue.start, cue.end)
    return CueSpan(start, end, text[start:end], cue.rule)


def _around(reading: _Reading, place: int, sentence: Sentence) -> _Around:
    return _Around(
        sentence,
        reading.topics.of(place),
        partial(reading.topics.before, place),
        _is_conditional(reading.folded, sentence, reading.words),
        spoken(reading.text, reading.words, sentence.start, sentence.end),
    )


def _statement(reading: _Reading, around: _Around, cues: list[Cue], index: int) -> FoundStatement:
    text, folded, start, end = reading.text, reading.folded, around.sentence.start, around.sentence.end
    spans = split_claims(text, folded, start, end, cues, around.found)
    claims = tuple(_claim(reading, span, around, cues) for span in spans)
    main = claims[0]
    quantified = next((claim for claim in claims if claim.likelihood.term != UNQUANTIFIED), main)
    return FoundStatement(
        sentence_start=start,
        sentence_end=end,
        start=start,
        end=end,
        quote=text[start:end],
        cue=main.cue,
        category=main.category,
        likelihood=quantified.likelihood,
        conditional=around.conditional,
        attributed_to=around.speech.speaker,
        reason=main.reason,
        claims=claims,
        duplicate_of=reading.leads.earlier(index, folded[start:end], main.category),
    )


def _claim(reading: _Reading, span: ClaimSpan, around: _Around, cues: list[Cue]) -> Claim:
    text, folded, sentence = reading.text, reading.folded, around.sentence
    cue = CueSpan(span.cue.start, span.cue.end, text[span.cue.start : span.cue.end], span.cue.rule)
    within = [span.cue, *(other for other in cues if span.cue.end <= other.start < span.end)]
    terms = [likelihood_at(folded, sentence.start, sentence.end, (at.start, at.end), reading.stated) for at in within]
    likelihood = next((term for term in terms if term.term != UNQUANTIFIED), terms[0])
    return Claim(
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        cue=cue,
        category=_category(span, folded, around),
        likelihood=likelihood,
        conditional=around.conditional,
        attributed_to=around.speech.speaker,
        reason=_reason(cue, likelihood, around),
    )


def _forward_cues(text: str, folded: str, sentence: Sentence, triggers: list[Place]) -> list[Cue]:
    if sentence.end - sentence.start < SHORTEST:
        return []
    short = sentence.end - sentence.start <= LONGEST_HEADLINE
    headline = short and text[sentence.end - 4 : sentence.end].rstrip("\"'”’)]")[-1:] not in _END
    cues = find_cues(text, folded, (sentence.start, sentence.end), triggers, headline=headline)
    asked = folded.rfind("?", sentence.start, sentence.end) if cues else -1
    return [cue for cue in cues if cue.start > asked]


def _category(span: ClaimSpan, folded: str, around: _Around) -> str:
    return span.cue.category or category_of(around.found, _weighed(span, folded, around), around.before())


def _weighed(span: ClaimSpan, folded: str, around: _Around) -> list[Span]:
    """What is said to happen counts most, then who or what does it, then conditions, causes and circumstances."""
    cue, speech = span.cue, around.speech
    begin = max(span.start, cue.start)
    passive = folded.endswith((" be", " been"), cue.start, cue.end) and not _WITH.match(folded, cue.end)
    condition = _OPENING_CONDITION.match(folded, span.start, begin)
    before, after = (SUBJECT, FOCUS) if cue.about == "after" else (FOCUS, SUBJECT)
    if passive:
        # “Rations will be halved”: what happens, happens to the subject.
        before = FOCUS
    elif cue.about == "after" and _CAUSES.search(folded, cue.start, min(cue.end + _CLOSE, span.end)):
        # “The war could trigger an exodus” foresees the exodus; “further airstrikes could”, the airstrikes too.
        before = FOCUS if _CHANGE.match(folded, span.start) else ELSEWHERE
    about_itself = speech.start <= cue.start < speech.end
    opening = condition.end() if condition else span.start
    head = _head(folded, speech.end if speech.start <= span.start < speech.end else opening, begin)
    return [
        (speech.start, speech.start if about_itself else speech.end, 0),
        (span.start, opening, ELSEWHERE),
        (begin, _finish(span, folded, passive=passive), after),
        (span.start, head if before == FOCUS else begin, before),
        (span.start, begin, DETAIL),
        (around.sentence.start, around.sentence.end, ELSEWHERE),
    ]


def _head(folded: str, start: int, end: int) -> int:
    """Where a subject's details begin: “an answer | to the airstrikes is coming”."""
    details = _OF.search(folded, start + len("an "), end)
    return details.start() if details else end


def _finish(span: ClaimSpan, folded: str, *, passive: bool) -> int:
    """Where what the cue is about gives way to circumstances, or to who does it: “will be taken by the rebels”."""
    start = min(span.cue.end, span.end)
    aside = _ASIDE.search(folded, start, span.end)
    finish = aside.start() if aside else span.end
    agent = _AGENT.search(folded, start, finish) if passive else None
    return agent.start() if agent else finish


def _is_conditional(folded: str, sentence: Sentence, words: Words) -> bool:
    if _CONDITION_WORDS.isdisjoint(words.within(sentence.start, sentence.end)):
        return False
    if not _CONDITION.search(folded, sentence.start, sentence.end):
        return False
    return bool(_CONDITION.search(_IF_ASIDE.sub("", folded[sentence.start : sentence.end])))


def _reason(cue: CueSpan, likelihood: Likelihood, around: _Around) -> str:
    parts = [f"rule “{cue.rule}” at “{cue.quote}”"]
    parts += [f"likelihood word “{likelihood.term.replace('_', ' ')}”"] if likelihood.scale else []
    parts += ["with a condition"] if around.conditional else []
    parts += [f"said by {around.speech.speaker}"] if around.speech.speaker else []
    return "; ".join(parts)
