import django.db.models.deletion
from django.db import migrations, models

import crmsetup.tenancy


class Migration(migrations.Migration):
    """An implementation can be archived and has a logo."""

    dependencies = [("crmsetup", "0002_members_and_invitations")]

    operations = [
        migrations.AddField(
            "implementation", "archived_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "implementation",
            "logo",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="crmsetup.storedfile",
            ),
        ),
        migrations.AddConstraint(
            "implementation", crmsetup.tenancy.TenantKey("logo", name="crmsetup_implementation_logo_fk")
        ),
    ]
