"""What a template of a question holds."""

from dataclasses import dataclass

from forecasts.language.categories.authorities import Authority


@dataclass(frozen=True, slots=True)
class Template:
    """A question with blanks in braces: actor, object, place, threshold; opens, closes, day, source are filled in.

    `blanks` are those that a person fills or confirms, `days` how long it stays open, `threshold` what is proposed. The
    record that holds it sets its `category`.
    """

    key: str
    label: str
    title: str
    criteria: str
    authorities: tuple[Authority, ...]
    blanks: tuple[str, ...] = ("place",)
    fine_print: str = ""
    fallback: str = ""
    kind: str = "binary"
    unit: str = ""
    threshold: int | None = None
    rule: str = ""
    days: int = 30
    category: str = ""

    @property
    def is_counted(self) -> bool:
        return bool(self.rule)
