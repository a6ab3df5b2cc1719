"""What is refused, kindly: a message in the person's language beside the field, 422, and what was typed kept."""

import unicodedata
from typing import Any

import pytest

from crmsetup.models import Change
from lists import items
from lists.models import ListItem
from tests.lists.reading import Desk, Page, words

A = "«Sjømat» finnes allerede. Store og små bokstaver og mellomrom regnes som like."
B = "«Sjømat» exists already. Capitals and spaces make no difference."
LONG_NB = "Sørg for at denne verdien har %s eller færre tegn (den har nå %s)."
LONG_EN = "Ensure this value has at most %s characters (it has %s)."
WHOLE = ("Skriv et helt tall fra 0 til 100.", "Write a whole number from 0 to 100.")
LEAD = (
    "Leadstatus hører bare til gruppen «Potensiell kunde».",
    "Lead status belongs to the group «Potential customer» only.",
)

NAMES = [
    ({"name": "Sjømat"}, A, B),
    ({"name": "sjømat"}, A, B),
    ({"name": "SJØMAT"}, A, B),
    ({"name": "  Sjømat "}, A, B),
    ({"name": "Sjømat\u00a0"}, A, B),
    ({"name": unicodedata.normalize("NFD", "Sjømat")}, A, B),
    ({"name": ""}, "Skriv et navn.", "Write a name."),
    ({"name": " \u00a0\t"}, "Skriv et navn.", "Write a name."),
    ({"name": "Å" * 240}, LONG_NB % (239, 240), LONG_EN % (239, 240)),
    ({"name": "Ny", "name_en": "N" * 240}, LONG_NB % (239, 240), LONG_EN % (239, 240)),
    ({"name": "Ny", "description": "b" * 255}, LONG_NB % (254, 255), LONG_EN % (254, 255)),
    ({"name": "Ny\0"}, "Null-tegn er ikke tillatt.", "Null characters are not allowed."),
]
FACETS = [
    ("sale-stage", {"name": "Ny", "probability": "101"}, *WHOLE),
    ("sale-stage", {"name": "Ny", "probability": "-1"}, *WHOLE),
    ("sale-stage", {"name": "Ny", "probability": "abc"}, *WHOLE),
    ("sale-stage", {"name": "Ny", "probability": "20,5"}, *WHOLE),
    ("sale-stage", {"name": "Ny", "probability": ""}, *WHOLE),
    ("sale-stage", {"name": "Ny", "probability": "9" * 5000}, *WHOLE),
    ("category", {"name": "Ny", "group": "partner", "lead_status": "on"}, *LEAD),
    ("category", {"name": "Ny", "group": "", "lead_status": "on"}, *LEAD),
]


def demand_refused(page: Page, form: str, typed: dict[str, Any], expected: str) -> None:
    """The page says what is wrong, beside the field and on top, and shows again what was typed."""
    assert page.status == 422
    (wrong,) = page.wrong
    assert wrong.startswith(expected)
    assert wrong in words(page.one("div", role="alert"))
    (field,) = [one for one in page.root.iter() if one.get("aria-invalid") == "true"]
    assert field.get("aria-describedby") == f"{field.get('id')}_error"
    assert page.focus == field.get("name")
    shown = page.form(form)
    assert {name: shown.get(name) for name in typed} == {
        name: value.replace("\0", "\ufffd") for name, value in typed.items()
    }


@pytest.mark.parametrize(("typed", "norwegian", "english"), NAMES)
def test_a_new_row_is_refused(desk, language, typed, norwegian, english):
    before = Change.objects.count()
    page = Page(desk.add(**typed))
    demand_refused(page, desk.new, typed, {"nb": norwegian, "en": english}[language])
    assert Change.objects.count() == before


@pytest.mark.parametrize(("typed", "norwegian", "english"), NAMES)
def test_a_row_is_refused(desk, typed, norwegian, english):
    item, before = desk.item("Transport"), Change.objects.count()
    page = Page(desk.save(item, **typed))
    demand_refused(page, desk.row, typed, norwegian)
    assert page.form(desk.row)["item"] == str(item.pk)
    assert Change.objects.count() == before
    assert desk.item("Transport").version == item.version


@pytest.mark.parametrize(("key", "typed", "norwegian", "english"), FACETS)
def test_what_only_one_list_has_is_refused(at, language, key, typed, norwegian, english):
    desk, before = at(key), Change.objects.count()
    demand_refused(Page(desk.add(**typed)), desk.new, typed, {"nb": norwegian, "en": english}[language])
    assert Change.objects.count() == before


