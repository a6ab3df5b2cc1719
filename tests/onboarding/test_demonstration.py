"""The demonstration as it is loaded: everything the pages need to show, the same each time, and not in production."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from crmsetup.models import Implementation, Membership, User
from crmsetup.verbs import plain_sentence
from lists.models import ListItem
from onboarding import demonstration
from onboarding.models import ChecklistItem, Question
from workflows.models import Guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def fjordlys() -> Implementation:
    """Loaded by the command, as `make demo` does."""
    call_command("demo", verbosity=0)
    return Implementation.objects.get(slug="fjordlys")


def told(implementation: Implementation) -> list[str]:
    """The history in sentences."""
    with translation.override("nb"):
        return [plain_sentence(one) for one in implementation.changes.order_by("seq")]


def test_it_has_what_the_pages_need_to_show(fjordlys):
    mine = {"implementation": fjordlys}
    items = ListItem.objects.filter(**mine)
    untranslated = [item.name for item in items.filter(retired_at=None) if not item.is_translated("name", "en")]
    assert items.count() >= 40
    assert items.exclude(retired_at=None).count() == 3
    assert sorted(untranslated) == ["Strømprisbrev", "Varmepumpe"]
    assert Counter(Guide.objects.filter(**mine).values_list("kind", flat=True)) == {"sale": 1, "project": 1}
    assert set(Question.objects.filter(**mine).values_list("state", flat=True)) == set(Question.State.values)
    assert set(Membership.objects.filter(**mine).values_list("role", flat=True)) == set(Membership.Role.values)
    assert fjordlys.changes.count() >= 20
    assert len(set(fjordlys.changes.values_list("by_name", flat=True))) >= 4
    assert ChecklistItem.objects.filter(**mine).count() >= 10


def test_history_runs_in_the_order_of_its_dates(fjordlys):
    moments = list(fjordlys.changes.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert (moments[-1] - moments[0]).days >= 20


def test_loading_it_again_puts_everything_back_to_the_beginning(fjordlys):
    before = told(fjordlys)
    own = User.objects.get(email="aksel.dahl@fjordlys.example")
    own.set_password("something else")
    own.save()
    call_command("demo", verbosity=0)
    again = Implementation.objects.get(slug="fjordlys")
    assert again.pk != fjordlys.pk
    assert told(again) == before
    assert User.objects.get(pk=own.pk).check_password(demonstration.PASSWORD)


def test_a_second_company_has_hardly_begun(fjordlys):
    second = Implementation.objects.exclude(pk=fjordlys.pk).get(slug="nordvik-bygg")
    states = Question.objects.filter(implementation=second).values_list("state", flat=True)
    assert set(states) == {"unanswered"}
    assert second.changes.count() < 6


def test_other_implementations_stay_as_they_are(implementation):
    before = (implementation.changes.count(), ListItem.objects.filter(implementation=implementation).count())
    call_command("demo", verbosity=0)
    call_command("demo", verbosity=0)
    assert (implementation.changes.count(), ListItem.objects.filter(implementation=implementation).count()) == before


def test_where_there_is_something_a_first_start_loads_nothing(implementation):
    call_command("demo", if_empty=True, verbosity=0)
    assert not Implementation.objects.filter(slug="fjordlys").exists()


def test_production_refuses_unless_asked_for_by_name(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="--in-production"):
        call_command("demo", verbosity=0)
    assert not Implementation.objects.filter(slug="fjordlys").exists()
    call_command("demo", in_production=True, verbosity=0)
    assert Implementation.objects.filter(slug="fjordlys").exists()
