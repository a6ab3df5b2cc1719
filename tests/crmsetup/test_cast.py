"""The cast itself: everybody is who they should be."""

from crmsetup.models import Membership


def test_everybody_has_the_role_that_the_name_says(implementation, outsider, other_implementation):
    roles = {m.user.email.split("@")[0]: m.role for m in Membership.objects.filter(implementation=implementation)}
    assert roles == {role: role for role in ("administrator", "consultant", "contributor", "reader")}
    assert [m.implementation for m in outsider.memberships.all()] == [other_implementation]


def test_both_implementations_are_filled_from_the_starter_set(implementation, other_implementation):
    for one in (implementation, other_implementation):
        assert one.languages == ["nb", "en"]
        assert "implementation.filled" in one.changes.values_list("verb", flat=True)
