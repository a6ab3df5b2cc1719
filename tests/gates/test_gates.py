"""Each check can fail, and what was not tested is said."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.gates import machine
from tests.gates.__main__ import STATIC, TESTS, Outcome, Part, report, run_quietly

ROOT = Path(__file__).resolve().parent.parent.parent
FAILING = Outcome(Part("lint", ("false",)), passed=False, seconds=0.1)
PASSING = Outcome(Part("lint", ("true",)), passed=True, seconds=0.1)
NEED = machine.NEEDS["PostgreSQL"]


def command_of(name: str) -> tuple[str, ...]:
    return next(part.command for part in (*STATIC, *TESTS) if part.name == name)


def run(*command: object, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False)


def test_a_part_that_fails_shows_what_it_said(capsys):
    outcome = run_quietly(Part("speaks", (sys.executable, "-c", "print('the reason'); raise SystemExit(1)")))
    assert not outcome.passed
    assert "the reason" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("outcomes", "missing", "complete", "status"),
    [
        ([PASSING], [], True, 0),
        ([PASSING, FAILING, PASSING], [], False, 1),
        ([PASSING], [NEED], False, 0),
        ([PASSING], [NEED], True, 1),
    ],
)
def test_the_exit_status_is_honest(outcomes, missing, complete, status):
    assert report(outcomes, missing, complete) == status


def test_what_was_not_tested_stands_in_the_last_line(capsys):
    report([PASSING, FAILING], [NEED], complete=False)
    *_, last = capsys.readouterr().out.splitlines()
    assert last.startswith("NOT TESTED: all tests on PostgreSQL")
    assert last.endswith("Get it: apt-get install postgresql")


def test_lint_fails_on_a_fault(tmp_path):
    (tmp_path / "wrong.py").write_text("import os\n")
    settings = ("--config", ROOT / "pyproject.toml", "--no-cache", tmp_path)
    assert "F401" in run(*command_of("lint")[:-1], *settings).stdout
    (tmp_path / "wrong.py").write_text("a = ( 1 )\n")
    assert run(*command_of("format")[:-1], *settings).returncode == 1


def test_types_fail_on_a_fault(tmp_path):
    (tmp_path / "wrong.py").write_text("def untyped(x):\n    return x\n")
    found = run(*command_of("types"), "--cache-dir", tmp_path / "cache", tmp_path / "wrong.py")
    assert "no-untyped-def" in found.stdout


def test_imports_fail_when_a_lower_room_looks_up(tmp_path):
    for room in ("crmsetup", "lists", "workflows", "onboarding"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    assert run(*command_of("imports"), "--no-cache", folder=tmp_path).returncode == 0
    (tmp_path / "lists" / "__init__.py").write_text("import workflows\n")
    found = run(*command_of("imports"), "--no-cache", folder=tmp_path)
    assert found.returncode == 1
    assert "lists -> workflows" in found.stdout


@pytest.mark.django_db
def test_migrations_fail_when_models_are_ahead_of_them(settings, tmp_path, monkeypatch):
    (tmp_path / "none_yet").mkdir()
    (tmp_path / "none_yet" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"onboarding": "none_yet"}  # the top room, which no other depends on
    with pytest.raises(SystemExit) as stopped:
        call_command("makemigrations", "onboarding", check=True, dry_run=True, verbosity=0)
    assert stopped.value.code == 1


def test_template_lint_fails_on_a_fault(tmp_path):
    (tmp_path / "wrong.html").write_text("<p>{% if a %}</p>\n<img src='a'>\n")
    found = run(sys.executable, "-m", "djlint", tmp_path, "--lint", "--configuration", ROOT / "pyproject.toml")
    assert found.returncode == 1
    assert "H013" in found.stdout
