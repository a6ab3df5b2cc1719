"""The guard of the tests bites, for every kind of statement."""

import pytest
from django.db import connection

from crmsetup.changes import change
from crmsetup.models import Change, ChangedRow, Handout, Implementation, StoredFile
from lists.models import List, ListItem
from tests.guard import WRITE, Unrecorded, guarded_tables


def test_every_owned_table_is_guarded():
    assert {
        "crmsetup_membership",
        "crmsetup_change",
        "crmsetup_changedrow",
        "lists_list",
        "lists_listitem",
        "lists_category",
        "workflows_guide",
        "workflows_step",
        "onboarding_question",
        "onboarding_decision",
    } <= guarded_tables()
    assert not {"crmsetup_user", "crmsetup_handout", "crmsetup_storedfile", "django_session"} & guarded_tables()


def test_refuses_a_saved_row(implementation):
    with pytest.raises(Unrecorded):
        List.objects.filter(implementation=implementation).first().save()


def test_refuses_an_update_of_a_queryset(implementation):
    with pytest.raises(Unrecorded):
        ListItem.objects.filter(implementation=implementation).update(description="x")


def test_refuses_rows_made_together(implementation):
    one = List.objects.filter(implementation=implementation).first()
    with pytest.raises(Unrecorded):
        ListItem.objects.bulk_create([ListItem(implementation=implementation, list=one, name="x", name_key="x")])


def test_refuses_rows_updated_together(implementation):
    items = list(ListItem.objects.filter(implementation=implementation)[:3])
    with pytest.raises(Unrecorded):
        ListItem.objects.bulk_update(items, ["description"])


def test_refuses_a_row_got_or_created(implementation):
    with pytest.raises(Unrecorded):
        List.objects.get_or_create(implementation=implementation, key="nowhere")


def test_refuses_a_deletion(implementation):
    with pytest.raises(Unrecorded):
        ChangedRow.objects.filter(change__implementation=implementation).delete()
    with pytest.raises(Unrecorded):
        Change.objects.filter(implementation=implementation)._raw_delete("default")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lists_list SET rank = rank",
        'update "lists_list" set rank = rank',
        "DELETE FROM lists_category",
        "INSERT INTO lists_list (key) VALUES ('x')",
        "WITH wanted AS (SELECT 1) UPDATE lists_list SET rank = 1",
    ],
)
def test_refuses_raw_sql(db, statement):
    with connection.cursor() as cursor, pytest.raises(Unrecorded):
        cursor.execute(statement)


def test_refuses_many_at_once(db):
    with connection.cursor() as cursor, pytest.raises(Unrecorded):
        cursor.executemany("UPDATE lists_list SET rank = %s WHERE id = %s", [(1, 1), (2, 2)])


def test_refuses_to_update_or_delete_an_implementation(implementation):
    with pytest.raises(Unrecorded):
        Implementation.objects.filter(pk=implementation.pk).update(name="x")
    with pytest.raises(Unrecorded):
        Implementation.objects.filter(pk=implementation.pk)._raw_delete("default")


def test_refuses_a_write_inside_a_change_that_does_not_go_through_it(implementation, administrator):
    one = List.objects.filter(implementation=implementation).first()
    with (
        pytest.raises(Unrecorded),
        change(implementation, administrator, "implementation.edited", implementation="x"),
    ):
        one.save()


def test_lets_a_recorded_write_pass(implementation, administrator):
    with change(implementation, administrator, "implementation.edited", implementation="x") as c:
        c.update(implementation, name="Fjord Invest AS")
    assert Implementation.objects.get(pk=implementation.pk).name == "Fjord Invest AS"


def test_lets_a_new_implementation_files_and_handouts_pass(db):
    made = Implementation.objects.create(name="Vidde AS", slug="vidde")
    file = StoredFile.objects.create(implementation=made, sha256="0" * 64, type="text/plain", bytes=b"x")
    Handout.objects.create(implementation=made, content_hash="1" * 64, file=file).delete()


def test_a_lock_is_no_write():
    assert [found["table"] for found in WRITE.finditer("SELECT 1 FROM lists_list FOR NO KEY UPDATE")] == []
    assert [found["table"] for found in WRITE.finditer("UPDATE lists_list SET rank = 1")] == ["lists_list"]
