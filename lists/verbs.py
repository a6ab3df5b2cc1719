"""The verbs of the lists."""

from django.utils.translation import gettext_lazy as _

from crmsetup.verbs import Verb

VERBS = {
    "item.added": Verb(_("%(by)s added «%(item)s» to %(list)s.")),
    "item.edited": Verb(_("%(by)s edited «%(item)s» in %(list)s.")),
    "item.renamed": Verb(_("%(by)s renamed «%(old)s» to «%(item)s» in %(list)s.")),
    "item.moved-first": Verb(_("%(by)s moved «%(item)s» to the top of %(list)s.")),
    "item.moved": Verb(_("%(by)s moved «%(item)s» after «%(after)s» in %(list)s.")),
    "item.retired": Verb(_("%(by)s retired «%(item)s» from %(list)s.")),
    "item.restored": Verb(_("%(by)s restored «%(item)s» in %(list)s.")),
}
