"""What the templates say: times, durations, probabilities, marks."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forecasts.presenting import looks, words
from forecasts.rules import access, clock

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


@register.simple_tag(takes_context=True)
def when(context: template.Context, moment: datetime | None, form: str = "date", zone: str = "") -> SafeString | str:
    """A time; `form` is date, day (no year) or full. The absolute time stands in the title.

    In the reader's zone, unless another is named: what happened in the world has the date it had there.
    """
    if moment is None:
        return "–"
    return _time(moment, _in_form(moment, form, place := ZoneInfo(zone) if zone else reader_zone(context)), place)


def _in_form(moment: datetime, form: str, zone: ZoneInfo) -> str:
    forms = {"date": words.date, "day": words.day, "full": words.absolute}
    return forms[form](moment, zone)


@register.simple_tag(takes_context=True)
def ahead(context: template.Context, moment: datetime | None) -> SafeString | str:
    """How far a time lies ahead or back of the page's `at`: in 12 days, 3 hours ago."""
    if moment is None:
        return ""
    return _time(moment, words.ahead(moment, context.get("at") or clock.now()), reader_zone(context))


@register.simple_tag
def full_time(moment: datetime, zone: str) -> SafeString:
    """A time with its hour, in a zone by its name: the zone in which a forecast's dates are meant."""
    return _time(moment, words.absolute(moment, ZoneInfo(zone)), ZoneInfo(zone))


def reader_zone(context: template.Context) -> ZoneInfo:
    user = context.get("reader") or getattr(context.get("request"), "user", None)
    return ZoneInfo(user.time_zone if user is not None and user.is_authenticated else "UTC")


def _time(moment: datetime, shown: str, zone: ZoneInfo) -> SafeString:
    iso = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return format_html('<time datetime="{}" title="{}">{}</time>', iso, words.absolute(moment, zone), shown)


@register.simple_tag
def category_styles() -> SafeString:
    """The style sheet of the categories' colours, at an address that changes with it."""
    return format_html('<link rel="stylesheet" href="{}?{}">', reverse("category-styles"), looks.version())


@register.simple_tag
def category(name: str, form: str = "word") -> SafeString:
    """A category's mark with its word; with the form `mark` the word is there for those who do not see."""
    look = looks.of(name)
    word = look.label.capitalize()
    shown = format_html('<span class="hidden-word">{}</span>', word) if form == "mark" else word
    title = format_html(' title="{}"', word) if form == "mark" else ""
    return format_html(
        '<span class="category in-{}"{}><svg viewBox="0 0 12 12" aria-hidden="true"><path fill-rule="evenodd" d="{}"/>'
        "</svg>{}</span>",
        look.key,
        title,
        look.icon,
        shown,
    )


@register.simple_tag
def gauge(consensus: object, own: object = None) -> SafeString | str:
    """A line from 0 to 100% with the consensus and one's own estimate on it. The numbers stand beside it."""
    if not isinstance(consensus, int):
        return ""
    mine = format_html('<circle cx="{}%" cy="6" r="3"/>', own / 100) if isinstance(own, int) else ""
    return format_html(
        '<svg class="gauge" aria-hidden="true"><path d="M0 6h64"/>{}<rect x="{}%" y="1" width="3" height="10"/></svg>',
        mine,
        consensus / 100,
    )
