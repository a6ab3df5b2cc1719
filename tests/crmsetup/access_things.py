"""What the access table names: one thing of each kind in an implementation."""

from functools import cached_property

from crmsetup.changes import change
from crmsetup.models import Change, Implementation, Membership, User
from lists.models import List, ListItem


class Things:
    """Finds things of one implementation. The two implementations of the cast have all of them, under other ids."""

    def __init__(self, slug: str) -> None:
        self.implementation = Implementation.objects.get(slug=slug)

    def prepare(self) -> None:
        """Makes what the starter set does not bring."""
        with change(self.implementation, None, "item.edited", list="x", item="x") as c:
            c.update(self.item, description="Beskrevet her")

    def member(self, role: str) -> Membership:
        return Membership.objects.get(implementation=self.implementation, role=role)

    @cached_property
    def undoable(self) -> Change:
        """The newest change."""
        found = self.implementation.changes.order_by("-seq").first()
        assert found
        return found

    @cached_property
    def category(self) -> List:
        return List.objects.get(implementation=self.implementation, key="category")

    @cached_property
    def items(self) -> list[ListItem]:
        """The categories in use, in order."""
        return list(ListItem.objects.filter(list=self.category, retired_at=None).order_by("rank", "id"))

    @property
    def item(self) -> ListItem:
        return self.items[1]


def person(role: str) -> User:
    """Who plays the role."""
    return User.objects.get(email=f"{role}@fjord.example")
