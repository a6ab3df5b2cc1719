"""The pages of the preparation's questions."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from crmsetup.access import Forbidden, May, MemberRequest, may, may_answer, member_page
from crmsetup.changes import noting
from crmsetup.history import changes_of, latest
from crmsetup.models import Change
from crmsetup.responses import say_done
from crmsetup.stale import StaleSave, VersionedForm, stale_page
from lists.editing import Editor, editor, perform
from onboarding import decisions, questions
from onboarding.forms.questions import AnswerForm, AssignmentForm, DecisionForm, FilterForm
from onboarding.models import Decision, Question
from workflows import guides
from workflows.showing import shown

State = Question.State
SAID = {
    State.UNANSWERED: _lazy("“%(question)s” is open again."),
    State.ANSWERED: _lazy("“%(question)s” is answered."),
    State.TO_CLARIFY: _lazy("“%(question)s” is to be clarified."),
    State.DECIDED: _lazy("“%(question)s” is decided."),
    State.NOT_APPLICABLE: _lazy("“%(question)s” is marked as not applicable."),
}


@member_page()
@require_safe
def question_list(request: MemberRequest) -> HttpResponse:
    """All blocks with their questions; `show` and `responsible` narrow them."""
    implementation = request.implementation
    blocks = questions.in_order(implementation)
    narrow = FilterForm(request.GET, members=questions.who_has_questions(blocks))
    wanted = narrow.cleaned_data if narrow.is_valid() else {"show": "", "responsible": ""}
    everything = [placed for block in blocks for placed in block.questions]
    context = {
        "sections": questions.shown(blocks, **wanted),
        "filter": narrow,
        "is_narrowed": any(wanted.values()),
        "settled": sum(block.settled for block in blocks),
        "total": len(everything),
        "overdue": sum(placed.is_overdue for placed in everything),
        "next_one": next((placed for placed in everything if _waits_for(request, placed.question)), None),
    }
    return render(request, "onboarding/question_list.html", context)


def _waits_for(request: MemberRequest, question: Question) -> bool:
    """Whether the question is open and the person may do something about it."""
    return not question.is_settled and may_answer(request.membership, question.responsible_id)


@member_page()
@require_safe
def question_show(request: MemberRequest, pk: int) -> HttpResponse:
    """A question with its answer: the words, the choice, the list or the guides themselves."""
    return _page(request, pk)


@member_page(May.ANSWER)
@require_POST
def question_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Appends an answer of somebody whom the question was given to."""
    question = _question(request, pk)
    if not may_answer(request.membership, question.responsible_id):
        raise Forbidden
    form = AnswerForm(request.POST, question=question)
    return _append(request, question, form, decisions.answer)


@member_page(May.EDIT)
@require_POST
def question_decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Appends a decision, with any state."""
    question = _question(request, pk)
    form = DecisionForm(request.POST, question=question)
    return _append(request, question, form, decisions.decide)


@member_page(May.EDIT)
@require_POST
def question_list_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The acts of the editor of the list that is the answer; they come back to the question."""
    question = _question(request, pk)
    if question.list is None:
        raise Http404
    done = perform(request, question.list, **_addresses(question))
    return done if isinstance(done, HttpResponse) else _page(request, pk, editing=done, status=422)


@member_page(May.EDIT)
@require_POST
def question_assign(request: MemberRequest, pk: int) -> HttpResponse:
    """Says who answers, and by when."""
    form = AssignmentForm(request.POST, instance=_question(request, pk))
    question = _question(request, pk)
    try:
        made = _carry_out(form, partial(questions.assign, question, by=request.user))
    except StaleSave as stale:
        return _stale(request, form, stale.row, stale.row)
    if made is None:
        return _page(request, pk, assigning=form, status=422)
    say_done(request, _("It is written down who answers, and by when."), made)
    return redirect(question)


def _append(request: MemberRequest, question: Question, form: AnswerForm, act: Callable[..., Any]) -> HttpResponse:
    try:
        made = _carry_out(form, partial(act, question, by=request.user))
    except StaleSave as stale:
        return _stale(request, form, stale.row, stale.row.decisions.first())
    if made is None:
        return _page(request, question.pk, answering=form, status=422)
    said = SAID[State(form.cleaned_data.get("state", State.ANSWERED))]
    say_done(request, said % {"question": question.text_in("title", get_language())}, made)
    return redirect(_after(request, question))


