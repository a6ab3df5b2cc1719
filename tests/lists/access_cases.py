"""The access table of the lists; see tests/crmsetup/access_table.py."""

from tests.crmsetup.access_case import Case

LIST_CASES: list[Case] = []
