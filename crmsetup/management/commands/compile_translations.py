"""Compiles the translations without gettext's tools."""

import os
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


def compile_translations() -> list[Path]:
    """Compiles each catalogue that is newer than its compiled form, and gives those."""
    catalogues = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")]
    stale = [path for path in catalogues if _is_stale(path)]
    for path in stale:
        compiled = path.with_suffix(".mo")
        unfinished = compiled.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(path)).save_as_mofile(str(unfinished))
        unfinished.replace(compiled)  # in one step: somebody may be reading the old one
    return stale


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


class Command(BaseCommand):
    help = "Compiles the translations; needs no gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_translations():
            self.stdout.write(f"compiled {path.relative_to(settings.BASE_DIR)}")
