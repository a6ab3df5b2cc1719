"""A backup made and restored by the very commands of docs/deployment.md holds everything, on both databases."""

import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import postgres
from tests.gates import machine
from tests.gates.documents import ROOT, commands
from tests.gates.serving import clean_environment

PAGE = "docs/deployment.md"
FILL = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.cast import assemble
assemble()
"""
RENAME = "UPDATE crmsetup_implementation SET name = 'Renamed after the backup'"
PDF = b"%PDF-1.7\n" + secrets.token_bytes(200_000)

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Place:
    """A folder to work in, its database, and how one looks into databases of that kind."""

    folder: Path
    environment: dict[str, str]
    connect: Callable[[str], Any]
    names: str  # a query for the tables
    mark: str  # what stands for a value

    def run(self, script: str) -> None:
        subprocess.run(["bash", "-euc", script], cwd=self.folder, env=self.environment, check=True)

    def write(self, name: str, sql: str, *values: object) -> None:
        with closing(self.connect(name)) as connection:
            connection.execute(sql, values)
            connection.commit()

    def rows(self, name: str) -> Rows:
        with closing(self.connect(name)) as connection:
            tables = [table for (table,) in connection.execute(self.names).fetchall()]
            return {table: _sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall()) for table in tables}


def _sorted(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


@pytest.fixture
def sqlite(tmp_path: Path) -> Place:
    if not machine.sqlite_shell():
        pytest.skip("sqlite3 is not on this machine")
    address = f"sqlite:///{tmp_path}/db.sqlite3"
    return Place(
        tmp_path,
        clean_environment(DATABASE_URL=address),
        connect=lambda name: sqlite3.connect(tmp_path / name),
        names="SELECT name FROM sqlite_master WHERE type = 'table'",
        mark="?",
    )


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[Place]:
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not on this machine")
    with postgres.throwaway() as address:
        socket = address.removeprefix("postgresql://crmsetup@/").removesuffix("/postgres")
        environment = clean_environment(
            DATABASE_URL=f"postgresql://crmsetup@/crmsetup?host={socket}",
            PATH=f"{programs}:{os.environ['PATH']}",
            PGHOST=socket,
            PGUSER="crmsetup",
        )
        subprocess.run(["createdb", "crmsetup"], env=environment, check=True)
        yield Place(
            tmp_path,
            environment,
            connect=lambda name: psycopg.connect(host=socket, user="crmsetup", dbname=name),
            names="SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
            mark="%s",
        )


def fill(place: Place, name: str) -> None:
    """Two companies with everything that a starter set brings, and a made handout."""
    environment = place.environment | {"DJANGO_SETTINGS_MODULE": "crmsetup.settings", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", FILL], cwd=place.folder, env=environment, check=True)
    values = ", ".join([place.mark] * 3)
    columns = "implementation_id, sha256, type, bytes"
    made = f"INSERT INTO crmsetup_storedfile ({columns}) SELECT id, {values} FROM crmsetup_implementation"
    place.write(name, f"{made} WHERE slug = 'fjord'", "0" * 64, "application/pdf", PDF)


def test_sqlite(sqlite: Place) -> None:
    fill(sqlite, "db.sqlite3")
    with closing(
        sqlite.connect("db.sqlite3")
    ) as at_work:  # somebody is: the newest rows are in the log beside the file
        at_work.execute("SELECT 1 FROM crmsetup_user").fetchone()
        before = sqlite.rows("db.sqlite3")
        sqlite.run(commands(PAGE, "backup-sqlite"))
        sqlite.write("db.sqlite3", RENAME)
        assert sqlite.rows("db.sqlite3") != before
    sqlite.run(commands(PAGE, "restore-sqlite"))
    demand_the_same(before, sqlite.rows("db.sqlite3"))
    demand_it_serves(sqlite)


def test_postgresql(postgresql: Place) -> None:
    fill(postgresql, "crmsetup")
    before = postgresql.rows("crmsetup")
    postgresql.run(commands(PAGE, "backup-postgresql"))
    postgresql.write("crmsetup", RENAME)
    assert postgresql.rows("crmsetup") != before
    postgresql.run(commands(PAGE, "restore-postgresql"))
    demand_the_same(before, postgresql.rows("crmsetup_restored"))
    address = postgresql.environment["DATABASE_URL"]
    postgresql.environment["DATABASE_URL"] = address.replace("/crmsetup?", "/crmsetup_restored?")
    demand_it_serves(postgresql)


def demand_the_same(before: Rows, after: Rows) -> None:
    assert after == before
    assert len(before["lists_listitem"]) > 50
    assert any(PDF in map(_bytes, row) for row in after["crmsetup_storedfile"])


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def demand_it_serves(place: Place) -> None:
    """The restored database fits the code, and its constraints still hold."""
    manage = f"{sys.executable} {ROOT}/manage.py"
    place.run(f"{manage} migrate --check && {manage} check --database default")
