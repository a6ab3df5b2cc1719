"""The forms of the preparation's questions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crmsetup.models import Membership
from crmsetup.stale import VersionedForm
from onboarding.models import Decision, Question
from onboarding.questions import NOBODY, SHOW, who_can_answer

Kind, State = Question.Kind, Question.State

WORDS = {Kind.CHOICE: _("More about the answer"), Kind.YESNO: _("What that means for you")}
"""What the field for words is called where the answer is a choice."""


class AnswerForm(VersionedForm):
    """What somebody answers whom the question was given to."""

    posts_to = "onboarding:question-answer"

    choice = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect, required=False)

    class Meta:
        model = Decision
        fields = ["choice", "answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 4, "class": "spoken"})}

    def __init__(self, *args: Any, question: Question, newest: Decision | None = None, **kwargs: Any) -> None:
        given = Decision(question=question)
        for name in ("state", "choice", "answer", "reason"):
            setattr(given, name, getattr(newest, name, ""))
        super().__init__(*args, instance=given, auto_id="decision_%s", **kwargs)
        self.initial["version"] = question.version
        self._fit(question)

    def _fit(self, question: Question) -> None:
        """Asks what this kind of question asks; a field that `depends` is needed in some states."""
        options = question.options()
        if options:
            self.fields["choice"].choices = list(options.items())  # type: ignore[attr-defined]
            self.fields["choice"].depends = True  # type: ignore[attr-defined]
        else:
            del self.fields["choice"]
        self.fields["answer"].label = WORDS.get(Kind(question.kind), _("Answer in words"))
        self.fields["answer"].depends = question.kind != Kind.CHOICE  # type: ignore[attr-defined]


class DecisionForm(AnswerForm):
    """What an administrator or a consultant decides."""

    posts_to = "onboarding:question-decide"

    state = forms.ChoiceField(label=_("State"), widget=forms.RadioSelect)

    class Meta(AnswerForm.Meta):
        fields = [*AnswerForm.Meta.fields, "state", "reason"]
        widgets = {**AnswerForm.Meta.widgets, "reason": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"reason": _("Needed where something has to be clarified or does not apply.")}

    def _fit(self, question: Question) -> None:
        super()._fit(question)
        begun = question.state != State.UNANSWERED
        states = [State.DECIDED, State.ANSWERED, State.TO_CLARIFY, State.NOT_APPLICABLE]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (state.value, state.label) for state in [*states, *([State.UNANSWERED] if begun else [])]
        ]
        self.initial["state"] = question.state if begun else State.DECIDED
        self.fields["reason"].depends = True  # type: ignore[attr-defined]
        if question.kind in {Kind.LIST, Kind.GUIDE}:
            self.fields["answer"].label = _("The decision in one sentence")
            self.fields["answer"].help_text = _("Stands in the configuration-preparation document, before the values.")
            self.fields["answer"].depends = False  # type: ignore[attr-defined]


class AssignmentForm(VersionedForm):
    """Who answers a question, and by when."""

    class Meta:
        model = Question
        fields = ["responsible", "due"]
        widgets = {"due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="assignment_%s", **kwargs)
        self.fields["responsible"].queryset = who_can_answer(self.instance)  # type: ignore[attr-defined]
        self.fields["responsible"].empty_label = _("Nobody")  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """Which questions the list shows; what makes no sense shows all."""

    show = forms.ChoiceField(label=_("State"), choices=SHOW, required=False)
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)

    def __init__(self, data: Mapping[str, Any], *, members: Iterable[Membership]) -> None:
        super().__init__(data, auto_id="filter_%s")
        people = [(str(member.pk), str(member)) for member in members]
        self.fields["responsible"].choices = [("", _("All")), *people, (NOBODY, _("Nobody"))]  # type: ignore[attr-defined]
