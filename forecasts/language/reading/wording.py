"""Writes the proposition of a clause from its parse."""

from typing import TYPE_CHECKING

from forecasts.language.folding import word_set

from .clause import NOMINAL, RAISING, Clause, hyphened, is_noun, is_pronoun
from .gazetteer import known
from .proposition import FIGURE, Proposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FALLING = word_set("fall drop decline slow shrink halve decrease cut reduce slip sink ease dip contract lower tumble")
_DROPPED = word_set("""
likely unlikely probably possibly almost certainly also soon now yet still however therefore inevitably surely perhaps
maybe reportedly eventually potentially well undoubtedly definitely just even only shortly already ultimately
respectively presumably apparently allegedly supposedly clearly obviously certainly finally immediately nevertheless
nonetheless subsequently consequently accordingly reasonably currently recently previously initially
""")
_ASIDES = (
    "advcl", "relcl", "parataxis", "punct", "cc", "mark", "appos", "aux", "auxpass", "neg", "expl", "meta", "intj",
    "preconj",
)  # fmt: skip
_AWAITED = word_set("expect schedule slate slat plan set target anticipate project forecast due")
"""What is expected or planned comes about where the text says nothing else of it."""

_BEHIND = ("advmod", "prep", "npadvmod", "acl", "amod", "prt", "dep")
"""What says something else where it hangs behind a comma: "…, up from 700,000 last year"."""

_EVENTS = word_set("""
talks talk vote election runoff summit launch meeting round session hearing trial mission conference flight match game
referendum ceremony visit exercise drill ballot poll debate negotiation landing test parade protest rally strike review
""")
_ANSWERS = word_set("decision ruling verdict announcement result answer response news report statement judgment reply")
_SAYS = word_set("say project warn reckon add note estimate predict forecast announce expect report tell state write")
_PLANNING = word_set("plan prepare schedule")
_PLURAL = word_set("people police staff troops personnel")
_AFTER = word_set(
    "after before until when while if unless because as although though despite amid following since given once"
)


def happens(clause: Clause) -> bool:
    """Whether a predicate only says that its subject comes about: "is likely", "is a realistic possibility"."""
    verb = clause.verb
    if verb.pos_ in ("ADJ", "ADV") or verb.lemma_ in ("likely", "unlikely"):
        return verb.lemma_.lower() in RAISING | {"imminent", "remote", "inevitable"}
    return verb.lemma_.lower() in NOMINAL and verb.dep_ in ("attr", "oprd")


def is_awaited(clause: Clause) -> bool:
    """Whether a predicate only says that its subject is awaited: "is scheduled for Sunday", "is expected"."""
    return clause.is_passive and clause.verb.lemma_.lower() in _AWAITED


