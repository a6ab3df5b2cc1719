"""What people do with a list by its links and forms, without JavaScript."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import QueryDict
from django.urls import reverse

from crmsetup.changes import change, noting
from crmsetup.models import Change
from lists import items
from lists.editing import Editor, editor, perform
from lists.models import FollowUpType, ListItem
from tests.lists.reading import Desk, Page, words

START = ["Transport", "Bygg og anlegg", "Sjømat"]


# --- adding


def test_three_are_added_by_typing_and_enter(desk):
    shown = desk.look()
    for name in ("Kraft", "Helse", "Skole"):
        response = desk.client.post(desk.acts, {**shown.form(desk.new), "name": name})
        shown = desk.follow(response)
        assert f"«{name}» er lagt til." in shown.messages
        assert shown.focus == "name"
        assert shown.form(desk.new)["name"] == ""
    assert desk.names == [*START, "Kraft", "Helse", "Skole"]


def test_added_after_another_the_next_one_follows_it(desk):
    shown = desk.look(f"new&after={desk.item('Transport').pk}")
    for name in ("Kraft", "Helse"):
        shown = desk.follow(desk.client.post(desk.acts, {**shown.form(desk.new), "name": name}))
    assert desk.names == ["Transport", "Kraft", "Helse", "Bygg og anlegg", "Sjømat"]


def test_a_new_item_has_all_that_was_typed(at):
    stages = at("sale-stage")
    stages.add(name="  Siste   runde ", name_en="Last round", description="Pris\ngjenstår", probability="85 %")
    made = stages.item("Siste runde")
    assert made.translations == {"en": {"name": "Last round"}}
    assert (made.description, made.status.probability, made.status.kind) == ("Pris gjenstår", 85, "sale")


def test_each_kind_of_item_gets_what_its_list_has(at):
    at("category").add(name="Myndighet", group="potential", lead_status="on")
    at("follow-up-type").add(name="Befaring ute", form="task", direction="out")
    at("document-template").add(name="Prisliste", output="spreadsheet")
    at("project-status").add(name="Utsatt")
    assert ListItem.objects.get(name="Myndighet").category.lead_status is True
    made = FollowUpType.objects.get(item__name="Befaring ute")
    assert (made.form, made.direction) == ("task", "out")
    assert ListItem.objects.get(name="Prisliste").document_template.output == "spreadsheet"
    assert ListItem.objects.get(name="Utsatt").status.kind == "project"


def test_what_is_not_chosen_has_its_default(at):
    at("category").add(name="Myndighet")
    at("follow-up-type").add(name="Befaring ute")
    assert ListItem.objects.get(name="Myndighet").category.group == ""
    assert FollowUpType.objects.get(item__name="Befaring ute").form == "appointment"


# --- saving


def test_enter_saves_and_opens_the_next_row(desk):
    shown = desk.follow(desk.save(desk.item("Transport"), then="next", name="Frakt", name_en="Freight"))
    assert "«Frakt» er lagret." in shown.messages
    assert shown.form(desk.row)["name"] == "Bygg og anlegg"
    shown = desk.follow(desk.save(desk.item("Sjømat"), then="next", description="Fisk og skalldyr"))
    assert shown.form(desk.new)["name"] == ""
    assert shown.focus == "name"
    assert desk.names == ["Frakt", "Bygg og anlegg", "Sjømat"]
    assert desk.item("Frakt").translations == {"en": {"name": "Freight"}}


def test_save_closes_the_row(desk):
    response = desk.save(desk.item("Transport"), then="", name="Frakt")
    assert response["Location"] == f"{desk.at}#item-{desk.item('Frakt').pk}"
    assert desk.look().all("tr", class_="editing") == []


def test_saving_can_go_on_to_another_row(desk):
    last = desk.item("Sjømat")
    assert desk.follow(desk.save(desk.item("Transport"), then=last.pk, name="Frakt")).form(desk.row)["name"] == "Sjømat"
    assert desk.follow(desk.add(then=last.pk, name="Kraft")).form(desk.row)["name"] == "Sjømat"
    assert desk.names == ["Frakt", "Bygg og anlegg", "Sjømat", "Kraft"]


def test_a_row_is_saved_before_it_is_moved_or_followed_by_another(desk):
    shown = desk.follow(desk.save(desk.item("Transport"), then="move", name="Frakt"))
    assert [words(label) for label in shown.all("label", for_=f"list-{desk.one.pk}-after")] == ["Sett «Frakt» etter"]
    shown = desk.follow(desk.save(desk.item("Frakt"), then="below", name_en="Freight"))
    assert shown.form(desk.new)["after"] == str(desk.item("Frakt").pk)
    assert desk.follow(desk.save(desk.item("Frakt"), then="new")).form(desk.new).get("after") is None
    assert desk.item("Frakt").translations["en"] == {"name": "Freight"}


def test_enter_goes_on_among_what_was_found(desk):
    shown = desk.follow(desk.save(desk.item("Transport"), query="q=an", then="next", name="Frakt"))
    assert shown.form(desk.row)["name"] == "Bygg og anlegg"
    assert shown.searched == "an"
    response = desk.save(desk.item("Bygg og anlegg"), query="q=an", then="next")
    assert response["Location"] == f"{desk.at}?q=an#item-{desk.item('Bygg og anlegg').pk}"


def test_what_was_not_changed_is_not_told(desk):
    with noting() as made:
        shown = desk.follow(desk.save(desk.item("Transport"), then="next"))
    assert made == []
    assert shown.messages == ""


def test_a_row_leaves_the_translated_description_alone(desk):
    item = desk.item("Transport")
    items.edit(item, by=None, version=item.version, name=item.name, translations={"en": {"description": "By road"}})
    desk.save(item, name_en="Carriage")
    assert desk.item("Transport").translations["en"] == {"name": "Carriage", "description": "By road"}


# --- moving


def test_up_and_down_move_one_place_and_say_where(desk):
    last = desk.item("Sjømat")
    shown = desk.follow(desk.post("up", item=last.pk))
    assert "«Sjømat» står nå etter «Transport»." in shown.messages
    assert shown.names == desk.names == ["Transport", "Sjømat", "Bygg og anlegg"]
    response = desk.post("down", item=last.pk)
    assert response["Location"] == f"{desk.at}#item-{last.pk}"
    assert desk.names == START


def test_the_buttons_of_a_row_move_it(desk):
    page = desk.look()
    pk = desk.item("Bygg og anlegg").pk
    for way, moved in (("up", ["Bygg og anlegg", "Transport", "Sjømat"]), ("down", START)):
        button = page.one("button", id=f"{way}-{pk}")
        form = page.form(button.get("form"))
        desk.client.post(desk.acts, {**form, button.get("name"): button.get("value")})
        assert desk.names == moved
    disabled = [button.get("id") for button in page.root.iter("button") if button.get("disabled") is not None]
    assert disabled == [f"up-{desk.item('Transport').pk}", f"down-{desk.item('Sjømat').pk}"]


def test_an_item_is_put_after_another_or_first(desk):
    first, last = desk.item("Transport"), desk.item("Sjømat")
    shown = desk.follow(desk.post("move", item=first.pk, after=last.pk))
    assert shown.names == ["Bygg og anlegg", "Sjømat", "Transport"]
    assert "«Transport» står nå etter «Sjømat»." in shown.messages
    shown = desk.follow(desk.post("move", item=last.pk, after=""))
    assert shown.names == ["Sjømat", "Bygg og anlegg", "Transport"]
    assert "«Sjømat» står nå først." in shown.messages


def test_a_move_to_where_it_stands_is_not_told(desk):
    with noting() as made:
        assert desk.follow(desk.post("move", item=desk.item("Transport").pk, after="")).messages == ""
        desk.post("up", item=desk.item("Transport").pk)
    assert made == []


# --- retiring and restoring


def test_what_nothing_uses_is_retired_at_once_and_can_be_undone(desk):
    shown = desk.follow(desk.post("retire", item=desk.item("Sjømat").pk))
    assert "«Sjømat» er tatt ut av bruk." in shown.messages
    assert shown.names == ["Transport", "Bygg og anlegg"]
    (undo,) = shown.undo
    desk.client.post(undo)
    assert desk.names == START


def test_a_retired_item_is_restored_at_its_place(desk):
    item = desk.item("Bygg og anlegg")
    items.retire(item, by=None)
    page = desk.look("retired=1")
    (button,) = [one for one in page.all("button", name="item", value=str(item.pk)) if words(one) == "Gjenopprett"]
    shown = desk.follow(desk.client.post(desk.acts, {**page.form(button.get("form")), "item": item.pk}))
    assert "«Bygg og anlegg» er i bruk igjen, på sin gamle plass." in shown.messages
    assert shown.names == START
    assert shown.retired != []


def test_a_merged_item_is_not_restored(desk):
    item = desk.item("Sjømat")
    with change(desk.one.implementation, None, "item.edited", list="x", item="x") as c:
        c.update(item, retired_at=c.at, merged_into=desk.item("Transport"))
    shown = desk.follow(desk.post("restore", item=item.pk))
    assert "Et element som er slått sammen, gjenopprettes ved å angre sammenslåingen." in shown.messages
    assert desk.item("Sjømat").is_retired
    page = desk.look("retired=1&q=sjomat")
    assert "Slått sammen med «Transport»." in page.retired[0]
    assert page.all("button", value=str(item.pk)) == []


@pytest.fixture
def used(at):
    """The follow-up types, with the first one used by activities of the starter set's guides."""
    return at("follow-up-type")


