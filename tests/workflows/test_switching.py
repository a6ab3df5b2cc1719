"""A guide is on only while it has two statuses in use."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from crmsetup.changes import undo
from crmsetup.verbs import plain_sentence
from lists import items
from lists.models import ListItem
from tests.workflows.cast import build, statuses, step_of
from workflows import guides, steps, switching
from workflows.models import Guide


def newest(implementation):
    return implementation.changes.latest("seq")


def is_on(guide: Guide) -> bool:
    return Guide.objects.get(pk=guide.pk).is_on


def told(implementation) -> str:
    with translation.override("en"):
        return plain_sentence(newest(implementation))


ITSELF = "The guide «Mersalg» switched itself off: it needs at least two stages or statuses in use."


@pytest.fixture
def pair(implementation) -> Guide:
    """«Mersalg» with two stages, on."""
    guide = build(implementation, "sale", "Mersalg", 2)
    switching.switch_on(guide, by=None)
    return guide


@pytest.mark.parametrize("length", [0, 1])
@pytest.mark.parametrize("kind", ["sale", "project"])
def test_is_not_switched_on_with_fewer_than_two(implementation, kind, length):
    guide = build(implementation, kind, "Kort", length)
    before = implementation.changes.count()
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        switching.switch_on(guide, by=None)
    words = {"sale": "stages", "project": "statuses"}[kind]
    assert refused.value.messages == [f"A guide needs at least two {words} in use before it can be switched on."]
    assert not is_on(guide)
    assert implementation.changes.count() == before


def test_a_retired_status_does_not_count(implementation):
    guide = build(implementation, "sale", "Kort", 2)
    items.retire(step_of(guide, 0).status.item, by=None)
    with pytest.raises(ValidationError):
        switching.switch_on(guide, by=None)


def test_a_retired_guide_is_not_switched_on(implementation, pair):
    guides.retire(pair, by=None)
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        switching.switch_on(pair, by=None)
    assert refused.value.messages == ["The guide is retired. Restore it before you switch it on."]


def test_on_and_off_are_told_and_undone(implementation, administrator, pair):
    switching.switch_off(pair, by=administrator)
    assert not is_on(pair)
    assert told(implementation) == "Administrator switched the guide «Mersalg» off."
    off = newest(implementation)
    switching.switch_off(pair, by=administrator)
    assert newest(implementation) == off
    switching.switch_on(pair, by=administrator)
    assert is_on(pair)
    assert told(implementation) == "Administrator switched the guide «Mersalg» on."
    undo(newest(implementation), administrator)
    assert not is_on(pair)


def test_retiring_a_status_that_leaves_one_switches_it_off_with_a_word(implementation, administrator, pair):
    item = step_of(pair, 0).status.item
    items.retire(item, by=administrator)
    assert not is_on(pair)
    assert told(implementation).startswith("Administrator retired «")
    assert told(implementation).endswith(ITSELF)
    back = undo(newest(implementation), administrator)
    assert is_on(pair)
    assert not ListItem.objects.get(pk=item.pk).is_retired
    undo(back, administrator)
    assert not is_on(pair)
    assert ListItem.objects.get(pk=item.pk).is_retired


def test_restoring_the_status_leaves_it_off(pair):
    item = step_of(pair, 0).status.item
    items.retire(item, by=None)
    items.restore(item, by=None)
    assert not is_on(pair)


def test_taking_a_status_out_that_leaves_one_switches_it_off_with_a_word(implementation, administrator, pair):
    steps.remove(step_of(pair, 1), by=administrator)
    assert not is_on(pair)
    assert told(implementation).endswith(ITSELF)
    undo(newest(implementation), administrator)
    assert is_on(pair)
    assert len(steps.steps_of(pair)) == 2


def test_taking_back_that_a_status_was_added_switches_it_off_too(implementation, administrator):
    guide = build(implementation, "sale", "Mersalg", 1)
    steps.add(guide, by=administrator, status=statuses(implementation, "sale")[1])
    added = newest(implementation)
    switching.switch_on(guide, by=administrator)
    undo(added, administrator)
    assert not is_on(guide)
    assert told(implementation).endswith(ITSELF)


def test_taking_back_that_a_guide_was_switched_off_leaves_it_off_where_it_is_short_now(
    implementation, administrator, pair
):
    switching.switch_off(pair, by=administrator)
    off = newest(implementation)
    steps.remove(step_of(pair, 1), by=administrator)
    undo(off, administrator)
    assert not is_on(pair)
    assert told(implementation).endswith(ITSELF)


def test_taking_back_a_restoration_switches_it_off(implementation, administrator, pair):
    """The status was retired while the guide was off, restored, and the guide switched on with it."""
    switching.switch_off(pair, by=None)
    item = step_of(pair, 0).status.item
    items.retire(item, by=None)
    items.restore(item, by=administrator)
    restored = newest(implementation)
    switching.switch_on(pair, by=None)
    undo(restored, administrator)
    assert not is_on(pair)


def test_guides_with_enough_left_stay_on(implementation, pair, sale_guide, other_implementation):
    theirs = build(other_implementation, "sale", "Mersalg", 2)
    switching.switch_on(theirs, by=None)
    items.retire(step_of(pair, 0).status.item, by=None)
    assert [is_on(guide) for guide in (pair, sale_guide, theirs)] == [False, True, True]


def test_one_retirement_switches_off_every_guide_that_it_leaves_short(implementation, pair):
    other = build(implementation, "sale", "Ettersalg", 2)
    switching.switch_on(other, by=None)
    items.retire(step_of(pair, 1).status.item, by=None)
    assert [is_on(pair), is_on(other)] == [False, False]
    assert [fact["params"]["guide"]["nb"] for fact in newest(implementation).params["also"]] == ["Mersalg", "Ettersalg"]


def _guide_queries(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum('FROM "workflows_guide"' in query["sql"] for query in queries)


def test_costs_nothing_where_no_guide_can_have_become_short(implementation, pair):
    item = ListItem.objects.filter(implementation=implementation, list__key="category").first()
    assert _guide_queries(lambda: items.edit(item, by=None, version=item.version, name="Kunder")) == 0
    assert _guide_queries(lambda: items.move_by(item, by=None, up=False)) == 0
    assert _guide_queries(lambda: items.add(item.list, by=None, name="Presse")) == 0
    assert _guide_queries(lambda: items.retire(item, by=None)) == 1
