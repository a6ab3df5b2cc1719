"""The checklist items that see for themselves: each from not done to done and back, with its reason."""

import datetime
import json

import pytest
from django.utils import translation

from crmsetup.changes import acting_at, change, undo
from crmsetup.startersets import SCHEMA
from lists import items
from lists.models import List, ListItem, Status
from onboarding import checks
from onboarding.models import ChecklistItem, Question
from workflows.models import Activity, Document, Guide, Step

pytestmark = pytest.mark.django_db
NOVEMBER = datetime.datetime(2026, 11, 17, 9, 30, tzinfo=datetime.UTC)


def item_of(implementation, key: str) -> ChecklistItem:
    return ChecklistItem.objects.get(implementation=implementation, check_key=key)


def seen(implementation, key: str, language: str = "en") -> tuple[str, str]:
    """State and reason of the item that looks after `key`."""
    item = item_of(implementation, key)
    with translation.override(language):
        found = checks.look(implementation, [item])[item.pk]
    return found.state, found.reason


def write(implementation, rows, **values) -> None:
    """Writes columns of rows, whatever the pages would say to it."""
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for row in rows:
            c.update(row, **values)


def review(implementation, by) -> None:
    with acting_at(NOVEMBER), change(implementation, by, "item.edited", list="x", item="x") as c:
        mark = {"state": "done", "marked_at": c.at, "marked_by": str(c.by), "marked_seq": c.seq}
        c.update(item_of(implementation, "categories_reviewed"), **mark)


def test_the_starter_sets_know_the_checks_that_there_are() -> None:
    schema = json.loads(SCHEMA.read_text())
    assert schema["$defs"]["checklist-item"]["properties"]["check"]["enum"] == list(checks.CHECKS)


# --- the categories


def test_categories_are_gone_through_when_somebody_says_so(implementation, administrator) -> None:
    assert seen(implementation, "categories_reviewed") == ("open", "Nobody has marked the categories as gone through.")
    review(implementation, administrator)
    assert seen(implementation, "categories_reviewed") == ("done", "Gone through by Administrator on 17 November 2026.")
    assert seen(implementation, "categories_reviewed", "nb") == (
        "done",
        "Gått gjennom av Administrator 17. november 2026.",
    )


CATEGORY_ACTS = {
    "add": lambda one, by: items.add(one, by=by, name="Ny sort"),
    "retire": lambda one, by: items.retire(one.items.order_by("rank")[0], by=by),
    "move": lambda one, by: items.move(one.items.order_by("rank")[2], by=by, after=None),
    "group": lambda one, by: write(one.implementation, [one.items.order_by("rank")[0].category], group="other"),
    "sorted": lambda one, by: write(one.implementation, [one], alphabetical=True),
}


@pytest.mark.parametrize("act", CATEGORY_ACTS.values(), ids=CATEGORY_ACTS)
def test_a_later_change_of_the_categories_takes_the_mark_back_and_its_undo_gives_it_again(
    implementation, administrator, act
) -> None:
    review(implementation, administrator)
    act(List.objects.get(implementation=implementation, key="category"), administrator)
    assert seen(implementation, "categories_reviewed") == (
        "open",
        "Gone through by Administrator on 17 November 2026; the list has changed since.",
    )
    assert seen(implementation, "categories_reviewed", "nb")[1] == (
        "Gått gjennom av Administrator 17. november 2026; listen er endret etterpå."
    )
    undone = undo(implementation.changes.latest("seq"), administrator)
    assert seen(implementation, "categories_reviewed")[0] == "done"
    undo(undone, administrator)
    assert seen(implementation, "categories_reviewed")[0] == "open"


def test_taking_back_what_was_there_at_the_review_is_a_change_of_the_list(implementation, administrator) -> None:
    items.add(List.objects.get(implementation=implementation, key="category"), by=administrator, name="Ny sort")
    added = implementation.changes.latest("seq")
    review(implementation, administrator)
    undo(added, administrator)
    assert seen(implementation, "categories_reviewed")[0] == "open"


def test_another_list_and_another_implementation_leave_the_mark(
    implementation, other_implementation, administrator
) -> None:
    review(implementation, administrator)
    items.add(List.objects.get(implementation=implementation, key="industry"), by=administrator, name="Romfart")
    items.add(List.objects.get(implementation=other_implementation, key="category"), by=None, name="Ny sort")
    assert seen(implementation, "categories_reviewed")[0] == "done"


def test_a_new_mark_holds_again(implementation, administrator, consultant) -> None:
    review(implementation, administrator)
    items.add(List.objects.get(implementation=implementation, key="category"), by=administrator, name="Ny sort")
    review(implementation, consultant)
    assert seen(implementation, "categories_reviewed") == ("done", "Gone through by Consultant on 17 November 2026.")


# --- the sale guides


def test_a_sale_guide_is_on(implementation) -> None:
    write(implementation, Guide.objects.filter(implementation=implementation), is_on=False)
    assert seen(implementation, "sale_guide_on") == ("open", "No sale guide is on.")

    guide = Guide.objects.filter(implementation=implementation, kind="sale").order_by("rank")[0]
    write(implementation, [guide], is_on=True, name="Nysalg", translations={"en": {"name": "New sale"}})
    assert seen(implementation, "sale_guide_on") == ("done", "The sale guide «New sale» is on.")
    assert seen(implementation, "sale_guide_on", "nb") == ("done", "Salgsguiden «Nysalg» er på.")

    write(implementation, [guide], is_on=False)
    assert seen(implementation, "sale_guide_on")[0] == "open"


