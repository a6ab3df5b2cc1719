"""Changes: what is recorded, how it reads, and how it is taken back."""

import pytest
from django.utils import translation

from crmsetup import changes
from crmsetup.changes import UndoRefused, change, noting, undo, why_not_undoable
from crmsetup.models import Change, Implementation, Membership
from crmsetup.ordering import GAP, rank_after
from crmsetup.verbs import Verb, all_verbs, plain_sentence, register, sentence
from lists.models import Category, List, ListItem


@pytest.fixture
def category(implementation) -> List:
    return List.objects.get(implementation=implementation, key="category")


@pytest.fixture
def items(category) -> list[ListItem]:
    """The categories of the starter set, in order."""
    return list(ListItem.objects.filter(list=category).select_related("list").order_by("rank", "id"))


def _act(verb: str = "item.edited", **params):
    """A change of Fjord AS by its administrator."""
    fjord = Implementation.objects.get(slug="fjord")
    by = Membership.objects.get(implementation=fjord, role="administrator").user
    return change(fjord, by, verb, **{"list": "x", "item": "x", **params})


def _newest() -> Change:
    return Change.objects.filter(implementation__slug="fjord").order_by("-seq").first()


def _rename(item: ListItem, name: str) -> Change:
    with _act() as c:
        c.update(item, name=name)
    return _newest()


# --- what is recorded


def test_a_change_takes_the_next_number_of_its_implementation(items, other_implementation, outsider):
    before, theirs = _newest().seq, other_implementation.changes.count()
    _rename(items[0], "Første")
    with change(other_implementation, outsider, "implementation.edited", implementation="x") as c:
        c.update(other_implementation, name="Høyfjell AS")
    _rename(items[0], "Andre")
    assert _newest().seq == before + 2
    assert other_implementation.changes.count() == theirs + 1
    assert other_implementation.changes.order_by("-seq").first().seq == theirs + 1


def test_records_who_when_what_and_the_touched_columns_only(items, administrator):
    was = items[0].name
    made = _rename(items[0], "  Nye   kunder ")
    assert (made.verb, made.by, made.by_name) == ("item.edited", administrator, "Administrator")
    assert made.params == {"list": "x", "item": "x"}
    row = made.rows.get()
    assert (row.model, row.row_id, row.scope) == ("lists.listitem", items[0].pk, f"list:{items[0].list_id}")
    assert set(row.before) == set(row.after) == {"name", "name_key", "sort_key", "search_key"}
    assert (row.before["name"], row.after["name"], row.after["name_key"]) == (was, "Nye kunder", "nye kunder")


def test_a_written_row_gets_a_new_version_and_the_others_none(items):
    before = dict(ListItem.objects.values_list("pk", "version"))
    _rename(items[0], "Nye kunder")
    assert items[0].version == before[items[0].pk] + 1
    assert dict(ListItem.objects.values_list("pk", "version")) == before | {items[0].pk: items[0].version}


def test_only_what_differs_from_the_stored_row_is_written(items):
    """An old copy in memory does not put back what somebody else changed."""
    stale = ListItem.objects.get(pk=items[0].pk)
    _rename(items[0], "Nye kunder")
    with _act() as c:
        assert c.update(stale, description="Av i år") is True
    stored = ListItem.objects.get(pk=items[0].pk)
    assert (stored.name, stored.description) == ("Nye kunder", "Av i år")


def test_what_touches_nothing_leaves_no_change(items):
    before, version = _newest(), items[0].version
    with _act() as c:
        assert c.update(items[0], name=items[0].name, description=items[0].description) is False
    assert _newest() == before
    assert ListItem.objects.get(pk=items[0].pk).version == version


def test_a_touch_alone_makes_older_forms_stale_and_leaves_no_change(items):
    before, version = _newest(), items[0].version
    with _act() as c:
        c.touch(items[0])
    assert _newest() == before
    assert ListItem.objects.get(pk=items[0].pk).version == items[0].version == version + 1


def test_a_made_row_is_recorded_whole_and_a_removed_one_too(category):
    with _act("item.added") as c:
        made = c.create(ListItem(list=category, name="Presse", rank=GAP * 99))
    row = _newest().rows.get()
    assert row.before is None
    assert (row.after["name"], row.after["list_id"]) == ("Presse", category.pk)
    assert "rank" not in row.after
    with _act() as c:
        c.delete(made)
    row = _newest().rows.get()
    assert row.after is None
    assert (row.before["name"], row.before["version"]) == ("Presse", 1)
    assert row.before["rank"] == {"after": category.items.order_by("rank").last().pk}


