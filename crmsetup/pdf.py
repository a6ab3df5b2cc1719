"""A template and its data as a tagged PDF (PDF/UA-1), set by WeasyPrint.

Only the project's own files are read: `project:/static/…` through the static files finders, `project:/font/…` from the
installed font packages, `project:/file/<digest>` from the pictures that the implementation has stored. Everything else,
and everything missing, is an error.
"""

import io
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from crmsetup.fonts import SOURCES, package_folder
from crmsetup.models import Implementation, StoredFile
from crmsetup.pdf_tags import mended

SCHEME = "project:"
PICTURE = f"{SCHEME}/file/"


class ForeignFile(Exception):
    """A handout asked for a file that is not the project's own, or not there."""


def own_file(url: str) -> Path:
    """The file behind a `project:` address. Raises ForeignFile."""
    kind, _sep, name = url.removeprefix(SCHEME).lstrip("/").partition("/")
    found: Path | None = None
    if url.startswith(SCHEME) and kind == "font" and Path(name).stem in SOURCES:
        found = package_folder(SOURCES[Path(name).stem], "files") / f"{Path(name).stem}.otf"
    if url.startswith(SCHEME) and kind == "static" and ".." not in name.split("/"):
        path = finders.find(name)
        found = Path(path) if path else None
    if found is None or not found.is_file():
        raise ForeignFile(url)
    return found


def own_picture(url: str, implementation: Implementation | None) -> tuple[bytes, str]:
    """Content and media type of a picture that the implementation has stored. Raises ForeignFile."""
    found = StoredFile.objects.filter(
        implementation=implementation, sha256=url.removeprefix(PICTURE), type__startswith="image/"
    ).first()
    if found is None:
        raise ForeignFile(url)
    return bytes(found.bytes), found.type


def render(
    template: str, context: Mapping[str, Any], language: str, implementation: Implementation | None = None
) -> bytes:
    """The PDF of a template in a language, whatever language is active. The same input gives the same pages.

    `implementation` is whose pictures it may show.
    """
    with translation.override(language):
        html = render_to_string(template, {**context, "language": language})
    return mended(_set(html, implementation))


def _read(url: str, implementation: Implementation | None) -> tuple[bytes, str]:
    if url.startswith(PICTURE):
        return own_picture(url, implementation)
    path = own_file(url)
    return path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _set(html: str, implementation: Implementation | None = None) -> bytes:
    from weasyprint import HTML  # importing takes two seconds, and only this needs it
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Lets nothing in but the project's own files."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            try:
                content, kind = _read(url, implementation)
            except ForeignFile as error:
                raise FatalURLFetchingError(f"not a file of the project: {url[:200]}") from error
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    target = io.BytesIO()
    try:
        HTML(string=html, base_url=f"{SCHEME}/", url_fetcher=OwnFiles()).write_pdf(target, pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:  # no Exception by its birth, so that WeasyPrint itself lets it through
        raise ForeignFile(str(error)) from error
    return target.getvalue()
