"""The access table of the guides; see tests/crmsetup/access_table.py."""

from tests.crmsetup.access_case import Case

GUIDE_CASES: list[Case] = []
