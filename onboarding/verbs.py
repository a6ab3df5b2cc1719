"""The verbs of this room."""

from crmsetup.verbs import Verb

VERBS: dict[str, Verb] = {}