def test_an_act_that_fails_leaves_nothing(items):
    before, was = _newest(), items[0].name
    with pytest.raises(RuntimeError, match="in the middle"), _act() as c:  # noqa: PT012
        c.update(items[0], name="Halvveis")
        raise RuntimeError("in the middle")
    assert _newest() == before
    assert ListItem.objects.get(pk=items[0].pk).name == was
    _rename(items[1], "Etterpå")
    assert _newest().seq == before.seq + 1


def test_acts_do_not_nest(items):
    with pytest.raises(RuntimeError, match="open already"), _act(), _act():
        pass


def test_an_unknown_verb_is_refused(implementation):
    with pytest.raises(KeyError), _act("item.swallowed"):
        pass


def test_the_system_acts_without_a_person(implementation, items):
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        c.update(items[0], name="Nye kunder")
    made = _newest()
    assert (made.by, made.by_name) == (None, "")
    with translation.override("en"):
        assert plain_sentence(made) == "The system edited «x» in x."


def test_a_change_outlives_the_account(implementation, items, outsider):
    with change(implementation, outsider, "item.edited", list="x", item="x") as c:
        c.update(items[0], name="Nye kunder")
    assert _newest().by_name == "Outsider"


def test_what_is_made_inside_is_noted_and_nothing_else(items):
    _rename(items[0], "Før")
    with noting() as made:
        first = _rename(items[0], "Inni")
        _rename(items[0], "Inni")
        with pytest.raises(RuntimeError, match="in the middle"), _act() as c:  # noqa: PT012
            c.update(items[0], name="Mislykket")
            raise RuntimeError("in the middle")
    _rename(items[0], "Etter")
    assert made == [first]


# --- how it reads


VERBS = sorted(all_verbs())


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_sentence_in_both_languages(verb, language):
    of = {"verb": "item.added", "params": {"by_name": "Kari", "item": "x", "list": "y"}}
    facts = {"of": of} if verb in {"undone", "redone"} else {}
    full = Change(verb=verb, by_name="Ola <Nordmann>", params=facts | dict.fromkeys(_facts(verb), "«fact»"))
    bare = Change(verb=verb, by_name="Ola <Nordmann>", params=facts)
    with translation.override(language):
        for made in (full, bare):
            text = plain_sentence(made)
            assert text.strip()
            assert "%" not in text.replace("\u00a0%", "").replace("%(", "")
            assert ("Ola <Nordmann>" in text) == ("%(by)s" in str(all_verbs()[verb].sentence))
            assert "Ola <Nordmann>" not in sentence(made)
        if _facts(verb) - {"what"}:
            assert "«fact»" in plain_sentence(full)
            assert "…" in plain_sentence(bare)


@pytest.mark.parametrize("verb", VERBS)
def test_the_norwegian_sentence_has_the_same_facts(verb):
    row = all_verbs()[verb]
    with translation.override("en"):
        english, why = str(row.sentence), str(row.why_not)
    with translation.override("nb"):
        norwegian, hvorfor = str(row.sentence), str(row.why_not)
    assert norwegian != english
    assert _placeholders(norwegian) == _placeholders(english)
    assert (why != hvorfor) if why else row.undoable


def _placeholders(text: str) -> set[str]:
    return {part.split(")s")[0] for part in text.split("%(")[1:]}


def _facts(verb: str) -> set[str]:
    with translation.override("en"):
        return _placeholders(str(all_verbs()[verb].sentence)) - {"by"}


def test_what_cannot_be_undone_says_why():
    for verb, row in all_verbs().items():
        assert bool(row.why_not) != row.undoable, verb


def test_facts_are_told_in_the_readers_language_and_the_name_stands_out():
    made = Change(
        verb="item.added",
        by_name="Kari <Moe>",
        params={"item": {"nb": "Kunde", "en": "Customer"}, "list": {"nb": "Kategori", "en": "Category"}},
    )
    with translation.override("en"):
        assert plain_sentence(made) == "Kari <Moe> added «Customer» to Category."
        assert sentence(made) == "<strong>Kari &lt;Moe&gt;</strong> added «Customer» to Category."
    with translation.override("nb"):
        assert "«Kunde»" in plain_sentence(made)


