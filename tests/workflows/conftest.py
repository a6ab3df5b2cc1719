"""A guide of each kind, and a foreign one."""

import pytest

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
