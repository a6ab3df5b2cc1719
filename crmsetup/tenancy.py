"""Rows that belong to one implementation, and the database constraint that keeps two implementations apart."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _


class TenantKey(BaseConstraint):
    """A composite foreign key: `field` must point to a row whose `columns` equal this row's.

    With the default `columns`, `(implementation_id, x_id) → (implementation_id, id)`, so that the database itself
    refuses to mix two implementations. Further columns tie rows closer: a step's status to its guide's kind. The
    target needs a unique constraint over the same columns. In the implementation's own row its key stands for
    `implementation`.
    """

    violation_error_message = _("The value belongs to another implementation.")

    def __init__(
        self,
        field: str,
        *,
        name: str,
        columns: Iterable[str] = ("implementation",),
        violation_error_code: str | None = None,
        violation_error_message: Any = None,
    ) -> None:
        super().__init__(
            name=name, violation_error_code=violation_error_code, violation_error_message=violation_error_message
        )
        self.field = field
        self.columns = tuple(columns)

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """The clause inside CREATE TABLE (SQLite's only way)."""
        quote = schema_editor.quote_name
        target = model._meta.get_field(self.field).related_model
        own = [_own_field(model, name).column for name in (*self.columns, self.field)]
        theirs = [*(target._meta.get_field(name).column for name in self.columns), target._meta.pk.column]
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({', '.join(map(quote, own))}) "
            f"REFERENCES {quote(target._meta.db_table)} ({', '.join(map(quote, theirs))}) DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        """The statement that adds the constraint to a table (PostgreSQL)."""
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        """The statement that drops it (PostgreSQL; SQLite makes the table anew)."""
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(
        self,
        model: Any,
        instance: models.Model,
        exclude: Iterable[str] | None = None,
        using: str | None = DEFAULT_DB_ALIAS,
    ) -> None:
        """Refuses kindly what the database would refuse. Raises ValidationError."""
        if self.field in (exclude or ()):
            return
        target = getattr(instance, self.field, None)
        if target is None:
            return
        for name in self.columns:
            theirs = getattr(target, target._meta.get_field(name).attname)
            if theirs != getattr(instance, _own_field(model, name).attname):
                raise ValidationError({self.field: self.get_violation_error_message()})

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        if self.columns != ("implementation",):
            kwargs["columns"] = self.columns
        return path, (self.field, *args), kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TenantKey) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.field, self.columns))


def _own_field(model: Any, name: str) -> Any:
    """The field of that name; an implementation has no `implementation`, it is one."""
    is_one = name == "implementation" and all(field.name != name for field in model._meta.concrete_fields)
    return model._meta.pk if is_one else model._meta.get_field(name)


class Owned(models.Model):
    """A row of one implementation. Written only through a recorded change."""

    implementation = models.ForeignKey("crmsetup.Implementation", models.PROTECT, related_name="+", editable=False)
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["implementation", "id"], name="%(app_label)s_%(class)s_tenant"),
        ]

    def change_scope(self) -> str:
        """What history panels this row's changes belong to, such as "list:12"."""
        raise NotImplementedError
