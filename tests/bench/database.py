"""The throwaway database: an SQLite file, or with DATABASE_URL a database of its own on that PostgreSQL."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

NAME = "crmsetup_bench"


def choose() -> None:
    """Before Django is set up: says under what name the database will be made."""
    if "DATABASE_URL" in os.environ:
        os.environ["BENCH_DATABASE"] = NAME
    else:
        os.environ["BENCH_DATABASE"] = str(Path(tempfile.mkdtemp(prefix="crmsetup-bench-")) / "bench.sqlite3")


@contextmanager
def made() -> Iterator[str]:
    """The migrated, empty database, gone after the block; gives its address, for other processes."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    name = connection.settings_dict["NAME"]
    try:
        if connection.vendor == "sqlite":
            yield f"sqlite:///{name}"
        else:
            address, question, options = os.environ["DATABASE_URL"].partition("?")
            yield f"{address.rpartition('/')[0]}/{name}{question}{options}"
    finally:
        connection.close()
        connection.creation.destroy_test_db(name, verbosity=0)
        if connection.vendor == "sqlite":
            Path(os.environ["BENCH_DATABASE"]).parent.rmdir()


def settle() -> None:
    """Lets the database count what was just filled in, as it does by itself in its own time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
