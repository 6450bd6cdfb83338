"""How templates speak of likelihood words."""

from typing import TYPE_CHECKING

from django import template

from forecasts.rules import wording
from forecasts.rules.wording import SPOKEN, spoken

if TYPE_CHECKING:
    from forecasts.models import Estimate

register = template.Library()
register.filter("spoken", spoken)


@register.filter
def scale_name(scale: str, edition: str = "") -> str:
    """A scale as people call it, with its edition."""
    name = next((words for known, words in SPOKEN.items() if known == scale), scale)
    return f"{name}, edition {edition}" if edition else name


@register.filter
def whole_percent(share: float) -> str:
    """A share of one in whole percent."""
    return f"{100 * share:.0f}%"


@register.filter
def hundredth(share: float) -> str:
    """A share of one as a place on a line of 100."""
    return f"{100 * share:g}"


@register.filter
def in_a_word(estimate: "Estimate") -> str:
    """The likelihood word of an estimate with its scale, or nothing."""
    if not estimate.word:
        return ""
    return f"“{spoken(estimate.word)}”, {scale_name(estimate.word_scale, estimate.word_scale_edition)}"


@register.filter
def word_warnings(estimate: "Estimate") -> list[str]:
    """Where word and number disagree, and where the rows of ICD 203 are mixed."""
    return wording.warnings(estimate)


@register.filter
def word_warning(estimate: "Estimate") -> str:
    """Where word and number disagree; asks nothing of the database."""
    return wording.warning(estimate)
