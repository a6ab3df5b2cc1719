"""The forms of the checklist."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crmsetup import members
from crmsetup.stale import VersionedForm
from onboarding.checklist import SEES_FOR_ITSELF, state_to_tick
from onboarding.checks import sees_for_itself
from onboarding.models import ChecklistItem

State = ChecklistItem.State


class TickForm(VersionedForm):
    """One button: the state alone."""

    class Meta:
        model = ChecklistItem
        fields = ["state"]
        widgets = {"state": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["state"] = state_to_tick(self.instance)
        if sees_for_itself(self.instance):
            self.fields["state"].choices = [  # type: ignore[attr-defined]
                (State.OPEN, _("Sees for itself")),
                (State.NOT_APPLICABLE, State.NOT_APPLICABLE.label),
            ]
            self.fields["state"].error_messages["invalid_choice"] = SEES_FOR_ITSELF


class MarkForm(TickForm):
    """What somebody writes whom the item was given to: its state and a note."""

    class Meta:
        model = ChecklistItem
        fields = ["state", "note"]
        widgets = {"state": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 4})}


class ItemForm(MarkForm):
    """What an editor writes: who has to do it and by when as well."""

    class Meta(MarkForm.Meta):
        fields = [*MarkForm.Meta.fields, "responsible", "due"]
        widgets = {**MarkForm.Meta.widgets, "due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = members.who_can_answer(self.instance.implementation, holder_id=self.instance.responsible_id)
        self.fields["responsible"].queryset = people  # type: ignore[attr-defined]
        self.fields["responsible"].empty_label = _("Nobody")  # type: ignore[attr-defined]
