"""Sale and project guides: statuses at their place, and in each the activities and documents."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crmsetup.names import DESCRIPTION_MAX, NAME_MAX, Translated, clean_name, name_key
from crmsetup.ordering import Ranked
from crmsetup.tenancy import Owned, TenantKey
from lists.models import DocumentTemplate, FollowUpType, Status
from workflows.durations import minutes_in_words, span_in_words

Kind = Status.Kind

DAYS_MAX = 9999
MINUTES_MAX = 99 * 60 + 59
TEXT_MAX = 2047  # what the CRM holds as the default text of a follow-up


def demand_words(name: str) -> None:
    """Refuses a name of nothing but spaces; an empty one is refused by the field itself. Raises ValidationError."""
    if name and not clean_name(name):
        raise ValidationError({"name": _("Write a name.")})


class Guide(Owned, Ranked, Translated):
    """The agreed way through one type of sale or project. A guide is the CRM's sale or project type."""

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices, editable=False)
    name = models.CharField(_("name"), max_length=NAME_MAX)
    name_key = models.CharField(max_length=3 * NAME_MAX, editable=False)
    description = models.CharField(_("description"), max_length=DESCRIPTION_MAX, blank=True)
    duration = models.PositiveSmallIntegerField(
        _("expected duration"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(DAYS_MAX)],
    )
    duration_unit = models.CharField(_("unit"), max_length=6, choices=Unit.choices, default=Unit.MONTHS)
    is_on = models.BooleanField(_("guide is on"), default=False, editable=False)
    suggest_next = models.BooleanField(_("suggest the next status when the last activity is completed"), default=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    origin_key = models.CharField(max_length=60, blank=True, editable=False)

    class Meta(Owned.Meta):
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["implementation", "kind", "name_key"], name="workflows_guide_name"),
            models.UniqueConstraint(fields=["kind", "id"], name="workflows_guide_kind"),
            models.CheckConstraint(condition=~Q(name_key=""), name="workflows_guide_named"),
            models.CheckConstraint(condition=Q(kind__in=["sale", "project"]), name="workflows_guide_kinds"),
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(retired_at=None), name="workflows_guide_retired_is_off"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workflows:guide-show", args=[self.implementation.slug, self.pk])

    @property
    def is_sale(self) -> bool:
        return self.kind == Kind.SALE

    @property
    def takes(self) -> str:
        """How long such a sale or project is expected to take, in words; empty where that is not said."""
        return span_in_words(self.duration, self.duration_unit) if self.duration else ""

    @property
    def steps_in_use(self) -> "list[Step]":
        """The steps that are not hidden, in the order that they were fetched in."""
        return [step for step in self.steps.all() if not step.is_hidden]

    def derive(self) -> None:
        self.name = clean_name(self.name)
        self.name_key = name_key(self.name)

    def clean(self) -> None:
        super().clean()
        demand_words(self.name)
        self.derive()

    def siblings(self) -> "QuerySet[Guide]":
        return Guide.objects.filter(implementation_id=self.implementation_id, kind=self.kind)

    def change_scope(self) -> str:
        return f"guide:{self.pk}"


