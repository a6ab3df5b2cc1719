"""Runs every check and every test, and says at the end what passed, what failed and what was not tested.

`python -m tests.gates` runs all, `python -m tests.gates static` only what `make lint` runs. One failure does not hide
the others. With CI in the environment nothing may be left out: what could not be tested counts as a failure.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.gates import machine

PYTHON = sys.executable
PYTEST = (PYTHON, "-m", "pytest", "-q")
PRODUCTION = {
    "CRMSETUP_MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "crm.example",
    "EMAIL_URL": "smtp+tls://mail.crm.example:587",
}


@dataclass(frozen=True)
class Part:
    """One command; `need` names what it cannot do without."""

    name: str
    command: tuple[str, ...]
    need: str = ""
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    part: Part
    passed: bool
    seconds: float


def _module(*arguments: str) -> tuple[str, ...]:
    return (PYTHON, "-m", *arguments)


STATIC = [
    Part("types", _module("mypy")),
    Part("lint", _module("ruff", "check", ".")),
    Part("format", _module("ruff", "format", "--check", ".")),
    Part("imports", (str(Path(PYTHON).with_name("lint-imports")),)),
    Part("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")),
    Part(
        "production settings",
        (PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        environment=PRODUCTION,
    ),
    Part("translations", _module("tests.gates.messages")),
    Part("templates", _module("tests.gates.templates")),
    Part("template lint", _module("djlint", "templates", "--lint", "--quiet")),
]
TESTS = [
    Part("tests on SQLite", (*PYTEST, "-n", "2", "--ignore", "tests/browser")),
    Part(
        "tests on PostgreSQL",
        _module("tests.postgres", *PYTEST, "-n", "2", "--ignore", "tests/browser", "--ignore", "tests/gates"),
        need="PostgreSQL",
    ),
    Part("tests in the browser", (*PYTEST, "tests/browser"), need="Chromium"),
]


def run_quietly(part: Part) -> Outcome:
    """Runs a part and shows what it said only when it failed."""
    started = time.monotonic()
    done = subprocess.run(part.command, env=_environment(part), capture_output=True, text=True, check=False)
    outcome = Outcome(part, done.returncode == 0, time.monotonic() - started)
    if not outcome.passed:
        print(f"\n--- {part.name}\n{done.stdout}{done.stderr}", flush=True)
    return outcome


def run_aloud(part: Part) -> Outcome:
    """Runs a part and shows what it says as it goes."""
    print(f"\n--- {part.name}", flush=True)
    started = time.monotonic()
    done = subprocess.run(part.command, env=_environment(part), check=False)
    return Outcome(part, done.returncode == 0, time.monotonic() - started)


def _environment(part: Part) -> dict[str, str]:
    """The checks see neither the database nor the mode that somebody works with."""
    ours = {"DATABASE_URL", "CRMSETUP_MODE", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "EMAIL_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    return environment | {"DATABASE_URL": "sqlite://:memory:"} | part.environment


def report(outcomes: Iterable[Outcome], missing: Iterable[machine.Need], complete: bool) -> int:
    """Prints the last lines and gives the exit status. `complete` says that nothing may be missing."""
    print()
    failed = False
    for outcome in outcomes:
        failed |= not outcome.passed
        print(f"{'passed' if outcome.passed else 'FAILED':7} {outcome.part.name:24} {outcome.seconds:6.1f} s")
    for need in missing:
        failed |= complete
        print(f"NOT TESTED: {need.untested}, for {need.name} is not on this machine. Get it: {need.remedy}")
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(run_quietly, STATIC))
    if arguments == ["static"]:
        return report(outcomes, [], complete=False)
    machine.install(machine.missing())
    missing = machine.missing()
    absent = {need.name for need in missing}
    outcomes += [run_aloud(part) for part in TESTS if part.need not in absent]
    return report(outcomes, missing, complete=os.environ.get("CI", "").lower() in {"1", "true"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
