"""The catalogue of lists: what every implementation has. An ordinary new list is one more entry here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crmsetup.languages import in_every_language


@dataclass(frozen=True)
class Entry:
    """`facet` is the name of the one-to-one row that this list's items have, empty for an ordinary list."""

    key: str
    name: str | Promise
    purpose: str | Promise
    new_item: str | Promise
    facet: str = ""
    crm_name: str | Promise = ""  # the CRM's own «Entity - List»
    section: str = "lists"  # where the navigation shows it: "lists" or "workflow"


ENTRIES = (
    Entry(
        "category",
        _("Category"),
        _("The main target groups that companies are classified in."),
        _("New category"),
        facet="category",
        crm_name=_("Company - Category"),
    ),
    Entry(
        "industry",
        _("Industry"),
        _("The industries that you register companies in."),
        _("New industry"),
        crm_name=_("Company - Business"),
    ),
    Entry(
        "company-interest",
        _("Company interest"),
        _("What is special about a company: the kind of account, what it has bought or could buy."),
        _("New company interest"),
        crm_name=_("Company - Interest"),
    ),
    Entry(
        "contact-interest",
        _("Contact interest"),
        _("What is special about a person: the role in a purchase, what the person wants to hear about."),
        _("New contact interest"),
        crm_name=_("Contact - Interest"),
    ),
    Entry(
        "subscription-type",
        _("Subscription type"),
        _(
            "What mailings a person can opt out of. Everybody accepts a type until they say no, "
            "so a new type goes to all."
        ),
        _("New subscription type"),
        crm_name=_("Subscription - Type"),
    ),
    Entry(
        "position",
        _("Position"),
        _("What the persons you meet do in their companies."),
        _("New position"),
        crm_name=_("Contact - Position"),
    ),
    Entry(
        "sale-stage",
        _("Sale – Stage"),
        _("The stages of a sale with their probability, shared by all sale guides."),
        _("New stage"),
        facet="status",
        crm_name=_("Sale - Stage"),
        section="workflow",
    ),
    Entry(
        "project-status",
        _("Project – Status"),
        _("The statuses of a project, shared by all project guides."),
        _("New status"),
        facet="status",
        crm_name=_("Project - Status"),
        section="workflow",
    ),
    Entry(
        "follow-up-type",
        _("Follow-up type"),
        _("The kinds of activities that you log and report: meetings, phone calls, tasks."),
        _("New follow-up type"),
        facet="follow_up_type",
        crm_name=_("Follow-up - Type"),
        section="workflow",
    ),
    Entry(
        "document-template",
        _("Document template"),
        _("The templates that letters, quotes and e-mails are written from."),
        _("New document template"),
        facet="document_template",
        crm_name=_("Document - Template"),
        section="workflow",
    ),
)
_BY_KEY = {entry.key: entry for entry in ENTRIES}

STATUS_KINDS = {"sale-stage": "sale", "project-status": "project"}
"""Which kind of guide the statuses of a list are for."""


def entry(key: str) -> Entry:
    """The catalogue's row of a list. Raises KeyError."""
    return _BY_KEY[key]


def names(key: str) -> dict[str, str]:
    """A list's name in every language that pages are written in."""
    return in_every_language(lambda: entry(key).name)
