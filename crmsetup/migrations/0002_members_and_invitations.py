import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Lower

import crmsetup.languages
import crmsetup.tenancy


class Migration(migrations.Migration):
    """A membership can end, and people are invited by e-mail."""

    dependencies = [("crmsetup", "0001_initial")]

    operations = [
        migrations.AddField("membership", "ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "implementation",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crmsetup.implementation",
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Administrator"),
                            ("consultant", "Consultant"),
                            ("contributor", "Contributor"),
                            ("reader", "Reader"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=crmsetup.languages.interface_languages,
                        max_length=10,
                        verbose_name="language of the e-mail",
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="crmsetup.membership",
                    ),
                ),
                ("sent_at", models.DateTimeField(editable=False)),
                ("expires_at", models.DateTimeField(editable=False)),
                ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("implementation", "id"), name="crmsetup_invitation_tenant"),
                    crmsetup.tenancy.TenantKey("invited_by", name="crmsetup_invitation_invited_by_fk"),
                    models.UniqueConstraint(
                        condition=models.Q(accepted_at=None, withdrawn_at=None),
                        fields=("implementation", "email"),
                        name="crmsetup_invitation_open_once",
                        violation_error_message="There is an open invitation to this address already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(email=Lower("email")), name="crmsetup_invitation_email_lower"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(role__in=["administrator", "consultant", "contributor", "reader"]),
                        name="crmsetup_invitation_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
                        name="crmsetup_invitation_one_end",
                    ),
                ],
            },
        ),
    ]
