"""The room of lists."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    name = "lists"
    verbose_name = _("Lists")

    def ready(self) -> None:
        from crmsetup import changes, rooms, verbs
        from lists import room
        from lists.items import age_items_with_their_facets
        from lists.verbs import VERBS

        verbs.register(VERBS)
        rooms.register(room.ROOM)
        changes.settlers.append(age_items_with_their_facets)
