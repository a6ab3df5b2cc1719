"""What this room contributes to the pages of the ground floor."""

from crmsetup.models import Implementation
from crmsetup.rooms import Room, Section
from lists.starting import fill


def navigation(implementation: Implementation) -> list[Section]:
    """The room's entries in the navigation."""
    return []


ROOM = Room("lists", navigation=navigation, fill=fill)
