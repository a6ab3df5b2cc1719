"""The access table of the checklist and the handouts; see tests/crmsetup/access_table.py."""

from tests.crmsetup.access_case import Case

CHECKLIST_CASES: list[Case] = []