def test_a_consequence_is_told_in_a_further_sentence(items):
    with _act(item="Kunde", list="Kategori") as c:
        c.update(items[0], name="Nye kunder")
        c.also("item.retired", item="Gamle kunder", list="Kategori")
    with translation.override("en"):
        first, second = plain_sentence(_newest()).split("Kategori. ")
    assert first.startswith("Administrator edited «Kunde»")
    assert "«Gamle kunder»" in second


def test_a_percent_sign_or_a_placeholder_in_a_name_does_no_harm():
    with translation.override("en"):
        made = Change(verb="item.added", by_name="100 % %(x)s", params={"item": "50 % %(by)s", "list": "L"})
        assert plain_sentence(made) == "100 % %(x)s added «50 % %(by)s» to L."
        back = Change(verb="undone", by_name="Ola", params={"of": {"verb": "item.added", "params": made.params}})
        assert "«50 % %(by)s»" in plain_sentence(back)


def test_a_verb_is_registered_once():
    with pytest.raises(ValueError, match="twice"):
        register({"item.added": Verb("another")})
    register({"item.added": all_verbs()["item.added"]})


# --- undo


def test_undo_sets_the_touched_columns_back_and_leaves_the_others(items):
    was = items[0].name
    made = _rename(items[0], "Nye kunder")
    with _act() as c:
        c.update(items[0], description="Av i år")
    taken_back = undo(made, None)
    assert (taken_back.verb, taken_back.undoes, taken_back.seq) == ("undone", made, made.seq + 2)
    stored = ListItem.objects.get(pk=items[0].pk)
    assert (stored.name, stored.description) == (was, "Av i år")
    assert stored.version == items[0].version + 1


def test_undoing_an_undo_does_it_again(items):
    was = items[0].name
    made = _rename(items[0], "Nye kunder")
    back = undo(made, None)
    again = undo(back, None)
    assert (again.verb, again.undoes) == ("redone", back)
    assert ListItem.objects.get(pk=items[0].pk).name == "Nye kunder"
    third = undo(again, None)
    assert third.verb == "undone"
    assert ListItem.objects.get(pk=items[0].pk).name == was
    with translation.override("en"):
        assert plain_sentence(back) == "The system took back: Administrator edited «x» in x."
        assert plain_sentence(again) == "The system did again: Administrator edited «x» in x."
        assert plain_sentence(third) == plain_sentence(back)


def test_undo_refuses_and_names_the_newer_change(items):
    was = items[0].name
    made = _rename(items[0], "Nye kunder")
    newer = _rename(items[0], "Gamle kunder")
    with pytest.raises(UndoRefused) as refused:
        undo(made, None)
    assert refused.value.newer == newer
    assert ListItem.objects.get(pk=items[0].pk).name == "Gamle kunder"
    undo(newer, None)
    undo(made, None)
    assert ListItem.objects.get(pk=items[0].pk).name == was


def test_a_change_is_taken_back_once(items):
    made = _rename(items[0], "Nye kunder")
    back = undo(made, None)
    with pytest.raises(UndoRefused) as refused:
        undo(made, None)
    assert refused.value.newer == back


def test_what_is_not_undoable_is_refused_with_its_reason(implementation):
    filled = implementation.changes.get(verb="implementation.filled")
    with pytest.raises(UndoRefused) as refused:
        undo(filled, None)
    assert str(refused.value.reason) == why_not_undoable(filled) != ""


def test_undo_of_an_addition_removes_and_again_brings_back_at_its_place(category, items):
    with _act("item.added") as c:
        made = ListItem(list=category, name="Presse")
        made.rank = rank_after(c, made, items[0])
        c.create(made)
        c.create(Category(item=made, group="other"))
    before = _state(made.pk)
    back = undo(_newest(), None)
    assert not ListItem.objects.filter(pk=made.pk).exists()
    undo(back, None)
    assert _state(made.pk) == before
    assert _order(category)[1] == made.pk


