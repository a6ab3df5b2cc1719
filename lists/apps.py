"""The room of lists."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    name = "lists"
    verbose_name = _("Lists")

    def ready(self) -> None:
        from crmsetup import rooms, verbs
        from lists import room
        from lists.verbs import VERBS

        verbs.register(VERBS)
        rooms.register(room.ROOM)
