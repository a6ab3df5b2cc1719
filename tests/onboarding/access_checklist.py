"""The access table of the checklist and the handouts; see tests/crmsetup/access_table.py."""

from tests.crmsetup.access_case import Case

CHECKLIST_CASES = [
    Case("onboarding:preparation-pdf", get="login 404 200 200 200 200", post="login 404 405 405 405 405"),
]