def test_undo_of_an_addition_refuses_when_something_uses_it(category):
    with _act("item.added") as c:
        made = c.create(ListItem(list=category, name="Presse", rank=GAP * 99))
    added = _newest()
    with _act() as c:
        c.create(Category(item=made))
    with pytest.raises(UndoRefused):
        undo(added, None)
    assert ListItem.objects.filter(pk=made.pk).exists()


def test_undo_of_a_removal_brings_the_row_back_with_its_id_and_place(category, items):
    with _act() as c:
        c.delete(items[2].category)
        c.delete(items[2])
    undo(_newest(), None)
    assert _order(category) == [item.pk for item in items]
    back = ListItem.objects.get(pk=items[2].pk)
    assert (back.name, back.uid, back.translations) == (items[2].name, items[2].uid, items[2].translations)
    assert back.category.group == items[2].category.group
    assert back.version > items[2].version
    with _act("item.added") as c:
        made = c.create(ListItem(list=category, name="Presse", rank=GAP * 99))
    assert made.pk > max(item.pk for item in items)


def test_undo_of_a_removal_refuses_when_the_name_was_taken_meanwhile(category, items):
    with _act() as c:
        c.delete(items[2].category)
        c.delete(items[2])
    removal = _newest()
    with _act("item.added") as c:
        c.create(ListItem(list=category, name=items[2].name.upper(), rank=GAP * 99))
    before = _order(category)
    with pytest.raises(UndoRefused):
        undo(removal, None)
    assert _order(category) == before


def test_undo_of_a_renaming_refuses_when_the_old_name_was_taken_meanwhile(items):
    was = items[0].name
    made = _rename(items[0], "Nye kunder")
    _rename(items[1], was)
    with pytest.raises(UndoRefused):
        undo(made, None)
    assert ListItem.objects.get(pk=items[0].pk).name == "Nye kunder"


# --- order


def _order(category: List) -> list[int]:
    return list(ListItem.objects.filter(list=category).order_by("rank", "id").values_list("pk", flat=True))


def _state(pk: int) -> dict:
    return {k: v for k, v in ListItem.objects.filter(pk=pk).values().get().items() if k not in {"rank", "version"}} | {
        "group": Category.objects.get(item=pk).group
    }


def _move(item: ListItem, after: ListItem | None) -> Change:
    with _act("item.moved", after="x") as c:
        c.update(item, rank=rank_after(c, item, after))
    return _newest()


def test_a_move_is_recorded_by_who_stood_before(items):
    row = _move(items[0], items[2]).rows.get()
    assert (row.before, row.after) == ({"rank": {"after": None}}, {"rank": {"after": items[2].pk}})


def test_undo_of_a_move_puts_it_after_its_old_predecessor(category, items):
    before = _order(category)
    made = _move(items[3], None)
    with _act("item.moved") as c:  # everybody gets another rank, nobody another place
        for rank, pk in enumerate(_order(category)):
            c.renumber(ListItem.objects.filter(pk=pk), rank)
    undo(made, None)
    assert _order(category) == before


def test_undo_of_a_move_follows_a_predecessor_that_was_moved(category, items):
    made = _move(items[3], None)
    _move(items[2], items[0])
    undo(made, None)
    order = _order(category)
    assert order.index(items[3].pk) == order.index(items[2].pk) + 1


def test_undo_of_a_move_refuses_when_it_was_moved_again(items):
    made = _move(items[3], None)
    newer = _move(items[3], items[0])
    with pytest.raises(UndoRefused) as refused:
        undo(made, None)
    assert refused.value.newer == newer


def test_undo_of_a_move_refuses_when_the_predecessor_is_gone(items):
    made = _move(items[3], None)
    with _act() as c:
        c.delete(items[2].category)
        c.delete(items[2])
    with pytest.raises(UndoRefused):
        undo(made, None)


# --- settlers


def test_a_settler_writes_through_the_same_change(items, monkeypatch):
    was = items[1].description

    def settle(c):
        if c.touched(ListItem) == [items[0].pk]:
            c.update(items[1], description="fulgte med")

    monkeypatch.setattr(changes, "settlers", [*changes.settlers, settle])
    made = _rename(items[0], "Nye kunder")
    assert {row.row_id for row in made.rows.all()} == {items[0].pk, items[1].pk}
    undo(made, None)
    assert ListItem.objects.get(pk=items[1].pk).description == was
