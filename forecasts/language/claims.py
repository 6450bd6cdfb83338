"""Tells the claims of one sentence apart."""

import re
from dataclasses import dataclass, replace

from forecasts.language.cues.matching import Cue
from forecasts.language.cues.pieces import VERB
from forecasts.language.topics import Hit, scores

MOST = 8
"""Claims told apart in one sentence at most; further cues stay inside the last one."""

_BREAK = re.compile(
    r"[;–—]|\.[\"'] |[,.][\"'] (?=[a-z])|, (?:and|but|while|as|which|or|though|although|whereas|adding|"
    r"saying|warning|with)\b"
    r"|, (?:where|who|adding|or)\b|, (?=(?:[\w'.-]+ ){1,4}(?:will|would|could|may|might|won't)\b)"
    r"| (?:and|but|while|whereas)\b| or (?=(?:it|they|he|she|we) )"
)
_SAME_VERBS = re.compile(
    r"(?:,? and|,? or|, then|,? but) (?:to |not |then |even |also |eventually |possibly |"
    rf"further )?(?={VERB} (?:the|a|an|its|their|his|her|our|more|further|all|any|some|other|"
    r"in|on|to|for|from|with|against|into|up|out|off|back|new|over|down|across|through|towards?|at|by|it|"
    r"them|another|that|control|troops|talks|forces|aid|"
    r"peace|sanctions|civilians|elections)\b)"
)
_CAUSES = re.compile(
    r"\b(?:lead|result|cause|trigger|provoke|spark|bring|create|mean|fuel|produce|risks?|fears?|threaten|"
    r"prompt|unleash|deepen|worsen|warn\w*)\b"
)
_SAME_OBJECTS = re.compile(
    r",? and (?=(?:further|more|higher|greater|increased|renewed|mass|wider|widespread|new|another|fresh|"
    r"worsening|additional|large-scale|forced) )"
)
_VERBAL = re.compile(r"\b(?:may|might|could|will|would|shall|to|won't)\b|'ll")
_EDGE = " ,;:–—\"'“”‘’"


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """Where a claim lies, and the cue it stands under; a shared cue may lie in front of it."""

    start: int
    end: int
    cue: Cue


def split_claims(text: str, folded: str, start: int, end: int, cues: list[Cue], found: list[Hit]) -> list[ClaimSpan]:
    """The claims of `text[start:end]`, at least one; a single one is the whole sentence."""
    groups = _grouped(folded, start, end, cues)
    spans = [part for group in groups for part in _coordinated(folded, group, found)][:MOST]
    if len(spans) == 1:
        return [ClaimSpan(start, end, spans[0].cue)]
    return [_trimmed(text, span) for span in spans]


def _grouped(folded: str, start: int, end: int, cues: list[Cue]) -> list[ClaimSpan]:
    groups = [ClaimSpan(start, end, cues[0])]
    for cue in cues[1:]:
        last = groups[-1]
        cut = _last_break(folded, last.cue.end, cue)
        if cut and _stands_alone(last.cue, cue) and len(groups) < MOST:
            groups[-1] = replace(last, end=cut.start())
            groups.append(ClaimSpan(cut.end(), end, cue))
        elif last.cue.kind != "core" and cue.kind == "core":
            groups[-1] = replace(last, cue=cue)
    return groups


def _stands_alone(before: Cue, cue: Cue) -> bool:
    return before.kind == "core" and cue.kind == "core"


def _last_break(folded: str, start: int, cue: Cue) -> re.Match[str] | None:
    # A break may look as far as the cue's end, but one inside the cue would leave a claim without words.
    breaks = [found for found in _BREAK.finditer(folded, start, cue.end) if found.end() <= cue.start]
    return breaks[-1] if breaks else None


def _coordinated(folded: str, span: ClaimSpan, found: list[Hit]) -> list[ClaimSpan]:
    if span.cue.kind != "core":
        return [span]
    verbal = _VERBAL.search(folded, span.cue.start, span.cue.end)
    joints = list(_SAME_VERBS.finditer(folded, span.cue.end, span.end)) if verbal else []
    if joints:
        first = _after_modal(folded, span.cue)
        starts = [first, *(joint.end() for joint in joints)]
        ends = [*(joint.start() for joint in joints), span.end]
        return [ClaimSpan(begin, finish, span.cue) for begin, finish in zip(starts, ends, strict=True)]
    return _objects(folded, span, found)


def _after_modal(folded: str, cue: Cue) -> int:
    modal = re.match(r"(?:(?:may|might|could|will|would|shall)(?: not)?|won't|'ll) ", folded[cue.start : cue.end])
    return cue.start + modal.end() if modal else cue.start


def _objects(folded: str, span: ClaimSpan, found: list[Hit]) -> list[ClaimSpan]:
    if not _CAUSES.search(folded, span.cue.start, min(span.end, span.cue.end + 20)):
        return [span]
    joint = _SAME_OBJECTS.search(folded, span.cue.end, span.end)
    if joint is None or not _different(found, span.cue.end, joint, span.end):
        return [span]
    return [replace(span, end=joint.start()), replace(span, start=joint.end())]


def _different(found: list[Hit], start: int, joint: re.Match[str], end: int) -> bool:
    first, second = scores(found, start, joint.start()), scores(found, joint.end(), end)
    return bool(second) and max(second, key=second.__getitem__) not in first


def _trimmed(text: str, span: ClaimSpan) -> ClaimSpan:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE + ".!…":
        end -= 1
    return ClaimSpan(start, end, span.cue) if start < end else span
