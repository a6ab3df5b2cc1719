"""The preparation (blocks of questions, decisions) and the checklist."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crmsetup.models import Membership
from crmsetup.names import NAME_MAX, Translated, localized
from crmsetup.ordering import Ranked
from crmsetup.tenancy import Owned, TenantKey
from lists.models import List


class Block(Owned, Ranked, Translated):
    """One numbered group of questions."""

    translated_fields = ("title", "intro")

    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=NAME_MAX)
    intro = models.TextField(_("introduction"), blank=True)
    origin_key = models.CharField(max_length=60, blank=True, editable=False)

    class Meta(Owned.Meta):
        verbose_name = _("block")
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["implementation", "number"], name="onboarding_block_number"),
        ]

    def __str__(self) -> str:
        return self.title

    def siblings(self) -> "QuerySet[Block]":
        return Block.objects.filter(implementation_id=self.implementation_id)

    def change_scope(self) -> str:
        return f"block:{self.pk}"


class Question(Owned, Ranked, Translated):
    """One thing to decide. A list or guide question is answered by the list or the guides themselves."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        CHOICE = "choice", _("Choice")
        YESNO = "yesno", _("Yes or no")
        LIST = "list", _("List")
        GUIDE = "guide", _("Guide")

    class State(models.TextChoices):
        UNANSWERED = "unanswered", _("Unanswered")
        ANSWERED = "answered", _("Answered")
        TO_CLARIFY = "to_clarify", _("To clarify")
        DECIDED = "decided", _("Decided")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    SETTLED = frozenset({State.DECIDED, State.NOT_APPLICABLE})
    """The states in which nothing is left to do."""
    MARKS = {
        State.UNANSWERED: "open",
        State.ANSWERED: "full",
        State.TO_CLARIFY: "half",
        State.DECIDED: "done",
        State.NOT_APPLICABLE: "out",
    }
    """How each state is drawn."""

    translated_fields = ("title", "text", "why", "decides", "example")

    block = models.ForeignKey(Block, models.PROTECT, related_name="questions", editable=False)
    kind = models.CharField(max_length=6, choices=Kind.choices, editable=False)
    title = models.CharField(_("title"), max_length=NAME_MAX)  # for contents and navigation
    # the question itself, why it matters, what it decides in the CRM
    text = models.TextField(_("question"))
    why = models.TextField(_("why it matters"), blank=True)
    decides = models.TextField(_("what it decides in the CRM"), blank=True)
    example = models.TextField(_("example"), blank=True)
    choices = models.JSONField(default=list, blank=True)  # [{"key": …, "label": {language: text}}]
    list = models.ForeignKey(List, models.PROTECT, null=True, blank=True, related_name="questions", editable=False)
    guide_kind = models.CharField(max_length=7, blank=True, editable=False)
    # both follow the newest decision: its state, and the number of the change that appended it
    state = models.CharField(max_length=14, choices=State.choices, default=State.UNANSWERED, editable=False)
    decision_seq = models.PositiveIntegerField(null=True, blank=True, editable=False)
    responsible = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("responsible"),
        limit_choices_to={"ended_at": None},
    )
    due = models.DateField(_("due date"), null=True, blank=True)
    origin_key = models.CharField(max_length=60, blank=True, editable=False)

    class Meta(Owned.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="list", list__isnull=False, guide_kind="")
                | Q(kind="guide", list=None, guide_kind__in=["sale", "project"])
                | Q(kind__in=["text", "choice", "yesno"], list=None, guide_kind=""),
                name="onboarding_question_subject",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unanswered", "answered", "to_clarify", "decided", "not_applicable"]),
                name="onboarding_question_state",
            ),
            TenantKey("block", name="onboarding_question_block_fk"),
            TenantKey("list", name="onboarding_question_list_fk"),
            TenantKey("responsible", name="onboarding_question_responsible_fk"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("onboarding:question-show", args=[self.implementation.slug, self.pk])

    @property
    def mark(self) -> str:
        return self.MARKS[self.State(self.state)]

    @property
    def is_settled(self) -> bool:
        return self.state in self.SETTLED

    def is_overdue(self, today: datetime.date) -> bool:
        """Whether the due date has passed and something is left to do."""
        return self.due is not None and self.due < today and not self.is_settled

    def options(self) -> dict[str, str]:
        """What can be chosen, by key, in the active language; empty where the answer is not a choice."""
        if self.kind == self.Kind.YESNO:
            return {"yes": str(_("Yes")), "no": str(_("No"))}
        return {choice["key"]: localized(choice["label"]) for choice in self.choices}

    def siblings(self) -> "QuerySet[Question]":
        return Question.objects.filter(block_id=self.block_id)

    def change_scope(self) -> str:
        return f"question:{self.pk}"


class Decision(Owned):
    """One answer to a question, or one decision about it. Appended, never edited; the newest counts."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="decisions", editable=False)
    state = models.CharField(_("state"), max_length=14, choices=Question.State.choices)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    choice = models.CharField(_("choice"), max_length=60, blank=True)  # a choice's key; "yes" or "no"
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    by_name = models.CharField(max_length=120, editable=False)
    at = models.DateTimeField(editable=False)
    seq = models.PositiveIntegerField(editable=False)  # the number of the change that it belongs to

    class Meta(Owned.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-seq", "-id"]
        constraints = [
            *Owned.Meta.constraints,
            TenantKey("question", name="onboarding_decision_question_fk"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_state_display()}"

    @property
    def mark(self) -> str:
        return Question.MARKS[Question.State(self.state)]

    @property
    def choice_label(self) -> str:
        """What was chosen, in the active language."""
        return self.question.options().get(self.choice, self.choice)

    def change_scope(self) -> str:
        return f"question:{self.question_id}"


class ChecklistItem(Owned, Ranked, Translated):
    """One thing to do before or after go-live. One with a `check` sees for itself whether it is done."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    translated_fields = ("title", "description")

    title = models.CharField(_("title"), max_length=NAME_MAX)
    description = models.TextField(_("description"), blank=True)
    check_key = models.CharField(max_length=40, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=14, choices=State.choices, default=State.OPEN)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    responsible = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="checklist_items",
        verbose_name=_("responsible"),
        limit_choices_to={"ended_at": None},
    )
    due = models.DateField(_("due date"), null=True, blank=True)
    # a person's dated mark: who ticked it off, when, and at which change
    marked_at = models.DateTimeField(null=True, blank=True, editable=False)
    marked_by = models.CharField(max_length=120, blank=True, editable=False)
    marked_seq = models.PositiveIntegerField(null=True, blank=True, editable=False)
    origin_key = models.CharField(max_length=60, blank=True, editable=False)

    class Meta(Owned.Meta):
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "not_applicable"]), name="onboarding_checklistitem_state"
            ),
            TenantKey("responsible", name="onboarding_checklistitem_responsible_fk"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not self.title.strip():
            raise ValidationError({"title": _("Write a title.")})

    def get_absolute_url(self) -> str:
        return reverse("onboarding:checklist-item-edit", args=[self.implementation.slug, self.pk])

    def siblings(self) -> "QuerySet[ChecklistItem]":
        return ChecklistItem.objects.filter(implementation_id=self.implementation_id)

    def change_scope(self) -> str:
        return f"check:{self.pk}"
