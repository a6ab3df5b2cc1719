"""Two people who write at once both succeed, and their changes are numbered one after the other."""

import json
import subprocess
import sys
from itertools import chain
from pathlib import Path

from django.db import connection

from tests.crmsetup.concurrently import ACTS, PEOPLE

ROOT = Path(__file__).resolve().parents[2]


def test_two_who_write_at_once_both_succeed_and_are_numbered_without_gaps(tmp_path):
    name = str(tmp_path / "shared.sqlite3") if connection.vendor == "sqlite" else "concurrently"
    command = [sys.executable, "-m", "tests.crmsetup.concurrently", name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["wrong"] == []
    made = {person: numbers for person, numbers in told["made"].items() if len(numbers) == ACTS}
    assert set(made) == {person.title() for person in PEOPLE}
    assert told["history"] == list(range(1, told["start"] + ACTS * len(PEOPLE) + 1))
    assert sorted(chain(*made.values())) == told["history"][told["start"] :]
    assert all(numbers == sorted(numbers) for numbers in made.values())