def _carry_out(form: VersionedForm, act: Callable[..., Any]) -> list[Change] | None:
    """The changes that the act has made with what was typed; None where the form has to be put right."""
    if not form.is_valid():
        return None
    try:
        with noting() as made:
            act(**form.cleaned_data)
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return None
    return made


def _after(request: MemberRequest, question: Question) -> str:
    """Where the person goes on: to the next question, after the last to the list, or stays."""
    if "go_on" not in request.POST:
        return question.get_absolute_url()
    blocks = questions.in_order(request.implementation)
    _block, placed = questions.find(blocks, question.pk)
    _before, following = questions.neighbours(placed, blocks)
    listed = reverse("onboarding:question-list", args=[request.implementation.slug])
    return following.question.get_absolute_url() if following else listed


def _stale(
    request: MemberRequest, form: VersionedForm, question: Question, stored: Decision | Question | None
) -> HttpResponse:
    """Both versions: what was typed, and what `stored` holds now."""
    theirs = {name: getattr(stored, name, "") for name in form.fields if name != "version"}
    return stale_page(request, form, question, theirs=theirs, action=request.path, back=question.get_absolute_url())


def _question(request: MemberRequest, pk: int) -> Question:
    found = Question.objects.select_related("list")
    question = get_object_or_404(found, implementation=request.implementation, pk=pk)
    question.implementation = request.implementation
    if question.list is not None:
        question.list.implementation = request.implementation
    request.page = question.get_absolute_url()
    return question


def _page(
    request: MemberRequest,
    pk: int,
    *,
    answering: AnswerForm | None = None,
    assigning: AssignmentForm | None = None,
    editing: Editor | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a question; a form that was refused takes the place of the fresh one."""
    implementation = request.implementation
    blocks = questions.in_order(implementation)
    try:
        block, placed = questions.find(blocks, pk)
    except Question.DoesNotExist as gone:
        raise Http404 from gone
    question = placed.question
    previous, following = questions.neighbours(placed, blocks)
    given = list(question.decisions.all())
    may_edit = may(request.membership, May.EDIT)
    context = {
        "part": block,
        "placed": placed,
        "question": question,
        "previous": previous,
        "following": following,
        "decisions": given,
        "answering": answering or _answering(request, question, given),
        "assigning": assigning or (AssignmentForm(instance=question) if may_edit else None),
        "changed_by": changes_of(implementation).filter(seq__in=placed.changed_by) if placed.changed_by else [],
        "history": latest(implementation, question.change_scope()),
        **_subject(request, question, editing),
    }
    return render(request, "onboarding/question.html", context, status=status)


def _answering(request: MemberRequest, question: Question, given: list[Decision]) -> AnswerForm | None:
    """The form that this person answers or decides with; None for who only reads."""
    newest = given[0] if given else None
    if may(request.membership, May.EDIT):
        return DecisionForm(question=question, newest=newest)
    if question.is_settled or not may_answer(request.membership, question.responsible_id):
        return None
    return AnswerForm(question=question, newest=newest)


def _subject(request: MemberRequest, question: Question, editing: Editor | None) -> dict[str, Any]:
    """The list, as an editor for who may edit it, or the guides that are the answer."""
    match question.kind:
        case Question.Kind.LIST:
            return {"editor": _bringing(editing or _editor(request, question))}
        case Question.Kind.GUIDE:
            at, found = question.get_absolute_url(), guides.whole(decisions.guides_of(question))
            return {"guides": [shown(guide, at=at, query=request.GET, may_edit=False) for guide in found]}
    return {}


def _editor(request: MemberRequest, question: Question) -> Editor:
    assert question.list is not None
    question.list.implementation = question.implementation
    may_edit = may(request.membership, May.EDIT)
    return editor(question.list, may_edit=may_edit, query=request.GET, **_addresses(question))


def _bringing(editing: Editor) -> Editor:
    """The editor, which brings along what else on the page follows from an edit of the list."""
    editing.brings += ",#question-stands,#question-changed"
    return editing


def _addresses(question: Question) -> dict[str, str]:
    place = [question.implementation.slug, question.pk]
    return {"at": question.get_absolute_url(), "acts": reverse("onboarding:question-list-edit", args=place)}
