"""Changes in templates."""

from django import template
from django.utils.safestring import SafeString

from crmsetup import verbs
from crmsetup.models import Change

register = template.Library()


@register.filter
def sentence(change: Change) -> SafeString:
    """What the change did, in the reader's language."""
    return verbs.sentence(change)
