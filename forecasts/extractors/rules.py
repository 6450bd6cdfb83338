"""The rules, as an extractor: offline, deterministic, for English."""

from functools import cache
from hashlib import sha256

from forecasts.extractors.found import Extraction, Found
from forecasts.language import CATEGORIES, Claim, FoundStatement, find_statements
from forecasts.language.cues import HEADLINES, RULES
from forecasts.language.english import ENGLISH, language_of, name_of

NAME = "rules"


def extract(text: str, *, language: str = ENGLISH) -> Extraction:
    """The claims that the rules find, at least one for each forward-looking sentence. Never raises."""
    statements = find_statements(text)
    firsts: list[int] = []
    found: list[Found] = []
    for statement in statements:
        firsts.append(len(found))
        original = None if statement.duplicate_of is None else firsts[statement.duplicate_of]
        found += [_found(statement, claim, original) for claim in statement.claims]
    return Extraction(found, NAME, version(), _notice(language, text))


@cache
def version() -> str:
    """A mark that changes with the rules and keywords, so that findings of different rules can be told apart."""
    keywords = {key: one.keywords for key, one in CATEGORIES.items()}
    return sha256(repr((RULES, HEADLINES, keywords)).encode()).hexdigest()[:12]


def _found(statement: FoundStatement, claim: Claim, original: int | None) -> Found:
    return Found(
        start=claim.start,
        end=claim.end,
        sentence_start=statement.sentence_start,
        sentence_end=statement.sentence_end,
        quote=claim.quote,
        cue=claim.cue.quote[:200],
        category=claim.category,
        likelihood=claim.likelihood.term,
        scale=claim.likelihood.scale or "",
        scale_edition=claim.likelihood.edition,
        scale_is_assumed=claim.likelihood.assumed,
        conditional=claim.conditional,
        attributed_to=claim.attributed_to[:200],
        reason=claim.reason,
        duplicate_of=original,
        extraction={"rule": claim.cue.rule},
    )


def not_english(text: str) -> str:
    """That a text is in another language than the rules read, in words; empty of English."""
    code = language_of(text)
    if code == ENGLISH:
        return ""
    return f"This text looks {name_of(code)}, and the rules read English only: they may have missed statements."


def _notice(language: str, text: str) -> str:
    if language.lower().split("-")[0] in (ENGLISH, ""):
        return not_english(text)
    return f"The rules read English, and this article is in “{language}”: they may have missed statements."
