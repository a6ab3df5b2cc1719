"""The room of guides."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("Workflow")

    def ready(self) -> None:
        from crmsetup import changes, rooms, verbs
        from lists import uses
        from workflows import room
        from workflows.switching import switch_off_short_guides
        from workflows.uses import TELLERS
        from workflows.verbs import VERBS

        verbs.register(VERBS)
        rooms.register(room.ROOM)
        changes.settlers.append(switch_off_short_guides)
        uses.tellers.update(TELLERS)
