"""Files of an implementation, kept in the database: each content once."""

import hashlib

from crmsetup.models import Implementation, StoredFile


def keep(implementation: Implementation, content: bytes, kind: str) -> StoredFile:
    """The stored file with that content, made where there is none; `kind` is its media type."""
    found, _made = StoredFile.objects.get_or_create(
        implementation=implementation,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={"type": kind, "bytes": content},
    )
    return found
