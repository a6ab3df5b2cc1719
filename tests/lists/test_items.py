"""What can be done with the items of a list, as functions."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from crmsetup.changes import noting, undo
from crmsetup.models import Change
from crmsetup.names import DESCRIPTION_MAX, NAME_MAX
from crmsetup.stale import StaleSave
from crmsetup.verbs import plain_sentence
from lists import items
from lists.items import NameTaken
from lists.models import List, ListItem


@pytest.fixture
def industry(implementation) -> List:
    return List.objects.select_related("implementation").get(implementation=implementation, key="industry")


@pytest.fixture
def category(implementation) -> List:
    return List.objects.select_related("implementation").get(implementation=implementation, key="category")


@pytest.fixture
def stages(implementation) -> List:
    return List.objects.select_related("implementation").get(implementation=implementation, key="sale-stage")


def order(one: List) -> list[str]:
    return [item.name for item in items.in_use(items.items_of(one))]


def first(one: List, number: int = 1) -> ListItem:
    return items.items_of(one)[number - 1]


# --- adding


def test_a_new_item_stands_last(industry, administrator):
    before = order(industry)
    items.add(industry, by=administrator, name="  Sjømat   og havbruk ")
    assert order(industry) == [*before, "Sjømat og havbruk"]


def test_a_new_item_stands_after_the_chosen_one(industry, administrator):
    before = order(industry)
    items.add(industry, by=administrator, name="Havbruk", after=first(industry, 2))
    assert order(industry) == [*before[:2], "Havbruk", *before[2:]]


def test_a_new_item_does_not_stand_after_one_of_another_list(industry, category, administrator):
    before = Change.objects.count()
    with pytest.raises(ValidationError):
        items.add(industry, by=administrator, name="Havbruk", after=first(category))
    assert Change.objects.count() == before


@pytest.mark.parametrize("name", ["transport", "TRANSPORT", "  Transport ", "Transport\u00a0"])
def test_a_name_that_differs_in_case_or_space_only_is_taken(industry, administrator, name):
    with pytest.raises(NameTaken) as taken:
        items.add(industry, by=administrator, name=name)
    assert taken.value.item == industry.items.get(name="Transport")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["Blåskjell og Østers", "BLÅSKJELL OG ØSTERS", "blåskjell  og østers"])
def test_norwegian_letters_are_compared_as_they_are_read(industry, administrator, form, name):
    items.add(industry, by=administrator, name="Blåskjell og østers")
    with pytest.raises(NameTaken):
        items.add(industry, by=administrator, name=unicodedata.normalize(form, name))


def test_letters_that_only_look_alike_are_different(industry, administrator):
    for name in ("Ål", "Al", "Æl", "Øl"):
        items.add(industry, by=administrator, name=name)
    assert order(industry)[-4:] == ["Ål", "Al", "Æl", "Øl"]


@pytest.mark.parametrize("name", ["", "   ", "\u00a0", "\t\n"])
def test_an_empty_name_is_refused(industry, administrator, name):
    with pytest.raises(ValidationError) as refused:
        items.add(industry, by=administrator, name=name)
    assert "name" in refused.value.message_dict


def test_the_longest_texts_fit_and_one_more_letter_does_not(industry, administrator):
    fits = {"name": "Å" * NAME_MAX, "description": "ø" * DESCRIPTION_MAX}
    translated = {"en": {"name": "N" * NAME_MAX, "description": "d" * DESCRIPTION_MAX}}
    made = items.add(industry, by=administrator, translations=translated, **fits)
    assert (made.name, made.translations) == (fits["name"], translated)
    for values in (
        {"name": "Æ" * (NAME_MAX + 1)},
        {"name": "a", "description": "ø" * (DESCRIPTION_MAX + 1)},
        {"name": "b", "translations": {"en": {"name": "N" * (NAME_MAX + 1)}}},
        {"name": "c", "translations": {"en": {"description": "d" * (DESCRIPTION_MAX + 1)}}},
    ):
        with pytest.raises(ValidationError):
            items.add(industry, by=administrator, **values)


def test_a_name_is_measured_as_it_is_stored(industry, administrator):
    made = items.add(industry, by=administrator, name=unicodedata.normalize("NFD", "å" * NAME_MAX))
    assert made.name == "å" * NAME_MAX


# --- editing


def _edit(item: ListItem, **values) -> None:
    items.edit(item, **{"by": None, "version": item.version, "name": item.name, **values})


def test_editing_keeps_translations_that_are_not_given(industry):
    item = first(industry)
    _edit(item, translations={"en": {"name": "Carriage"}, "sv": {"name": "Frakt"}})
    _edit(item, translations={"sv": {"name": "Transport"}})
    stored = ListItem.objects.get(pk=item.pk)
    assert stored.translations["en"]["name"] == "Carriage"
    assert stored.translations["en"]["description"] != ""
    assert stored.translations["sv"] == {"name": "Transport"}


def test_an_emptied_translation_is_gone(industry):
    item = first(industry)
    _edit(item, translations={"en": {"name": "  ", "description": ""}})
    assert ListItem.objects.get(pk=item.pk).translations == {}


def test_a_new_name_is_told_with_the_old_one(industry, administrator):
    item = first(industry)
    with noting() as made:
        _edit(item, by=administrator, name="Frakt")
    assert made[0].verb == "item.renamed"
    assert made[0].params["old"] == "Transport"


def test_editing_nothing_leaves_no_change(stages):
    item = first(stages)
    with noting() as made:
        _edit(item, description=item.description, facet={"probability": item.status.probability})
    assert made == []


def test_a_changed_facet_makes_older_forms_stale(stages):
    old, item = first(stages), first(stages)
    _edit(item, description=item.description, facet={"probability": 7})
    with pytest.raises(StaleSave):
        _edit(old, facet={"probability": 8})
    _edit(item, facet={"probability": 9})
    assert first(stages).status.probability == 9


def test_a_facet_that_was_taken_back_makes_older_forms_stale(stages):
    item = first(stages)
    with noting() as made:
        _edit(item, description=item.description, facet={"probability": 7})
    old = first(stages)
    undo(made[0], None)
    with pytest.raises(StaleSave):
        _edit(old, facet={"probability": 8})


def test_lead_status_belongs_to_potential_customers(category):
    item = first(category)
    with pytest.raises(ValidationError) as refused:
        _edit(item, facet={"group": "partner", "lead_status": True})
    assert list(refused.value.message_dict) == ["lead_status"]
    _edit(item, facet={"group": "potential", "lead_status": True})
    assert first(category).category.lead_status is True


@pytest.mark.parametrize("probability", [None, -1, 101])
def test_a_probability_is_from_0_to_100(stages, probability):
    for act in (
        lambda: items.add(stages, by=None, name="Ny fase", facet={"probability": probability}),
        lambda: _edit(first(stages), facet={"probability": probability}),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert list(refused.value.message_dict) == ["probability"]
    assert "Ny fase" not in order(stages)


# --- moving


def test_an_item_is_moved_after_another_and_to_the_top(industry):
    one, two, three, *rest = order(industry)
    items.move(first(industry, 1), by=None, after=first(industry, 3))
    assert order(industry) == [two, three, one, *rest]
    items.move(first(industry, 3), by=None, after=None)
    assert order(industry) == [one, two, three, *rest]


def test_a_move_to_where_it_stands_leaves_no_change(industry):
    with noting() as made:
        items.move(first(industry, 2), by=None, after=first(industry, 1))
        items.move(first(industry, 1), by=None, after=None)
        items.move(first(industry, 1), by=None, after=first(industry, 1))
    assert made == []


def test_a_move_goes_by_where_the_others_stand_now(industry):
    """Somebody else moved the neighbour after this page was read."""
    one, two, three, *rest = order(industry)
    item, after = first(industry, 1), first(industry, 2)
    items.move(first(industry, 2), by=None, after=items.items_of(industry).last())
    items.move(item, by=None, after=after)
    assert order(industry) == [three, *rest, two, one]


def test_up_and_down_go_past_the_next_one_in_use(industry):
    one, two, three, four, *rest = order(industry)
    items.retire(first(industry, 2), by=None)
    items.move_by(first(industry, 3), by=None, up=True)
    assert order(industry) == [three, one, four, *rest]
    items.move_by(first(industry, 1), by=None, up=False)
    assert order(industry) == [one, three, four, *rest]
    items.restore(industry.items.get(name=two), by=None)
    assert set(order(industry)) == {one, two, three, four, *rest}


def test_the_outermost_and_the_retired_stay_where_they_are(industry):
    before = order(industry)
    retired = items.add(industry, by=None, name="Gammel")
    items.retire(retired, by=None)
    with noting() as made:
        items.move_by(first(industry), by=None, up=True)
        items.move_by(industry.items.get(name=before[-1]), by=None, up=False)
        items.move_by(retired, by=None, up=False)
    assert made == []
    assert order(industry) == before


def test_a_move_is_told_with_its_neighbour(industry, administrator):
    with noting() as made:
        items.move_by(first(industry, 2), by=administrator, up=False)
        items.move_by(first(industry, 2), by=administrator, up=True)
    assert [one.verb for one in made] == ["item.moved", "item.moved-first"]
    with translation.override("nb"):
        assert plain_sentence(made[0]).startswith("Administrator flyttet «")


# --- retiring and restoring


def test_a_retired_item_keeps_its_place_and_its_name(industry):
    before = order(industry)
    item = first(industry, 3)
    items.retire(item, by=None)
    assert order(industry) == [name for name in before if name != item.name]
    with pytest.raises(NameTaken) as taken:
        items.add(industry, by=None, name=item.name.upper())
    assert taken.value.item == item
    assert taken.value.item.is_retired
    items.restore(item, by=None)
    assert order(industry) == before


def test_retiring_twice_leaves_one_change(industry):
    item = first(industry)
    with noting() as made:
        items.retire(item, by=None)
        items.retire(ListItem.objects.get(pk=item.pk), by=None)
        items.restore(item, by=None)
        items.restore(item, by=None)
    assert [one.verb for one in made] == ["item.retired", "item.restored"]


# --- finding


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("blåskjell", True),
        ("BLASKJELL", True),
        ("østers", True),
        ("osters", True),
        ("mussels", True),
        ("", True),
        ("blåskjell%", False),
        ("_", False),
        ("laks", False),
    ],
)
def test_finds_by_name_and_translation_folded(industry, words, expected):
    made = items.add(industry, by=None, name="Blåskjell og østers", translations={"en": {"name": "Mussels"}})
    assert (made in items.found(items.items_of(industry), words)) is expected
