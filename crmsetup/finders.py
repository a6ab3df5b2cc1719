"""Static files that come out of installed packages, below the address vendor/."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from crmsetup.fonts import FACES, package_folder, web_font

# The map is for a browser's inspector; the style sheet names it, so it has to be there when files are collected.
BOOTSTRAP = ("bootstrap.min.css", "bootstrap.min.css.map")


class PackageFinder(BaseFinder):
    """Finds Bootstrap's style sheet and the web fonts; the project holds no copy of either."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file behind `vendor/…`, or an empty list."""
        found = _file(path)
        if found is None:
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every file with the storage that it lies in."""
        addresses = [f"vendor/bootstrap/{name}" for name in BOOTSTRAP] + [f"vendor/fonts/{name}" for name in FACES]
        for address in addresses:
            found = _file(address)
            assert found is not None
            storage = FileSystemStorage(location=str(found.parent))
            storage.prefix = address.rpartition("/")[0]  # type: ignore[attr-defined]
            yield found.name, storage


def _file(address: str) -> Path | None:
    folder, _, name = address.rpartition("/")
    if folder == "vendor/bootstrap" and name in BOOTSTRAP:
        return package_folder("bootstrap", "css") / name
    if folder == "vendor/fonts" and name in FACES:
        return web_font(name)
    return None
