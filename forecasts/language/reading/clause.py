"""The clause that a claim is made in: its predicate, its subject and its objects, found in a parse."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forecasts.language.folding import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RAISING = word_set("""
expect set due poise schedule slate likely unlikely about bound able ready plan project forecast predict anticipate
prepare intend decide certain sure destine tip widely estimate think believe say threaten vow pledge promise vows hope
aim warn fear want propose assess see look appear seem appear possible probable improbable doom prime gear mean
announce confirm state add tell foresee envisage calculate reckon guess suspect assume agree try attempt seek
consider keep need slat have go fail refuse willing unable open keen eager offer reiterate commit swear insist claim
conclude put be
""")
"""Lemmas that tell of what another verb says happens."""

CLAUSAL = ("xcomp", "ccomp", "acl", "pcomp", "csubj", "csubjpass", "relcl", "advcl")
NOMINAL = word_set("""
risk chance threat fear prospect odds possibility likelihood danger probability warning expectation plan preparation
decision proposal intention hope bid attempt pledge vow promise forecast prediction scenario projection odd prospect
""")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_DEEDS = word_set("announce propose offer confirm decide agree")
_FORESEES = word_set("expect forecast predict anticipate foresee project see envisage")
_CONTROL = word_set("expect want urge force ask order tell allow predict forecast project require press help")
_RAISES = word_set("raise increase pose carry see face reduce put heighten lower boost run hold have estimate give")
_LINKED = (
    "xcomp", "ccomp", "conj", "advcl", "acl", "pcomp", "prep", "pobj", "relcl", "attr", "acomp", "dobj", "oprd",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with its subject, as tokens of a parse. `governors` are the words that led to it, outermost first."""

    verb: "Token"
    subject: "Token | None"
    governors: tuple["Token", ...]

    @property
    def is_passive(self) -> bool:
        """Whether the subject undergoes what happens."""
        return any(child.dep_ in ("auxpass", "nsubjpass") for child in self.verb.children) or (
            self.verb.tag_ == "VBN"
            and any(child.lemma_ == "be" and child.dep_.startswith("aux") for child in self.verb.children)
        )


def clause_at(doc: "Doc", start: int, end: int, cue: tuple[int, int]) -> Clause | None:
    """The clause that a cue speaks of, in the claim at `start:end`, offsets of the sentence; None without a verb."""
    inside = [token for token in doc if token.idx < cue[1] and token.idx + len(token) > cue[0]]
    if not inside:
        return None
    first = _governor(inside)
    path = [first]
    if cue[1] <= start or cue[0] < start:
        # The claims of a sentence share a cue, and this one lies behind it.
        verbs = [token for token in doc if start <= token.idx < end and token.pos_ in ("VERB", "AUX")]
        verb = min(verbs, key=_depth, default=None)
        if verb is None:
            return None
        path = [verb]
    while not _is_deed(path) and (below := _content(path[-1])) is not None and below not in path:
        path.append(below)
    verb = path[-1]
    return Clause(verb, _subject(verb, set()), tuple(path[:-1]))


def _is_deed(path: list["Token"]) -> bool:
    """Whether what is said or decided is itself foreseen: "is expected to propose cutting", "will announce that"."""
    last = path[-1]
    return last.lemma_ in _DEEDS and (len(path) > 1 or any(child.tag_ == "MD" for child in last.children))


def _depth(token: "Token") -> int:
    return sum(1 for _ in token.ancestors)


def _governor(inside: list["Token"]) -> "Token":
    modals = [token for token in inside if token.tag_ == "MD"]
    if modals:
        verb = modals[-1].head if modals[-1].dep_ in ("aux", "auxpass") else _next_verb(modals[-1])
        return verb or modals[-1]
    tops = [token for token in inside if token.head not in inside or token.head == token]
    # "Are to be flown": what is foreseen is behind the passive's auxiliary.
    tops = [token.head if token.dep_ == "auxpass" else token for token in tops]
    to = [token for token in inside if token.tag_ == "TO" and token.dep_ == "aux"]
    content = [token for token in tops if token.pos_ in ("VERB", "NOUN", "ADJ", "AUX", "ADV", "PROPN")]
    if to and not content:
        return to[-1].head
    top = (content or tops or inside)[0]
    if top.pos_ in ("ADP", "DET", "SCONJ") or top.ent_type_ in ("DATE", "TIME"):
        # A cue that is a time: what happens then is said by the verb above it.
        return next((up for up in top.ancestors if up.pos_ in ("VERB", "AUX")), top)
    return top


