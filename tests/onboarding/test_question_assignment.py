"""Who answers a question, and by when."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from crmsetup.changes import undo
from crmsetup.stale import StaleSave
from crmsetup.verbs import plain_sentence
from onboarding import decisions, questions
from onboarding.models import Question

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 12, 1)


@pytest.fixture
def ask(implementation):
    def find(key: str = "reports") -> Question:
        return Question.objects.get(implementation=implementation, origin_key=key)

    return find


@pytest.fixture
def assign(ask, administrator):
    """Assigns the question as somebody who has just read it."""

    def act(responsible=None, due=None) -> None:
        question = ask()
        questions.assign(question, by=administrator, version=question.version, responsible=responsible, due=due)

    return act


def told(implementation, language: str) -> str:
    with translation.override(language):
        return plain_sentence(implementation.changes.latest("seq"))


def test_writes_who_and_when(ask, assign, contributor_membership):
    assign(contributor_membership, DAY)
    assert (ask().responsible, ask().due) == (contributor_membership, DAY)


@pytest.mark.parametrize(
    ("given", "due", "nb", "en"),
    [
        (True, DAY, "ga spørsmålet «Rapporter» til Contributor, med frist 1. desember 2026.", "due 1 December 2026."),
        (True, None, "ga spørsmålet «Rapporter» til Contributor.", "gave the question «Reports» to Contributor."),
        (False, DAY, "satte fristen for spørsmålet «Rapporter» til 1. desember 2026.", "to 1 December 2026."),
        (False, None, "lot det stå åpent hvem som svarer på spørsmålet «Rapporter», og når.", "«Reports», and when."),
    ],
)
def test_the_history_tells_it_in_a_sentence(assign, contributor_membership, given, due, nb, en):
    implementation = contributor_membership.implementation
    assign(contributor_membership, datetime.date(2026, 1, 1))
    assign(contributor_membership if given else None, due)
    assert told(implementation, "nb") == f"Administrator {nb}"
    assert told(implementation, "en").endswith(en)


def test_the_same_once_more_leaves_no_change(assign, contributor_membership, implementation):
    assign(contributor_membership, DAY)
    before = implementation.changes.count()
    assign(contributor_membership, DAY)
    assert implementation.changes.count() == before


def test_somebody_from_another_implementation_is_refused(ask, assign, outsider_membership, implementation):
    before = implementation.changes.count()
    with pytest.raises(ValidationError) as refused:
        assign(outsider_membership)
    assert list(refused.value.message_dict) == ["responsible"]
    assert (ask().responsible, implementation.changes.count()) == (None, before)


def test_two_who_assign_at_once(ask, administrator, consultant, contributor_membership):
    question = ask()
    given = {"version": question.version, "responsible": contributor_membership}
    questions.assign(question, by=administrator, due=None, **given)
    with pytest.raises(StaleSave):
        questions.assign(ask(), by=consultant, due=DAY, **given)
    assert ask().due is None


def test_undo_puts_back_who_and_when_though_the_question_was_answered_since(
    ask, assign, administrator, contributor, contributor_membership, implementation
):
    assign(contributor_membership, DAY)
    assigned = implementation.changes.latest("seq")
    decisions.answer(ask(), by=contributor, version=ask().version, answer="Prognose")
    undo(assigned, administrator)
    assert (ask().responsible, ask().due, ask().state) == (None, None, "answered")


def test_a_question_is_given_to_nobody_who_only_reads(ask, assign, reader_membership):
    assert [str(member) for member in questions.who_can_answer(ask())] == ["Administrator", "Consultant", "Contributor"]
    assign(reader_membership)
    assert reader_membership in questions.who_can_answer(ask())
