"""The configuration-preparation document as data: what is told of questions, lists, guides and the checklist."""

import datetime

import pytest
from django.utils import timezone, translation

from crmsetup import startersets
from crmsetup.changes import acting_at, change
from crmsetup.models import Membership
from lists import items
from lists.models import List, ListItem
from onboarding import checklist, decisions, questions
from onboarding.models import ChecklistItem, Question
from onboarding.preparation import LanguageNotThere, collect
from onboarding.preparation.parts import GuidePart, ListPart, Preparation, QuestionPart
from workflows import switching
from workflows.models import Activity, Document, Guide

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 24)
LATE = datetime.datetime(2026, 11, 23, 23, 30, tzinfo=datetime.UTC)  # the day after in Norway


@pytest.fixture
def ask(implementation):
    """Gives a question of Fjord AS as it is now."""
    found = Question.objects.select_related("implementation")
    return lambda key: found.get(implementation=implementation, origin_key=key)


@pytest.fixture
def decide(ask, administrator):
    """Decides a question as somebody who has just read it."""

    def act(key: str, state: str = "decided", **given) -> None:
        question = ask(key)
        decisions.decide(question, by=administrator, version=question.version, state=state, **given)

    return act


def write(implementation, rows, **values) -> None:
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for row in rows:
            c.update(row, **values)


def the(document: Preparation, number: str) -> QuestionPart:
    return next(question for question in document.questions if question.number == number)


def the_list(document: Preparation, key: str) -> ListPart:
    return next(one for one in document.lists if one.anchor == f"list-{key}")


def the_guide(implementation, kind: str, language: str = "nb") -> GuidePart:
    return next(one for one in collect(implementation, language, DAY).guides if one.is_sale == (kind == "sale"))


# --- the document


def test_it_tells_whose_it_is_and_of_when(implementation) -> None:
    with change(implementation, None, "implementation.edited", implementation="x") as c:
        c.update(implementation, contact_name="Ida Berg", crm_version="11.8", go_live=DAY)
    document = collect(implementation, "nb", DAY)
    assert (document.company, document.contact, document.crm_version) == ("Fjord AS", "Ida Berg", "11.8")
    assert (document.day, document.go_live, document.language) == (DAY, DAY, "nb")


@pytest.mark.parametrize("language", ["sv", "de", "", "nb ", "../nb"])
def test_a_language_that_is_not_there_is_refused(implementation, language: str) -> None:
    write(implementation, [implementation], further_languages=["en", "sv"])
    with pytest.raises(LanguageNotThere, match=r"\(nb\).*\(en\)"):
        collect(implementation, language, DAY)


def test_the_parts_are_numbered_on_after_the_blocks(implementation) -> None:
    document = collect(implementation, "nb", DAY)
    numbers = [document.lists_number, document.guides_number, document.open_number, document.checklist_number]
    assert numbers == [6, 7, 8, 9]
    write(implementation, Guide.objects.filter(implementation=implementation), is_on=False, retired_at=timezone.now())
    document = collect(implementation, "nb", DAY)
    assert (document.guides, document.open_number, document.checklist_number) == ((), 7, 8)


def test_of_a_nearly_empty_starter_set_there_is_little_to_tell(administrator) -> None:
    data = {"lists": {}, "guides": [], "blocks": [], "checklist": [], "name": {"nb": "Bitte liten"}}
    made = startersets.create_implementation(
        name="Vidde AS", administrator=administrator, starter_set=startersets.StarterSet("tiny", data)
    )
    document = collect(made, "nb", DAY)
    assert (document.blocks, document.guides, document.checklist, document.open_questions) == ((), (), (), [])
    assert [one.rows for one in document.lists] == [()] * 10
    assert (document.settled, document.lists_number, document.checklist_number) == (0, 1, 3)


# --- questions


def test_a_question_that_nobody_has_answered(implementation) -> None:
    question = the(collect(implementation, "nb", DAY), "1.3")
    assert (question.state, question.mark, question.is_open, question.is_settled) == ("Ubesvart", "open", True, False)
    assert (question.decided_at, question.decided_by, question.choice, question.answer) == (None, "", "", "")
    assert question.why
    assert question.decides


