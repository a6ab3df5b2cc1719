"""The cast: two implementations, a person in every role, somebody from outside, and a client for each.

It is assembled once, before the first test, from the general starter set, and stays in the database: a test's own
writes are rolled back around it. A test that needs real transactions empties the database; the next one that asks for
the cast gets it anew. So count what you made, not what there is.
"""

import pytest
from django.test import Client

from tests.inspector import InspectingClient

PASSWORD = "correct-horse-battery"


def assemble() -> None:
    """Makes the cast where it is not there."""
    from crmsetup import members, startersets
    from crmsetup.models import Implementation, User

    if Implementation.objects.filter(slug="fjord").exists():
        return
    people = {name: User.objects.create_user(f"{name}@fjord.example", name.title(), PASSWORD) for name in PEOPLE}
    general = startersets.load("general")
    fjord = startersets.create_implementation(
        name="Fjord AS",
        slug="fjord",
        administrator=people["administrator"],
        starter_set=general,
        further_languages=["en"],
    )
    startersets.create_implementation(
        name="Fjell AS",
        slug="fjell",
        administrator=people["outsider"],
        starter_set=general,
        further_languages=["en"],
    )
    for role in ("consultant", "contributor", "reader"):
        members.add(fjord, by=people["administrator"], user=people[role], role=role)


PEOPLE = ("administrator", "consultant", "contributor", "reader", "outsider")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Where a live server is among the tests, SQLite in a file, as it is served.

    In memory all its threads would share one connection, and crash.
    """
    from django.db import connection

    if connection.vendor == "sqlite" and any("live_server" in _fixtures(item) for item in request.session.items):
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("sqlite") / "tests.sqlite3")


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """The test database, with the cast in it."""
    with django_db_blocker.unblock():
        assemble()


@pytest.fixture
def cast(db: None) -> None:
    """Demands that the cast is in the database."""
    assemble()


@pytest.fixture
def implementation(cast: None):
    """Fjord AS, in Norwegian, translated to English."""
    from crmsetup.models import Implementation

    return Implementation.objects.get(slug="fjord")


@pytest.fixture
def other_implementation(cast: None):
    """Fjell AS, which nobody of Fjord AS may know of."""
    from crmsetup.models import Implementation

    return Implementation.objects.get(slug="fjell")


def _person(name: str):
    from crmsetup.models import User

    return User.objects.get(email=f"{name}@fjord.example")


def _membership(name: str):
    from crmsetup.models import Membership

    return Membership.objects.select_related("user", "implementation").get(user=_person(name))


def _client(name: str) -> Client:
    client = InspectingClient()
    client.force_login(_person(name))
    return client


@pytest.fixture
def administrator(cast: None):
    """The user who is administrator of Fjord AS."""
    return _person("administrator")


@pytest.fixture
def consultant(cast: None):
    """The user who is consultant in Fjord AS."""
    return _person("consultant")


@pytest.fixture
def contributor(cast: None):
    """The user who is contributor in Fjord AS."""
    return _person("contributor")


@pytest.fixture
def reader(cast: None):
    """The user who is reader in Fjord AS."""
    return _person("reader")


@pytest.fixture
def outsider(cast: None):
    """The user who is administrator of Fjell AS and nothing in Fjord AS."""
    return _person("outsider")


@pytest.fixture
def administrator_membership(cast: None):
    return _membership("administrator")


@pytest.fixture
def consultant_membership(cast: None):
    return _membership("consultant")


@pytest.fixture
def contributor_membership(cast: None):
    return _membership("contributor")


@pytest.fixture
def reader_membership(cast: None):
    return _membership("reader")


@pytest.fixture
def outsider_membership(cast: None):
    """The outsider's membership of Fjell AS."""
    return _membership("outsider")


@pytest.fixture
def administrator_client(cast: None) -> Client:
    return _client("administrator")


@pytest.fixture
def consultant_client(cast: None) -> Client:
    return _client("consultant")


@pytest.fixture
def contributor_client(cast: None) -> Client:
    return _client("contributor")


@pytest.fixture
def reader_client(cast: None) -> Client:
    return _client("reader")


@pytest.fixture
def outsider_client(cast: None) -> Client:
    return _client("outsider")


@pytest.fixture
def anonymous_client(cast: None) -> Client:
    return InspectingClient()
