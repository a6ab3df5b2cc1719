"""No row of one implementation can point at a row of another, whichever way somebody tries."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RemoveConstraint
from django.test.utils import isolate_apps
from django.utils import timezone

from crmsetup.changes import _recorded, change
from crmsetup.models import Change, Handout, Implementation, Invitation, Membership, StoredFile
from crmsetup.tenancy import Owned, TenantKey
from lists.models import Category, List, ListItem, Status
from onboarding.models import ChecklistItem, Decision, Question
from workflows.models import Activity, Guide, Step

Model = type[models.Model]
FOREIGN_KEY = r"(?i)foreign key"


# --- every foreign key has its composite key


def _belongs_to_an_implementation(model: object) -> bool:
    return isinstance(model, type) and "implementation" in {field.name for field in model._meta.get_fields()}


def inner_keys(candidates: Iterable[Model]) -> Iterator[tuple[Model, "models.ForeignKey"]]:
    """The foreign keys between rows of an implementation and from its own row, one-to-ones included."""
    for model in candidates:
        inner = model is Implementation or _belongs_to_an_implementation(model)
        for field in model._meta.concrete_fields:
            if inner and field.is_relation and _belongs_to_an_implementation(field.related_model):
                yield model, field


def without_tenant_key(candidates: Iterable[Model]) -> list[str]:
    """Those of the inner keys that the database would let cross."""
    held = {
        (model, key.field)
        for model in candidates
        for key in model._meta.constraints
        if isinstance(key, TenantKey) and "implementation" in key.columns
    }
    return [f"{m._meta.label}.{f.name}" for m, f in inner_keys(candidates) if (m, f.name) not in held]


def test_every_inner_key_has_its_tenant_key():
    assert without_tenant_key(list(apps.get_models())) == []


def test_the_search_finds_the_keys_that_there_are():
    found = {f"{model._meta.label}.{field.name}" for model, field in inner_keys(apps.get_models())}
    assert {
        "lists.ListItem.list",
        "lists.ListItem.merged_into",
        "lists.Category.item",
        "workflows.Step.status",
    } <= found
    assert {"crmsetup.Change.undoes", "crmsetup.Implementation.logo"} <= found
    assert "crmsetup.Membership.user" not in found


def test_the_search_finds_a_key_that_lacks_it():
    with isolate_apps("lists"):

        class Loose(Owned):
            list = models.ForeignKey(List, models.PROTECT, related_name="+")
            kept = models.ForeignKey(List, models.PROTECT, related_name="+")

            class Meta(Owned.Meta):
                app_label = "lists"
                constraints = [TenantKey("kept", name="kept_fk"), TenantKey("list", columns=["kept"], name="list_fk")]

            def __str__(self) -> str:
                return ""

    assert without_tenant_key([Loose]) == ["lists.Loose.list"]


def test_every_owned_model_can_be_pointed_at_by_a_tenant_key():
    """The target of a composite key needs the unique pair."""
    for model in {field.related_model for _model, field in inner_keys(apps.get_models())}:
        unique = [set(c.fields) for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
        assert {"implementation", "id"} in unique, model


# --- crossing by raw SQL, for every key that there is


@pytest.fixture
def full(implementation, other_implementation, administrator):
    """Both implementations with a row in every table."""
    for one in (implementation, other_implementation):
        with change(one, administrator, "implementation.edited", implementation=one.name) as c:
            question = Question.objects.filter(implementation=one).first()
            c.create(Decision(question=question, state="answered", at=c.at, by_name="", seq=c.seq))
            somebody = Membership.objects.filter(implementation=one).first()
            c.update(question, responsible=somebody)
            c.update(ChecklistItem.objects.filter(implementation=one).first(), responsible=somebody)
            invited = {"email": f"x@{one.slug}.example", "role": "reader", "language": "nb", "token_hash": one.slug}
            c.create(Invitation(invited_by=somebody, sent_at=c.at, expires_at=c.at, **invited))
        file = StoredFile.objects.create(implementation=one, sha256="0" * 64, type="text/plain", bytes=b"x")
        with change(one, administrator, "implementation.edited", implementation=one.name) as c:
            c.update(one, logo=file)
        Handout.objects.create(implementation=one, content_hash="1" * 64, file=file)
    return implementation, other_implementation


@contextmanager
def refused_in_the_end() -> Iterator[None]:
    """The database refuses at the end of the transaction, by a foreign key and nothing else."""
    with pytest.raises(IntegrityError, match=FOREIGN_KEY), transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()


def _write(model: Model, pk: int, **columns: object) -> None:
    """One raw UPDATE."""
    sets = ", ".join(f'"{column}" = %s' for column in columns)
    with _recorded(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET {sets} WHERE "id" = %s', [*columns.values(), pk])


KEYS = [(m, f) for m, f in inner_keys(apps.get_models())]


@pytest.mark.parametrize(("model", "field"), KEYS, ids=[f"{m._meta.label}.{f.name}" for m, f in KEYS])
def test_no_key_crosses_by_raw_sql(full, model, field):
    ours, theirs = full
    taken = model._base_manager.exclude(**{field.attname: None}).values(field.attname)
    targets = field.related_model._base_manager.filter(implementation=theirs).order_by("-pk")
    target = (targets.exclude(pk__in=taken) if field.unique else targets).first()
    rows = model._base_manager.filter(**{"pk" if model is Implementation else "implementation": ours.pk})
    row = rows.order_by("pk").first()
    assert row is not None, "give the fixture `full` a row of this table"
    assert target is not None, "give the fixture `full` a row that the key can point at"
    also = {"retired_at": timezone.now()} if field.name == "merged_into" else {}
    with refused_in_the_end():
        _write(model, row.pk, **{field.column: target.pk}, **also)


@pytest.mark.parametrize("model", [m for m in apps.get_models() if issubclass(m, Owned)], ids=lambda m: m.__name__)
def test_no_row_moves_to_another_implementation_alone(full, model):
    """A row that points at others, or is pointed at, takes its implementation from them."""
    ours, theirs = full
    row = _tied(model, ours)
    assert row is not None, "give the fixture `full` a row of this table that is tied to others"
    with refused_in_the_end():
        _write(model, row.pk, implementation_id=theirs.pk, **_freed(model))


def _tied(model: Model, ours: Implementation) -> models.Model | None:
    """A row that a key between rows of the implementation starts or ends at."""
    rows = model._base_manager.filter(implementation=ours).order_by("pk")
    for source, field in KEYS:
        if source is model:
            found = rows.exclude(**{field.attname: None}).first()
        elif field.related_model is model:
            pointing = source._base_manager.exclude(**{field.attname: None})
            found = rows.filter(pk__in=pointing.values(field.attname)).first()
        else:
            found = None
        if found:
            return found
    return None


def _freed(model: Model) -> dict[str, object]:
    """Values that keep unique columns out of the way, so that the key is what refuses."""
    if model is List:
        return {"key": "elsewhere"}
    if model is Guide:
        return {"name_key": "elsewhere"}
    if model._meta.label == "onboarding.Block":
        return {"number": 999}
    return {}


# --- crossing by the ORM


def test_rows_made_together_cannot_cross(implementation, other_implementation):
    theirs = List.objects.filter(implementation=other_implementation).first()
    with refused_in_the_end(), _recorded():
        ListItem.objects.bulk_create(
            [ListItem(implementation=implementation, list=theirs, name="x", name_key="x", sort_key="x", search_key="x")]
        )


def test_an_update_of_a_queryset_cannot_cross(implementation, other_implementation):
    theirs = Status.objects.filter(implementation=other_implementation, kind="sale").first()
    steps = Step.objects.filter(implementation=implementation, kind="sale")
    with refused_in_the_end(), _recorded():
        steps.filter(pk=steps.first().pk).update(status=theirs)


def test_a_change_writes_only_rows_of_its_own_implementation(implementation, other_implementation, administrator):
    theirs = ListItem.objects.filter(implementation=other_implementation).first()
    for act in ("update", "delete"):
        with (
            pytest.raises(ValueError, match="its own implementation"),
            change(implementation, administrator, "implementation.edited", implementation="x") as c,
        ):
            c.update(theirs, description="x") if act == "update" else c.delete(theirs)


def test_a_change_that_crosses_leaves_nothing(implementation, other_implementation, administrator):
    before = implementation.changes.count()
    theirs = List.objects.filter(implementation=other_implementation).first()
    with (
        refused_in_the_end(),
        change(implementation, administrator, "implementation.edited", implementation="x") as c,
    ):
        c.create(ListItem(list=theirs, name="x"))
    assert implementation.changes.count() == before


def test_a_form_is_told_first(implementation, other_implementation):
    item = ListItem.objects.filter(implementation=implementation).first()
    item.list = List.objects.filter(implementation=other_implementation).last()
    with pytest.raises(ValidationError) as refused:
        item.validate_constraints()
    assert set(refused.value.message_dict) == {"list"}


@pytest.mark.django_db(transaction=True)
def test_a_crossing_is_refused_at_the_real_commit(implementation, other_implementation):
    item = ListItem.objects.filter(implementation=implementation).first()
    theirs = List.objects.filter(implementation=other_implementation).last()
    with pytest.raises(IntegrityError, match=FOREIGN_KEY), transaction.atomic():
        _write(ListItem, item.pk, list_id=theirs.pk)
    item.refresh_from_db()
    assert item.list.implementation == implementation


# --- closer ties


def test_a_step_has_a_status_of_its_guides_kind(implementation):
    step = Step.objects.filter(implementation=implementation, kind="sale").first()
    status = Status.objects.filter(implementation=implementation, kind="project").first()
    with refused_in_the_end():
        _write(Step, step.pk, status_id=status.pk)
    with refused_in_the_end():
        _write(Step, step.pk, kind="project")
    with refused_in_the_end():
        _write(Status, step.status_id, kind="project", probability=None)


def test_an_activity_is_of_its_steps_kind(implementation):
    activity = Activity.objects.filter(implementation=implementation, kind="sale").first()
    with refused_in_the_end():
        _write(Activity, activity.pk, kind="project", auto_suggest=False)


def test_an_item_is_merged_into_one_of_its_own_list(implementation):
    category = Category.objects.filter(implementation=implementation).first().item
    sibling = category.siblings().exclude(pk=category.pk).first()
    industry = ListItem.objects.filter(implementation=implementation, list__key="industry").first()
    _write(ListItem, category.pk, merged_into_id=sibling.pk, retired_at=timezone.now())
    connection.check_constraints()
    with refused_in_the_end():
        _write(ListItem, category.pk, merged_into_id=industry.pk)


def test_a_change_undoes_a_change_of_the_same_implementation(implementation, other_implementation):
    ours, theirs = implementation.changes.last(), other_implementation.changes.last()
    with refused_in_the_end():
        _write(Change, ours.pk, undoes_id=theirs.pk)


# --- the constraint through migrations


def _composite_keys(table: str) -> set[str]:
    """The names of a table's tenant keys, as the database has them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
            sql = cursor.fetchone()[0]
            return {key.name for key in _keys_of(table) if f'CONSTRAINT "{key.name}" FOREIGN KEY' in sql}
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND cardinality(conkey) = 2"
            " AND condeferrable AND condeferred AND conrelid = %s::regclass",
            [table],
        )
        return {name for (name,) in cursor.fetchall()}