class Wording:
    """Writes the proposition of a clause. `without` and `figure` are spans of tokens: times, and the quantity."""

    def __init__(
        self, doc: "Doc", clause: Clause, without: list[tuple[int, int]], figure: tuple[int, int] | None, subject: str
    ) -> None:
        self.doc, self.clause, self.figure, self.instead = doc, clause, figure, subject
        # "A May 7 launch", "its 2016 harvest": the date is part of what it is.
        self.without = [span for span in without if not _is_part_of_name(doc, span)]
        self._brackets = _bracketed(doc)
        self._limit = min(_closing(doc, clause.verb.i), _speech(doc, clause.verb))

    def proposition(self) -> Proposition:
        verb = self.clause.verb
        if happens(self.clause):
            subject = self.clause.subject or (verb.head if verb.dep_ == "amod" else None)
            named = self._text(self._phrase(subject)) if subject is not None and not is_pronoun(subject) else ""
            return Proposition(_lowered(named, subject), "occur", "", self._is_plural(subject))
        if is_noun(verb):
            return Proposition(self._text(self._phrase(verb)), "occur", "", verb.tag_ in ("NNS", "NNPS"))
        subject = self.clause.subject
        named = self._text(self._phrase(subject)) if subject is not None and not is_pronoun(subject) else self.instead
        named = self._whose(subject, named) if subject is not None else named
        named = _affirmed(named, plural=self._is_plural(subject))
        return Proposition(
            _lowered(named, subject),
            self._verb(),
            self._text(self._rest(verb)),
            self._is_plural(subject)
            if subject is None or not is_pronoun(subject)
            else subject.lower_ in ("they", "we") or " and " in named,
            verb.lemma_.lower() in FALLING or any(child.lower_ == "down" for child in verb.children),
        )

    def _verb(self) -> str:
        verb = self.clause.verb
        lemma = verb.lemma_.lower()
        if is_awaited(self.clause):
            subject = self.clause.subject
            held = lemma not in ("expect", "anticipate", "project", "forecast")
            named = subject.lemma_.lower() if subject is not None else ""
            return "come" if named in _ANSWERS else "take place" if held or named in _EVENTS else "occur"
        if lemma in _PLANNING and any(child.dep_ == "dobj" for child in verb.rights):
            return "hold" if lemma == "schedule" else "carry out"
        particle = next((child.lower_ for child in verb.rights if child.dep_ == "prt"), "")
        if self.clause.is_passive:
            return f"be {verb.text.lower()} {particle}".strip()
        return f"{lemma} {particle}".strip()

    def _is_plural(self, subject: "Token | None") -> bool:
        if subject is None:
            return False
        of = next((child for child in subject.rights if child.dep_ == "prep" and child.lower_ == "of"), None)
        the_number = subject.lower_ == "number" and any(child.lower_ == "the" for child in subject.children)
        if the_number:
            return False
        if of is not None and subject.lower_ in (
            "total",
            "most",
            "number",
            "half",
            "majority",
            "all",
            "some",
            "many",
            "third",
            "group",
        ):
            counted = next((child for child in of.children if child.dep_ == "pobj"), None)
            if counted is not None and subject.lower_ != "group":
                return self._is_plural(counted)
        if (
            subject.tag_ == "NNP"
            and subject.text.endswith("s")
            and not subject.text.endswith(("ss", "States", "us"))
            and (subject.ent_type_ != "PERSON" or any(child.lower_ == "the" for child in subject.children))
        ):
            # "Hamas" is one, "the Houthis" are many.
            article = any(child.lower_ == "the" for child in subject.children)
            place = known(subject.text)
            return article if place is None or place.kind == "body" else False
        return (
            subject.tag_ in ("NNS", "NNPS")
            or subject.lower_ in _PLURAL
            or any(child.dep_ == "conj" for child in subject.children)
            or (subject.lower_ in ("upwards", "dozens", "hundreds", "thousands", "millions", "tens"))
            or (subject.pos_ == "NUM" and subject.lower_ != "one")
        )

    def _phrase(self, head: "Token") -> list["Token"]:
        kept: list[Token] = []
        self._collect(head, kept, own=True)
        found = _contiguous(sorted(kept, key=lambda token: token.i), head)
        last = found[-1].i + 1 if found else head.i + 1
        return [*found, *self.doc[last : hyphened(self.doc, last)]]

    def _rest(self, verb: "Token") -> list["Token"]:
        kept: list[Token] = []
        for child in verb.children:
            particle = child.dep_ == "prt"
            subject = child.dep_ in ("nsubj", "nsubjpass", "csubj", "csubjpass")
            if particle or subject or child.dep_ in _ASIDES or child.dep_ == "conj":
                continue
            if child.i > verb.i and child.dep_ in _BEHIND and self.doc[child.left_edge.i - 1].text == ",":
                continue
            if child.i < verb.i and not self._is_manner(child):
                continue
            if (
                child.dep_ == "ccomp"
                and child.i > verb.i
                and any(one.text in '"”' for one in self.doc[verb.i : child.left_edge.i])
            ):
                continue
            self._collect(child, kept, own=False)
        if not any(token.i > verb.i for token in kept):
            # "Authorize and direct its military": the verbs share an object.
            joined = (one for one in verb.conjuncts if one.i == verb.i + 2)
            shared = (child for one in joined for child in one.rights if child.dep_ == "dobj")
            for child in list(shared)[:1]:
                self._collect(child, kept, own=False)
        while kept and (last := max(kept, key=lambda token: token.i)).pos_ in ("ADP", "CCONJ", "DET", "SCONJ"):
            kept.remove(last)
        return sorted(kept, key=lambda token: token.i)

    def _is_manner(self, child: "Token") -> bool:
        """Whether an adverb in front of its verb says how it is done: "negatively influenced"."""
        how = self.clause.is_passive and child.lower_.endswith("ly")
        return child.dep_ == "advmod" and (how or child.lower_ in ("further", "again", "fully", "formally"))

    def _collect(self, token: "Token", kept: list["Token"], *, own: bool) -> None:
        if (
            self._is_left_out(token)
            or (own and kept and (token == self.clause.verb or token in self.clause.governors))
            or token.i in self._brackets
            or token.i >= self._limit
        ):
            return
        kept.append(token)
        for child in token.children:
            comma = child.text == "," and (child.i < token.i or any(other.dep_ == "conj" for other in token.children))
            hyphen = child.is_punct and child.text in "-–'’“”\"/" and not child.whitespace_
            verbal = child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and token.pos_ in ("VERB", "AUX")
            aside = (
                child.dep_ in ("relcl", "parataxis", "meta", "intj", "punct", "ccomp", "neg", "preconj")
                or verbal
                or (child.dep_ == "appos" and not self._is_named(child, token))
                or self._is_late(child, token)
            )
            allowed = child.dep_ == "ccomp" and token.pos_ == "VERB"
            if (child.dep_ == "punct" and (comma or hyphen or child.text in "“”\"'’()")) or (not aside) or allowed:
                self._collect(child, kept, own=own)

    def _is_named(self, child: "Token", token: "Token") -> bool:
        """Whether a name stands right behind what it names: "Qatar's capital Doha"."""
        opens = self.doc[token.i + 1].text == "(" and token.i + 1 not in self._brackets
        return child.pos_ == "PROPN" and child.left_edge.i == token.i + 1 + opens

    def _is_late(self, child: "Token", token: "Token") -> bool:
        """What hangs behind a comma, or tells of other times: no part of the proposition."""
        if child.dep_ in ("advcl", *_BEHIND) and child.i > token.i:
            edge = child.left_edge.i
            return self.doc[edge - 1].text in (",", "(", "–", "—") or (
                child.lower_ in _AFTER - {"since", "as"}
                or any(one.dep_ == "mark" and one.lower_ in _AFTER for one in child.children)
            )
        return False

    def _is_left_out(self, token: "Token") -> bool:
        if any(first <= token.i < last for first, last in self.without):
            return not self._is_compared(token)
        hyphened = token.i + 1 < len(self.doc) and self.doc[token.i + 1].text == "-"
        as_well_as = token.lower_ == "well" and token.i > 0 and self.doc[token.i - 1].lower_ == "as"
        if token.dep_ in ("advmod", "npadvmod") and token.lower_ in _DROPPED and not (hyphened or as_well_as):
            return True
        if (
            token.dep_ in ("prep", "advcl", "advmod")
            and token.lower_ in _AFTER - {"as", "since"}
            and token.pos_ in ("ADP", "SCONJ")
        ):
            return True
        if (token.dep_ == "prep" and token.lower_ in ("according", "due")) or (
            token.dep_ == "prep" and token.i > 0 and self.doc[token.i - 1].text in (",", "(", "–", "—")
        ):
            return True
        # A preposition whose time was left out.
        objects = [child for child in token.children if child.dep_ in ("pobj", "pcomp")]
        return (
            token.dep_ == "prep"
            and bool(objects)
            and all(any(first <= one.i < last for first, last in self.without) for one in objects)
        )

    def _whose(self, subject: "Token", named: str) -> str:
        """A subject with "its" in front: whose it is, where the verb of saying above it names somebody."""
        first, _, rest = named.partition(" ")
        if first.lower() not in ("its", "their", "his", "her"):
            return named
        for above in self.clause.verb.ancestors:
            owner = next(
                (child for child in above.children if child.dep_ == "nsubj" and child.i < subject.left_edge.i), None
            )
            if owner is not None and owner.pos_ in ("NOUN", "PROPN"):
                return f"{_lowered(self._text(self._phrase(owner)), owner)}'s {rest}"
        return named

    def _stood_for_whose(self, token: "Token") -> bool:
        """Whether a time with a possessive, which was left out, stood right in front of a word."""
        before = self.doc[token.i - 1] if token.i > 0 else None
        return before is not None and before.dep_ in ("case", "poss") and self._is_left_out(before)

    def _is_compared(self, token: "Token") -> bool:
        """ "Lower than in May": a time that something is compared with belongs to what is said."""
        return any(up.lower_ == "than" for up in token.ancestors if up in self.clause.verb.subtree)

    def _text(self, tokens: list["Token"]) -> str:
        parts: list[str] = []
        written = False
        for at, token in enumerate(tokens):
            if (at == 0 or tokens[at - 1].i < token.i - 1) and self._stood_for_whose(token):
                # "Monday's deadline": the day is said elsewhere.
                parts.append("the ")
            inside = self.figure is not None and self.figure[0] <= token.i < self.figure[1]
            if inside and not written:
                parts.append(FIGURE)
                written = True
            elif not inside:
                parts.append(token.text)
            last_inside = (
                self.figure is not None and inside and at + 1 < len(tokens) and tokens[at + 1].i < self.figure[1]
            )
            gap = at + 1 < len(tokens) and tokens[at + 1].i > token.i + 1 and tokens[at + 1].text not in ",.;"
            if gap and self.doc[token.i + 1].text == "," and tokens[at + 1].i == token.i + 2:
                # A list keeps its commas.
                parts.append(",")
            if not last_inside and (token.whitespace_ or gap):
                parts.append(" ")
        return _quoted_whole(" ".join("".join(parts).replace(" ,", ",").split()).strip(" ,;–—"))


