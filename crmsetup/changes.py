"""Changes: history, undo and serialisation are one mechanism.

Every write to a row of an implementation happens inside `with change(implementation, by, verb, …) as c:` and goes
through `c`. The block locks the implementation's row, so that acts on one customer are ordered; checks that decide
belong inside it. Nothing slow belongs inside it.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Max, ProtectedError, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crmsetup.models import Change, ChangedRow, Implementation, User
from crmsetup.ordering import Ranked, predecessor_id, rank_after
from crmsetup.verbs import verb as verb_row

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_open: ContextVar[bool] = ContextVar("open", default=False)
_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)
_noted: ContextVar[list[Change] | None] = ContextVar("noted", default=None)
_UNRECORDED = {"version", "implementation_id"}
Row = TypeVar("Row", bound=models.Model)

settlers: "list[Callable[[Recorder], None]]" = []
"""What rooms do at the end of every change so that their rules hold: each gets the recorder and writes through it."""


def is_recording() -> bool:
    """Whether the code that asks is writing through a recorder."""
    return _writing.get()


@contextmanager
def acting_at(moment: datetime.datetime) -> Iterator[None]:
    """Dates the changes made inside it: a demonstration has a past."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def noting() -> Iterator[list[Change]]:
    """Gathers the changes that are made inside it, so that a page can offer to take back precisely what it did."""
    made: list[Change] = []
    token = _noted.set(made)
    try:
        yield made
    finally:
        _noted.reset(token)


class Recorder:
    """Writes rows and remembers what it wrote. Made by `change`."""

    def __init__(self, implementation: Implementation, by: User | None, verb: str, params: dict[str, Any], seq: int):
        self.implementation = implementation
        self.by = by
        self.verb = verb
        self.params = params
        self.seq = seq
        self.at = _moment.get() or timezone.now()
        self.undoes: Change | None = None
        self.rows: list[ChangedRow] = []

    def create(self, row: Row) -> Row:
        """Inserts a new row of this implementation."""
        return self.create_many([row])[0]

    def create_many(self, rows: Iterable[Row]) -> list[Row]:
        """Inserts new rows of one model of this implementation, in as few statements as possible."""
        made = list(rows)
        for row in made:
            row.implementation_id = self.implementation.pk  # type: ignore[attr-defined]
            _derive(row)
        if not made:
            return made
        with _recorded():
            type(made[0])._base_manager.bulk_create(made, batch_size=500)
        for row in made:
            self._remember(row, None, {k: v for k, v in snapshot(row).items() if k != "rank"})
        return made

    def update(self, row: models.Model, **values: Any) -> bool:
        """Writes what differs from the stored row, and nothing else; False where nothing differs."""
        stored = type(row)._base_manager.get(pk=row.pk)
        self._mine(stored)
        was = snapshot(stored)
        for name, value in values.items():
            setattr(stored, name, value)
        _derive(stored)
        now = snapshot(stored)
        touched = [column for column in now if now[column] != was[column]]
        if not touched:
            return False
        before, after = {c: was[c] for c in touched}, {c: now[c] for c in touched}
        if "rank" in touched and isinstance(row, Ranked):
            before["rank"] = {"after": predecessor_id(type(row)._base_manager.get(pk=row.pk))}
        columns = {column: getattr(stored, column) for column in touched}
        with _recorded():
            type(row)._base_manager.filter(pk=row.pk).update(**columns, version=F("version") + 1)
        if "rank" in touched and isinstance(stored, Ranked):
            after["rank"] = {"after": predecessor_id(stored)}
        for column, value in columns.items():
            setattr(row, column, value)
        row.version = stored.version + 1  # type: ignore[attr-defined]
        self._remember(stored, before, after)
        return True

    def place(self, row: Any, rank: int, *, was_after: int | None, now_after: int | None) -> None:
        """Gives a row a new place: its rank, and the ids of the siblings that it stood after and stands after now."""
        self._mine(row)
        with _recorded():
            type(row)._base_manager.filter(pk=row.pk).update(rank=rank, version=F("version") + 1)
        row.rank, row.version = rank, row.version + 1
        self._remember(row, {"rank": {"after": was_after}}, {"rank": {"after": now_after}})

    def delete(self, row: models.Model) -> None:
        """Removes a row. Raises ProtectedError while something refers to it."""
        stored = type(row)._base_manager.get(pk=row.pk)
        self._mine(stored)
        before = snapshot(stored) | {"version": stored.version}  # type: ignore[attr-defined]
        if isinstance(stored, Ranked):
            before["rank"] = {"after": predecessor_id(stored)}
        with _recorded():
            stored.delete()
        stored.pk = row.pk
        self._remember(stored, before, None)

    def touch(self, row: Any) -> None:
        """Gives a row a new version without changing it, so that older forms of it are stale."""
        with _recorded():
            type(row)._base_manager.filter(pk=row.pk).update(version=F("version") + 1)
        row.version += 1

    def renumber(self, rows: QuerySet[Any], rank: Any) -> None:
        """Writes ranks without a trace: the order stays as it is, only the numbers make room."""
        with _recorded():
            rows.update(rank=rank)

    def also(self, verb: str, **params: Any) -> None:
        """Adds a consequence, told in a further sentence."""
        verb_row(verb)
        self.params.setdefault("also", []).append({"verb": verb, "params": params})

    def touched(self, model: type[models.Model]) -> list[int]:
        """The ids of the rows of `model` that this change has written so far."""
        return [row.row_id for row in self.rows if row.model == model._meta.label_lower]

    def _mine(self, row: models.Model) -> None:
        owner = row.pk if isinstance(row, Implementation) else row.implementation_id  # type: ignore[attr-defined]
        if owner != self.implementation.pk:
            raise ValueError("a change writes rows of its own implementation only")

    def _remember(self, row: Any, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        self.rows.append(
            ChangedRow(model=row._meta.label_lower, row_id=row.pk, scope=row.change_scope(), before=before, after=after)
        )

    def _write(self) -> Change | None:
        for settle in settlers:
            settle(self)
        if not self.rows:
            return None
        made = Change.objects.create(
            implementation=self.implementation,
            seq=self.seq,
            at=self.at,
            by=self.by,
            by_name=str(self.by or ""),
            verb=self.verb,
            params=self.params,
            undoes=self.undoes,
        )
        for row in self.rows:
            row.change = made
        ChangedRow.objects.bulk_create(self.rows, batch_size=500)
        return made


@contextmanager
def change(implementation: Implementation, by: User | None, verb: str, /, **params: Any) -> Iterator[Recorder]:
    """One recorded act: everything written inside it through the recorder, or nothing.

    `verb` is a row of the table of verbs, `params` the facts that its sentence needs. An act that touches nothing
    leaves no change. Acts do not nest: what belongs together is one act.
    """
    verb_row(verb)
    if _open.get():
        raise RuntimeError("a change is open already; pass its recorder on instead")
    token = _open.set(True)
    try:
        with transaction.atomic():
            Implementation.objects.select_for_update(no_key=True).only("pk").get(pk=implementation.pk)
            recorder = Recorder(implementation, by, verb, params, _next_seq(implementation))
            yield recorder
            with _recorded():
                made = recorder._write()
        noted = _noted.get()
        if made is not None and noted is not None:
            noted.append(made)
    finally:
        _open.reset(token)


def _next_seq(implementation: Implementation) -> int:
    """Asked for after the lock was got: a query that waits for it would still see what was there before."""
    return (Change.objects.filter(implementation=implementation).aggregate(last=Max("seq"))["last"] or 0) + 1


@contextmanager
def _recorded() -> Iterator[None]:
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def _derive(row: Any) -> None:
    """Lets a row fill the columns that follow from others."""
    if hasattr(row, "derive"):
        row.derive()


def _columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [f for f in model._meta.concrete_fields if not f.primary_key and f.attname not in _UNRECORDED]


def snapshot(row: models.Model) -> dict[str, Any]:
    """The recorded columns of a row as the history keeps them."""
    return {field.attname: _plain(getattr(row, field.attname)) for field in _columns(type(row))}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID | Promise) else value