@pytest.mark.parametrize(("key", "typed", "norwegian", "english"), [FACETS[0], FACETS[2], FACETS[-2]])
def test_what_only_one_list_has_is_refused_in_its_row(at, key, typed, norwegian, english):
    desk, before = at(key), Change.objects.count()
    demand_refused(Page(desk.save(desk.one.items.order_by("rank")[0], **typed)), desk.row, typed, norwegian)
    assert Change.objects.count() == before


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("category", {"group": "enemy"}),
        ("follow-up-type", {"form": "dance"}),
        ("follow-up-type", {"direction": "up"}),
        ("document-template", {"output": "vinyl"}),
    ],
)
def test_a_choice_that_there_is_not_is_refused(at, language, key, typed):
    page = Page(at(key).add(name="Ny", **typed))
    assert page.status == 422
    assert page.wrong[0].startswith({"nb": "Velg et gyldig valg.", "en": "Select a valid choice."}[language])
    assert page.form(at(key).new)["name"] == "Ny"


@pytest.mark.parametrize(
    ("typed", "norwegian", "english"),
    [*NAMES, ({"name": "Ny", "description_en": "d" * 255}, LONG_NB % (254, 255), LONG_EN % (254, 255))],
)
def test_the_panel_refuses_as_the_row_does(desk, english_reader, typed, norwegian, english):
    address, before = desk.item("Transport").get_absolute_url(), Change.objects.count()
    shown = Page(desk.client.get(address)).form("edit-item")
    page = Page(desk.client.post(address, {**shown, **typed}))
    assert page.status == 422
    (wrong,) = page.wrong
    assert wrong == english
    assert words(page.one("h2", id="item-heading")) == "Transport"
    shown = page.form("edit-item")
    assert {name: shown[name] for name in typed} == {
        name: value.replace("\0", "\ufffd") for name, value in typed.items()
    }
    assert Change.objects.count() == before


@pytest.mark.parametrize("version", [None, "", "abc", "1.5"])
def test_a_form_without_its_version_is_refused(desk, language, version):
    item = desk.item("Transport")
    told = {
        "nb": "Skjemaet sier ikke hvilken versjon det ble lastet fra.",
        "en": "The form does not say which version it was loaded from.",
    }[language]
    body = {"name": "Frakt", **({} if version is None else {"version": version})}
    row = Page(desk.post("save", item=item.pk, **body))
    panel = Page(desk.client.post(item.get_absolute_url(), body))
    for page in (row, panel):
        assert page.status == 422
        assert told in words(page.one("div", role="alert"))
    assert row.form(desk.row)["name"] == panel.form("edit-item")["name"] == "Frakt"
    assert desk.item("Transport") == item


# --- a name that a retired item holds


@pytest.fixture
def taken(desk) -> ListItem:
    """A retired item."""
    items.retire(desk.item("Sjømat"), by=None)
    return desk.item("Sjømat")


def _restore(desk: Desk, page: Page, language: str) -> Page:
    """Presses the button beside the field."""
    label = {"nb": "Gjenopprett «Sjømat»", "en": "Restore “Sjømat”"}[language]
    (button,) = [button for button in page.one("main").iter("button") if words(button) == label] or [
        button for button in page.one("aside").iter("button") if words(button) == label
    ]
    form = page.form(button.get("form"))
    action = page.one("form", id=button.get("form")).get("action")
    return desk.follow(desk.client.post(action, {**form, button.get("name"): button.get("value")}))


RETIRED = {
    "nb": "«Sjømat» finnes, men er tatt ut av bruk. Gjenopprett det i stedet.",
    "en": "«Sjømat» exists, but is retired. Restore it instead.",
}


def test_a_new_row_offers_to_restore_who_has_the_name(desk, taken, language):
    page = Page(desk.add(name="SJØMAT"))
    demand_refused(page, desk.new, {"name": "SJØMAT"}, RETIRED[language])
    assert _restore(desk, page, language).names == ["Transport", "Bygg og anlegg", "Sjømat"]


def test_a_row_offers_to_restore_who_has_the_name(desk, taken, language):
    page = Page(desk.save(desk.item("Transport"), name="sjømat"))
    demand_refused(page, desk.row, {"name": "sjømat"}, RETIRED[language])
    assert _restore(desk, page, language).names == ["Transport", "Bygg og anlegg", "Sjømat"]


def test_the_panel_offers_to_restore_who_has_the_name(desk, taken, language):
    address = desk.item("Transport").get_absolute_url()
    shown = Page(desk.client.get(address)).form("edit-item")
    page = Page(desk.client.post(address, {**shown, "name": "sjømat"}))
    assert (page.status, page.wrong) == (422, [RETIRED[language]])
    assert _restore(desk, page, language).names == ["Transport", "Bygg og anlegg", "Sjømat"]


