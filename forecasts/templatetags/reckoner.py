"""What the templates say: times, durations, probabilities, marks."""

from typing import TYPE_CHECKING

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forecasts import access
from forecasts.presenting import words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User

register = template.Library()
register.filter("percent", words.percent)


@register.simple_tag
def wordmark() -> SafeString:
    return format_html(
        '<svg class="brand-mark" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/>'
        '<circle cx="7" cy="13" r="2.4"/></svg>Reckoner',
        "M2 18v-5h5V8h6V2h5",
    )


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, name: str, label: str) -> SafeString | str:
    """A link of the navigation that marks the page one is on; nothing where the part is not installed."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return ""
    request = context.get("request")
    here = request is not None and request.path == url
    return format_html('<a href="{}"{}>{}</a>', url, SafeString(' aria-current="page"') if here else "", label)


@register.filter
def may_enter_admin(user: "User | AnonymousUser") -> bool:
    return access.may_enter_admin(user)
