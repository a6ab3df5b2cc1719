"""The access table of the questions; see tests/crmsetup/access_table.py."""

from tests.crmsetup.access_case import Case

QUESTION_CASES: list[Case] = []
