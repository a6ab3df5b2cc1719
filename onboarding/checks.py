"""What a checklist item sees for itself, and how it stands."""

from crmsetup.models import Implementation
from onboarding.models import ChecklistItem


def state_and_reason(implementation: Implementation, item: ChecklistItem) -> tuple[str, str]:
    """The item's state and why, in a sentence; one that a person ticks needs no reason."""
    return item.state, ""