def _python(model: type[models.Model], column: str, value: Any) -> Any:
    field = next(f for f in model._meta.concrete_fields if f.attname == column)
    if value is None or isinstance(field, models.JSONField):
        return value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


def forget(implementation: Implementation) -> None:
    """Removes an implementation with everything in it, its history as well; there is no way back.

    Inside a transaction: the foreign keys between its rows are checked when that ends.
    """
    with _recorded():
        ChangedRow.objects.filter(change__implementation=implementation).delete()
        for model in apps.get_models():
            if any(field.name == "implementation" for field in model._meta.concrete_fields):
                rows = model._base_manager.filter(implementation=implementation)
                rows._raw_delete(rows.db)
        Implementation.objects.filter(pk=implementation.pk)._raw_delete("default")


class UndoRefused(Exception):
    """A change cannot be taken back. `newer` is the change that stands in the way, if one does."""

    def __init__(self, reason: str | Promise, newer: Change | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.newer = newer


def undo(target: Change, by: User | None) -> Change:
    """Takes a change back by a new one that points at it; undoing an undo is doing it again. Raises UndoRefused."""
    again = target.verb == "undone"
    facts = target.params.get("of") or {
        "verb": target.verb,
        "params": {**target.params, "by_name": target.by_name},
    }
    try:
        with change(target.implementation, by, "redone" if again else "undone", of=facts) as c:
            target = Change.objects.get(pk=target.pk)
            _refuse_what_cannot(target)
            c.undoes = target
            for row in target.rows.order_by("-id"):
                _undo_row(c, target, row)
    except (ProtectedError, IntegrityError) as error:
        raise UndoRefused(_("Something newer depends on what would be taken back.")) from error
    except ValidationError as error:
        raise UndoRefused(" ".join(error.messages)) from error
    return Change.objects.get(undoes=target)


def why_not_undoable(target: Change) -> str:
    """Why a change can never be undone; empty where it can be tried."""
    row = verb_row(target.verb)
    return "" if row.undoable else str(row.why_not)


def _refuse_what_cannot(target: Change) -> None:
    reason = why_not_undoable(target)
    if reason:
        raise UndoRefused(reason)
    undone_by = Change.objects.filter(undoes=target).first()
    if undone_by is not None:
        raise UndoRefused(_("This change has been taken back already."), undone_by)


def _undo_row(c: Recorder, target: Change, row: ChangedRow) -> None:
    model = apps.get_model(row.model)
    stored = model._base_manager.filter(pk=row.row_id).first()
    if row.before is None:
        _demand(stored is not None and _untouched(stored, row.after or {}), target, row)
        c.delete(stored)
    elif row.after is None:
        _demand(stored is None, target, row)
        _bring_back(c, model, row)
    else:
        _demand(stored is not None and _untouched(stored, row.after), target, row)
        _set_back(c, target, stored, row)


def _untouched(stored: models.Model, after: dict[str, Any]) -> bool:
    now = snapshot(stored)
    return all(now[column] == value for column, value in after.items() if column in now and column != "rank")


def _demand(holds: bool, target: Change, row: ChangedRow) -> None:
    if not holds:
        raise UndoRefused(_("Something newer touched the same values."), _newer(target, row.model, row.row_id))


def _set_back(c: Recorder, target: Change, stored: Any, row: ChangedRow) -> None:
    model, before = type(stored), dict(row.before or {})
    place = before.pop("rank", None)
    values = {column: _python(model, column, value) for column, value in before.items()}
    if place is not None:
        newer = _newer(target, row.model, row.row_id, column="rank")
        if newer is not None:
            raise UndoRefused(_("It has been moved since."), newer)
        values["rank"] = _place(c, stored, place)
    for column, value in values.items():
        setattr(stored, column, value)
    _validate(stored, set(values))
    c.update(stored, **values)


def _bring_back(c: Recorder, model: type[models.Model], row: ChangedRow) -> None:
    before = dict(row.before or {})
    place, version = before.pop("rank", None), before.pop("version", 1)
    values = {column: _python(model, column, value) for column, value in before.items()}
    made: Any = model(pk=row.row_id, implementation=c.implementation, version=version + 1, **values)
    if place is not None:
        made.rank = _place(c, made, place)
    _validate(made, set(values))
    c.create(made)


def _place(c: Recorder, row: Any, place: dict[str, Any]) -> int:
    after = None
    if place["after"] is not None:
        after = row.siblings().filter(pk=place["after"]).first()
        if after is None:
            raise UndoRefused(_("What stood before it is gone."))
    return rank_after(c, row, after)


def _validate(row: models.Model, columns: set[str]) -> None:
    """Refuses a value that has become impossible meanwhile: a name that was taken, a target that is gone."""
    others = [f.name for f in row._meta.fields if f.attname not in columns]
    try:
        row.clean_fields(exclude=others)
        row.validate_constraints()
    except ValidationError as error:
        raise UndoRefused(" ".join(error.messages)) from error


def _newer(target: Change, model: str, row_id: int, column: str = "") -> Change | None:
    """The newest change after `target` that still stands and touched the row (or one column of it)."""
    rows = ChangedRow.objects.filter(
        model=model, row_id=row_id, change__implementation=target.implementation_id, change__seq__gt=target.seq
    ).select_related("change", "change__undoes")
    for row in rows.order_by("-change__seq"):
        touched = (row.after or {}).keys() | (row.before or {}).keys()
        taken_back = row.change.undoes is not None and row.change.undoes.seq > target.seq
        if not taken_back and _stands(row.change) and (not column or column in touched):
            return row.change
    return None


def _stands(one: Change) -> bool:
    undone_by = Change.objects.filter(undoes=one).first()
    return undone_by is None or not _stands(undone_by)


def standing_since(implementation: Implementation, scopes: Iterable[str], seq: int) -> list[tuple[str, int, int]]:
    """What still stands of the changes after number `seq`: `(scope, number, number that it takes back or 0)`.

    An undo counts where it takes back something older than what one compares with; see `changed_since`.
    """
    rows = ChangedRow.objects.filter(
        change__implementation=implementation,
        scope__in=list(scopes),
        change__seq__gt=seq,
        change__undone_by=None,
    )
    found = rows.values_list("scope", "change__seq", "change__undoes__seq", "change__verb").distinct()
    return [(scope, number, (undoes or 0) if verb == "undone" else 0) for scope, number, undoes, verb in found]


def changed_since(standing: Iterable[tuple[str, int, int]], scopes: Iterable[str], seq: int) -> bool:
    """Whether something in `scopes` differs from how it stood at change number `seq`; `standing` as given above."""
    return bool(numbers_since(standing, scopes, seq))


def numbers_since(standing: Iterable[tuple[str, int, int]], scopes: Iterable[str], seq: int) -> list[int]:
    """The numbers of the changes that make it differ, the newest first."""
    wanted = set(scopes)
    found = {number for scope, number, undoes in standing if scope in wanted and number > seq >= undoes}
    return sorted(found, reverse=True)