def test_what_is_used_is_asked_about_first(used):
    item = used.item("Møte ute")
    shown = used.follow(used.post("retire", item=item.pk))
    assert item.name in used.names
    asked = words(shown.one("tr", class_="asks"))
    assert asked.startswith("Ta «Møte ute» ut av bruk? Det er brukt")
    assert "i guiden «Salg til ny kunde»" in asked
    (form,) = shown.one("tr", class_="asks").iter("form")
    sure = {one.get("name"): one.get("value") for one in form.iter("input")}
    shown = used.follow(used.client.post(used.acts, sure))
    assert item.name not in used.names
    assert "«Møte ute» er tatt ut av bruk." in shown.messages


def test_retiring_from_the_panel_asks_as_well(used):
    item = used.item("Møte ute")
    panel = Page(used.client.get(item.get_absolute_url()))
    (form,) = [
        form
        for form in panel.one("aside").iter("form")
        if any(words(button) == "Ta ut av bruk" for button in form.iter("button"))
    ]
    body = {one.get("name"): one.get("value") for one in form.iter("input")}
    shown = used.follow(used.client.post(form.get("action"), {**body, "item": item.pk}))
    assert words(shown.one("tr", class_="asks")).startswith("Ta «Møte ute» ut av bruk?")
    assert item.name in used.names


