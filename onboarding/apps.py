"""The room of the preparation and the checklist."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OnboardingConfig(AppConfig):
    name = "onboarding"
    verbose_name = _("Preparation")

    def ready(self) -> None:
        from crmsetup import changes, rooms, verbs
        from onboarding import room
        from onboarding.decisions import follow_newest
        from onboarding.verbs import VERBS

        verbs.register(VERBS)
        rooms.register(room.ROOM)
        changes.settlers.append(follow_newest)