def test_several_sale_guides_are_counted(implementation) -> None:
    write(implementation, Guide.objects.filter(implementation=implementation, kind="sale"), is_on=True)
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        more = c.create(Guide(kind="sale", name="Mersalg", is_on=True))
        statuses = Status.objects.filter(item__implementation=implementation, kind="sale")[:2]
        c.create_many(Step(guide=more, kind="sale", status=status) for status in statuses)
    assert seen(implementation, "sale_guide_on") == ("done", "2 sale guides are on.")


def test_a_project_guide_is_not_a_sale_guide(implementation) -> None:
    write(implementation, Guide.objects.filter(implementation=implementation, kind="sale"), is_on=False)
    write(implementation, Guide.objects.filter(implementation=implementation, kind="project"), is_on=True)
    assert seen(implementation, "sale_guide_on")[0] == "open"


# --- the questions about companies and contacts


def test_companies_and_contacts_are_decided(implementation) -> None:
    block = list(Question.objects.filter(implementation=implementation, block__number=1).order_by("rank"))
    assert seen(implementation, "companies_decided") == (
        "open",
        "8 of 8 questions about companies and contacts remain.",
    )
    write(implementation, block[:6], state="decided")
    write(implementation, block[6:7], state="answered")
    write(implementation, block[7:], state="not_applicable")
    assert seen(implementation, "companies_decided") == (
        "open",
        "1 of 8 questions about companies and contacts remains.",
    )
    write(implementation, block[6:7], state="decided")
    assert seen(implementation, "companies_decided") == (
        "done",
        "Every question about companies and contacts is settled.",
    )
    write(implementation, block[:1], state="to_clarify")
    assert seen(implementation, "companies_decided", "nb") == (
        "open",
        "1 av 8 spørsmål om firmaer og personer gjenstår.",
    )


def test_without_such_questions_nothing_is_decided(implementation) -> None:
    block = Question.objects.filter(implementation=implementation, block__number=1)[0].block
    write(implementation, [block], origin_key="")
    assert seen(implementation, "companies_decided") == (
        "open",
        "There are no questions about companies and contacts.",
    )


# --- the translations


def named_rows(implementation) -> list:
    """One row of each kind that has a name, in use."""
    step = {"implementation": implementation, "step__guide__retired_at": None}
    return [
        ListItem.objects.filter(implementation=implementation, retired_at=None).order_by("pk")[0],
        Guide.objects.filter(implementation=implementation)[0],
        Activity.objects.filter(**step)[0],
        Document.objects.filter(**step)[0],
    ]


def test_every_name_needs_a_text_in_every_further_language(implementation) -> None:
    complete = ("done", "Every name has a text in every further language.")
    assert seen(implementation, "translations_complete") == complete
    for row in named_rows(implementation):
        before = row.translations
        write(implementation, [row], translations={})
        assert seen(implementation, "translations_complete") == ("open", "1 name has no text in English."), row
        write(implementation, [row], translations=before)
        assert seen(implementation, "translations_complete") == complete


def test_each_further_language_is_counted(implementation) -> None:
    write(implementation, named_rows(implementation)[:2], translations={"sv": {"name": "Svensk"}})
    write(implementation, [implementation], further_languages=["en", "sv"])
    state, reason = seen(implementation, "translations_complete", "nb")
    assert state == "open"
    assert reason.startswith("2 navn mangler tekst på engelsk. ")
    assert reason.endswith(" navn mangler tekst på svensk.")


def test_what_is_out_of_use_needs_no_translation(implementation) -> None:
    item, _guide, activity, _document = named_rows(implementation)
    status = activity.step.status.item
    guide = activity.step.guide
    write(implementation, [item, activity], translations={})
    write(implementation, [item, status], retired_at=NOVEMBER)
    assert seen(implementation, "translations_complete")[0] == "done"
    write(implementation, [status], retired_at=None)
    assert seen(implementation, "translations_complete")[0] == "open"
    write(implementation, [guide], retired_at=NOVEMBER, is_on=False)
    assert seen(implementation, "translations_complete")[0] == "done"


def test_without_a_further_language_there_is_nothing_to_translate(implementation) -> None:
    write(implementation, named_rows(implementation), translations={})
    write(implementation, [implementation], further_languages=[])
    assert seen(implementation, "translations_complete") == ("done", "There is no further language to translate into.")


# --- all of them


def test_a_check_that_is_not_applicable_stays_so(implementation, administrator) -> None:
    for key in checks.CHECKS:
        mark = {"state": "not_applicable", "marked_at": NOVEMBER, "marked_by": "Ida"}
        write(implementation, [item_of(implementation, key)], **mark)
        assert seen(implementation, key) == ("not_applicable", "Marked as not applicable by Ida on 17 November 2026.")


def test_an_item_without_a_check_says_who_ticked_it(implementation) -> None:
    item = ChecklistItem.objects.filter(implementation=implementation, check_key="")[0]
    assert checks.look(implementation, [item]) == {item.pk: checks.Seen("open", "")}
    write(implementation, [item], state="done", marked_at=NOVEMBER, marked_by="Ida")
    with translation.override("nb"):
        assert checks.look(implementation, [item])[item.pk].reason == "Krysset av 17. november 2026 av Ida."


@pytest.mark.parametrize("copies", [0, 6])
def test_the_number_of_queries_does_not_grow(implementation, django_assert_num_queries, copies: int) -> None:
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for key in checks.CHECKS:
            c.create_many(ChecklistItem(title=f"{n}", check_key=key) for n in range(copies))
        for item in ChecklistItem.objects.filter(implementation=implementation, check_key="categories_reviewed"):
            c.update(item, state="done", marked_at=c.at, marked_seq=c.seq)
    everything = list(ChecklistItem.objects.filter(implementation=implementation))
    with django_assert_num_queries(QUERIES):
        checks.look(implementation, everything)


QUERIES = 8
