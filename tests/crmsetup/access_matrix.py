"""Plays the access table: asks every address with every method in every role, and says what went otherwise."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.cache import cache as counters
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from crmsetup.changes import change
from tests.crmsetup.access_case import ROLES, Case
from tests.crmsetup.access_table import ALLAUTH
from tests.crmsetup.access_things import Things, person
from tests.guard import guarded_tables

NEVER = ("put", "patch", "delete", "options")


@dataclass(frozen=True)
class Address:
    """One line of the URLconf, with what is included above it."""

    route: str
    arguments: frozenset[str]
    pattern: URLPattern

    @property
    def is_inner(self) -> bool:
        """Whether it belongs to an implementation."""
        return "slug" in self.arguments


@cache
def addresses() -> dict[str, Address]:
    """Every address by its name; one without a name is given by its route."""
    return dict(_below(get_resolver(), "", "", frozenset()))


def _below(resolver: URLResolver, namespace: str, route: str, above: frozenset[str]) -> Iterator[tuple[str, Address]]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        arguments = above | set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(pattern, inner, here, arguments)
        else:
            yield (
                f"{namespace}{pattern.name}" if pattern.name else f"unnamed: {here}",
                Address(here, arguments, pattern),
            )


class Matrix:
    """Plays cases; the database stands as before after each request."""

    def __init__(self) -> None:
        self.ours, self.theirs = Things("fjord"), Things("fjell")
        self.ours.prepare()
        self.theirs.prepare()
        _lengthen_history(self.theirs, self.ours.implementation.changes.count() + 2)
        self.ours, self.theirs = Things("fjord"), Things("fjell")
        self.clients = {role: _client(role) for role in ROLES}
        self.before = snapshot()

    def wrong(self, case: Case) -> Iterator[str]:
        """What is otherwise than the case says, in words."""
        path, foreign = dict(case.path(self.ours)), dict(case.path(self.theirs))
        body = {**case.body(self.ours), **case.ids(self.ours)}
        yield from self._row(case, "get", path, {}, case.get)
        yield from self._row(case, "head", path, {}, case.get)
        yield from self._row(case, "post", path, body, case.post)
        if path != foreign:
            yield from self._row(case, "get", foreign, {}, case.get_foreign, " with a foreign id in the path")
            yield from self._row(case, "post", foreign, body, case.post_foreign, " with a foreign id in the path")
        for key, value in case.ids(self.theirs).items():
            crossed, what = body | {key: value}, f" with a foreign {key} in the body"
            yield from self._row(case, "post", path, crossed, case.post_foreign_body, what)
        if case.name not in ALLAUTH:
            yield from self._never(case, path)

    def _row(
        self, case: Case, method: str, path: Mapping[str, Any], body: Mapping[str, Any], expected: str, what: str = ""
    ) -> Iterator[str]:
        columns = expected.split()
        if len(columns) != len(ROLES):
            yield f"{case.label}: {method}{what}: the table has no expectation"
            return
        for role, wanted in zip(ROLES, columns, strict=True):
            got, changed = self._ask(case, role, method, path, body)
            place = f"{case.label}: {method} as {role}{what}"
            refused = got == "login" or got[0] in "45"
            if got != wanted:
                yield f"{place}: {got}, not {wanted}"
            if changed and (method != "post" or refused):
                yield f"{place}: {got}, yet something was written"
            if method == "post" and not (what or changed or refused or case.idle):
                yield f"{place}: {got}, yet nothing was written"

    def _never(self, case: Case, path: Mapping[str, Any]) -> Iterator[str]:
        """Methods that no page answers: let in by nobody, and not told to those who may not know the page."""
        inner = addresses()[case.name].is_inner
        for method in NEVER:
            for role in ROLES:
                got, changed = self._ask(case, role, method, path, {})
                allowed = {"anonymous": "login", "outsider": "404"}.get(role) if inner else None
                if changed or got not in ({allowed} if allowed else {"405", "403", "login"}):
                    yield f"{case.label}: {method} as {role}: {got}"

    def _ask(
        self, case: Case, role: str, method: str, path: Mapping[str, Any], body: Mapping[str, Any]
    ) -> tuple[str, bool]:
        """The answer, and whether a row of an implementation has changed."""
        slug = {"slug": self.ours.implementation.slug} if addresses()[case.name].is_inner else {}
        address = reverse(case.name, kwargs=slug | dict(path)) + (f"?{case.query}" if case.query else "")
        counters.clear()  # of the limits to attempts
        with transaction.atomic(), _writes() as written:
            answer = getattr(self.clients[role], method)(address, body)
            changed = bool(written) and snapshot() != self.before
            if changed:
                connection.check_constraints()
            transaction.set_rollback(True)
        return _status(answer), changed


def _client(role: str) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(person(role))
    return client


def _lengthen_history(things: Things, length: int) -> None:
    """So that there are numbers of changes that the other implementation lacks."""
    while things.implementation.changes.count() < length:
        with change(things.implementation, None, "item.edited", list="x", item="x") as c:
            c.update(things.item, description=f"Beskrevet {things.implementation.changes.count()} ganger")


def _status(answer: HttpResponse) -> str:
    to_sign_in = answer.status_code == 302 and answer.get("Location", "").startswith("/account/login/?next=")
    return "login" if to_sign_in else str(answer.status_code)


@contextmanager
def _writes() -> Iterator[list[str]]:
    """Everything sent to the database that is more than reading or a savepoint."""
    sent: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")):
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield sent


def snapshot() -> dict[str, str]:
    """All rows of every table that belongs to implementations."""
    watched = guarded_tables() | {"crmsetup_implementation"}
    tables = {model._meta.db_table: model for model in apps.get_models() if model._meta.db_table in watched}
    return {name: repr(list(model._base_manager.order_by("pk").values_list())) for name, model in tables.items()}
