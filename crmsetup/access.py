"""Who may do what, and the one place where a request is let into an implementation."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from crmsetup.models import Implementation, Membership, User


class May(StrEnum):
    """What somebody may do in an implementation."""

    SEE = "see"  # look and print
    ANSWER = "answer"  # answer questions and tick checklist items given to them
    EDIT = "edit"  # edit lists and guides, decide, assign
    MANAGE = "manage"  # settings and members


Role = Membership.Role
_ROLES: dict[str, frozenset[May]] = {
    Role.ADMINISTRATOR: frozenset(May),
    Role.CONSULTANT: frozenset(May),
    Role.CONTRIBUTOR: frozenset({May.SEE, May.ANSWER}),
    Role.READER: frozenset({May.SEE}),
}


class Forbidden(PermissionDenied):
    """The person is a member, but the role does not allow it."""


def may(membership: Membership, what: May) -> bool:
    """Whether the member's role allows `what`."""
    return what in _ROLES[membership.role]


def may_answer(membership: Membership, responsible_id: int | None) -> bool:
    """Whether the member may answer or tick a thing: an editor any, a contributor those given to them."""
    return may(membership, May.EDIT) or (may(membership, May.ANSWER) and responsible_id == membership.pk)


def may_create(user: User) -> bool:
    """Whether the account may create implementations."""
    return user.may_create_implementations


class MemberRequest(HttpRequest):
    """A request that was let into an implementation.

    A page whose address does not lie below that of an entry of the navigation says in `entry` which one it belongs to.
    An answer to a post that shows another page again, with what was wrong, says in `page` where that page stands.
    """

    user: User
    implementation: Implementation
    membership: Membership
    entry: str
    page: str


P = ParamSpec("P")
View = Callable[Concatenate[MemberRequest, P], HttpResponse]


def member_page(what: May = May.SEE) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Marks a view of an implementation: `/i/<slug>/…`.

    The view gets a request with `implementation` and `membership`; the slug is taken out of its arguments. Signed out:
    to the sign-in page. Not a member, or no such implementation: 404. A role that does not allow `what`: 403.
    """

    def mark(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def entered(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.membership = membership_of(request.user, slug)
            request.implementation = request.membership.implementation
            if not may(request.membership, what):
                raise Forbidden
            return view(request, *args, **kwargs)

        entered.access = what  # type: ignore[attr-defined]
        return entered

    return mark


def membership_of(user: User, slug: str) -> Membership:
    """The person's membership of the implementation. Raises Http404 for everybody else, whatever exists."""
    memberships = Membership.objects.select_related("implementation").filter(ended_at=None)
    found = memberships.filter(user=user, implementation__slug=slug).first()
    if found is None:
        raise Http404
    found.user = user
    return found


def person_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view for anybody who is signed in."""

    @wraps(view)
    def entered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    entered.access = "person"  # type: ignore[attr-defined]
    return entered


def open_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view that anybody may see."""

    @wraps(view)
    def entered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    entered.access = "open"  # type: ignore[attr-defined]
    return entered
