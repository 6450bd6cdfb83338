"""How templates speak of likelihood words."""

from django import template

from forecasts.language.likelihood import SPOKEN, spoken

register = template.Library()
register.filter("spoken", spoken)


@register.filter
def scale_name(scale: str, edition: str = "") -> str:
    """A scale as people call it, with its edition."""
    name = SPOKEN.get(scale, scale)
    return f"{name}, edition {edition}" if edition else name


@register.filter
def whole_percent(share: float) -> str:
    """A share of one in whole percent."""
    return f"{100 * share:.0f}%"


@register.filter
def hundredth(share: float) -> str:
    """A share of one as a place on a line of 100."""
    return f"{100 * share:g}"
