"""What holds for every test."""

import pytest

from tests.gates import machine

pytest_plugins = ("tests.cast", "tests.guard")


def pytest_configure(config: pytest.Config) -> None:
    from crmsetup.management.commands.compile_translations import compile_translations

    if not hasattr(config, "workerinput"):
        compile_translations()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that make a handout carry the mark `handout`; without Pango they are left out, and the end says so."""
    if machine.pango():
        return
    for item in items:
        if item.get_closest_marker("handout"):
            item.add_marker(pytest.mark.skip(reason="Pango is not on this machine"))
