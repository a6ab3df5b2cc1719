"""What the access table names: one thing of each kind in an implementation."""

import datetime
import hashlib
from functools import cached_property

from crmsetup import files
from crmsetup.changes import change
from crmsetup.models import Change, Implementation, Invitation, Membership, User
from crmsetup.ordering import GAP
from lists.models import DocumentTemplate, FollowUpType, List, ListItem, Status
from onboarding.models import ChecklistItem, Question
from tests.crmsetup.pictures import picture
from workflows.models import Activity, Document, Guide, Step


class Things:
    """Finds things of one implementation. The two implementations of the cast have all of them, under other ids."""

    def __init__(self, slug: str) -> None:
        self.implementation = Implementation.objects.get(slug=slug)

    def prepare(self) -> None:
        """Makes what the starter set does not bring."""
        logo = files.keep(self.implementation, self._picture, "image/png")
        with change(self.implementation, None, "item.edited", list="x", item="x") as c:
            c.update(self.item, description="Beskrevet her")
            c.update(self.items[-1], retired_at=c.at)
            c.update(self.given_check, responsible=self.helper)
            c.update(self.given_question, responsible=self.helper)
            c.update(self.implementation, logo=logo)
            c.create(self._new_invitation(c.at - datetime.timedelta(days=1)))
            c.create(Guide(kind="sale", name="Gjensalg", rank=99 * GAP, retired_at=c.at))

    def member(self, role: str) -> Membership:
        return Membership.objects.get(implementation=self.implementation, role=role)

    @property
    def logo(self) -> str:
        """The digest of the logo, another for each implementation."""
        return hashlib.sha256(self._picture).hexdigest()

    @property
    def _picture(self) -> bytes:
        return picture(colour=tuple(self.implementation.slug.encode()[-3:]))

    @property
    def newcomer(self) -> Membership:
        """Who became a member last; in Fjord AS the reader."""
        found = Membership.objects.filter(implementation=self.implementation).order_by("-pk").first()
        assert found
        return found

    @property
    def invitation(self) -> Invitation:
        return Invitation.objects.get(implementation=self.implementation)

    @property
    def token(self) -> str:
        """What the link of the invitation holds."""
        return f"token-of-{self.implementation.slug}"

    def _new_invitation(self, sent_at: datetime.datetime) -> Invitation:
        return Invitation(
            email="kari@nordmann.example",
            role="contributor",
            language="nb",
            token_hash=hashlib.sha256(self.token.encode()).hexdigest(),
            invited_by=Membership.objects.filter(implementation=self.implementation).order_by("pk").first(),
            sent_at=sent_at,
            expires_at=sent_at + datetime.timedelta(days=14),
        )

    @cached_property
    def helper(self) -> Membership:
        """Who can do only what is given to them; where there is nobody of that role, the administrator."""
        found = Membership.objects.filter(implementation=self.implementation, role="contributor").first()
        return found or self.member("administrator")

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

    @cached_property
    def retired_item(self) -> ListItem:
        """A category that cannot be chosen any more."""
        return ListItem.objects.filter(list=self.category).exclude(retired_at=None).order_by("rank", "id")[0]

    @cached_property
    def check(self) -> ChecklistItem:
        """A checklist item that is ticked by hand and given to nobody."""
        return ChecklistItem.objects.filter(implementation=self.implementation, check_key="").order_by("rank")[0]

    @cached_property
    def given_check(self) -> ChecklistItem:
        """One that is given to the helper."""
        return ChecklistItem.objects.filter(implementation=self.implementation, check_key="").order_by("rank")[1]

    @cached_property
    def question(self) -> Question:
        """A question that is answered in words and given to nobody."""
        return self._question("reports")

    @cached_property
    def given_question(self) -> Question:
        """One that is given to the helper."""
        return self._question("campaigns")

    @cached_property
    def guide(self) -> Guide:
        """The sale guide of the starter set, which is on and has every stage."""
        return Guide.objects.get(implementation=self.implementation, origin_key="new-customer")

    @cached_property
    def project_guide(self) -> Guide:
        """The project guide of the starter set; the status «stopped» is not in it."""
        return Guide.objects.get(implementation=self.implementation, origin_key="conference")

    @cached_property
    def retired_guide(self) -> Guide:
        """A guide without stages that was retired."""
        return Guide.objects.get(implementation=self.implementation, name="Gjensalg")

    @cached_property
    def steps(self) -> list[Step]:
        """Those of the sale guide, in order."""
        return list(Step.objects.filter(guide=self.guide).order_by("rank", "id"))

    @property
    def step(self) -> Step:
        return self.steps[1]

    @cached_property
    def activities(self) -> list[Activity]:
        return list(Activity.objects.filter(step=self.step).order_by("rank", "id"))

    @cached_property
    def documents(self) -> list[Document]:
        """Those of the stage «quote», which has two."""
        return list(Document.objects.filter(step=self.steps[2]).order_by("rank", "id"))

    @cached_property
    def unused_status(self) -> Status:
        """A status of projects that no guide has."""
        return Status.objects.get(implementation=self.implementation, item__origin_key="stopped")

    @cached_property
    def follow_up_type(self) -> FollowUpType:
        return FollowUpType.objects.filter(implementation=self.implementation).order_by("item__rank")[0]

    @cached_property
    def template(self) -> DocumentTemplate:
        return DocumentTemplate.objects.filter(implementation=self.implementation).order_by("item__rank")[0]

    @cached_property
    def list_question(self) -> Question:
        """The one that the categories answer."""
        return self._question("categories")

    def _question(self, key: str) -> Question:
        return Question.objects.get(implementation=self.implementation, origin_key=key)


def person(role: str) -> User:
    """Who plays the role."""
    return User.objects.get(email=f"{role}@fjord.example")