def test_a_name_in_use_offers_nothing_to_restore(desk):
    page = Page(desk.add(name="Sjømat"))
    assert [words(one) for one in page.one("main").iter("button") if "Gjenopprett" in words(one)] == []


# --- ids of somebody or something else


@pytest.mark.parametrize(
    ("act", "name"),
    [(act, "item") for act in ("save", "up", "down", "move", "retire", "restore")]
    + [("move", "after"), ("save", "then")],
)
def test_an_id_that_is_not_of_this_list_is_not_found(desk, at, other_implementation, act, name):
    foreign = ListItem.objects.filter(implementation=other_implementation, list__key="industry")[0]
    elsewhere = at("category").one.items.all()[0]
    mine = desk.item("Transport")
    before = Change.objects.count()
    for pk in (foreign.pk, elsewhere.pk, 0, 10**30, *([] if name != "item" else ["", "abc", "-1", "1.0", "²", None])):
        body = {"item": mine.pk, "name": "Frakt", "version": mine.version} | ({} if pk is None else {name: pk})
        if pk is None:
            del body["item"]
        assert desk.post(act, **body).status_code == 404, pk
    assert Change.objects.count() == before


def test_a_new_item_is_not_put_after_one_of_another_list(desk, at, other_implementation):
    foreign = ListItem.objects.filter(implementation=other_implementation, list__key="industry")[0]
    before = Change.objects.count()
    for pk in (foreign.pk, at("category").one.items.all()[0].pk, 10**30, "abc"):
        assert desk.post("add", name="Kraft", version=0, after=pk).status_code == 404
    assert Change.objects.count() == before


@pytest.mark.parametrize("act", ["", "delete", "__class__", None])
def test_an_act_that_there_is_not_is_a_bad_request(desk, act):
    body = {} if act is None else {"act": act}
    assert desk.client.post(desk.acts, {**body, "item": desk.item("Transport").pk}).status_code == 400


# --- a stale save


def test_both_versions_are_shown_and_either_can_be_kept(desk, consultant, language):
    item = desk.item("Transport")
    typed = {**desk.look(f"edit={item.pk}").form(desk.row), "name": "Frakt", "then": "next"}
    described = item.description
    items.edit(item, by=consultant, version=item.version, name="Transport og lager", description="Fra dem")
    stale = desk.client.post(desk.acts, typed)
    page = Page(stale)
    assert page.status == 409
    mine, theirs = page.one("section", aria_labelledby="mine"), page.one("section", aria_labelledby="theirs")
    assert [words(one) for one in mine.iter("ins")] == ["Frakt", described]
    assert "Transport og lager" in [words(one) for one in theirs.iter("ins")]
    assert "Consultant" in words(page.one("div", role="alert"))
    (back,) = [link.get("href") for link in theirs.iter("a")]
    assert Page(desk.client.get(back)).form(desk.row)["name"] == "Transport og lager"

    (form,) = mine.iter("form")
    again = {one.get("name"): one.get("value") for one in form.iter("input")}
    shown = desk.follow(desk.client.post(form.get("action"), again))
    assert shown.form(desk.row)["name"] == "Bygg og anlegg"
    assert desk.names[0] == "Frakt"


def test_a_stale_panel_keeps_everything_that_was_typed(desk, consultant):
    item = desk.item("Transport")
    address = item.get_absolute_url()
    typed = {**Page(desk.client.get(address)).form("edit-item"), "description_en": "By road"}
    items.edit(item, by=consultant, version=item.version, name="Transport og lager")
    page = Page(desk.client.post(address, typed))
    assert page.status == 409
    (form,) = page.one("section", aria_labelledby="mine").iter("form")
    assert form.get("action") == address
    desk.client.post(address, {one.get("name"): one.get("value") for one in form.iter("input")})
    assert desk.item("Transport").translations["en"]["description"] == "By road"


def test_a_changed_probability_alone_makes_a_form_stale(at, consultant):
    desk = at("sale-stage")
    item = desk.item("Tilbud")
    typed = {**desk.look(f"edit={item.pk}").form(desk.row), "name": "Pristilbud"}
    items.edit(
        item,
        by=consultant,
        version=item.version,
        name="Tilbud",
        description=item.description,
        facet={"probability": 35},
    )
    page = Page(desk.client.post(desk.acts, typed))
    assert page.status == 409
    assert "35" in [words(one) for one in page.one("section", aria_labelledby="theirs").iter("ins")]


def test_a_stale_answer_to_a_swap_takes_the_whole_page(desk):
    item = desk.item("Transport")
    response = desk.client.post(
        desk.acts,
        {"act": "save", "item": item.pk, "version": item.version + 1, "name": "x"},
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 409
    assert (response["HX-Retarget"], response["HX-Reselect"]) == ("#content", "#content")