def _affirmed(named: str, *, plural: bool) -> str:
    """A subject without its "no": what is denied is asked."""
    if not named.lower().startswith("no "):
        return named
    rest = named[len("no ") :]
    article = "any" if plural else "an" if rest[:1].lower() in "aeiou" else "a"
    return f"{article} {rest}"


def _quoted_whole(text: str) -> str:
    """A text without quotation marks that lack their other half."""
    opens, closes = text.count("“"), text.count("”")
    if opens != closes:
        text = text.replace("“", "").replace("”", "")
    return text.replace('"', "") if text.count('"') % 2 else text


def _is_part_of_name(doc: "Doc", span: tuple[int, int]) -> bool:
    """Whether a date stands in front of a noun, as a part of what the noun names."""
    tokens = doc[slice(*span)]
    top = min(tokens, key=lambda token: len(list(token.ancestors)), default=None)
    return (
        top is not None
        and tokens[0].pos_ != "ADP"
        and top.dep_ in ("nmod", "compound", "nummod", "amod")
        and top.head.i >= span[1]
        and top.head.pos_ in ("NOUN", "PROPN")
        and doc[span[1] - 1].lower_ not in ("'s", "’s")
    )


def _bracketed(doc: "Doc") -> set[int]:
    """The tokens between round brackets, with these; a phase of hunger is no aside."""
    inside: set[int] = set()
    opened: int | None = None
    for token in doc:
        if token.text == "(" and opened is None:
            opened = token.i
        elif token.text == ")" and opened is not None:
            if not any(one.text in ("IPC", "Phase") for one in doc[opened : token.i]):
                inside.update(range(opened, token.i + 1))
            opened = None
    return inside | (set(range(opened, len(doc))) if opened is not None else set())


