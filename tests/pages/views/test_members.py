"""Owners look after their scenarios without an administrator: make them, invite, change roles, part with members."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client

from forecasts.admin.story import story
from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.mail import inviting, links, membering
from forecasts.mail.emails import telling
from forecasts.mail.emails.known import Known
from forecasts.models import (
    Estimate,
    Forecast,
    Handover,
    Membership,
    MembershipChange,
    Prompt,
    PromptKind,
    Scenario,
    SecurityEvent,
    Suppression,
    User,
)
from forecasts.rules import access
from forecasts.rules.errors import NotAllowed, NotNow
from forecasts.rules.values import Value
from tests import clocks, make

pytestmark = pytest.mark.django_db
SCENARIO = {"title": "Hama", "summary": "", "visibility": "members"}
AT = make.day(2)


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("aleppo", title="Aleppo")


@pytest.fixture
def owner(scenario: Scenario, client: Client) -> User:
    person = make.member(scenario, "owner", name="Olga")
    client.force_login(person)
    return person


def invite(client: Client, people: str, role: str = "analyst") -> Any:
    return client.post("/scenarios/aleppo/invite/", {"people": people, "role": role}, follow=True)


def act(client: Client, member: Membership, name: str, **more: str) -> Any:
    return client.post("/scenarios/aleppo/members/", {"member": str(member.pk), "act": name, **more}, follow=True)


def membership(person: User) -> Membership:
    return Membership.objects.get(user=person)


class TestMaking:
    def test_an_owner_makes_a_scenario_and_owns_it(self, client: Client, owner: User) -> None:
        page = client.post("/make-scenario/", SCENARIO, follow=True)
        made = Scenario.objects.get(title="Hama")
        assert page.redirect_chain[-1][0] == f"/scenarios/{made.slug}/members/"
        assert (made.made_by, made.slug.startswith("hama-")) == (owner, True)
        change = MembershipChange.objects.get(scenario=made)
        assert (change.user, change.after, change.made_by) == (owner, "owner", owner)

    def test_nobody_in_particular_does(self) -> None:
        for who in (AnonymousUser(), make.user(), make.member(make.scenario(), "owner", is_active=False)):
            with pytest.raises(NotAllowed):
                membering.make_scenario(SCENARIO, by=who, at=AT)

    @pytest.mark.parametrize("role", ["viewer", "analyst", "resolver", "editor"])
    def test_nobody_else_does(self, client: Client, scenario: Scenario, role: str) -> None:
        client.force_login(make.member(scenario, role))
        assert client.post("/make-scenario/", SCENARIO).status_code == 403
        assert Scenario.objects.count() == 1

    def test_an_administrator_says_how_many(self, client: Client, owner: User) -> None:
        User.objects.filter(pk=owner.pk).update(scenario_quota=1)
        client.post("/make-scenario/", SCENARIO)
        page = client.post("/make-scenario/", {**SCENARIO, "title": "Homs"})
        assert "You may make 1 scenarios, and have." in page.content.decode()
        assert not Scenario.objects.filter(title="Homs").exists()
        desk = Client()
        desk.force_login(make.grouped("administrator"))
        assert 'name="scenario_quota"' in desk.get(f"/admin/forecasts/user/{owner.pk}/change/").content.decode()

    def test_administrators_make_as_many_as_they_like(self) -> None:
        chief = make.administrator(scenario_quota=0)
        assert membering.make_scenario({"title": "Hama"}, by=chief, at=AT).made_by == chief

    def test_a_form_that_comes_twice_makes_one(self, client: Client, owner: User) -> None:
        for _ in range(2):
            client.post("/make-scenario/", SCENARIO)
        assert Scenario.objects.filter(title="Hama").count() == 1

    def test_an_address_tells_of_no_other_scenario(self, client: Client, owner: User) -> None:
        make.scenario("hama", title="Hama")
        client.post("/make-scenario/", SCENARIO)
        assert re.fullmatch(r"hama-[0-9a-f]{4}", Scenario.objects.get(made_by=owner).slug)


class TestInviting:
    def test_several_at_once(self, client: Client, owner: User) -> None:
        invite(client, "Amina Said <amina@example.org>\n\nbasil@example.org\nAMINA@example.org\n", "editor")
        members = Membership.objects.filter(role="editor").order_by("user__email")
        assert [(one.user.email, one.invited_as) for one in members] == [
            ("amina@example.org", "Amina Said"),
            ("basil@example.org", "basil"),
        ]
        assert Prompt.objects.filter(kind=PromptKind.INVITATION).count() == 2

    def test_all_of_them_or_none(self, client: Client, owner: User) -> None:
        page = invite(client, "amina@example.org\nbasil at example.org")
        assert "“basil at example.org” is no address" in page.content.decode()
        assert User.objects.count() == 1

    def test_a_hundred_are_too_many(self, client: Client, owner: User) -> None:
        page = invite(client, "\n".join(f"a{number}@example.org" for number in range(100)))
        assert "At most 50 at once." in page.content.decode()

    def test_each_counts_for_the_limit(self, client: Client, owner: User) -> None:
        lines = ["\n".join(f"a{number}{letter}@example.org" for number in range(30)) for letter in "bc"]
        assert [invite(client, line).status_code for line in lines] == [200, 429]

    @clocks.standing_at(AT)
    def test_an_invitation_tells_nothing_of_accounts(self, client: Client, scenario: Scenario, owner: User) -> None:
        """Nobody has this address, or somebody, by another name, or somebody who left: the owner is told the same."""
        make.forecast(scenario)
        make.user("amina@example.org", name="Amina")
        make.user("bzzil@example.org", name="Quite another name")
        make.user("carla@example.org", name="Carla", is_active=False)
        seen = set()
        for name in ("amina", "bzzil", "carla", "dawud"):
            with transaction.atomic():
                pages = [invite(client, f"Some Body <{name}@example.org>")]
                pages += [client.get(path) for path in self.looked_at(scenario)]
                transaction.set_rollback(True)
            text = "".join(page.content.decode() for page in pages).replace(name, "…")
            seen.add(re.sub(r'token" value="[^"]*"|nonce="[^"]*"|"member" value="\d+"|datetime="[^"]*"', "", text))
        assert len(seen) == 1

    def looked_at(self, scenario: Scenario) -> list[str]:
        forecast = Forecast.objects.get()
        desk = f"/admin/forecasts/forecast/{forecast.pk}/change/"
        return ["/", f"/scenarios/{scenario.slug}/", desk, f"/admin/forecasts/scenario/{scenario.pk}/change/"]

    def test_who_was_invited_shows_by_their_own_name_once_they_come_in(self, client: Client, owner: User) -> None:
        amina = make.user("amina@example.org", name="Amina")
        page = invite(client, "A. S. <amina@example.org>").content.decode()
        assert ("A. S." in page, "Amina" in page, access.met(owner).contains(amina)) == (True, False, False)
        Client().post("/login/", {"username": amina.email, "password": make.PASSWORD})
        page = client.get("/scenarios/aleppo/members/").content.decode()
        assert ("A. S." in page, "Amina" in page, access.met(owner).contains(amina)) == (False, True, True)

    def test_an_answer_by_mail_is_coming_in_too(self, client: Client, scenario: Scenario, owner: User) -> None:
        forecast = make.forecast(scenario, closes_at=make.day(365_000))
        invite(client, "amina@example.org")
        amina = User.objects.get(email="amina@example.org")
        prompt = Prompt.objects.create(
            recipient=amina, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(1), state="sent"
        )
        form = {"event": "update", "percent": "35", "version": "1"}
        path = f"/answer/{links.answer_token(prompt, make.day(1))}/"
        assert Client().post(path, form).status_code == 303
        assert membership(amina).invited_as == ""
        assert [one.person for one in story(forecast, owner, AT).asked] == [amina]

    def test_a_mail_that_comes_back_names_them_as_they_were_invited(self, scenario: Scenario, owner: User) -> None:
        for name in ("Amina", "Basil"):
            make.user(f"{name.lower()}@example.org", name=name)
            inviting.invite(scenario, f"{name}@example.org", "Some Body", "analyst", by=owner, at=AT)
            Suppression.objects.create(address=f"{name.lower()}@example.org", made_at=AT, reason="550")
        inviting.came_in(User.objects.get(name="Basil"))
        prompt = Prompt.objects.create(recipient=owner, kind=PromptKind.RETURNED, slot=AT)
        told = telling.returned(prompt, AT, Known(AT)).data["stopped"]
        assert [one["name"] for one in told] == ["Some Body", "Basil"]

    def test_again_but_not_twice_within_moments(self, scenario: Scenario, owner: User) -> None:
        amina = inviting.invite(scenario, "amina@example.org", "Amina", "analyst", by=owner, at=AT)
        for day in (2, 2.001, 3):
            inviting.invite_again(membership(amina), by=owner, at=make.day(day))
        slots = Prompt.objects.filter(kind=PromptKind.INVITATION).order_by("slot").values_list("slot", flat=True)
        assert list(slots) == [AT, make.day(3)]

    def test_who_takes_part_already_stays_what_they_are(self, client: Client, scenario: Scenario, owner: User) -> None:
        member = make.member(scenario, "resolver")
        told = invite(client, member.email.upper(), "viewer").content.decode()
        assert "Noted: 1." in told
        assert membership(member).role == "resolver"
        assert not Prompt.objects.exists()


class TestMembers:
    def test_an_owner_gives_another_role(self, client: Client, scenario: Scenario, owner: User) -> None:
        member = membership(make.member(scenario, name="Basil"))
        assert "Basil is editor now." in act(client, member, "role", role="editor").content.decode()
        change = MembershipChange.objects.get(user=member.user_id, before="analyst")
        assert (change.after, change.made_by) == ("editor", owner)
        page = client.get("/scenarios/aleppo/members/").content.decode()
        assert re.search(r"<bdi>Basil</bdi> became editor instead of analyst, by <bdi>Olga</bdi>", page)

    def test_who_is_removed_sees_nothing_and_is_named_on_nothing(
        self, client: Client, scenario: Scenario, owner: User
    ) -> None:
        basil = make.member(scenario, "resolver", name="Basil")
        forecast = make.forecast(scenario, resolver=basil)
        forecast.assignees.add(basil)
        answer = Answer(value=Value(3000))
        estimating.record(forecast, basil, answer, at=AT, channel=Estimate.Channel.WEB)
        act(client, membership(basil), "remove")
        forecast.refresh_from_db()
        assert not Forecast.objects.visible_to(basil).exists()
        assert (forecast.resolver, forecast.assignees.count()) == (None, 0)
        handed = Handover.objects.get()
        assert (handed.resolver_before, handed.made_by, handed.reason) == (basil.pk, owner, membering.REMOVED)
        change = MembershipChange.objects.get(user=basil, after="")
        assert (change.before, change.made_by) == ("resolver", owner)
        assert SecurityEvent.objects.filter(kind="role_gone", person=basil, by=owner).exists()
        assert Estimate.objects.filter(forecaster__user=basil).exists()

    def test_a_scenario_keeps_an_owner(self, client: Client, scenario: Scenario, owner: User) -> None:
        inviting.invite(scenario, "new@example.org", "New", "owner", by=owner, at=AT)
        for name, more in (("remove", {}), ("role", {"role": "viewer"})):
            assert membering.NO_OWNER in act(client, membership(owner), name, **more).content.decode()
        make.member(scenario, "owner")
        act(client, membership(owner), "remove")
        assert not Membership.objects.filter(user=owner).exists()

    @pytest.mark.parametrize("sent", [{}, {"act": "remove"}, {"act": "paint", "member": "1"}, {"member": "1"}])
    def test_a_form_without_a_choice_does_nothing(self, client: Client, owner: User, sent: dict[str, str]) -> None:
        before = MembershipChange.objects.count()
        assert client.post("/scenarios/aleppo/members/", sent).status_code in (404, 422)
        assert MembershipChange.objects.count() == before

    def test_a_member_of_another_scenario_is_none(self, client: Client, owner: User) -> None:
        elsewhere = make.member(make.scenario())
        for name in ("role", "remove", "again"):
            assert act(client, membership(elsewhere), name, role="viewer").status_code == 404
        assert membership(elsewhere).role == "analyst"

    def test_two_owners_cannot_part_with_each_other(self, scenario: Scenario, owner: User) -> None:
        other = make.member(scenario, "owner")
        membering.remove(membership(owner), by=other, at=AT)
        with pytest.raises(NotNow):
            membering.remove(membership(other), by=other, at=AT)