def test_a_decision_with_its_reason_its_person_and_its_day(implementation, decide) -> None:
    with acting_at(LATE):
        decide("company-facts", answer="Antall ansatte.", reason="Selgerne spør alltid")
    question = the(collect(implementation, "nb", DAY), "1.3")
    assert (question.state, question.mark, question.is_open) == ("Besluttet", "done", False)
    assert (question.heading, question.answer) == ("Beslutning", "Antall ansatte.")
    assert question.reason == "Begrunnelse: Selgerne spør alltid"
    assert (question.decided_at, question.decided_by) == (DAY, "Administrator")


def test_an_answer_is_not_called_a_decision(implementation, ask, administrator) -> None:
    question = ask("company-facts")
    decisions.answer(question, by=administrator, version=question.version, answer="Antall ansatte.")
    told = the(collect(implementation, "en", DAY), "1.3")
    assert (told.heading, told.state, told.mark, told.is_open) == ("Answer", "Answered", "full", True)


def test_what_has_to_be_clarified_is_no_reason(implementation, decide) -> None:
    decide("company-facts", "to_clarify", reason="Ida spør styret")
    assert the(collect(implementation, "nb", DAY), "1.3").reason == "Må avklares: Ida spør styret"
    decide("company-facts", "not_applicable", reason="Vi har ingen")
    assert the(collect(implementation, "nb", DAY), "1.3").reason == "Begrunnelse: Vi har ingen"


def test_who_decided_is_named_once(implementation, ask, decide, administrator, administrator_membership) -> None:
    question = ask("company-facts")
    questions.assign(
        question, by=administrator, version=question.version, responsible=administrator_membership, due=DAY
    )
    decide("company-facts", answer="Antall ansatte.")
    told = the(collect(implementation, "nb", DAY), "1.3")
    assert (told.responsible, told.decided_by, told.due) == ("Administrator", "", DAY)


@pytest.mark.parametrize(("choice", "language", "words"), [("yes", "nb", "Ja"), ("no", "en", "No")])
def test_a_choice_is_told_in_words(implementation, decide, choice: str, language: str, words: str) -> None:
    decide("projects", choice=choice, answer="Bare dette.")
    assert the(collect(implementation, language, DAY), "2.5").choice == words


def test_the_newest_decision_counts(implementation, decide) -> None:
    decide("company-facts", answer="Først dette.")
    decide("company-facts", answer="Så dette.")
    assert the(collect(implementation, "nb", DAY), "1.3").answer == "Så dette."


def test_a_list_question_shows_the_list_and_where_it_stands(implementation, administrator) -> None:
    one = List.objects.get(implementation=implementation, key="category")
    items.retire(one.items.order_by("rank")[0], by=administrator)
    question = the(collect(implementation, "nb", DAY), "1.1")
    in_use = one.items.filter(retired_at=None).order_by("rank")
    assert question.values == tuple(in_use.values_list("name", flat=True))
    assert [(target.anchor, target.words) for target in question.targets] == [("list-category", "listen Kategori")]


def test_a_guide_question_shows_the_guides_that_are_there(implementation) -> None:
    guide = Guide.objects.get(implementation=implementation, kind="sale")
    question = the(collect(implementation, "en", DAY), "2.3")
    assert question.values == (guide.text_in("name", "en"),)
    assert [(target.anchor, target.words) for target in question.targets] == [
        (f"guide-{guide.pk}", f"the guide {guide.text_in('name', 'en')}")
    ]
    write(implementation, [guide], is_on=False, retired_at=timezone.now())
    assert the(collect(implementation, "en", DAY), "2.3").values == ()


