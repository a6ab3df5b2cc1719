"""In every test: whatever writes a row of an implementation outside a recorded change fails.

Signals would not see `update()`; this looks at every statement on its way to the database.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

WRITE = re.compile(
    r"""\b(?P<verb>INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|MERGE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)
        \s+(?:OR\s+\w+\s+|ONLY\s+)?"?(?P<table>\w+)"?""",
    re.IGNORECASE | re.VERBOSE,
)
UNRECORDED = {"crmsetup.storedfile", "crmsetup.handout"}  # what can be made anew from the rest
_on = False


class Unrecorded(AssertionError):
    """A row of an implementation was written outside a change."""


@cache
def guarded_tables() -> frozenset[str]:
    """The tables of every model with `implementation`, and what records their changes."""
    from django.apps import apps

    found = {"crmsetup_changedrow"}
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "implementation" in names and model._meta.label_lower not in UNRECORDED:
            found.add(model._meta.db_table)
    return frozenset(found)


def refuse_unrecorded(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """The wrapper around every statement."""
    if _on:
        for written in WRITE.finditer(sql):
            _demand_recording(written["verb"].upper().split()[0], written["table"].lower(), sql)
    return execute(sql, params, many, context)


def _demand_recording(verb: str, table: str, sql: str) -> None:
    from crmsetup.changes import is_recording

    made = table == "crmsetup_implementation" and verb == "INSERT"
    ours = table in guarded_tables() or table == "crmsetup_implementation"
    if ours and not made and not is_recording():
        raise Unrecorded(f"written outside a change: {sql}")


def watch(connection: Any, **kwargs: Any) -> None:
    """Puts the wrapper around a connection; every thread has its own."""
    if refuse_unrecorded not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_unrecorded)


@pytest.fixture(autouse=True)
def guard(request: pytest.FixtureRequest) -> Iterator[None]:
    """On from when the test's database is ready until before it is put back."""
    global _on  # noqa: PLW0603 - threads of a live server are watched as well
    if not _uses_database(request):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    from django.db import connections
    from django.db.backends.signals import connection_created

    for connection in connections.all(initialized_only=True):
        watch(connection)
    connection_created.connect(watch)
    _on = True
    yield
    _on = False


def _uses_database(request: pytest.FixtureRequest) -> bool:
    wanted = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
    return request.node.get_closest_marker("django_db") is not None or bool(wanted & set(request.fixturenames))