def _keys_of(table: str) -> list[TenantKey]:
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return [key for key in model._meta.constraints if isinstance(key, TenantKey)]


def test_the_database_has_every_tenant_key(db):
    for model, _field in KEYS:
        table = model._meta.db_table
        assert _composite_keys(table) == {key.name for key in _keys_of(table)}


@pytest.mark.django_db(transaction=True)
def test_the_keys_survive_when_a_table_is_made_anew(implementation, other_implementation):
    keys = _composite_keys("workflows_step")
    assert len(keys) == 4
    field = models.CharField(max_length=10, default="x")
    field.set_attributes_from_name("passing")
    with connection.schema_editor() as editor:
        editor.add_field(Step, field)
    try:
        assert _composite_keys("workflows_step") == keys
    finally:
        with connection.schema_editor() as editor:
            editor.remove_field(Step, field)
    assert _composite_keys("workflows_step") == keys
    step = Step.objects.filter(implementation=implementation, kind="sale").first()
    theirs = Status.objects.filter(implementation=other_implementation, kind="sale").first()
    with pytest.raises(IntegrityError, match=FOREIGN_KEY), transaction.atomic():
        _write(Step, step.pk, status_id=theirs.pk)


@pytest.mark.django_db(transaction=True)
def test_a_tenant_key_is_removed_and_added_by_a_migration(implementation):
    name = "workflows_document_template_fk"
    every = _composite_keys("workflows_document")
    state = MigrationLoader(connection).project_state()
    changed = state.clone()
    act = RemoveConstraint("document", name)
    act.state_forwards("workflows", changed)
    with connection.schema_editor() as editor:
        act.database_forwards("workflows", editor, state, changed)
    try:
        assert _composite_keys("workflows_document") == every - {name}
    finally:
        with connection.schema_editor() as editor:
            act.database_backwards("workflows", editor, changed, state)
    assert _composite_keys("workflows_document") == every


def test_tenant_keys_compare_by_what_they_say():
    one = TenantKey("list", name="a")
    assert one == TenantKey("list", name="a", columns=["implementation"])
    assert hash(one) == hash(TenantKey("list", name="a"))
    assert one not in (
        TenantKey("item", name="a"),
        TenantKey("list", name="b"),
        TenantKey("list", name="a", columns=["x"]),
    )
    path, args, kwargs = TenantKey("list", name="a", columns=["kind"]).deconstruct()
    assert (path, args, kwargs) == (
        "crmsetup.tenancy.TenantKey",
        ("list",),
        {"name": "a", "columns": ("kind",)},
    )
