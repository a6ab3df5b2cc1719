"""The verbs of the guides."""

from django.utils.translation import gettext_lazy as _

from crmsetup.verbs import Verb

VERBS = {
    "guide.added": Verb(_("%(by)s added the guide «%(guide)s».")),
    "guide.edited": Verb(_("%(by)s edited the guide «%(guide)s».")),
    "guide.renamed": Verb(_("%(by)s renamed the guide «%(old)s» to «%(guide)s».")),
    "guide.retired": Verb(_("%(by)s retired the guide «%(guide)s».")),
    "guide.restored": Verb(_("%(by)s restored the guide «%(guide)s».")),
    "guide.switched-on": Verb(_("%(by)s switched the guide «%(guide)s» on.")),
    "guide.switched-off": Verb(_("%(by)s switched the guide «%(guide)s» off.")),
    "guide.switched-itself-off": Verb(
        _("The guide «%(guide)s» switched itself off: it needs at least two stages or statuses in use.")
    ),
    "step.added": Verb(_("%(by)s added «%(status)s» to the guide «%(guide)s».")),
    "step.edited": Verb(_("%(by)s edited «%(status)s» in the guide «%(guide)s».")),
    "step.moved-first": Verb(_("%(by)s moved «%(status)s» to the front of the guide «%(guide)s».")),
    "step.moved": Verb(_("%(by)s moved «%(status)s» after «%(after)s» in the guide «%(guide)s».")),
    "step.removed": Verb(_("%(by)s took «%(status)s» out of the guide «%(guide)s».")),
    "activity.added": Verb(_("%(by)s added the activity «%(activity)s» to «%(status)s» in the guide «%(guide)s».")),
    "activity.edited": Verb(_("%(by)s edited the activity «%(activity)s» in «%(status)s» in the guide «%(guide)s».")),
    "activity.renamed": Verb(
        _("%(by)s renamed the activity «%(old)s» to «%(activity)s» in «%(status)s» in the guide «%(guide)s».")
    ),
    "activity.moved-first": Verb(
        _("%(by)s moved the activity «%(activity)s» to the top of «%(status)s» in the guide «%(guide)s».")
    ),
    "activity.moved": Verb(
        _("%(by)s moved the activity «%(activity)s» after «%(after)s» in «%(status)s» in the guide «%(guide)s».")
    ),
    "activity.removed": Verb(
        _("%(by)s removed the activity «%(activity)s» from «%(status)s» in the guide «%(guide)s».")
    ),
    "document.added": Verb(_("%(by)s added the document «%(document)s» to «%(status)s» in the guide «%(guide)s».")),
    "document.edited": Verb(_("%(by)s edited the document «%(document)s» in «%(status)s» in the guide «%(guide)s».")),
    "document.renamed": Verb(
        _("%(by)s renamed the document «%(old)s» to «%(document)s» in «%(status)s» in the guide «%(guide)s».")
    ),
    "document.moved-first": Verb(
        _("%(by)s moved the document «%(document)s» to the top of «%(status)s» in the guide «%(guide)s».")
    ),
    "document.moved": Verb(
        _("%(by)s moved the document «%(document)s» after «%(after)s» in «%(status)s» in the guide «%(guide)s».")
    ),
    "document.removed": Verb(
        _("%(by)s removed the document «%(document)s» from «%(status)s» in the guide «%(guide)s».")
    ),
}
