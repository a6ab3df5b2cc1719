"""`make bench`: prints what the main pages cost beside plain Django admin, and writes it to build/bench.json.

With DATABASE_URL it measures on that PostgreSQL, in a database of its own. `--quick` tries everything on little data.
The exit status is 1 when a target does not hold.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.bench import report

QUICK = "--quick"


def main(arguments: list[str]) -> int:
    from tests.bench import database  # the settings must be chosen before Django's models are there

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    database.choose()
    import django

    django.setup()
    with database.made() as address:
        rows = list(_aloud(_measured(address, quick=arguments == [QUICK])))
    target = Path(os.environ.get("BENCH_RESULT", "build/bench.json"))
    report.write(rows, target)
    missed = [row for row in rows if row.holds is False]
    print(f"\n{len(rows)} measurements in {target}; {len(missed)} do not hold what was promised.")
    return 1 if missed else 0


def _measured(address: str, *, quick: bool) -> Iterable[report.Row]:
    from crmsetup.models import User
    from tests.bench import clock, data, database, pages, pdf, wire

    person = User.objects.create_user("ingrid.haugen@bedrift.example", "Ingrid Haugen")
    reader = User.objects.create_user("aksel.dahl@bedrift.example", "Aksel Dahl")
    sizes = data.SIZES[:2] if quick else data.SIZES
    companies = [data.Company(size, person, reader) for size in sizes]
    database.settle()
    patience = clock.SHORT if quick else clock.LONG
    yield from pages.measured(companies, patience)
    yield from wire.measured(address, companies[-1], pages.FIRST_LOADS)
    yield from pdf.measured(address, data.PAPERS[:1] if quick else data.PAPERS, patience)


def _aloud(rows: Iterable[report.Row]) -> Iterable[report.Row]:
    print(report.head(), flush=True)
    for row in rows:
        print(report.line(row), flush=True)
        yield row


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
