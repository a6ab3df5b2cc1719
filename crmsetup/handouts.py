"""Handouts: PDFs that are made once per content and kept.

A handout is keyed by a hash of everything that it shows: its data, its templates and style sheet, its language. Who
makes it (the request now, a background worker later) is nobody else's business.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from crmsetup import files, pdf
from crmsetup.models import Handout, Implementation

PDF = "application/pdf"


def handout(implementation: Implementation, template: str, document: Any, language: str, parts: Iterable[str]) -> bytes:
    """The PDF of a document (a data class of texts and numbers), from the store where its content was printed before.

    `parts` names the templates and static files that shape it, besides `template`, from the project's folder. Pictures
    of the implementation stand in the document by their digest and in the template as `project:/file/<digest>`.
    """
    key = content_hash(template, document, language, tuple(parts))
    kept = Handout.objects.filter(implementation=implementation, content_hash=key, state=Handout.State.READY)
    found = kept.select_related("file").first()
    if found is not None and found.file is not None:
        return bytes(found.file.bytes)
    made = pdf.render(template, {"document": document}, language, implementation)
    _keep(implementation, key, made)
    return made


def content_hash(template: str, document: Any, language: str, parts: tuple[str, ...]) -> str:
    """SHA-256 of all that the handout shows."""
    data = json.dumps(dataclasses.asdict(document), sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    told = "\n".join((template, language, _shape(parts), data))
    return hashlib.sha256(told.encode()).hexdigest()


def _shape(parts: tuple[str, ...]) -> str:
    """Changes when a template, the style sheet, a translation or a tool that sets the pages changes."""
    folder = Path(settings.BASE_DIR)
    files = [path for part in parts for path in sorted(folder.glob(part))]
    return " ".join([_tools(), *(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)])


@cache
def _tools() -> str:
    return f"{version('weasyprint')} {version('pikepdf')}"


def _keep(implementation: Implementation, key: str, made: bytes) -> None:
    with transaction.atomic():
        stored = files.keep(implementation, made, PDF)
        Handout.objects.update_or_create(
            implementation=implementation,
            content_hash=key,
            defaults={"state": Handout.State.READY, "file": stored},
        )