def test_retiring_twice_is_told_once(desk):
    item = desk.item("Sjømat")
    desk.follow(desk.post("retire", item=item.pk))
    assert desk.follow(desk.post("retire", item=item.pk)).messages == ""


# --- the filters a person had


@pytest.mark.parametrize("act", ["up", "retire", "restore"])
def test_every_act_keeps_the_filters(desk, act):
    location = desk.post(act, item=desk.item("Sjømat").pk, q="sjø", retired="1")["Location"]
    assert location.startswith(f"{desk.at}?q=sj%C3%B8&retired=1")


def test_the_forms_of_a_filtered_page_carry_the_filters(desk):
    page = desk.look(f"q=an&retired=1&edit={desk.item('Transport').pk}")
    for form in page.all("form", method="post"):
        if form.get("action") == desk.acts:
            posted = {one.get("name"): one.get("value") for one in form.iter("input")}
            assert (posted["q"], posted["retired"]) == ("an", "1")


# --- taking back


def test_every_act_offers_to_take_back_itself(desk, consultant):
    """Not the newest change: somebody else may have acted meanwhile."""
    shown = desk.follow(desk.save(desk.item("Transport"), name="Frakt"))
    mine = Change.objects.filter(verb="item.renamed").latest("seq")
    items.add(desk.one, by=consultant, name="Kraft")
    assert shown.undo == [reverse("crmsetup:change-undo", args=["fjord", mine.seq])]
    desk.client.post(shown.undo[0], {"next": desk.at})
    assert desk.names == [*START, "Kraft"]


# --- where the editor stands


def test_the_editor_leads_back_to_the_page_it_stands_on(desk, rf, administrator_membership):
    """As in the question that the list answers: another page hosts it, another address takes its forms."""
    place = {"at": "/i/fjord/questions/4/", "acts": "/i/fjord/questions/4/list/"}

    def post(**body):
        request = rf.post(place["acts"], body)
        request.user, request.membership = administrator_membership.user, administrator_membership
        request.implementation, request._messages = desk.one.implementation, CookieStorage(request)
        return perform(request, desk.one, **place)

    assert post(act="add", name="Kraft", version=0)["Location"] == f"{place['at']}?new="
    refused = post(act="add", name="", version=0)
    assert isinstance(refused, Editor)
    assert (refused.at, refused.acts, refused.may_edit) == (*place.values(), True)
    shown = editor(desk.one, may_edit=True, query=QueryDict("retired=1"), **place)
    assert (shown.at, shown.acts, shown.kept) == (*place.values(), "retired=1&")
    assert desk.names == [*START, "Kraft"]


def test_another_persons_desk(consultant_client, desk):
    """Consultants edit as administrators do."""
    theirs = Desk(consultant_client, desk.one)
    assert "«Kraft» er lagt til." in theirs.follow(theirs.add(name="Kraft")).messages