def _next_verb(token: "Token") -> "Token | None":
    return next((other for other in token.doc[token.i + 1 : token.i + 6] if other.pos_ in ("VERB", "AUX")), None)


def _content(token: "Token") -> "Token | None":
    """What a word that only introduces leads to: "expected" to "resume", "risk" to "famine"."""
    lemma = token.lemma_.lower()
    if token.pos_ == "ADV" and token.dep_ == "advmod" and token.head.pos_ in ("VERB", "AUX"):
        return token.head
    if token.pos_ in ("NOUN", "PROPN"):
        return _content_of_noun(token)
    if (
        token.dep_ in ("amod", "acomp")
        and not _clausal(token)
        and token.head.lemma_ == "be"
        and token.head.dep_ != "relcl"
    ):
        return _clausal(token.head) if _clausal(token.head) and _clausal(token.head) != token else None
    if lemma == "be":
        return _content_of_being(token)
    if lemma not in RAISING:
        # "Raises the risk that …"
        return _named_object(token) if lemma in _RAISES else None
    if lemma not in _CONTROL and any(
        child.dep_ == "dobj" and child.lemma_.lower() not in NOMINAL for child in token.rights
    ):
        # "Will need 445 million to help": the need is what is foreseen.
        return _foreseen(token) if lemma in _FORESEES else None
    return _clausal(token) or _named_object(token) or (_foreseen(token) if lemma in _FORESEES else None)


def _foreseen(token: "Token") -> "Token | None":
    """What a forecast is of: "expects a rise", "sees the price averaging 65"."""
    seen = next((one for one in token.rights if one.dep_ == "dobj" and one.pos_ == "NOUN"), None)
    if seen is None or any(one.dep_ == "auxpass" or one.tag_ == "MD" for one in token.children):
        # "Will see the plan as a threat" foresees the seeing.
        return None
    doing = next((one for one in seen.rights if one.dep_ == "acl" and one.tag_ == "VBG"), None)
    return doing or (seen if token.lemma_ != "see" else None)


def _content_of_noun(token: "Token") -> "Token | None":
    if token.lemma_.lower() in NOMINAL:
        raised = token.dep_ == "nsubj" and token.head.lemma_ in RAISING - {"be"}
        return _named(token) or (token.head if raised else None)
    # "A chance of an event forming": what the event does is foreseen.
    doing = next((child for child in token.rights if child.dep_ == "acl" and child.tag_ == "VBG"), None)
    return doing if token.dep_ == "pobj" and token.head.head.lemma_.lower() in NOMINAL else None


def _content_of_being(token: "Token") -> "Token | None":
    complements = (child for child in token.children if child.dep_ in ("acomp", "attr", "prep") and child.i > token.i)
    complement = next(complements, None)
    if complement is None:
        return None
    lemma = complement.lemma_.lower()
    if lemma in NOMINAL or (lemma in RAISING and _clausal(complement)):
        return complement
    return _clausal(token) if lemma in RAISING else None


def _named_object(token: "Token") -> "Token | None":
    objects = (child for child in token.rights if child.dep_ == "dobj" and child.lemma_.lower() in NOMINAL)
    return next((child for child in objects if _named(child)), None)


def _clausal(token: "Token") -> "Token | None":
    """The clause under a word: an infinitive or what "that" introduces."""
    for child in token.rights:
        if child.dep_ in ("xcomp", "ccomp", "acl") and child.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            return child
        # "Will look into it to see whether" is a purpose.
        if child.dep_ == "advcl" and token.lemma_ != "look" and any(one.tag_ == "TO" for one in child.lefts):
            return child
        if child.dep_ == "prep" and token.lemma_.lower() == "about":
            return _clausal(child)
    return None