def test_what_was_decided_and_has_changed_since_is_open_again_but_counts_as_settled(
    implementation, decide, administrator
) -> None:
    decide("categories", answer="Slik.")
    before = collect(implementation, "nb", DAY)
    assert "1.1" not in [question.number for question in before.open_questions]
    assert (before.settled, before.blocks[0].settled) == (1, 1)

    items.add(List.objects.get(implementation=implementation, key="category"), by=administrator, name="Ny sort")
    after = collect(implementation, "nb", DAY)
    assert (the(after, "1.1").state, the(after, "1.1").mark) == ("Besluttet, endret siden", "half")
    assert the(after, "1.1").heading == "Beslutning"
    assert "1.1" in [question.number for question in after.open_questions]
    assert (after.settled, after.blocks[0].settled) == (1, 1)


# --- lists


def test_retired_and_merged_items_stand_last_with_the_reason(implementation, administrator) -> None:
    one = List.objects.get(implementation=implementation, key="industry")
    first, second, third = one.items.order_by("rank")[:3]
    items.retire(first, by=administrator)
    write(implementation, [second], retired_at=timezone.now(), merged_into=third)
    told = the_list(collect(implementation, "nb", DAY), "industry")
    assert told.rows[0].name == third.name
    assert [(row.name, row.retired) for row in told.retired] == [
        (first.name, "Tatt ut av bruk: kan ikke velges, men beholdes der det står."),
        (second.name, f"Slått sammen med «{third.name}»."),
    ]


def test_a_list_in_alphabetical_order(implementation) -> None:
    one = List.objects.get(implementation=implementation, key="industry")
    write(implementation, [one], alphabetical=True)
    names = [row.name for row in the_list(collect(implementation, "nb", DAY), "industry").rows]
    assert names == list(one.items.order_by("sort_key").values_list("name", flat=True))


@pytest.mark.parametrize(
    ("key", "columns", "cells"),
    [
        ("category", ("Engelsk", "Kategorigruppe"), ("Potential customer", "Potensiell kunde, leadstatus")),
        ("sale-stage", ("Engelsk", "Sannsynlighet"), ("Quote", "30 %")),
        ("follow-up-type", ("Engelsk", "Form"), ("Phone out", "Telefonsamtale, ut")),
        ("document-template", ("Engelsk", "Hva malen gir"), ("Quotation letter", "Tilbud")),
        ("industry", ("Engelsk",), ("Manufacturing",)),
    ],
)
def test_what_only_one_list_has_gets_a_column(implementation, key: str, columns: tuple, cells: tuple) -> None:
    told = the_list(collect(implementation, "nb", DAY), key)
    assert told.columns == columns
    assert cells in [row.cells for row in told.rows]


def test_in_the_further_language_the_main_one_is_the_column(implementation) -> None:
    told = the_list(collect(implementation, "en", DAY), "industry")
    assert told.columns == ("Norwegian bokmål",)
    assert ("Manufacturing", ("Produksjon",)) in [(row.name, row.cells) for row in told.rows]


def test_many_languages_stand_below_each_other(implementation) -> None:
    write(implementation, [implementation], further_languages=["en", "sv", "da"])
    item = ListItem.objects.get(list__implementation=implementation, list__key="industry", name="Produksjon")
    write(implementation, [item], translations={**item.translations, "sv": {"name": "Tillverkning"}})
    told = the_list(collect(implementation, "nb", DAY), "industry")
    assert told.columns == ("Andre språk",)
    assert ("Engelsk: Manufacturing\nSvensk: Tillverkning\nDansk: –",) in [row.cells for row in told.rows]


# --- guides


def test_a_guide_tells_whether_it_is_on_how_long_it_takes_and_what_the_crm_suggests(
    implementation, administrator
) -> None:
    guide = Guide.objects.get(implementation=implementation, kind="sale")
    write(implementation, [guide], duration=3, duration_unit="months", suggest_next=True)
    assert the_guide(implementation, "sale").facts == (
        "Guiden er på.",
        "Anslått tid: 3 måneder.",
        *(("CRM foreslår alle oppfølgingene automatisk.",) if _all_suggested(guide) else ()),
        "Når den siste oppfølgingen i en fase er fullført, foreslår CRM neste fase.",
    )
    switching.switch_off(guide, by=administrator)
    write(implementation, [guide], duration=None, suggest_next=False)
    assert the_guide(implementation, "sale").facts[0] == "Guiden er av."
    assert len(the_guide(implementation, "sale").facts) == 1 + _all_suggested(guide)


