"""The ground floor as a Django application."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class CrmsetupConfig(AppConfig):
    name = "crmsetup"
    verbose_name = _("Implementation")

    def ready(self) -> None:
        from crmsetup import changes, letters, members, verbs

        verbs.register(verbs.VERBS)
        changes.settlers.append(members.keep_the_rules)
        checks.register(letters.mails_leave_the_machine, "security", deploy=True)