def _named(token: "Token") -> "Token | None":
    """What a noun is a chance of."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "for"):
            return next((one for one in child.children if one.dep_ in ("pobj", "pcomp")), None)
        if child.dep_ in ("acl", "relcl", "ccomp", "xcomp") and child.pos_ in ("VERB", "AUX"):
            return child
    if token.head.lemma_ == "be" and token.dep_ in ("nsubj", "attr"):
        return next((one for one in token.head.rights if one.dep_ in ("ccomp", "xcomp", "advcl")), None)
    return None


def _subject(verb: "Token", seen: set[int]) -> "Token | None":
    """Whose verb it is, through raising verbs, shared subjects and relative clauses."""
    if verb.i in seen:
        return None
    seen.add(verb.i)
    own = [child for child in verb.children if child.dep_ in SUBJECTS and child.dep_ != "expl"]
    if own:
        return _antecedent(verb, own[0])
    if verb.pos_ in ("NOUN", "PROPN") and verb.dep_ in ("pobj", "attr"):
        return _subject(verb.head, seen) if verb.dep_ == "attr" and verb.lemma_.lower() in NOMINAL else None
    head = verb.head
    if verb.dep_ in ("relcl", "acl") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        if verb.dep_ == "acl" and head.lemma_.lower() in NOMINAL:
            return _holder(head, seen)
        return head
    if verb.dep_ == "pcomp" and head.head.lemma_.lower() in NOMINAL:
        return _holder(head.head, seen)
    if verb.dep_ in _LINKED and head != verb:
        if verb.dep_ in ("xcomp", "ccomp", "advcl") and head.lemma_ in _CONTROL:
            between = [child for child in head.children if child.dep_ in ("dobj", "pobj") and child.i < verb.i]
            if between:
                return between[-1]
        return _subject(head, seen)
    return None


def _holder(noun: "Token", seen: set[int]) -> "Token | None":
    """Who has a plan or a chance: its possessor, or the subject of the verb that it hangs on."""
    possessor = next((child for child in noun.children if child.dep_ == "poss"), None)
    if possessor is not None:
        return possessor
    joined = next((child for child in noun.lefts if child.dep_ == "compound" and child.tag_ in ("NNS", "NNPS")), None)
    if joined is not None:
        # "300 villages risk being cut off", parsed as one noun.
        return joined
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return None
    return _subject(noun.head, seen) if noun.head != noun else None


def is_noun(verb: "Token") -> bool:
    """Whether a predicate is a noun; a verb that the parser takes for one has an auxiliary."""
    return verb.pos_ in ("NOUN", "PROPN") and not any(
        child.dep_ in ("aux", "nsubj", "nsubjpass") for child in verb.lefts
    )


def is_pronoun(token: "Token") -> bool:
    """Whether a word stands for another one; WHO and US are names."""
    return token.pos_ == "PRON" and not (token.text.isupper() and len(token) > 1)


def _antecedent(verb: "Token", subject: "Token") -> "Token":
    if (
        subject.tag_ in ("WDT", "WP")
        and verb.dep_ in ("relcl", "ccomp", "acl")
        and verb.head.pos_ in ("NOUN", "PROPN", "NUM")
    ):
        return verb.head
    return subject


def phrase(head: "Token") -> tuple[int, int]:
    """First and last token (the last excluded) of a noun's phrase, without asides and relative clauses."""
    left = head.left_edge.i
    kept = _kept(head)
    right = head.i + 1
    while right < len(head.doc) and right in kept:
        right += 1
    while left < head.i and (
        left not in kept or head.doc[left].pos_ in ("PUNCT", "SPACE") or head.doc[left].dep_ in ("cc", "preconj")
    ):
        left += 1
    while right - 1 > head.i and head.doc[right - 1].pos_ in ("PUNCT", "CCONJ", "ADP"):
        right -= 1
    return left, hyphened(head.doc, right)


def hyphened(doc: "Doc", right: int) -> int:
    """Where a name ends whose parts are joined by hyphens, such as "al-Shabab"; `right` where the parse ends it."""
    while (
        right + 1 < len(doc) and doc[right].text in "-–" and not (doc[right - 1].whitespace_ or doc[right].whitespace_)
    ):
        right += 2
    return right


def _kept(head: "Token") -> set[int]:
    kept, waiting = set(), [head]
    while waiting:
        token = waiting.pop()
        kept.add(token.i)
        for child in token.children:
            aside = child.dep_ in ("relcl", "appos", "advcl", "parataxis", "ccomp") or (
                child.dep_ == "acl" and child.i > 0 and head.doc[child.left_edge.i - 1].text == ","
            )
            bracket = child.is_punct and child.text in "()[]—–;:,"
            comma = child.text == "," and any(other.dep_ == "conj" for other in token.children)
            if not aside and (not bracket or comma):
                waiting.append(child)
    return kept


def conjuncts(head: "Token") -> Iterator["Token"]:
    yield head
    yield from head.conjuncts