def _all_suggested(guide: Guide) -> bool:
    return not Activity.objects.filter(step__guide=guide, auto_suggest=False).exists()


def test_automatic_suggestions_are_told_once_where_they_hold_for_all(implementation) -> None:
    guide = Guide.objects.get(implementation=implementation, kind="sale")
    activities = Activity.objects.filter(step__guide=guide).order_by("step__rank", "rank")
    write(implementation, activities, auto_suggest=True)
    told = the_guide(implementation, "sale", "en")
    assert "The CRM suggests every activity automatically." in told.facts
    assert not any("Suggested automatically." in one.purpose for step in told.steps for one in step.activities)

    write(implementation, activities[:1], auto_suggest=False)
    told = the_guide(implementation, "sale", "en")
    assert "The CRM suggests every activity automatically." not in told.facts
    marked = ["Suggested automatically." in one.purpose for step in told.steps for one in step.activities]
    assert marked == [False] + [True] * (len(marked) - 1)


def test_a_status_that_is_retired_hides_its_step(implementation, administrator) -> None:
    before = the_guide(implementation, "sale")
    guide = Guide.objects.get(implementation=implementation, kind="sale")
    items.retire(guide.steps.order_by("rank")[0].status.item, by=administrator)
    after = the_guide(implementation, "sale")
    assert [step.name for step in after.steps] == [step.name for step in before.steps[1:]]
    assert after.steps[0].place == f"Fase 1 av {len(before.steps) - 1}"


def test_an_activity_and_a_document_with_all_that_they_say(implementation) -> None:
    guide = Guide.objects.get(implementation=implementation, kind="project")
    step = guide.steps.order_by("rank")[0]
    activity = Activity.objects.filter(step=step).order_by("rank")[0]
    document = Document.objects.filter(step=step).order_by("rank")[0]
    write(implementation, [activity], purpose="Bli enige", milestone=True, assign_to_member=True, minutes=75, days=4)
    write(implementation, [document], purpose="Alle vet det.", default_subject="Plan.", our_ref="P-1", template_id=None)
    told = the_guide(implementation, "project").steps[0]
    assert told.activities[0].purpose == "Bli enige. Milepæl. For et prosjektmedlem."
    assert (told.activities[0].days, told.activities[0].duration) == (4, "1 t 15 m")
    assert told.documents[0].purpose == "Alle vet det. Overskrift: Plan. Vår referanse: P-1."
    assert told.documents[0].template == "–"


def test_the_drawing_of_a_sale_says_how_it_ends_and_that_of_a_project_does_not(implementation) -> None:
    sale, project = the_guide(implementation, "sale", "en"), the_guide(implementation, "project")
    with translation.override("en"):
        assert [(end.name, end.number) for end in sale.drawing.ends] == [("Won", "100%"), ("Lost", "0%")]
        assert sale.drawing_in_words.endswith("Verbal acceptance 90%. Then won, 100%, or lost, 0%.")
        assert project.drawing.ends == ()
        assert "won" not in project.drawing_in_words
    assert len(sale.drawing.chevrons) == len(sale.steps)


# --- the checklist


def test_a_checklist_item_with_its_reason_its_note_and_who_does_it(implementation, administrator) -> None:
    member = Membership.objects.get(implementation=implementation, user=administrator)
    item = ChecklistItem.objects.filter(implementation=implementation, check_key="").order_by("rank")[0]
    with acting_at(LATE):
        checklist.edit(
            item, by=administrator, version=item.version, state="done", note="Ida", responsible=member, due=DAY
        )
    told = collect(implementation, "nb", DAY).checklist
    assert len(told) == 10
    assert (told[0].title, told[0].mark, told[0].state) == ("Utnevn en CRM-ambassadør", "done", "Gjort")
    assert told[0].reason == "Krysset av 24. november 2026 av Administrator."
    assert (told[0].note, told[0].responsible, told[0].due) == ("Ida", "Administrator", DAY)
    assert told[1].reason == "8 av 8 spørsmål om firmaer og personer gjenstår."
