"""Plain Django admin over the models of the product, as one writes it in a day: the baseline.

It makes no history, knows no stale saves, and lets the order be edited as a number. Where admin by itself asks the
database again for every row of a form (the choices of a select, and the name of each choice), it is helped: what is
compared with has no fault that anybody would mend first.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest

from crmsetup.models import Change
from lists.models import DocumentTemplate, FollowUpType, ListItem, Status
from onboarding.models import ChecklistItem, Question
from workflows.models import Activity, Document, Guide, Step

for model in (Activity, Document, Guide, ListItem, Step):
    model._meta.get_field("rank").editable = True  # in admin this is how one moves a row


class Site(admin.AdminSite):
    """Lets in whoever is signed in; accounts of the product know no admin rights."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


class Everything:
    """All rights on a model."""

    def _allowed(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = _allowed

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True


class Once(ModelChoiceIterator):
    """Choices that are read once for all rows of a form."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if not self.field.kept:
            self.field.kept.extend(super().__iter__())
        return iter(self.field.kept)


class Choice(forms.ModelChoiceField):
    """A select whose copies in the rows share their choices."""

    iterator = Once

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.kept: list[tuple[Any, str]] = []
        super().__init__(*args, **kwargs)


class OfItems:
    """Choices of an item of a list: with its name, and those of the same company."""

    def formfield_for_foreignkey(self, db_field: "models.ForeignKey[Any]", request: HttpRequest, **kwargs: Any) -> Any:
        model = db_field.remote_field.model
        if model in {DocumentTemplate, FollowUpType, Status}:
            kwargs["queryset"] = model.objects.filter(implementation__in=_company(request)).select_related("item")
            kwargs["form_class"] = Choice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _company(request: HttpRequest) -> Any:
    """That of the guide or step whose form is shown."""
    match = request.resolver_match
    assert match
    model = Guide if match.url_name == "workflows_guide_change" else Step
    return model.objects.values("implementation").filter(pk=match.kwargs["object_id"])


class Page(OfItems, Everything, admin.ModelAdmin):
    """A hundred rows a page; any filter may stand in the address."""

    list_per_page = 100

    def lookup_allowed(self, *args: Any) -> bool:
        return True


class Inline(OfItems, Everything, admin.TabularInline):
    """A row of form for each row, and no empty ones."""

    extra = 0
    ordering = ("rank", "id")


class EditableItems(Page):
    """The items of a list, editable in place."""

    list_display = ("id", "name", "description", "rank", "retired_at")
    list_editable = ("name", "description", "rank")
    ordering = ("rank", "id")
    search_fields = ("name", "description")
    fields = ("name", "description", "translations", "rank")


class PlainItems(EditableItems):
    """The same, to look at."""

    list_editable = ()


class Steps(Inline):
    model = Step
    fields = ("rank", "purpose", "entry_criteria", "exit_criteria", "expected_days", "status")


class Activities(Inline):
    model = Activity
    fields = (
        *("rank", "name", "purpose", "type", "days", "minutes", "default_text"),
        *("auto_suggest", "milestone", "assign_to_member"),
    )


class Documents(Inline):
    model = Document
    fields = ("rank", "name", "purpose", "template", "default_subject", "our_ref")


class Guides(Page):
    inlines = (Steps,)
    fields = ("name", "description", "duration", "duration_unit", "suggest_next", "rank")


class GuideSteps(Page):
    inlines = (Activities, Documents)
    fields = ("status", "purpose", "entry_criteria", "exit_criteria", "expected_days", "rank")


class Questions(Page):
    list_display = ("title", "kind", "state", "responsible", "due")
    list_select_related = ("responsible__user",)
    fields = ("title", "text", "why", "decides", "example", "responsible", "due")


class Checks(Page):
    list_display = ("title", "state", "responsible", "due", "note")
    list_editable = ("state", "note")
    list_select_related = ("responsible__user",)


class Changes(Page):
    list_display = ("seq", "at", "by_name", "verb")
    ordering = ("-seq",)


class PlainItem(ListItem):
    """A second name for the items: admin takes one page for each model."""

    class Meta:
        proxy = True
        app_label = "lists"


site = Site()
site.register(ListItem, EditableItems)
site.register(PlainItem, PlainItems)
site.register(Guide, Guides)
site.register(Step, GuideSteps)
site.register(Question, Questions)
site.register(ChecklistItem, Checks)
site.register(Change, Changes)
