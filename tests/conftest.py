"""What holds for every test."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.gates import machine

pytest_plugins = ("tests.cast", "tests.guard")


def pytest_configure(config: pytest.Config) -> None:
    from django.utils.translation.reloader import translation_file_changed

    from crmsetup.management.commands.compile_translations import compile_translations

    if not hasattr(config, "workerinput"):
        for catalogue in compile_translations():
            translation_file_changed(None, catalogue.with_suffix(".mo"))  # starting Django has read the old one


@pytest.fixture(autouse=True)
def main_language() -> Iterator[None]:
    """Every test begins in Norwegian, whatever language the last page of the one before was in."""
    with translation.override("nb"):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that make a handout carry the mark `handout`; without Pango they are left out, and the end says so."""
    if machine.pango():
        return
    for item in items:
        if item.get_closest_marker("handout"):
            item.add_marker(pytest.mark.skip(reason="Pango is not on this machine"))
