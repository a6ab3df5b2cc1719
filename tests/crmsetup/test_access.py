"""Every address, method and role, with own and foreign ids, against one table written by hand."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

from crmsetup import access, pdf
from crmsetup.access import May, Role
from crmsetup.changes import change
from tests.crmsetup.access_case import Case
from tests.crmsetup.access_matrix import Matrix, addresses
from tests.crmsetup.access_table import ALLAUTH, CASES

NAMES = sorted({case.name for case in CASES})


_set_once, _mended_once = cache(pdf._set), cache(pdf.mended)


@pytest.fixture
def matrix(cast: None, monkeypatch: pytest.MonkeyPatch) -> Matrix:
    """Each answer is asked for anew in every role; the same pages of a PDF need not be set again each time."""
    monkeypatch.setattr(pdf, "_set", _set_once)
    monkeypatch.setattr(pdf, "mended", _mended_once)
    return Matrix()


def _wrong(matrix: Matrix, cases: list[Case]) -> Iterator[str]:
    return (wrong for case in cases for wrong in matrix.wrong(case))


def _cases(name: str) -> list[Case]:
    return [case for case in CASES if case.name == name]


# --- the addresses against the table


def test_the_table_names_every_address_and_no_other():
    assert set(addresses()) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_method_and_role_gets_the_answer_of_the_table(matrix, name):
    assert list(_wrong(matrix, _cases(name))) == []


def test_every_view_carries_a_mark_of_access():
    unmarked = {name for name, address in addresses().items() if not hasattr(address.pattern.callback, "access")}
    assert unmarked == ALLAUTH


def test_everything_below_an_implementation_is_for_members():
    inner = [address for address in addresses().values() if address.is_inner]
    assert inner != []
    for address in inner:
        assert isinstance(address.pattern.callback.access, May), address.route


# --- the machine itself


def test_the_search_for_addresses_goes_into_every_included_file():
    found = addresses()
    assert found["crmsetup:change-undo"].arguments == {"slug", "seq"}
    assert found["account_reset_password_from_key"].arguments == {"uidb36", "key"}
    assert found["crmsetup:implementation-create"].arguments == set()
    assert {type(p.pattern) for p in get_resolver().url_patterns} <= {RoutePattern, RegexPattern}


def test_an_address_without_a_name_is_noticed(monkeypatch):
    patterns = [*get_resolver().url_patterns]
    nameless = addresses()["crmsetup:implementation-create"].pattern
    monkeypatch.setattr(nameless, "name", None)
    monkeypatch.setattr(get_resolver(), "url_patterns", patterns)
    addresses.cache_clear()
    try:
        assert "unnamed: new/" in addresses()
    finally:
        addresses.cache_clear()


SWAPS = [
    (Role.READER, Role.CONTRIBUTOR),
    (Role.READER, Role.ADMINISTRATOR),
    (Role.READER, Role.CONSULTANT),
    (Role.CONTRIBUTOR, Role.ADMINISTRATOR),
    (Role.CONTRIBUTOR, Role.CONSULTANT),
]


@pytest.mark.parametrize(("one", "other"), SWAPS)
def test_two_swapped_roles_are_noticed(matrix, monkeypatch, one, other):
    """All pairs but administrator and consultant, who may the same."""
    roles = access._ROLES
    monkeypatch.setattr(access, "_ROLES", {**roles, one: roles[other], other: roles[one]})
    assert next(_wrong(matrix, CASES), "") != ""


def test_a_write_behind_a_refusal_is_noticed(matrix, monkeypatch):
    def careless(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        with change(matrix.ours.implementation, None, "item.edited", list="x", item="x") as c:
            c.update(matrix.ours.item, description="for tidlig")
        return HttpResponse(status=403)

    _serve(monkeypatch, "crmsetup:implementation-edit", careless)
    found = list(_wrong(matrix, _cases("crmsetup:implementation-edit")))
    assert "crmsetup:implementation-edit: post as reader: 403, yet something was written" in found


def test_a_page_that_lets_everybody_in_is_noticed(matrix, monkeypatch):
    _serve(monkeypatch, "crmsetup:change-list", lambda request, **kwargs: HttpResponse("all"))
    found = list(_wrong(matrix, _cases("crmsetup:change-list")))
    assert "crmsetup:change-list: get as anonymous: 200, not login" in found
    assert "crmsetup:change-list: put as outsider: 200" in found


def test_an_example_that_posts_nothing_is_noticed(matrix, monkeypatch):
    _serve(monkeypatch, "crmsetup:implementation-edit", lambda request, **kwargs: HttpResponse(status=302))
    found = list(_wrong(matrix, _cases("crmsetup:implementation-edit")))
    assert "crmsetup:implementation-edit: post as administrator: 302, yet nothing was written" in found


def test_a_foreign_id_without_an_expectation_is_noticed(matrix):
    blank = Case("crmsetup:change-undo", get="", post="", path=lambda t: {"seq": t.undoable.seq})
    found = list(matrix.wrong(blank))
    assert "crmsetup:change-undo: get with a foreign id in the path: the table has no expectation" in found


def _serve(monkeypatch: pytest.MonkeyPatch, name: str, view: Callable[..., HttpResponse]) -> None:
    monkeypatch.setattr(addresses()[name].pattern, "callback", view)
    arguments: Mapping[str, str] = {"slug": "fjord"}
    assert resolve(reverse(name, kwargs=arguments)).func is view
