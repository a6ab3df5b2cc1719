"""Lists of Fjord AS, and people at their pages."""

from collections.abc import Callable

import pytest

from crmsetup.changes import change
from crmsetup.models import User
from lists import items
from lists.models import List
from tests.lists.reading import Desk


@pytest.fixture
def a_list(implementation) -> Callable[[str], List]:
    """Gives the list of Fjord AS with this key."""
    found = List.objects.select_related("implementation").filter(implementation=implementation)
    return lambda key: found.get(key=key)


@pytest.fixture
def short(a_list) -> List:
    """The industries, with three in use: Transport, Bygg og anlegg, Sjømat; translated with EN before the name."""
    one = a_list("industry")
    with change(one.implementation, None, "item.edited", list="x", item="x") as c:
        every = list(items.items_of(one))
        for item in every[len(NAMES) :]:
            c.update(item, name=f"Gammel {item.name}", retired_at=c.at)
        for item, name in zip(every, NAMES, strict=False):
            c.update(item, name=name, translations={"en": {"name": f"EN {name}"}})
    return one


NAMES = ("Transport", "Bygg og anlegg", "Sjømat")


@pytest.fixture
def desk(administrator_client, short) -> Desk:
    """The administrator at the short list."""
    return Desk(administrator_client, short)


@pytest.fixture
def at(administrator_client, a_list) -> Callable[[str], Desk]:
    """The administrator at the list of this key."""
    return lambda key: Desk(administrator_client, a_list(key))


@pytest.fixture
def translate_into(implementation) -> Callable[..., None]:
    """Sets the further languages of Fjord AS."""

    def act(*codes: str) -> None:
        with change(implementation, None, "implementation.edited", implementation="x") as c:
            c.update(implementation, further_languages=list(codes))

    return act


@pytest.fixture(params=["nb", "en"])
def language(request, administrator) -> str:
    """The administrator reads pages in this language."""
    User.objects.filter(pk=administrator.pk).update(language=request.param)
    return request.param


@pytest.fixture
def english_reader(administrator) -> None:
    """The administrator reads pages in English."""
    User.objects.filter(pk=administrator.pk).update(language="en")
