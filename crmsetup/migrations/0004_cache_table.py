from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    """The table that the setting CACHES names; nothing where the cache is no table."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """What web processes count together: attempts to sign in."""

    dependencies = [("crmsetup", "0003_archive_and_logo")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
