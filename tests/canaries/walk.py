"""Walks every address, form, filter and list as one person, and listens."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.http import urlencode
from drf_spectacular.generators import SchemaGenerator

from tests.canaries.asking import Answer, Asker
from tests.canaries.forms import Field, Filled, Form, forms_of
from tests.canaries.words import MISSING, nonsense
from tests.canaries.world import Thing, missing
from tests.test_urls_and_roles import ADDRESSES, path_to
from tests.urls_and_roles import TABLE

API = "/api/v1/"
OF_LINKS = ("sheet", "link", "stop", "snooze", "calendar", "invitation")

QUERIED = (
    "/?state=open", "/calibration/?forecaster_kind=source", "/search/?q=will", "/api/v1/forecasts/?page_size=1",
    "/api/v1/statements/?ordering=-start", "/admin/forecasts/forecast/?state=draft", "/admin/forecasts/article/?q=may",
    "/api/v1/calibration/?group_by=analyst", "/api/v1/calibration/?group_by=source&forecaster_kind=source",
)  # fmt: skip


def about(name: str) -> str:
    return TABLE[name].about


@dataclass
class Walk(Asker):
    """One person's walk. `every` says which of the many cases are taken: 1 takes all, 7 each seventh.

    A brief one asks each address about one thing of one's own and one thing of others.
    """

    is_brief: bool = False
    every: int = 1
    taken: int = 0
    twins: dict[tuple[str, str], Answer] = dataclasses.field(default_factory=dict)

    def in_turn(self) -> bool:
        self.taken += 1
        return self.taken % self.every == 0

    def own(self, name: str) -> list[Thing]:
        kind = about(name)
        return self.some(self.world.own.get(kind, [])) if kind else [Thing("", ())]

    def others(self, name: str) -> list[Thing]:
        return self.some(self.world.foreign.get(about(name), []))

    def some(self, things: list[Thing]) -> list[Thing]:
        return things[:1] if self.is_brief else things

    def may_see(self, thing: Thing) -> bool:
        return self.role == "administrator" or self.role in thing.readers

    # Addresses

    def addresses(self) -> None:
        """Every address about what is one's own, about what is others', and about nothing."""
        for name in sorted(ADDRESSES):
            if about(name) in OF_LINKS:
                self.links(name)
                continue
            for thing in self.own(name):
                path = path_to(name, thing.arguments)
                self.judge(f"get {path}", self.ask("get", path))
            for thing in self.others(name):
                for method in ("get", "post"):
                    self.foreign(name, method, thing)

    def foreign(self, name: str, method: str, thing: Thing) -> None:
        """What one may not see answers like what does not exist."""
        path, nowhere = path_to(name, thing.arguments), path_to(name, missing(thing.arguments))
        if not self.may_see(thing) and (name, method) not in self.twins:
            sent = [nowhere, *map(str, missing(thing.arguments))]
            self.twins[name, method] = self.ask(method, nowhere).without(sent)
        twin = None if self.may_see(thing) else self.twins[name, method]
        self.judge(f"{method} {path}", self.ask(method, path), [path, *map(str, thing.arguments)], twin)

    def links(self, name: str) -> None:
        """Whoever holds a link out of a mail, logged in as whoever."""
        for holder, tokens in self.world.links.items():
            token = tokens[about(name)]
            path = path_to(name, tuple(token.split("/")))
            for method in ("get", "post"):
                self.judge(f"{method} {holder}'s {name}", self.ask(method, path), [token])

    # Forms

    @cached_property
    def pages(self) -> list[tuple[str, Answer]]:
        """Pages with forms that this person gets."""
        found = []
        for name in sorted(ADDRESSES):
            if name.startswith("v1:") or about(name) in OF_LINKS:
                continue
            for thing in self.own(name):
                path = path_to(name, thing.arguments)
                answer = self.ask("get", path)
                if answer.status == 200 and answer.kind == "text/html":
                    found.append((path, answer))
        return found

    def forms(self) -> None:
        """Each form once, and in each of its fields whatever others' rows are called."""
        walked = set()
        for path, page in self.pages:
            for form in forms_of(page.page, path):
                sign = form.path if form.method == "post" else form.sign
                key = (sign, tuple(sorted(set(form.filled) - {field.name for field in form.fields})))
                if key not in walked:
                    walked.add(key)
                    self.form(form)

    def form(self, form: Form) -> None:
        if not self.is_brief or self.in_turn():
            self.judge(f"{form.method} {form.path}", self.send(form, {}))
        for field in form.fields:
            if field.refers:
                self.numbers_in(form, field)
            if field.speaks:
                self.words_in(form, field)

    def send(self, form: Form, changed: Filled) -> Answer:
        """Who has answered a blind forecast is shown what others said: the page after it is no longer what it was."""
        is_answer = form.path.endswith("/estimate/")
        return self.ask(form.method, form.path, {**form.filled, **changed}, follow=not is_answer)

    def numbers_in(self, form: Form, field: Field) -> None:
        twin: Answer | None = None
        for thing in self.world.numbers:
            if self.may_see(thing) or not self.in_turn():
                continue
            if twin is None:
                twin = self.send(form, {field.name: [str(MISSING)]}).without([str(MISSING)])
            number = str(thing.arguments[0])
            what = f"{form.method} {form.path} with {field.name} of {thing.what}"
            self.judge(what, self.send(form, {field.name: [number]}), [number], twin)

    def words_in(self, form: Form, field: Field) -> None:
        if self.role == "administrator":
            return
        for kind, word in self.world.words.items():
            if (kind == "body" and field.name != "body") or not self.in_turn():
                continue
            twin = self.send(form, {field.name: [nonsense(word)]}).without([nonsense(word)])
            what = f"{form.method} {form.path} with the {kind} in {field.name}"
            self.judge(what, self.send(form, {field.name: [word]}), [word], twin)

    def listen(self) -> dict[str, Answer]:
        """What every address says that is about what is one's own."""
        paths = [path_to(name, thing.arguments) for name in sorted(ADDRESSES) for thing in self.own(name)]
        return {path: self.ask("get", path) for path in [*paths, *QUERIED]}

    # Queries

    def queries(self) -> None:
        """Each filter and parameter, named in the schema or read off the model, with others' numbers and words."""
        for path, parameters in self.parameters():
            for parameter in parameters:
                self.query(path, parameter)

    def query(self, path: str, parameter: str) -> None:
        """`path` may hold parameters already."""
        start = f"{path}{'&' if '?' in path else '?'}"
        twins: dict[str, Answer] = {}
        for thing in [*self.world.numbers, *self.world.foreign["slug"]]:
            if self.may_see(thing) or not self.in_turn():
                continue
            value, nothing = str(thing.arguments[0]), str(missing(thing.arguments)[0])
            if nothing not in twins:
                twins[nothing] = self.ask("get", f"{start}{urlencode({parameter: nothing})}").without([nothing])
            answer = self.ask("get", f"{start}{urlencode({parameter: value})}")
            self.judge(f"get {path} {parameter}= of {thing.what}", answer, [value], twins[nothing])

    def parameters(self) -> Iterator[tuple[str, list[str]]]:
        """Addresses, and the parameters that each takes or could be thought to take."""
        yield from _of_api()
        yield from of_desk()
        own = self.world.own["forecast"][0].arguments[0]
        for act in ("annul_several", "hand_over", "resolve_several"):
            yield f"{reverse(f'admin:forecasts_forecast_{act}')}?forecast={own}", ["forecast"]
        for act in ("retry", "write", "cancel", "lift"):
            yield reverse(f"admin:forecasts_mail_{act}"), ["pk"]
        yield reverse("search"), ["q"]
        yield reverse("calibration"), ["scenario", "analyst", "source"]
        yield reverse("board"), ["page", "scenario", "state"]
        yield reverse("articles"), ["page", "source"]


def _of_api() -> Iterator[tuple[str, list[str]]]:
    generator: Any = SchemaGenerator
    schema: Any = generator(api_version="v1").get_schema(request=None, public=True)
    for path, operations in schema["paths"].items():
        names = [one["name"] for one in operations.get("get", {}).get("parameters", []) if one["in"] == "query"]
        if names and "{" not in path:
            yield path, names


def of_desk() -> Iterator[tuple[str, list[str]]]:
    """The lists' filters, lookups on every column, and on an empty form every field that its address can fill."""
    for model in admin.site._registry:
        info = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        columns = [one.name for one in model._meta.get_fields() if getattr(one, "concrete", False)]
        related = [one.name for one in model._meta.get_fields() if one.is_relation and getattr(one, "concrete", False)]
        lookups = [f"{name}__id__exact" for name in related] + [f"{name}__exact" for name in columns]
        yield reverse(f"{info}_changelist"), ["q", "scenario", "source", "resolver", "source__id__exact", *lookups]
        yield reverse(f"{info}_add"), columns
