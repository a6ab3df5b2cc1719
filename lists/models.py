"""The lists a CRM classifies by: their items, and the facets that only some lists have."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crmsetup.names import DESCRIPTION_MAX, NAME_MAX, Translated, clean_name, name_key, search_key, sort_key
from crmsetup.ordering import Ranked
from crmsetup.tenancy import Owned, TenantKey
from lists import catalogue


class List(Owned, Ranked):
    """A set of values a CRM classifies by. Its name and purpose stand in the catalogue of lists."""

    key = models.SlugField(max_length=40)
    alphabetical = models.BooleanField(_("sorted A–Å"), default=False)

    class Meta(Owned.Meta):
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["implementation", "key"], name="lists_list_key"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("lists:list-show", args=[self.implementation.slug, self.key])

    @property
    def entry(self) -> catalogue.Entry:
        """The list's row in the catalogue."""
        return catalogue.entry(self.key)

    @property
    def name(self) -> str:
        """The list's name in the active language."""
        return str(self.entry.name)

    def names(self) -> dict[str, str]:
        """The list's name in every language that pages are written in."""
        return catalogue.names(self.key)

    def siblings(self) -> "QuerySet[List]":
        return List.objects.filter(implementation_id=self.implementation_id)

    def change_scope(self) -> str:
        return f"list:{self.pk}"


class ListItem(Owned, Ranked, Translated):
    """One of the values of a list. Retired items stay on the records that have them."""

    list = models.ForeignKey(List, models.PROTECT, related_name="items", editable=False)
    name = models.CharField(_("name"), max_length=NAME_MAX)
    description = models.CharField(_("description"), max_length=DESCRIPTION_MAX, blank=True)
    name_key = models.CharField(max_length=3 * NAME_MAX, editable=False)
    sort_key = models.TextField(editable=False)
    search_key = models.TextField(editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="aliases", editable=False
    )
    origin_key = models.CharField(max_length=60, blank=True, editable=False)

    class Meta(Owned.Meta):
        verbose_name = _("list item")
        verbose_name_plural = _("list items")
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["list", "name_key"], name="lists_listitem_name"),
            models.UniqueConstraint(fields=["list", "id"], name="lists_listitem_list"),
            models.CheckConstraint(condition=~Q(name_key=""), name="lists_listitem_named"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(retired_at__isnull=False), name="lists_listitem_merged_retired"
            ),
            TenantKey("list", name="lists_listitem_list_fk"),
            TenantKey("merged_into", name="lists_listitem_merged_fk"),
            TenantKey("merged_into", columns=["list"], name="lists_listitem_merged_list_fk"),
        ]
        indexes = [
            models.Index(fields=["list", "rank", "id"], name="lists_listitem_rank"),
            models.Index(fields=["list", "sort_key", "id"], name="lists_listitem_sort"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("lists:item-edit", args=[self.list.implementation.slug, self.list.key, self.pk])

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    def derive(self) -> None:
        """Fills the keys that compare, sort and find the item."""
        self.name = clean_name(self.name)
        self.name_key, self.sort_key = name_key(self.name), sort_key(self.name)
        others = [texts.get("name", "") for texts in self.translations.values()]
        self.search_key = search_key(self.name, *others)

    def clean(self) -> None:
        """An item has a name, and translations that the CRM has room for."""
        super().clean()
        self.derive()
        if not self.name_key:
            raise ValidationError({"name": _("Write a name.")})

    def siblings(self) -> "QuerySet[ListItem]":
        return ListItem.objects.filter(list_id=self.list_id)

    def change_scope(self) -> str:
        return f"list:{self.list_id}"


class Facet(Owned):
    """What only the items of one list have, as a row of its own."""

    item: "models.OneToOneField[ListItem, ListItem]"

    class Meta(Owned.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.item)

    def change_scope(self) -> str:
        return self.item.change_scope()


class Category(Facet):
    """What a company is to us. The group drives search and automation and is not shown to the CRM's users."""

    class Group(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        POTENTIAL = "potential", _("Potential customer")
        PARTNER = "partner", _("Partner")
        LOST = "lost", pgettext_lazy("category group", "Lost")
        OTHER = "other", pgettext_lazy("category group", "Other")

    item = models.OneToOneField(ListItem, models.PROTECT, related_name="category", editable=False)
    group = models.CharField(_("category group"), max_length=10, choices=Group.choices, blank=True)
    lead_status = models.BooleanField(_("lead status for this category"), default=False)

    class Meta(Facet.Meta):
        verbose_name = _("category")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(lead_status=False) | Q(group="potential"),
                name="lists_category_lead_status",
                violation_error_message=_("Lead status belongs to the group «Potential customer» only."),
            ),
            models.CheckConstraint(
                condition=Q(group__in=["", "customer", "potential", "partner", "lost", "other"]),
                name="lists_category_group",
            ),
            TenantKey("item", name="lists_category_item_fk"),
        ]

    def clean(self) -> None:
        if self.lead_status and self.group != self.Group.POTENTIAL:
            raise ValidationError({"lead_status": _("Lead status belongs to the group «Potential customer» only.")})


class Status(Facet):
    """A stage of sales or a status of projects, shared by guides. A sale's has a probability."""

    class Kind(models.TextChoices):
        SALE = "sale", _("Sale")
        PROJECT = "project", _("Project")

    item = models.OneToOneField(ListItem, models.PROTECT, related_name="status", editable=False)
    kind = models.CharField(max_length=7, choices=Kind.choices, editable=False)
    probability = models.PositiveSmallIntegerField(_("probability"), null=True, blank=True)

    class Meta(Facet.Meta):
        verbose_name = _("status")
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "id"], name="lists_status_kind"),
            models.CheckConstraint(
                condition=Q(kind="sale", probability__isnull=False, probability__lte=100)
                | Q(kind="project", probability=None),
                name="lists_status_probability",
                violation_error_message=_("Write a whole number from 0 to 100."),
            ),
            TenantKey("item", name="lists_status_item_fk"),
        ]

    def clean(self) -> None:
        wanted = self.kind == self.Kind.SALE
        if wanted and not (self.probability is not None and 0 <= self.probability <= 100):
            raise ValidationError({"probability": _("Write a whole number from 0 to 100.")})


