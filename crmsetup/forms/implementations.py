"""Forms of an implementation: its settings, and making one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crmsetup import startersets
from crmsetup.languages import CONTENT_LANGUAGES, interface_languages
from crmsetup.models import Implementation, slug_letters
from crmsetup.stale import VersionedForm


class ImplementationForm(VersionedForm):
    """The settings of an implementation. The main language is fixed when it is made."""

    further_languages = forms.MultipleChoiceField(
        label=_("Further languages"),
        choices=list(CONTENT_LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Names and descriptions can be translated into these."),
    )

    class Meta:
        model = Implementation
        fields = ["name", "contact_name", "contact_email", "crm_version", "go_live", "further_languages"]
        widgets = {"go_live": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        main = self.instance.main_language
        self.fields["further_languages"].choices = [  # type: ignore[attr-defined]
            (code, label) for code, label in CONTENT_LANGUAGES.items() if code != main
        ]


class NewImplementationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is asked when an implementation is made."""

    slug = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=60,
        validators=[slug_letters],
        help_text=_("Stands in the web address. Left empty, it is made from the name."),
    )
    starter_set = forms.ChoiceField(
        label=_("Starter set"), help_text=_("Lists, guides, questions and a checklist to begin with.")
    )
    further_languages = forms.MultipleChoiceField(
        label=_("Further languages"),
        choices=list(CONTENT_LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    main_language = forms.ChoiceField(
        label=_("Main language"),
        choices=interface_languages,
        help_text=_("The language that names are written in. It cannot be changed later."),
    )

    class Meta:
        model = Implementation
        fields = ["name", "slug", "contact_name", "contact_email", "crm_version", "go_live"]
        widgets = {"go_live": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    field_order = [
        "name",
        "slug",
        "main_language",
        "further_languages",
        "starter_set",
        "contact_name",
        "contact_email",
        "crm_version",
        "go_live",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starter_set"].choices = startersets.choices()  # type: ignore[attr-defined]

    def clean_starter_set(self) -> startersets.StarterSet:
        """The set that was chosen, which has to be right."""
        try:
            return startersets.load(self.cleaned_data["starter_set"])
        except startersets.BrokenStarterSet as error:
            told = _("The starter set cannot be used, its file has to be put right. %(fault)s")
            raise forms.ValidationError(told % {"fault": error}) from error
