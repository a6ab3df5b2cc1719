"""What the tests need from the machine besides Python packages, and how it gets there."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass

from tests.postgres import binaries

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PANGO_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")


def chromium() -> str | None:
    """The path of an installed Chromium or Chrome."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def sqlite_shell() -> str | None:
    """The path of SQLite's shell, which backups are made with."""
    return shutil.which("sqlite3")


def pango() -> bool:
    """Whether the libraries load that WeasyPrint sets text with."""
    return all(map(_loads, PANGO_LIBRARIES))


def _loads(library: str) -> bool:
    for name in (f"lib{library}.so.0", find_library(library)):
        try:
            if name and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False


@dataclass(frozen=True)
class Need:
    """A program or library of the machine: how it is found, what is not tested without it, how to get it."""

    name: str
    found: Callable[[], object]
    untested: str
    packages: tuple[str, ...]

    @property
    def remedy(self) -> str:
        return "apt-get install " + " ".join(self.packages)


NEEDS = {
    need.name: need
    for need in (
        Need("PostgreSQL", binaries, "all tests on PostgreSQL", ("postgresql",)),
        Need("SQLite's shell", sqlite_shell, "backing up SQLite", ("sqlite3",)),
        Need("Chromium", chromium, "the browser tests", ("chromium",)),
        Need(
            "Pango",
            pango,
            "the tests that make handouts",
            ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        ),
    )
}


def missing() -> list[Need]:
    """The needs that this machine does not meet."""
    return [need for need in NEEDS.values() if not need.found()]


def install(needs: list[Need]) -> None:
    """Tries to install what is missing from Debian's packages, where the person at work may."""
    if not needs or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    packages = [package for need in needs for package in need.packages]
    print("installing", *packages, flush=True)
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "-qq", *command], env=quiet, check=False)
