"""Who works in an implementation, and as what.

Every act takes the person who acts (`by`) and is one recorded change. There is always an administrator: whatever
would leave none raises `LastAdministrator`, an undo too.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crmsetup.changes import Recorder, change
from crmsetup.languages import in_every_language
from crmsetup.models import Implementation, Membership, User
from crmsetup.stale import demand_version

Role = Membership.Role

MEANING: Mapping[str, Any] = {
    Role.ADMINISTRATOR: gettext_lazy("edits everything, and manages settings and members"),
    Role.CONSULTANT: gettext_lazy("may do the same as an administrator, and mostly helps from outside"),
    Role.CONTRIBUTOR: gettext_lazy("comments, answers assigned questions and ticks assigned checklist items"),
    Role.READER: gettext_lazy("looks and prints"),
}
"""What somebody in a role does, to follow its name and a colon."""


class LastAdministrator(ValidationError):
    """The act would leave the implementation without an administrator."""

    def __init__(self) -> None:
        super().__init__(_("There has to be an administrator. Make somebody else administrator first."), code="last")


def role_names(role: str) -> dict[str, str]:
    """The role's name inside a sentence, in every language that pages are written in."""
    return in_every_language(lambda: str(Role(role).label).lower())


def current(implementation: Implementation) -> QuerySet[Membership]:
    """Those who are members now, by name."""
    found = Membership.objects.filter(implementation=implementation, ended_at=None)
    return found.select_related("user").order_by("user__name", "id")


def who_can_answer(implementation: Implementation, *, holder_id: int | None = None) -> QuerySet[Membership]:
    """Those whom something can be given to, by name: all but readers, and whoever has it now."""
    return current(implementation).filter(~Q(role=Role.READER) | Q(pk=holder_id))


def former(implementation: Implementation) -> QuerySet[Membership]:
    """Those whose membership has ended, the latest first."""
    found = Membership.objects.filter(implementation=implementation, ended_at__isnull=False)
    return found.select_related("user").order_by("-ended_at", "id")


def add(implementation: Implementation, *, by: User | None, user: User, role: str) -> Membership:
    """Makes somebody a member in a role; who was one before gets the old membership back, who is one stays so."""
    with change(implementation, by, "member.added", member=str(user), role=role_names(role)) as c:
        return join(c, user=user, role=role)


def join(c: Recorder, *, user: User, role: str) -> Membership:
    """The person's membership, made or taken up again as part of a change."""
    found = Membership.objects.filter(implementation=c.implementation, user=user).first()
    if found is None:
        return c.create(Membership(user=user, role=role))
    if found.has_ended:
        c.update(found, role=role, ended_at=None)
    return found


def change_role(membership: Membership, *, by: User, version: int, role: str) -> None:
    """Gives a member another role. Raises StaleSave, and ValidationError where the membership has ended."""
    with change(membership.implementation, by, "member.role-changed", member=str(membership)) as c:
        demand_version(membership, version)
        stored = Membership.objects.get(pk=membership.pk)
        _demand_current(stored)
        c.params |= {"old": role_names(stored.role), "role": role_names(role)}
        c.update(membership, role=role)


def end(membership: Membership, *, by: User, heir: Membership | None = None) -> None:
    """Ends a membership. What the person was responsible for goes to `heir`, or to nobody.

    Raises ValidationError where either of them is no member any more.
    """
    verb = "member.left" if by == membership.user else "member.ended"
    with change(membership.implementation, by, verb, member=str(membership)) as c:
        _demand_current(Membership.objects.get(pk=membership.pk))
        if heir is not None:
            _demand_current(Membership.objects.exclude(pk=membership.pk).get(pk=heir.pk))
        _hand_over(c, membership, heir)
        c.update(membership, ended_at=c.at)


def _hand_over(c: Recorder, membership: Membership, heir: Membership | None) -> None:
    handed = responsible_for(membership)
    for row in handed:
        c.update(row, responsible=heir)
    facts = {"member": str(membership), "number": len(handed)}
    if handed and heir:
        c.also("member.handed-over", heir=str(heir), **facts)
    elif handed:
        c.also("member.handed-to-nobody", **facts)


def _demand_current(membership: Membership) -> None:
    if membership.has_ended:
        raise ValidationError(_("%(member)s is no longer a member.") % {"member": membership})


def responsible_for(membership: Membership) -> list[Any]:
    """Everything that names the member as responsible, in whichever room."""
    rows: list[Any] = []
    for field in responsible_fields():
        rows += field.model._base_manager.filter(responsible=membership).select_related("implementation").order_by("pk")
    return rows


def responsible_fields() -> "list[models.ForeignObject[Any, Any]]":
    """The rooms' foreign keys that name somebody responsible, from the models' own relations."""
    return [relation.field for relation in Membership._meta.related_objects if relation.field.name == "responsible"]


def keep_the_rules(c: Recorder) -> None:
    """At the end of every change: an administrator is there, and nobody who has gone is responsible for anything.

    Raises LastAdministrator, and ValidationError.
    """
    if c.touched(Membership) and not current(c.implementation).filter(role=Role.ADMINISTRATOR).exists():
        raise LastAdministrator
    for field in responsible_fields():
        given: QuerySet[Any] = field.model._base_manager.filter(
            pk__in=c.touched(field.model), responsible__ended_at__isnull=False
        )
        for row in given.select_related("responsible__user"):
            _demand_current(row.responsible)
