"""A claim as one proposition, in the words of its text: who, does what, without hedge, time, condition and asides."""

import re
from dataclasses import dataclass

FIGURE = "{figure}"
"""Stands in a proposition where its quantity stands in the text."""

_OF = re.compile(re.escape(FIGURE) + r" of (?!the |them\b|its |their |those |these )")
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}


@dataclass(frozen=True, slots=True)
class Proposition:
    """Subject, verb in its base form, and the rest; `{figure}` where the quantity stands. Empty where nothing is said.

    `is_down` says that the quantity is one that something falls to.
    """

    subject: str = ""
    verb: str = ""
    rest: str = ""
    is_plural: bool = False
    is_down: bool = False

    def statement(self, figure: str) -> str:
        """As a sentence in the present tense, without a full stop; "…" where the text does not say who.

        >>> Proposition("the talks", "resume", "in Jeddah", is_plural=True).statement("")
        'The talks resume in Jeddah'
        """
        return _upper(self.clause(figure))

    def clause(self, figure: str) -> str:
        """The same inside a sentence: "it counts where the talks resume"."""
        return _filled(f"{self.subject or '…'} {present(self.verb, plural=self.is_plural)} {self.rest}", figure)

    def question(self, figure: str) -> str:
        """With "will" and the base form, for a question of how many: "The Houthis will release how many detainees"."""
        return _upper(_filled(f"{self.subject or '…'} will {self.verb} {self.rest}", figure))

    def asked_when(self, figure: str) -> str:
        return _filled(f"When will {self.subject or '…'} {self.verb} {self.rest}", figure)


def present(verb: str, *, plural: bool) -> str:
    """The third person of a verb's base form.

    >>> present("be displaced", plural=True), present("carry out", plural=False), present("reach", plural=False)
    ('are displaced', 'carries out', 'reaches')
    """
    first, _, rest = verb.partition(" ")
    if first == "be":
        form = "are" if plural else "is"
    elif plural:
        form = first
    elif first in _IRREGULAR:
        form = _IRREGULAR[first]
    elif first.endswith("y") and first[-2:-1] not in "aeiou":
        form = f"{first[:-1]}ies"
    else:
        form = f"{first}es" if first.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{first}s"
    return f"{form} {rest}".strip()


def _filled(text: str, figure: str) -> str:
    if figure[-1:].isdecimal():
        # "Hundreds of prisoners" are at least 100 prisoners.
        text = _OF.sub(f"{FIGURE} ", text)
    return text.strip().replace(FIGURE, figure)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
