"""The throwaway PostgreSQL works, and is gone afterwards whatever happens."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.postgres import binaries

pytestmark = pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not on this machine")
ASK = "import os, sys, time; print(os.environ['DATABASE_URL'], flush=True); {}"


def start(act: str) -> tuple[subprocess.Popen[str], Path]:
    """A command under a throwaway server, and the server's folder."""
    command = [sys.executable, "-m", "tests.postgres", sys.executable, "-c", ASK.format(act)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert started.stdout
    address = started.stdout.readline().strip()
    return started, Path(address.removeprefix("postgresql://crmsetup@/").removesuffix("/postgres"))


def gone(folder: Path) -> bool:
    """Whether the folder vanishes within ten seconds."""
    deadline = time.monotonic() + 10
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not folder.exists()


def test_the_status_of_the_command_is_passed_on_and_nothing_is_left():
    started, folder = start("sys.exit(3)")
    started.communicate()
    assert folder.name.startswith("crmsetup-pg-")
    assert started.returncode == 3
    assert not folder.exists()


def test_nothing_is_left_when_the_run_is_killed():
    started, folder = start("time.sleep(5)")
    assert started.stdout
    server = int((folder / "data" / "postmaster.pid").read_text().split("\n", maxsplit=1)[0])
    started.kill()
    started.wait()
    started.stdout.close()
    assert gone(folder)
    assert not Path(f"/proc/{server}/exe").exists()
