"""The checklist: handing items out, ticking them, and its pages."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from crmsetup import context
from crmsetup.access import Forbidden
from crmsetup.changes import acting_at, change, undo
from crmsetup.models import Change
from crmsetup.stale import StaleSave
from crmsetup.verbs import plain_sentence
from lists import items
from lists.models import List
from onboarding import checklist, room
from onboarding.models import ChecklistItem

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 12, 4)
MOMENT = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture
def item(implementation) -> ChecklistItem:
    """The first item, which a person ticks: «Utnevn en CRM-ambassadør»."""
    return ChecklistItem.objects.filter(implementation=implementation).order_by("rank")[0]


@pytest.fixture
def given(item, administrator, contributor_membership) -> ChecklistItem:
    """The first item, given to the contributor."""
    checklist.assign(item, by=administrator, version=item.version, responsible=contributor_membership, due=DAY)
    return item


def of_check(implementation, key: str) -> ChecklistItem:
    return ChecklistItem.objects.get(implementation=implementation, check_key=key)


def stored(item: ChecklistItem) -> ChecklistItem:
    return ChecklistItem.objects.get(pk=item.pk)


def told(language: str = "en") -> str:
    """The sentence of the newest change."""
    with translation.override(language):
        return plain_sentence(Change.objects.latest("pk"))


# --- acts


def test_an_item_is_given_to_somebody(item, administrator, contributor_membership) -> None:
    checklist.assign(item, by=administrator, version=item.version, responsible=contributor_membership, due=DAY)

    assert (stored(item).responsible, stored(item).due) == (contributor_membership, DAY)
    assert told() == (
        "Administrator gave «Appoint a CRM ambassador» on the checklist to Contributor. It is due 4 December 2026."
    )
    assert told("nb") == (
        "Administrator ga «Utnevn en CRM-ambassadør» i sjekklisten til Contributor. Fristen er 4. desember 2026."
    )


def test_each_part_of_handing_out_has_its_sentence(given, administrator, reader_membership) -> None:
    later = DAY + datetime.timedelta(days=1)
    for responsible, due, sentence in (
        (
            given.responsible,
            later,
            "set the due date of «Appoint a CRM ambassador» on the checklist to 5 December 2026.",
        ),
        (reader_membership, later, "gave «Appoint a CRM ambassador» on the checklist to Reader."),
        (None, None, "changed «Appoint a CRM ambassador» on the checklist."),
    ):
        checklist.assign(given, by=administrator, version=given.version, responsible=responsible, due=due)
        assert told() == f"Administrator {sentence}"
    assert (stored(given).responsible, stored(given).due) == (None, None)


def test_nothing_new_leaves_no_change(given, administrator, implementation) -> None:
    before = implementation.changes.count()
    checklist.assign(given, by=administrator, version=given.version, responsible=given.responsible, due=given.due)
    checklist.tick(given, by=administrator, version=given.version, state="open")
    assert implementation.changes.count() == before


def test_a_member_of_another_company_cannot_be_responsible(item, administrator, outsider_membership) -> None:
    with pytest.raises(ValidationError) as refused:
        checklist.assign(item, by=administrator, version=item.version, responsible=outsider_membership, due=None)
    assert list(refused.value.message_dict) == ["responsible"]
    assert stored(item).responsible is None


def test_a_tick_is_a_dated_mark_and_is_taken_back(item, administrator) -> None:
    with acting_at(MOMENT):
        checklist.tick(item, by=administrator, version=item.version, state="done", note="Ida, to dager i uken ")
    now = stored(item)
    assert (now.state, now.note) == ("done", "Ida, to dager i uken")
    assert (now.marked_at, now.marked_by) == (MOMENT, "Administrator")
    assert now.marked_seq == Change.objects.latest("pk").seq
    assert told() == "Administrator ticked off «Appoint a CRM ambassador» on the checklist."

    checklist.tick(item, by=administrator, version=item.version, state="open", note=now.note)
    now = stored(item)
    assert (now.state, now.note, now.marked_at, now.marked_by, now.marked_seq) == (
        "open",
        "Ida, to dager i uken",
        None,
        "",
        None,
    )
    assert told() == "Administrator opened «Appoint a CRM ambassador» on the checklist again."

    undo(Change.objects.latest("pk"), administrator)
    assert stored(item).marked_at == MOMENT


def test_not_applicable_and_a_note_have_their_sentences(item, administrator) -> None:
    checklist.tick(item, by=administrator, version=item.version, state="not_applicable")
    assert told() == "Administrator marked «Appoint a CRM ambassador» on the checklist as not applicable."
    marked = stored(item).marked_at
    checklist.tick(item, by=administrator, version=item.version, state="not_applicable", note="Ingen tid")
    assert told() == "Administrator wrote a note on «Appoint a CRM ambassador» on the checklist."
    assert stored(item).marked_at == marked


def test_everything_at_once_is_one_change(item, administrator, contributor_membership, implementation) -> None:
    before = implementation.changes.count()
    checklist.edit(
        item,
        by=administrator,
        version=item.version,
        state="done",
        note="Gjort",
        responsible=contributor_membership,
        due=DAY,
    )
    assert implementation.changes.count() == before + 1
    assert told() == (
        "Administrator ticked off «Appoint a CRM ambassador» on the checklist. "
        "It was given to Contributor. It is due 4 December 2026."
    )
    undo(Change.objects.latest("pk"), administrator)
    assert (stored(item).state, stored(item).note, stored(item).responsible) == ("open", "", None)


def test_a_contributor_ticks_what_is_given_to_them_and_nothing_else(given, contributor, implementation) -> None:
    checklist.tick(given, by=contributor, version=given.version, state="done")
    assert stored(given).state == "done"

    other = ChecklistItem.objects.filter(implementation=implementation, check_key="").order_by("rank")[1]
    with pytest.raises(Forbidden):
        checklist.tick(other, by=contributor, version=other.version, state="done")
    with pytest.raises(Forbidden):
        checklist.assign(given, by=contributor, version=given.version, responsible=None, due=None)


def test_a_reader_and_a_stranger_tick_nothing(item, administrator, reader, reader_membership, outsider) -> None:
    checklist.assign(item, by=administrator, version=item.version, responsible=reader_membership, due=None)
    for person in (reader, outsider):
        with pytest.raises(Forbidden):
            checklist.tick(item, by=person, version=item.version, state="done")
    assert stored(item).state == "open"


@pytest.mark.parametrize("key", ["sale_guide_on", "companies_decided", "translations_complete"])
def test_what_sees_for_itself_is_not_ticked_by_hand(implementation, administrator, key: str) -> None:
    item = of_check(implementation, key)
    with pytest.raises(ValidationError, match="ser selv om det er gjort"), translation.override("nb"):
        checklist.tick(item, by=administrator, version=item.version, state="done")
    checklist.tick(item, by=administrator, version=item.version, state="not_applicable")
    assert stored(item).state == "not_applicable"
    checklist.tick(item, by=administrator, version=item.version, state="open")
    assert stored(item).state == "open"


def test_the_categories_are_marked_again_after_the_list_has_changed(implementation, administrator, consultant) -> None:
    item = of_check(implementation, "categories_reviewed")
    checklist.tick(item, by=administrator, version=item.version, state="done")
    first = stored(item).marked_seq
    checklist.tick(item, by=consultant, version=item.version, state="done", note="Lest igjen")
    assert stored(item).marked_seq == first

    items.add(List.objects.get(implementation=implementation, key="category"), by=administrator, name="Ny sort")
    checklist.tick(item, by=administrator, version=item.version, state="open", note="Må leses igjen")
    assert stored(item).marked_seq == first
    checklist.tick(item, by=consultant, version=item.version, state="done")
    assert (stored(item).marked_by, stored(item).marked_seq) == ("Consultant", Change.objects.latest("pk").seq)


def test_a_state_that_there_is_not_is_refused(item, administrator) -> None:
    with pytest.raises(ValidationError) as refused:
        checklist.tick(item, by=administrator, version=item.version, state="half")
    assert list(refused.value.message_dict) == ["state"]


def test_somebody_saved_meanwhile(item, administrator, consultant) -> None:
    seen = item.version
    checklist.tick(stored(item), by=consultant, version=seen, state="done")
    with pytest.raises(StaleSave):
        checklist.tick(item, by=administrator, version=seen, state="not_applicable")
    with pytest.raises(StaleSave):
        checklist.edit(item, by=administrator, version=seen, state="done", note="x", responsible=None, due=DAY)


def test_ticking_and_handing_out_do_not_stand_in_each_others_way(
    item, administrator, consultant, consultant_membership
) -> None:
    seen = item.version
    checklist.tick(stored(item), by=consultant, version=seen, state="done")
    checklist.assign(stored(item), by=administrator, version=seen, responsible=consultant_membership, due=DAY)
    checklist.tick(stored(item), by=consultant, version=seen + 1, state="open")
    assert (stored(item).state, stored(item).responsible) == ("open", consultant_membership)


# --- how far it has come


def test_what_is_not_applicable_drops_out_of_the_percentage(implementation, administrator) -> None:
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for item in ChecklistItem.objects.filter(implementation=implementation):
            c.update(item, check_key="", state="open")
    everything = list(ChecklistItem.objects.filter(implementation=implementation).order_by("rank"))
    for item in everything[:2]:
        checklist.tick(item, by=administrator, version=item.version, state="not_applicable")
    for item in everything[2:6]:
        checklist.tick(item, by=administrator, version=item.version, state="done")
    board = checklist.board(implementation)
    assert (board.done, board.total, board.percent) == (4, 8, 50)
    assert room.checklist_entry(implementation).count == "4 av 8"
    figure = room.checklist_figures(implementation)[0]
    assert (figure.done, figure.total, figure.words, figure.note) == (
        4,
        8,
        "av 8 sjekkpunkter gjort",
        "Ingenting har gått over fristen.",
    )


def test_an_item_is_overdue_after_its_day_and_only_while_it_is_open(given, administrator, implementation) -> None:
    def days_late() -> int:
        return checklist.board(implementation).rows[0].days_late

    with time_machine.travel(datetime.datetime(2026, 12, 4, 12, tzinfo=datetime.UTC)):
        assert days_late() == 0
    with time_machine.travel(datetime.datetime(2026, 12, 6, 12, tzinfo=datetime.UTC)):
        assert days_late() == 2
        assert room.checklist_figures(implementation)[0].note == "1 har gått over fristen."
        assert room.checklist_figures(implementation)[0].alarm
        checklist.tick(given, by=administrator, version=given.version, state="done")
        assert days_late() == 0
        assert not room.checklist_figures(implementation)[0].alarm


def test_what_is_open_waits_on_the_overview(given, implementation) -> None:
    todos = {todo.what: todo for todo in room.checklist_todos(implementation)}
    mine = todos["Utnevn en CRM-ambassadør"]
    assert (mine.responsible, mine.due, mine.url) == ("Contributor", DAY, given.get_absolute_url())
    assert todos["Bestem hvordan firmaer og personer deles inn"].why == (
        "8 av 8 spørsmål om firmaer og personer gjenstår."
    )
    assert "Slå på en salgsguide" not in todos


# --- pages

LIST = "/i/fjord/checklist/"


def page(client, address: str = LIST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_state_reason_responsible_and_due_date(administrator_client, given) -> None:
    with time_machine.travel(datetime.datetime(2026, 12, 6, 12, tzinfo=datetime.UTC)):
        shown = page(administrator_client)
    assert "2 av 10 punkter er gjort." in shown
    assert "1 har gått over fristen." in shown
    assert "8 av 8 spørsmål om firmaer og personer gjenstår." in shown
    assert "2 dager over fristen" in shown
    assert "4. des." in shown
    assert shown.count('class="box"') == 7  # what a person ticks


def test_people_see_a_button_only_where_they_may_tick(given, contributor_client, reader_client) -> None:
    assert page(contributor_client).count('class="box"') == 1
    assert f'id="tick-{given.pk}"' in page(contributor_client)
    assert page(reader_client).count('class="box"') == 0


@pytest.mark.parametrize(
    ("show", "number"), [("all", 10), ("open", 8), ("overdue", 1), ("mine", 1), ("nonsense", 10), ("<b>", 10)]
)
def test_the_views_of_the_list(given, contributor_client, show: str, number: int) -> None:
    with time_machine.travel(datetime.datetime(2026, 12, 6, 12, tzinfo=datetime.UTC)):
        shown = page(contributor_client, f"{LIST}?show={show}")
    assert shown.count('role="rowheader"') == number
    assert "<b>" not in shown


@pytest.mark.parametrize(
    ("show", "words"), [("mine", "Du har ikke fått noen sjekkpunkter"), ("overdue", "Ingenting har gått over fristen")]
)
def test_an_empty_view_says_what_would_stand_there(reader_client, show: str, words: str) -> None:
    assert words in page(reader_client, f"{LIST}?show={show}")


def test_an_empty_checklist_says_so(administrator_client, implementation) -> None:
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for item in ChecklistItem.objects.filter(implementation=implementation):
            c.delete(item)
    shown = page(administrator_client)
    assert "Sjekklisten er tom" in shown
    assert room.checklist_figures(implementation) == []


def tick(client, item: ChecklistItem, **body):
    return client.post(
        reverse("onboarding:checklist-item-tick", args=["fjord", item.pk]), {"version": item.version, **body}
    )


def test_one_press_ticks_and_goes_back_to_the_same_view(administrator_client, item) -> None:
    checklist.tick(item, by=None, version=item.version, state="open", note="Husk Ida")
    answer = tick(administrator_client, item, state="done", show="open")
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?show=open")
    assert (stored(item).state, stored(item).note) == ("done", "Husk Ida")
    shown = page(administrator_client)
    assert "«Utnevn en CRM-ambassadør» er lagret." in shown
    assert f"/history/{Change.objects.latest('pk').seq}/undo/" in shown


@pytest.mark.parametrize(
    ("key", "body", "words"),
    [
        ("sale_guide_on", {"state": "done"}, "Dette punktet ser selv om det er gjort."),
        ("", {"state": "half"}, "half"),
        ("", {"state": ""}, "Feltet er påkrevet."),
        ("", {"state": "done", "version": ""}, "Skjemaet sier ikke hvilken versjon det ble lastet fra."),
        ("", {"state": "done", "version": "x"}, "Skjemaet sier ikke hvilken versjon det ble lastet fra."),
    ],
)
def test_a_refused_press_says_why(administrator_client, implementation, key: str, body: dict, words: str) -> None:
    item = ChecklistItem.objects.filter(implementation=implementation, check_key=key).order_by("rank")[0]
    answer = tick(administrator_client, item, **body)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert stored(item).version == item.version


def test_a_press_on_what_somebody_has_saved_meanwhile_shows_both(administrator_client, item, consultant) -> None:
    seen = stored(item)
    checklist.tick(item, by=consultant, version=item.version, state="not_applicable", note="Trengs ikke")
    answer = tick(administrator_client, seen, state="done")
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "<ins>Gjort</ins>" in shown
    assert "<ins>Ikke aktuelt</ins>" in shown
    assert stored(item).state == "not_applicable"


def save(client, item: ChecklistItem, **body):
    return client.post(item.get_absolute_url(), {"version": item.version, "state": "open", **body})


def test_the_panel_writes_everything(administrator_client, item, contributor_membership) -> None:
    body = {"state": "done", "note": "Ida <b>", "responsible": contributor_membership.pk, "due": "2026-12-04"}
    assert save(administrator_client, item, **body)["Location"] == LIST
    now = stored(item)
    assert (now.state, now.note, now.responsible, now.due) == ("done", "Ida <b>", contributor_membership, DAY)
    shown = page(administrator_client, item.get_absolute_url())
    assert "Ida &lt;b&gt;" in shown
    assert "Siste endringer" in shown


def test_a_contributor_writes_state_and_note_of_what_is_given_to_them(contributor_client, given, item) -> None:
    answer = save(contributor_client, given, state="done", note="Ferdig", due="2027-01-01", responsible="")
    assert answer.status_code == 302
    now = stored(given)
    assert (now.state, now.note) == ("done", "Ferdig")
    assert (now.responsible, now.due) == (given.responsible, DAY)
    assert 'name="due"' not in page(contributor_client, given.get_absolute_url())


def test_who_may_only_look_sees_the_note_without_a_form(reader_client, given, administrator) -> None:
    checklist.tick(given, by=administrator, version=given.version, state="open", note="Spør Ida først")
    shown = page(reader_client, given.get_absolute_url())
    assert "Spør Ida først" in shown
    assert 'name="note"' not in shown
    assert save(reader_client, given, state="done").status_code == 403


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"due": "4. desember"}, "Oppgi en gyldig dato."),
        ({"note": "x" * 2001}, "2000 eller færre tegn"),
        ({"state": "done", "version": ""}, "Skjemaet sier ikke hvilken versjon det ble lastet fra."),
    ],
)
def test_what_was_typed_is_kept_where_it_is_wrong(administrator_client, item, body: dict, words: str) -> None:
    answer = save(administrator_client, item, **{"note": "Husk Ida", **body})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    assert body.get("note", "Husk Ida") in shown
    assert stored(item).note == ""


def test_a_responsible_of_another_company_is_refused(administrator_client, item, outsider_membership) -> None:
    answer = save(administrator_client, item, responsible=outsider_membership.pk)
    assert answer.status_code == 422
    assert "Velg et gyldig valg" in answer.content.decode()
    assert "Outsider" not in page(administrator_client, item.get_absolute_url())


def test_readers_are_not_offered_but_stay_where_they_are(
    administrator_client, item, administrator, reader_membership
) -> None:
    choice = f'<option value="{reader_membership.pk}"'
    assert choice not in page(administrator_client, item.get_absolute_url())
    checklist.assign(item, by=administrator, version=item.version, responsible=reader_membership, due=None)
    assert choice in page(administrator_client, item.get_absolute_url())
    assert save(administrator_client, item, responsible=reader_membership.pk, note="x").status_code == 302


def test_two_people_in_the_panel(administrator_client, item, consultant) -> None:
    seen = stored(item)
    checklist.tick(item, by=consultant, version=item.version, state="open", note="Consultant var her")
    answer = save(administrator_client, seen, note="Jeg skrev dette")
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "<ins>Jeg skrev dette</ins>" in shown
    assert "<ins>Consultant var her</ins>" in shown
    assert 'value="Jeg skrev dette"' in shown  # kept for «save mine»


def test_an_item_that_sees_for_itself_offers_only_not_applicable(administrator_client, implementation) -> None:
    item = of_check(implementation, "sale_guide_on")
    shown = page(administrator_client, item.get_absolute_url())
    assert 'value="not_applicable"' in shown
    assert 'value="done"' not in shown[shown.index('id="item-form"') :]
    answer = save(administrator_client, item, state="done", note="Jeg vil likevel")
    assert answer.status_code == 422
    assert "Dette punktet ser selv om det er gjort." in answer.content.decode()
    assert "Jeg vil likevel" in answer.content.decode()


@pytest.mark.parametrize("number", [3, 10])
def test_the_number_of_queries_does_not_grow(
    administrator_client, implementation, contributor_membership, django_assert_num_queries, monkeypatch, number: int
) -> None:
    everything = ChecklistItem.objects.filter(implementation=implementation)
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        c.update(everything.get(check_key="translations_complete"), check_key="")
        c.update(everything.get(check_key="categories_reviewed"), state="done", marked_seq=c.seq)
        for item in everything.filter(check_key="")[: 10 - number]:
            c.delete(item)
        for item in everything:
            c.update(item, responsible=contributor_membership)
    assert everything.count() == number
    monkeypatch.setattr(context, "_navigation", lambda *_: [])  # which counts what all rooms have
    with django_assert_num_queries(8):  # who asks: 3, the items: 1, what they see: 4
        page(administrator_client)
