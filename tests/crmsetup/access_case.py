"""One way to call an address, and who gets what answer to it; the tables are made of these."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.crmsetup.access_things import Things

ROLES = ("anonymous", "outsider", "reader", "contributor", "administrator", "consultant")


def _nothing(things: Things) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Case:
    """One way to call an address.

    `path` gives the arguments besides the slug, `body` what is posted, `ids` the ids among what is posted; each from
    the things of an implementation. A post that is let in writes something, unless it is `idle`.
    """

    name: str
    get: str
    post: str
    get_foreign: str = ""
    post_foreign: str = ""
    post_foreign_body: str = ""
    path: Callable[[Things], Mapping[str, Any]] = _nothing
    body: Callable[[Things], Mapping[str, Any]] = _nothing
    ids: Callable[[Things], Mapping[str, Any]] = _nothing
    query: str = ""
    idle: bool = False
    why: str = ""

    @property
    def label(self) -> str:
        return f"{self.name} ({self.why})" if self.why else self.name
