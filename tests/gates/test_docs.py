"""The documentation names only what there is, and what there is to set stands in it."""

import re

import pytest

from tests.gates.documents import PAGES, ROOT, faults, targets, variables

README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_what_is_there(page):
    assert faults(page.read_text(), page.parent) == []


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("Run `make coffee`.", "target of make: coffee"),
        ("```\nmanage.py brew --now\n```", "command: brew"),
        ("See `python -m crmsetup.kitchen`.", "module: crmsetup.kitchen"),
        ("Set `COFFEE_URL`.", "variable: COFFEE_URL"),
        ("```\nCOFFEE_URL=hot make run\n```", "variable: COFFEE_URL"),
        ("See `lists/coffee.py`.", "path: lists/coffee.py"),
        ("See `coffee.py`.", "path: coffee.py"),
        ("See [coffee](docs/coffee.md).", "link: docs/coffee.md"),
        ("See [coffee](README.md#coffee).", "link: README.md#coffee"),
    ],
)
def test_a_page_that_lies_is_caught(told, fault):
    assert faults(told, ROOT) == [fault]


def test_the_readme_has_every_variable_and_every_command():
    rows = re.findall(r"^\| (`[A-Z].*?) \|", README, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"\w+", row)} == variables()
    assert targets() - {"help"} <= set(re.findall(r"make ([a-z]+)", README))


def test_every_page_is_linked_from_where_one_begins():
    begin = README + (ROOT / "CONTRIBUTING.md").read_text()
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in begin] == []
