"""What a category is: all that tells it from the others, in one record."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from forecasts.language.categories.authorities import Authority
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import WEIGHTS

LONGEST = 30
_KEY = re.compile(r"[a-z][a-z_]*")
_ICON = re.compile(r"[Mm][MmZzLlHhVvCcSsQqTtAa0-9 .,-]+")
_HEX = re.compile(r"#[0-9a-f]{6}")


class Incomplete(ValueError):
    """A category lacks a part, or has one that is none; the message names both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category. Raises Incomplete where a part is empty or malformed.

    `place` is where menus have it. Of categories whose keywords weigh the same that of the lowest `precedence` counts.
    `icon` is an SVG path in a square of 12 by 12, filled by the even-odd rule, so that colour never stands alone;
    `colour` its colour on paper and on black. `keywords` are by weight, as `weights` tells; `examples` are statements
    that must be put here. `templates` are questions to draft; each names its sources of truth, best first.
    """

    key: str
    label: str
    place: int
    precedence: int
    icon: str
    colour: tuple[str, str]
    keywords: Mapping[int, str]
    examples: tuple[str, ...]
    templates: tuple[Template, ...]

    def __post_init__(self) -> None:
        for part in fields(self):
            self._check(bool(getattr(self, part.name)), part.name, "is missing")
        self._check(_KEY.fullmatch(self.key) and len(self.key) <= LONGEST, "key", "is no short name in small letters")
        self._check(_ICON.fullmatch(self.icon), "icon", "is no SVG path")
        self._check([*map(_HEX.fullmatch, self.colour)].count(None) == 0, "colour", "is no pair of hex colours")
        self._check(set(self.keywords) <= WEIGHTS, "keywords", "have a weight that is none of ours")
        self._check(all(one.authorities for one in self.templates), "sources of truth", "are missing in a template")
        object.__setattr__(self, "templates", tuple(replace(one, category=self.key) for one in self.templates))

    def _check(self, holds: object, part: str, what: str) -> None:
        if not holds:
            raise Incomplete(f"Category “{self.key}”: {part} {what}.")

    @property
    def authorities(self) -> tuple[Authority, ...]:
        """The sources of truth of its templates, each once."""
        return tuple(dict.fromkeys(source for template in self.templates for source in template.authorities))
