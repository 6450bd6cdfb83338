"""The spec beside a draft's own form: filled from the draft's blanks, and writing the draft's texts in turn."""

from typing import Any

from django.http import QueryDict

from forecasts.evidence import menus
from forecasts.evidence.feeds import feed_named, feeds
from forecasts.evidence.wording import criteria, in_words
from forecasts.questions import slot_reading
from forecasts.questions.drafting.form import DraftForm
from forecasts.questions.drafting.names import places
from forecasts.questions.specifying import guessing
from forecasts.questions.specifying.form import Asked, SpecForm

PREFIX = "spec"


def is_counted(data: Any) -> bool:
    return f"{PREFIX}-counted" in data


def sent(form: DraftForm) -> SpecForm:
    """What was chosen, of a draft whose own form was looked at already."""
    return _form(form, form.data)


def filled(form: DraftForm) -> SpecForm:
    """As the draft's blanks fill it, by the feed that was chosen or fits; what is missing stands at its field."""
    first = _form(form, None)
    data = QueryDict(mutable=True)
    for name in first.fields:
        value = True if name == "counted" else first[name].value()
        if value not in (None, "", []):
            data.setlist(first.add_prefix(name), value if isinstance(value, list) else [str(value)])
    return _form(form, data)


def _form(form: DraftForm, data: Any) -> SpecForm:
    blanks = form.blanks()
    read = slot_reading.said(form.statement)
    quantity = read[0].quantity.normal if read and read[0].quantity else {}
    number = quantity.get("value") if quantity.get("unit") != "share" else None
    near = [str(read[0].place.normal or read[0].place.text)] if read and read[0].place else places(form.statement.quote)
    drafted = guessing.of_blanks(blanks, str(form.cleaned_data.get("title", "")), near, number)
    chosen = form.data.get(f"{PREFIX}-feed", "")
    feed = feed_named(chosen) if chosen in feeds() else guessing.feed_for(drafted, form.at)
    _, found = menus.newest(feed.name, form.at)
    return SpecForm(
        feed, found, Asked(blanks.template.kind), data, guessing.initial(drafted, feed, found), prefix=PREFIX
    )


def said(form: SpecForm | None) -> dict[str, str]:
    """What the menus say, in words; empty while they do not hold together."""
    return {"words": in_words(form.spec)} if form and form.is_valid() and form.spec else {}


def texts(form: SpecForm) -> dict[str, str]:
    """The texts of a draft that a spec writes, so that words and spec cannot differ; empty while it does not hold."""
    if not form.is_valid() or form.spec is None or form.spec.settles is None:
        return {}
    feed, settles = form.spec.feed, form.spec.settles
    return {
        "criteria": criteria(form.spec),
        "fine_print": (
            f"Counted by machine, confirmed by a person. Annulled if {feed.title} publishes nothing that covers it."
        ),
        "resolution_source": feed.title,
        "resolution_source_url": feed.home,
        "resolution_source_lag": f"about {feed.lag_days} days",
        "resolves_on": (form.spec.window.last + settles.after).isoformat(),
    }