def _closing(doc: "Doc", verb: int) -> int:
    """Where the quotation ends that a verb stands in; the end of the sentence where it stands in none."""
    opened = any(token.text in ("“", "``") for token in doc[:verb]) or (bool(len(doc)) and doc[0].text in ('"', "'"))
    closing = next((token.i for token in doc[verb:] if token.text in ("”", "''", '"')), len(doc))
    between = any(token.text in ("“", "``") for token in doc[verb:closing])
    return closing if opened and not between and doc[closing - 1].text in ",.!" else len(doc)


def _speech(doc: "Doc", verb: "Token") -> int:
    """Where a speaker follows behind a comma: "…, the agency projects"; the end of the sentence where none does."""
    for comma in doc[verb.i :]:
        if comma.text != ",":
            continue
        behind = doc[comma.i + 1 : comma.i + 9]
        says = next((one for one in behind if one.lemma_ in _SAYS and one.pos_ in ("VERB", "NOUN")), None)
        if says is not None and not any(
            one.text == "," or one.tag_ in ("MD", "TO") for one in doc[comma.i + 1 : says.i]
        ):
            return int(comma.i)
    return len(doc)


def _contiguous(tokens: list["Token"], head: "Token") -> list["Token"]:
    while tokens and tokens[-1].i > head.i and tokens[-1].pos_ in ("PUNCT", "CCONJ", "ADP", "SCONJ"):
        tokens = tokens[:-1]
    while tokens and tokens[0].i < head.i and tokens[0].pos_ in ("PUNCT", "CCONJ", "SCONJ"):
        tokens = tokens[1:]
    return tokens


def _lowered(text: str, head: "Token | None") -> str:
    """A phrase as it stands inside a sentence: "The talks" as "the talks", names as they are."""
    first, space, rest = text.partition(" ")
    if head is None or not first or not first[0].isupper() or first == FIGURE:
        return text
    opens = next((token for token in head.subtree if token.text == first), None)
    if opens is None:
        return text
    named = opens.pos_ == "PROPN" or bool(opens.ent_type_) or first.isupper() or opens.i > 0
    proper = opens.pos_ != "DET" and named
    return text if proper else f"{first.lower()}{space}{rest}"