class Step(Owned, Ranked, Translated):
    """A status at its place in one guide. A retired status hides its steps."""

    translated_fields = ("purpose", "entry_criteria", "exit_criteria")

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="steps", editable=False)
    kind = models.CharField(max_length=7, choices=Kind.choices, editable=False)
    status = models.ForeignKey(Status, models.PROTECT, related_name="steps")
    purpose = models.CharField(_("purpose"), max_length=DESCRIPTION_MAX, blank=True)
    entry_criteria = models.CharField(_("entry criteria"), max_length=DESCRIPTION_MAX, blank=True)
    exit_criteria = models.CharField(_("exit criteria"), max_length=DESCRIPTION_MAX, blank=True)
    expected_days = models.PositiveSmallIntegerField(
        _("expected working days"), null=True, blank=True, validators=[MaxValueValidator(DAYS_MAX)]
    )

    class Meta(Owned.Meta):
        verbose_name = _("step")
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "id"], name="workflows_step_kind"),
            models.UniqueConstraint(fields=["guide", "status"], name="workflows_step_once"),
            TenantKey("guide", name="workflows_step_guide_fk"),
            TenantKey("guide", columns=["kind"], name="workflows_step_guide_kind_fk"),
            TenantKey("status", name="workflows_step_status_fk"),
            TenantKey(
                "status",
                columns=["kind"],
                name="workflows_step_status_kind_fk",
                violation_error_message=_("A sale guide takes stages of sales, a project guide statuses of projects."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.status)

    @property
    def is_hidden(self) -> bool:
        """Whether its status is retired."""
        return self.status.item.is_retired

    def siblings(self) -> "QuerySet[Step]":
        return Step.objects.filter(guide_id=self.guide_id)

    def change_scope(self) -> str:
        return f"guide:{self.guide_id}"


class Activity(Owned, Ranked, Translated):
    """Something to do in a step (the CRM says suggested follow-up).

    `days` counts from the activity before it in a sale, from entering the status in a project. Only a sale's activity
    is suggested automatically; only a project's is a milestone or goes to a project member.
    """

    translated_fields = ("name", "purpose", "default_text")

    step = models.ForeignKey(Step, models.PROTECT, related_name="activities", editable=False)
    kind = models.CharField(max_length=7, choices=Kind.choices, editable=False)
    name = models.CharField(_("name"), max_length=NAME_MAX)
    purpose = models.CharField(_("purpose"), max_length=DESCRIPTION_MAX, blank=True)
    type = models.ForeignKey(FollowUpType, models.PROTECT, related_name="activities", verbose_name=_("follow-up type"))
    days = models.PositiveSmallIntegerField(
        _("starts after (days)"), default=0, validators=[MaxValueValidator(DAYS_MAX)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("duration"),
        default=30,
        validators=[MaxValueValidator(MINUTES_MAX, _("Write at most 99 hours and 59 minutes."))],
    )
    default_text = models.TextField(
        _("default text"), max_length=TEXT_MAX, blank=True, validators=[MaxLengthValidator(TEXT_MAX)]
    )
    auto_suggest = models.BooleanField(_("suggest automatically"), default=False)
    milestone = models.BooleanField(_("milestone"), default=False)
    assign_to_member = models.BooleanField(_("assign to project member"), default=False)

    class Meta(Owned.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="workflows_activity_named"),
            models.CheckConstraint(
                condition=Q(kind="sale", milestone=False, assign_to_member=False)
                | Q(kind="project", auto_suggest=False),
                name="workflows_activity_kind",
                violation_error_message=_(
                    "Only an activity of a sale is suggested automatically; "
                    "only one of a project is a milestone or goes to a project member."
                ),
            ),
            TenantKey("step", name="workflows_activity_step_fk"),
            TenantKey("step", columns=["kind"], name="workflows_activity_step_kind_fk"),
            TenantKey("type", name="workflows_activity_type_fk"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def takes(self) -> str:
        """Its duration in words."""
        return minutes_in_words(self.minutes)

    def derive(self) -> None:
        self.name = clean_name(self.name)

    def clean(self) -> None:
        super().clean()
        demand_words(self.name)
        self.derive()

    def siblings(self) -> "QuerySet[Activity]":
        return Activity.objects.filter(step_id=self.step_id)

    def change_scope(self) -> str:
        return f"guide:{self.step.guide_id}"


class Document(Owned, Ranked, Translated):
    """Something to write in a step (the CRM says suggested document)."""

    translated_fields = ("name", "purpose", "default_subject")

    step = models.ForeignKey(Step, models.PROTECT, related_name="documents", editable=False)
    name = models.CharField(_("name"), max_length=NAME_MAX)
    purpose = models.CharField(_("purpose"), max_length=DESCRIPTION_MAX, blank=True)
    template = models.ForeignKey(
        DocumentTemplate, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("template")
    )
    default_subject = models.CharField(_("default subject"), max_length=219, blank=True)
    our_ref = models.CharField(_("our reference"), max_length=99, blank=True)

    class Meta(Owned.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="workflows_document_named"),
            TenantKey("step", name="workflows_document_step_fk"),
            TenantKey("template", name="workflows_document_template_fk"),
        ]

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        self.name = clean_name(self.name)

    def clean(self) -> None:
        super().clean()
        demand_words(self.name)
        self.derive()

    def siblings(self) -> "QuerySet[Document]":
        return Document.objects.filter(step_id=self.step_id)

    def change_scope(self) -> str:
        return f"guide:{self.step.guide_id}"
