"""A claim in the parse of its sentence: where things stand, and how near they are to its predicate."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .clause import Clause
from .slots import Slot
from .times import Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ASIDE, GOVERNS = 3, 1
"""Steps that a clause beside the claim's own adds, and that a governing verb adds."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its parse: `doc.text == text[start:end]`; `folded` is the folded text."""

    text: str
    folded: str
    start: int
    end: int
    doc: "Doc"


@dataclass(frozen=True, slots=True)
class Target:
    """The claim that is read: its span, its cue, who says so, and the stated likelihoods, as offsets of the text."""

    start: int
    end: int
    cue: tuple[int, int]
    speech: tuple[int, int] = (0, 0)
    odds: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence, the claim in it, its clause, and the time expressions of the sentence."""

    sentence: Sentence
    target: Target
    clause: Clause
    times: list[Time]

    @property
    def doc(self) -> "Doc":
        return self.sentence.doc

    @property
    def verb(self) -> "Token":
        return self.clause.verb

    @property
    def lemma(self) -> str:
        return self.clause.verb.lemma_.lower()

    def at(self, token: "Token") -> int:
        """Where a token starts in the text."""
        return self.sentence.start + token.idx

    def slot(self, first: int, last: int, normal: object) -> Slot:
        """A slot over the tokens `first` to `last`, the last excluded."""
        start, end = self.at(self.doc[first]), self.at(self.doc[last - 1]) + len(self.doc[last - 1])
        return Slot(self.sentence.text[start:end], start, end, normal)

    def tokens(self, start: int, end: int) -> list["Token"]:
        """The tokens that start within two offsets of the text."""
        return [token for token in self.doc if start <= self.at(token) < end]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The range of tokens within two offsets of the text."""
        tokens = self.tokens(start, end)
        return (tokens[0].i, tokens[-1].i + 1) if tokens else None

    def in_time(self, token: "Token") -> bool:
        return any(time.start <= self.at(token) < time.end for time in self.times)

    def under_subject(self, token: "Token") -> bool:
        subject = self.clause.subject
        return subject is not None and (token == subject or subject in token.ancestors)

    def distance(self, token: "Token") -> int | None:
        """Steps from a token up to the predicate, its subject or a governor; None where it hangs elsewhere."""
        steps, up = 0, token
        while up not in (self.verb, self.clause.subject):
            if up in self.clause.governors:
                return steps + GOVERNS
            if up.dep_ in ("relcl", "parataxis") or up.head == up:
                return None
            steps += 1 + ASIDE * (up.dep_ in ("advcl", "appos", "acl", "conj", "ccomp", "pcomp"))
            up = up.head
        return steps
