"""Who works in an implementation: the page, roles, removing, leaving, and that an administrator stays."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import translation

from crmsetup import implementations, invitations, members, rooms
from crmsetup.changes import UndoRefused, change, undo
from crmsetup.members import LastAdministrator
from crmsetup.models import Membership, User
from crmsetup.verbs import plain_sentence
from onboarding.models import ChecklistItem, Question


def _newest(implementation):
    return implementation.changes.order_by("-seq").first()


def _told(implementation) -> str:
    with translation.override("en"):
        return plain_sentence(_newest(implementation))


@pytest.fixture
def given(implementation, administrator, contributor_membership):
    """Two questions and a checklist item that the contributor is responsible for."""
    questions = Question.objects.filter(implementation=implementation).order_by("pk")[:2]
    items = ChecklistItem.objects.filter(implementation=implementation).order_by("pk")[:1]
    rows = [*questions, *items]
    with change(implementation, administrator, "implementation.edited", implementation="x") as c:
        for row in rows:
            c.update(row, responsible=contributor_membership)
    return rows


def _responsible(rows) -> list[Membership | None]:
    return [type(row).objects.get(pk=row.pk).responsible for row in rows]


# --- the page


def test_everybody_sees_who_is_a_member_and_as_what(reader_client):
    page = reader_client.get("/i/fjord/members/").content.decode()
    for text in ("Administrator", "contributor@fjord.example", "Konsulent", "Leser"):
        assert text in page
    assert "outsider@fjord.example" not in page
    assert reverse("crmsetup:invitation-create", args=["fjord"]) not in page
    assert "Endre rolle" not in page


def test_names_stand_in_norwegian_order(administrator_client):
    names = {"reader": "Aase", "contributor": "Øyvind", "consultant": "Zara", "administrator": "Åsmund"}
    for of, name in names.items():
        User.objects.filter(email=f"{of}@fjord.example").update(name=name)
    page = administrator_client.get("/i/fjord/members/").content.decode()
    places = [page.index(f"<strong>{name}</strong>") for name in ("Zara", "Øyvind", "Aase", "Åsmund")]
    assert places == sorted(places)


def test_the_navigation_counts_those_who_are_members_now(administrator_client, reader_membership, administrator):
    entry = '<a href="/i/fjord/members/">Medlemmer <span>{}</span></a>'
    assert entry.format(4) in administrator_client.get("/i/fjord/").content.decode()
    members.end(reader_membership, by=administrator)
    assert entry.format(3) in administrator_client.get("/i/fjord/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(
    number, administrator_client, implementation, administrator, django_assert_num_queries, monkeypatch
):
    for place in range(number):
        user = User.objects.create_user(f"new{place}@fjord.example", f"New {place}")
        members.add(implementation, by=administrator, user=user, role="reader")
        gone = User.objects.create_user(f"gone{place}@fjord.example", f"Gone {place}")
        members.end(members.add(implementation, by=administrator, user=gone, role="reader"), by=administrator)
        email = f"invited{place}@fjord.example"
        invitations.invite(implementation, by=administrator, email=email, role="reader", language="nb", link=str)
    monkeypatch.setattr(rooms, "_rooms", [])  # what the navigation costs is not this page's
    with django_assert_num_queries(7):
        administrator_client.get("/i/fjord/members/")


# --- roles


def test_a_role_is_changed_and_taken_back(administrator_client, implementation, reader_membership, administrator):
    body = {"role": "consultant", "version": reader_membership.version}
    answer = administrator_client.post(f"/i/fjord/members/{reader_membership.pk}/", body, follow=True)
    assert "Reader har fått en annen rolle." in answer.content.decode()
    reader_membership.refresh_from_db()
    assert reader_membership.role == "consultant"
    assert _told(implementation) == "Administrator made Reader consultant instead of reader."
    undo(_newest(implementation), administrator)
    reader_membership.refresh_from_db()
    assert reader_membership.role == "reader"


@pytest.mark.parametrize("body", [{"role": "owner", "version": "1"}, {"version": "1"}, {"role": "reader"}])
def test_an_unknown_role_or_a_form_without_its_version_is_refused(body, administrator_client, reader_membership):
    answer = administrator_client.post(f"/i/fjord/members/{reader_membership.pk}/", body)
    assert answer.status_code == 422
    reader_membership.refresh_from_db()
    assert (reader_membership.role, reader_membership.version) == ("reader", 1)


def test_a_stale_role_is_shown_beside_the_saved_one(administrator_client, reader_membership, consultant):
    members.change_role(reader_membership, by=consultant, version=1, role="contributor")
    answer = administrator_client.post(
        f"/i/fjord/members/{reader_membership.pk}/", {"role": "consultant", "version": 1}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "<ins>Konsulent: " in page
    assert "<ins>Bidragsyter: " in page


# --- the last administrator


def test_the_last_administrator_keeps_the_role(administrator_client, administrator_membership):
    body = {"role": "reader", "version": administrator_membership.version}
    answer = administrator_client.post(f"/i/fjord/members/{administrator_membership.pk}/", body)
    assert answer.status_code == 422
    assert "Det må finnes en administrator." in answer.content.decode()
    administrator_membership.refresh_from_db()
    assert administrator_membership.role == "administrator"


def test_nor_can_they_be_removed_or_leave(consultant_client, administrator_client, administrator_membership):
    removed = consultant_client.post(f"/i/fjord/members/{administrator_membership.pk}/end/")
    left = administrator_client.post("/i/fjord/members/leave/")
    for answer in (removed, left):
        assert answer.status_code == 422
        assert "Det må finnes en administrator." in answer.content.decode()
    administrator_membership.refresh_from_db()
    assert not administrator_membership.has_ended


def test_an_undo_cannot_take_the_last_one_either(
    implementation, administrator, reader, reader_membership, administrator_membership
):
    members.change_role(reader_membership, by=administrator, version=1, role="administrator")
    promoted = _newest(implementation)
    members.end(administrator_membership, by=reader)
    with pytest.raises(UndoRefused, match="administrator"):
        undo(promoted, reader)
    reader_membership.refresh_from_db()
    assert reader_membership.role == "administrator"


def test_with_a_second_administrator_the_first_may_go(implementation, administrator, reader_membership):
    members.change_role(reader_membership, by=administrator, version=1, role="administrator")
    members.end(Membership.objects.get(implementation=implementation, user=administrator), by=administrator)
    assert members.current(implementation).filter(role="administrator").get() == reader_membership


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory lets one connection in at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_go_at_once_one_stays(implementation, administrator, reader_membership):
    members.change_role(reader_membership, by=administrator, version=1, role="administrator")
    pair = list(members.current(implementation).filter(role="administrator"))
    refused = _at_once([lambda one=one: members.end(one, by=one.user) for one in pair])
    assert [type(error) for error in refused] == [LastAdministrator]
    assert members.current(implementation).filter(role="administrator").count() == 1


def _at_once(acts: list[Callable[[], None]]) -> list[Exception]:
    """Does all of it at the same time, each in a thread with a connection of its own; gives what was raised."""
    start, raised = threading.Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        start.wait(timeout=10)
        try:
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised


# --- removing and leaving


def test_the_page_says_for_what_somebody_is_responsible(administrator_client, given, contributor_membership):
    page = administrator_client.get(f"/i/fjord/members/{contributor_membership.pk}/end/").content.decode()
    assert "Contributor er ansvarlig for 3 ting" in page
    for row in given:
        assert f'<a href="{row.get_absolute_url()}">' in page


def test_removing_hands_everything_over_in_one_change(
    administrator_client, implementation, administrator, given, contributor_membership, consultant_membership
):
    answer = administrator_client.post(
        f"/i/fjord/members/{contributor_membership.pk}/end/", {"heir": consultant_membership.pk}, follow=True
    )
    assert "Det Contributor var ansvarlig for (3), gikk til Consultant." in answer.content.decode()
    assert _responsible(given) == [consultant_membership] * 3
    assert _told(implementation) == (
        "Administrator ended the membership of Contributor. "
        "What Contributor was responsible for (3) went to Consultant."
    )
    undo(_newest(implementation), administrator)
    contributor_membership.refresh_from_db()
    assert not contributor_membership.has_ended
    assert _responsible(given) == [contributor_membership] * 3


def test_removing_can_leave_it_to_nobody(implementation, administrator, given, contributor_membership):
    members.end(contributor_membership, by=administrator)
    assert _responsible(given) == [None] * 3
    assert _told(implementation).endswith("What Contributor was responsible for (3) waits for somebody else.")


def test_who_was_removed_cannot_enter_and_is_not_offered(
    administrator, contributor_client, contributor, contributor_membership, implementation
):
    assert contributor_client.get("/i/fjord/").status_code == 200
    members.end(contributor_membership, by=administrator)
    assert contributor_client.get("/i/fjord/").status_code == 404
    assert contributor_client.get("/i/fjord/members/").status_code == 404
    assert list(implementations.memberships_of(contributor)) == []
    assert contributor_membership not in members.current(implementation)
    assert contributor_membership in members.former(implementation)


def test_an_ended_membership_cannot_be_edited_or_ended_again(
    administrator_client, administrator, contributor_membership
):
    members.end(contributor_membership, by=administrator)
    for address in (
        f"/i/fjord/members/{contributor_membership.pk}/",
        f"/i/fjord/members/{contributor_membership.pk}/end/",
    ):
        assert administrator_client.get(address).status_code == 404
    with pytest.raises(ValidationError):
        members.end(contributor_membership, by=administrator)
    with pytest.raises(ValidationError):
        members.change_role(
            contributor_membership, by=administrator, version=contributor_membership.version, role="reader"
        )


def test_nothing_can_be_given_to_somebody_who_has_gone(
    administrator, given, contributor_membership, consultant_membership
):
    members.end(contributor_membership, by=administrator)
    with pytest.raises(ValidationError, match="Contributor"):
        members.end(consultant_membership, by=administrator, heir=contributor_membership)
    for row in given:
        row.responsible = contributor_membership
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert set(refused.value.message_dict) == {"responsible"}


def test_whoever_is_given_something_at_the_last_moment_must_still_be_there(
    implementation, administrator, given, contributor_membership
):
    """The form was right when it was sent; the membership ended before the change had the lock."""
    members.end(contributor_membership, by=administrator)
    with (
        pytest.raises(ValidationError, match="Contributor"),
        change(implementation, administrator, "implementation.edited", implementation="x") as c,
    ):
        c.update(given[0], responsible=contributor_membership)
    assert _responsible(given) == [None] * 3


def test_an_undo_does_not_give_anything_to_somebody_who_has_gone(
    implementation, administrator, given, contributor_membership
):
    with change(implementation, administrator, "implementation.edited", implementation="x") as c:
        c.update(given[0], responsible=None)
    taken = _newest(implementation)
    members.end(contributor_membership, by=administrator)
    with pytest.raises(UndoRefused):
        undo(taken, administrator)
    assert _responsible(given) == [None] * 3


def test_every_key_to_somebody_responsible_refuses_those_who_have_gone():
    fields = members.responsible_fields()
    assert {field.model for field in fields} >= {Question, ChecklistItem}
    assert [field for field in fields if field.get_limit_choices_to() != {"ended_at": None}] == []


@pytest.mark.parametrize("heir", ["reader", "outsider", "self", "nonsense"])
def test_a_reader_a_stranger_and_oneself_take_nothing_over(
    heir, administrator_client, given, contributor_membership, reader_membership, outsider_membership
):
    chosen = {
        "reader": reader_membership.pk,
        "outsider": outsider_membership.pk,
        "self": contributor_membership.pk,
        "nonsense": "drop table",
    }[heir]
    answer = administrator_client.post(f"/i/fjord/members/{contributor_membership.pk}/end/", {"heir": chosen})
    assert answer.status_code == 422
    assert _responsible(given) == [contributor_membership] * 3


def test_anyone_may_leave(reader_client, implementation, reader_membership, administrator):
    answer = reader_client.post("/i/fjord/members/leave/")
    assert answer.headers["Location"] == "/?all=1"
    assert reader_client.get("/i/fjord/").status_code == 404
    assert _told(implementation) == "Reader left the implementation."
    with pytest.raises(UndoRefused):
        undo(_newest(implementation), administrator)


def test_who_comes_back_gets_the_old_membership_and_its_past(
    implementation, administrator, contributor, contributor_membership
):
    members.end(contributor_membership, by=administrator)
    again = members.add(implementation, by=administrator, user=contributor, role="reader")
    assert again.pk == contributor_membership.pk
    assert (again.role, again.ended_at) == ("reader", None)


def test_adding_a_member_once_more_changes_nothing(implementation, administrator, contributor):
    before = _newest(implementation)
    members.add(implementation, by=administrator, user=contributor, role="administrator")
    assert _newest(implementation) == before
    assert Membership.objects.get(implementation=implementation, user=contributor).role == "contributor"


def test_membership_of_one_implementation_says_nothing_of_another(
    implementation, other_implementation, administrator, outsider, outsider_client
):
    joined = members.add(implementation, by=administrator, user=outsider, role="reader")
    members.end(joined, by=administrator)
    assert outsider_client.get("/i/fjord/").status_code == 404
    assert outsider_client.get("/i/fjell/").status_code == 200
    assert not other_implementation.changes.filter(verb__startswith="member.").exists()