class FollowUpType(Facet):
    """A kind of activity, and how the CRM's diary treats it."""

    class Form(models.TextChoices):
        APPOINTMENT = "appointment", _("Appointment")
        TASK = "task", _("Task")
        PHONE = "phone", _("Phone call")

    class Direction(models.TextChoices):
        NONE = "none", pgettext_lazy("direction of a follow-up", "None")
        IN = "in", pgettext_lazy("direction of a follow-up", "In")
        OUT = "out", pgettext_lazy("direction of a follow-up", "Out")

    item = models.OneToOneField(ListItem, models.PROTECT, related_name="follow_up_type", editable=False)
    form = models.CharField(_("form"), max_length=12, choices=Form.choices, default=Form.APPOINTMENT)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices, default=Direction.NONE)

    class Meta(Facet.Meta):
        verbose_name = _("follow-up type")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(form__in=["appointment", "task", "phone"]) & Q(direction__in=["none", "in", "out"]),
                name="lists_followuptype_choices",
            ),
            TenantKey("item", name="lists_followuptype_item_fk"),
        ]


class DocumentTemplate(Facet):
    """A template that documents are written from."""

    class Output(models.TextChoices):
        LETTER = "letter", _("Letter")
        EMAIL = "email", _("E-mail")
        NOTE = "note", _("Note")
        QUOTE = "quote", _("Quote")
        SPREADSHEET = "spreadsheet", _("Spreadsheet")
        PRESENTATION = "presentation", _("Presentation")
        PDF = "pdf", _("PDF document")

    item = models.OneToOneField(ListItem, models.PROTECT, related_name="document_template", editable=False)
    output = models.CharField(_("what comes out"), max_length=12, choices=Output.choices, default=Output.LETTER)

    class Meta(Facet.Meta):
        verbose_name = _("document template")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(output__in=["letter", "email", "note", "quote", "spreadsheet", "presentation", "pdf"]),
                name="lists_documenttemplate_output",
            ),
            TenantKey("item", name="lists_documenttemplate_item_fk"),
        ]
