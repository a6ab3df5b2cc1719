"""Answering and deciding: what it takes, what it leaves, and what undo puts back."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from crmsetup.changes import UndoRefused, acting_at, change, undo
from crmsetup.stale import StaleSave
from crmsetup.verbs import plain_sentence
from lists import items
from lists.models import ListItem, Status
from onboarding import decisions, questions
from onboarding.models import Decision, Question
from onboarding.preparation import collect
from workflows.models import Guide

pytestmark = pytest.mark.django_db
State = Question.State


@pytest.fixture
def ask(implementation):
    """Gives a question of Fjord AS as it is now."""

    def find(key: str) -> Question:
        found = Question.objects.select_related("list", "implementation")
        return found.get(implementation=implementation, origin_key=key)

    return find


@pytest.fixture
def decide(ask, administrator):
    """Decides a question as somebody who has just read it."""

    def act(key: str, state: str = "decided", **given) -> Decision | None:
        question = ask(key)
        return decisions.decide(question, by=administrator, version=question.version, state=state, **given)

    return act


def newest(implementation):
    return implementation.changes.latest("seq")


def complaint(refused: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return refused.value.message_dict


# --- appending


def test_an_answer_is_appended_with_who_and_when_and_the_question_is_answered(ask, contributor, implementation):
    at = datetime.datetime(2026, 11, 20, 8, 15, tzinfo=datetime.UTC)
    question = ask("company-facts")
    with acting_at(at):
        made = decisions.answer(question, by=contributor, version=question.version, answer=" Antall ansatte\r\n og så ")
    assert (made.state, made.answer, made.by_name, made.at) == ("answered", "Antall ansatte\n og så", "Contributor", at)
    assert made.seq == newest(implementation).seq
    assert (ask("company-facts").state, ask("company-facts").decision_seq) == ("answered", made.seq)


def test_decisions_are_appended_and_the_newest_counts(ask, decide, contributor):
    question = ask("campaigns")
    decisions.answer(question, by=contributor, version=question.version, answer="Nyhetsbrev")
    decide("campaigns", "to_clarify", answer="Nyhetsbrev", reason="Hvor ofte?")
    decide("campaigns", answer="Nyhetsbrev hvert kvartal")
    told = list(ask("campaigns").decisions.values_list("state", "answer", "reason", "by_name"))
    assert told == [
        ("decided", "Nyhetsbrev hvert kvartal", "", "Administrator"),
        ("to_clarify", "Nyhetsbrev", "Hvor ofte?", "Administrator"),
        ("answered", "Nyhetsbrev", "", "Contributor"),
    ]
    assert ask("campaigns").state == "decided"


def test_the_same_once_more_leaves_nothing(ask, decide, implementation):
    decide("campaigns", answer="Nyhetsbrev")
    before = newest(implementation)
    assert decide("campaigns", answer="Nyhetsbrev\r\n") is None
    assert decide("reports", "unanswered") is None
    assert newest(implementation) == before
    assert ask("campaigns").decisions.count() == 1


def test_opening_a_question_again_leaves_no_answer_and_keeps_the_old_ones(ask, decide):
    decide("campaigns", answer="Nyhetsbrev")
    made = decide("campaigns", "unanswered", answer="Nyhetsbrev", reason="Marked har fått ny leder.")
    assert (made.answer, made.reason) == ("", "Marked har fått ny leder.")
    assert ask("campaigns").state == "unanswered"
    assert [one.answer for one in ask("campaigns").decisions.all()] == ["", "Nyhetsbrev"]


@pytest.mark.parametrize("state", ["decided", "not_applicable"])
def test_what_is_settled_is_not_answered_over(ask, decide, contributor, implementation, state):
    decide("reports", state, answer="Prognose", reason="Fordi")
    before = newest(implementation)
    with pytest.raises(ValidationError) as refused:
        decisions.answer(ask("reports"), by=contributor, version=ask("reports").version, answer="Noe annet")
    assert list(complaint(refused)) == ["answer"]
    assert newest(implementation) == before


@pytest.mark.parametrize(
    ("state", "nb", "en"),
    [
        ("unanswered", "åpnet spørsmålet «Rapporter» igjen.", "opened the question «Reports» again."),
        ("answered", "svarte på spørsmålet «Rapporter».", "answered the question «Reports»."),
        (
            "to_clarify",
            "lot spørsmålet «Rapporter» stå til avklaring.",
            "left the question «Reports» to be clarified.",
        ),
        ("decided", "besluttet spørsmålet «Rapporter».", "decided the question «Reports»."),
        (
            "not_applicable",
            "merket spørsmålet «Rapporter» som ikke aktuelt.",
            "marked the question «Reports» as not applicable.",
        ),
    ],
)
def test_the_history_tells_each_state_in_a_sentence(decide, implementation, state, nb, en):
    decide("reports", "answered", answer="Prognose")
    decide("reports", state, answer="Salgsprognose", reason="Fordi")
    with translation.override("nb"):
        assert plain_sentence(newest(implementation)) == f"Administrator {nb}"
    with translation.override("en"):
        assert plain_sentence(newest(implementation)) == f"Administrator {en}"


# --- what it takes


@pytest.mark.parametrize(
    ("key", "state", "given", "field"),
    [
        ("reports", "decided", {}, "answer"),
        ("reports", "decided", {"answer": "  \n"}, "answer"),
        ("reports", "decided", {"answer": "x", "choice": "yes"}, "choice"),
        ("reports", "answered", {}, "answer"),
        ("reports", "to_clarify", {"answer": "x"}, "reason"),
        ("reports", "not_applicable", {"answer": "x"}, "reason"),
        ("erp-data", "decided", {"answer": "x"}, "choice"),
        ("erp-data", "decided", {"choice": "by-mail"}, "choice"),
        ("erp-data", "to_clarify", {"choice": "yes", "reason": "x"}, "choice"),
        ("projects", "decided", {"answer": "x"}, "choice"),
        ("projects", "decided", {"choice": "maybe", "answer": "x"}, "choice"),
        ("projects", "decided", {"choice": "yes"}, "answer"),
        ("projects", "answered", {}, "answer"),
    ],
)
def test_a_decision_that_says_too_little_is_refused_at_the_field(ask, decide, key, state, given, field):
    implementation = ask(key).implementation
    before = newest(implementation)
    with pytest.raises(ValidationError) as refused:
        decide(key, state, **given)
    assert list(complaint(refused)) == [field]
    assert newest(implementation) == before
    assert ask(key).state == "unanswered"


@pytest.mark.parametrize(
    ("key", "state", "given"),
    [
        ("reports", "decided", {"answer": "x"}),
        ("reports", "not_applicable", {"reason": "x"}),
        ("reports", "to_clarify", {"reason": "x"}),
        ("erp-data", "decided", {"choice": "synced"}),
        ("erp-data", "answered", {"choice": "none"}),
        ("erp-data", "answered", {"answer": "x"}),
        ("projects", "decided", {"choice": "no", "answer": "x"}),
        ("categories", "decided", {}),
        ("sales-process", "decided", {}),
    ],
)
def test_a_decision_that_says_enough_is_taken(ask, decide, key, state, given):
    assert decide(key, state, **given) is not None
    assert ask(key).state == state


def test_an_empty_list_is_not_decided(ask, decide, administrator):
    for item in ListItem.objects.filter(list=ask("industries").list):
        items.retire(item, by=administrator)
    with pytest.raises(ValidationError) as refused:
        decide("industries")
    assert list(complaint(refused)) == ["state"]
    items.add(ask("industries").list, by=administrator, name="Havbruk")
    assert decide("industries").state == "decided"


def test_guides_are_not_decided_before_there_is_one_of_the_kind(decide, implementation):
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for guide in Guide.objects.filter(implementation=implementation, kind="project"):
            c.update(guide, is_on=False, retired_at=c.at)
    with pytest.raises(ValidationError) as refused:
        decide("project-process")
    assert list(complaint(refused)) == ["state"]
    assert decide("sales-process").state == "decided"


# --- two people


def test_who_read_before_somebody_else_decided_is_stale(ask, administrator, contributor, implementation):
    question = ask("reports")
    read = question.version
    decisions.decide(question, by=administrator, version=read, state="decided", answer="Prognose")
    before = newest(implementation)
    with pytest.raises(StaleSave):
        decisions.answer(question, by=contributor, version=read, answer="Ingen")
    assert newest(implementation) == before


def test_the_same_state_from_somebody_else_makes_stale_as_well(ask, administrator, contributor):
    question = ask("reports")
    decisions.answer(question, by=administrator, version=question.version, answer="Prognose")
    read = ask("reports").version
    decisions.answer(question, by=administrator, version=read, answer="Salgsprognose")
    with pytest.raises(StaleSave):
        decisions.answer(question, by=contributor, version=read, answer="Ingen")


def test_a_new_due_date_does_not_disturb_who_is_writing_an_answer(ask, administrator, contributor):
    question = ask("reports")
    day = datetime.date(2026, 12, 1)
    questions.assign(question, by=administrator, version=question.version, responsible=None, due=day)
    assert decisions.answer(ask("reports"), by=contributor, version=question.version - 1, answer="Prognose")
    assert (ask("reports").due, ask("reports").state) == (day, "answered")


def test_an_answer_does_not_disturb_who_sets_the_due_date(ask, administrator, contributor):
    question = ask("reports")
    decisions.answer(question, by=contributor, version=question.version, answer="Prognose")
    day = datetime.date(2026, 12, 1)
    questions.assign(question, by=administrator, version=question.version, responsible=None, due=day)
    assert (ask("reports").due, ask("reports").state) == (day, "answered")


def test_a_version_that_has_not_been_yet_is_stale(ask, administrator):
    question = ask("reports")
    with pytest.raises(StaleSave):
        decisions.answer(question, by=administrator, version=question.version + 7, answer="Prognose")


# --- taking back


def test_undo_of_a_decision_restores_the_state_before(ask, decide, administrator, implementation):
    decide("reports", "answered", answer="Prognose")
    first = ask("reports").decision_seq
    decide("reports", answer="Salgsprognose")
    undone = undo(newest(implementation), administrator)
    assert (ask("reports").state, ask("reports").decision_seq) == ("answered", first)
    assert [one.answer for one in ask("reports").decisions.all()] == ["Prognose"]

    undo(undone, administrator)
    assert ask("reports").state == "decided"
    assert [one.answer for one in ask("reports").decisions.all()] == ["Salgsprognose", "Prognose"]


def test_undo_of_the_first_decision_leaves_the_question_unanswered(ask, decide, administrator, implementation):
    decide("reports", answer="Prognose")
    undo(newest(implementation), administrator)
    assert (ask("reports").state, ask("reports").decision_seq) == ("unanswered", None)
    assert ask("reports").decisions.count() == 0


def test_an_older_decision_is_not_taken_back_from_under_a_newer_one(ask, decide, administrator, implementation):
    decide("reports", "answered", answer="Prognose")
    older = newest(implementation)
    decide("reports", "answered", answer="Salgsprognose")
    with pytest.raises(UndoRefused) as refused:
        undo(older, administrator)
    assert refused.value.newer == newest(implementation)
    assert ask("reports").decisions.count() == 2


def test_an_assignment_between_does_not_stop_undo(ask, decide, administrator, contributor_membership, implementation):
    decide("reports", answer="Prognose")
    decided = newest(implementation)
    question = ask("reports")
    questions.assign(question, by=administrator, version=question.version, responsible=contributor_membership, due=None)
    undo(decided, administrator)
    assert (ask("reports").state, ask("reports").responsible) == ("unanswered", contributor_membership)


# --- changed since


@pytest.fixture
def changed(ask, implementation):
    """The numbers of the changes since a question was decided."""

    def find(key: str) -> list[int]:
        question = ask(key)
        return decisions.changes_since_decision(implementation, [question]).get(question.pk, [])

    return find


def test_a_decided_list_that_changes_says_so_until_it_is_decided_anew(ask, decide, changed, administrator):
    decide("categories", answer="Slik")
    assert changed("categories") == []
    items.add(ask("categories").list, by=administrator, name="Presse")
    items.add(ask("industries").list, by=administrator, name="Presse")
    (number,) = changed("categories")
    assert ask("categories").implementation.changes.get(seq=number).params["item"] == {"nb": "Presse"}

    assert decide("categories", answer="Slik") is not None
    assert changed("categories") == []
    assert ask("categories").decisions.count() == 2


def test_what_was_taken_back_has_not_changed(ask, decide, changed, administrator, implementation):
    decide("categories")
    items.add(ask("categories").list, by=administrator, name="Presse")
    undo(newest(implementation), administrator)
    assert changed("categories") == []


def test_only_decisions_change(ask, decide, changed, administrator):
    decide("categories", "to_clarify", reason="Hvem?")
    items.add(ask("categories").list, by=administrator, name="Presse")
    assert changed("categories") == []


def test_a_decided_guide_changes_with_its_statuses_and_its_kind_alone(decide, changed, administrator, implementation):
    decide("sales-process")
    decide("project-process")
    guide = Guide.objects.get(implementation=implementation, kind="project")
    with change(implementation, administrator, "item.edited", list="x", item="x") as c:
        c.update(guide, description="Nytt")
    assert (changed("sales-process"), len(changed("project-process"))) == ([], 1)
    stage = Status.objects.filter(implementation=implementation, kind="sale").select_related("item__list").first()
    items.retire(stage.item, by=administrator)
    assert (len(changed("sales-process")), len(changed("project-process"))) == (1, 1)


def test_a_new_guide_changes_what_was_decided_about_its_kind(decide, changed, administrator, implementation):
    decide("sales-process")
    with change(implementation, administrator, "item.edited", list="x", item="x") as c:
        c.create(Guide(kind="sale", name="Mersalg"))
    assert len(changed("sales-process")) == 1


def test_the_handout_tells_it_too(ask, decide, administrator, implementation):
    decide("categories")
    items.add(ask("categories").list, by=administrator, name="Presse")
    for language, state in (("nb", "Besluttet, endret siden"), ("en", "Decided, changed since")):
        first = collect(implementation, language, datetime.date(2026, 12, 1)).questions[0]
        assert (first.state, first.mark, first.is_open) == (state, "half", True)


@pytest.mark.parametrize("decided", [["categories"], ["categories", "industries", "sales-process", "project-process"]])
def test_looking_for_changes_takes_the_same_queries_for_all(
    decide, administrator, implementation, django_assert_num_queries, decided
):
    for key in decided:
        decide(key)
    everything = list(Question.objects.filter(implementation=implementation))
    with django_assert_num_queries(3):
        assert decisions.changes_since_decision(implementation, everything) == {}
