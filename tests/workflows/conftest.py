"""A guide of each kind, and a foreign one."""

import pytest

from crmsetup import rooms
from tests.workflows.cast import build
from workflows import switching
from workflows.models import Guide


@pytest.fixture
def sale_guide(implementation) -> Guide:
    """«Gjensalg» of Fjord AS: three stages with an activity in each, on."""
    guide = build(implementation, "sale", "Gjensalg", 3)
    switching.switch_on(guide, by=None)
    return guide


@pytest.fixture
def project_guide(implementation) -> Guide:
    """«Messe» of Fjord AS: three statuses with an activity in each, off."""
    return build(implementation, "project", "Messe", 3)


@pytest.fixture
def foreign_guide(other_implementation) -> Guide:
    """A sale guide of Fjell AS."""
    return build(other_implementation, "sale", "Gjensalg", 2)


@pytest.fixture
def client(administrator_client, administrator):
    """The administrator's, in English."""
    administrator.language = "en"
    administrator.save()
    return administrator_client


@pytest.fixture
def no_navigation(monkeypatch) -> None:
    """Leaves the navigation out of what a page costs: other rooms fill it."""
    monkeypatch.setattr(rooms, "navigation", lambda implementation: [])
