"""What a rule is made of."""

from dataclasses import dataclass
from typing import Literal

from forecasts.language.categories import CATEGORIES

Kind = Literal["core", "frame", "time"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction of English that speaks of the future, with the sentences that test it.

    All patterns see folded text (lower case, plain quotes). `pattern` is matched at each trigger word;
    `before` and `not_before` must and must not end right in front of it; `needs` and `bars` must and must
    not occur anywhere in the sentence. The first rule that fits a place wins, so special ones stand first.

    A *core* is a claim of its own. A *frame* ("warned that") yields to a core inside its complement. A
    *time* ("in the coming weeks") belongs to the core beside it. `about` says on which side of the cue its subject
    matter stands: "famine looms" is about what comes before.
    """

    name: str
    triggers: str
    pattern: str
    matches: tuple[str, ...]
    spares: tuple[str, ...]
    before: str = ""
    not_before: str = ""
    needs: str = ""
    bars: str = ""
    kind: Kind = "core"
    category: str = ""
    about: Literal["after", "before"] = "after"

    def __post_init__(self) -> None:
        if self.category and self.category not in CATEGORIES:
            raise ValueError(f"Rule “{self.name}”: there is no category “{self.category}”.")
