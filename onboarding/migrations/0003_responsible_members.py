import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing is given to somebody whose membership has ended."""

    dependencies = [
        ("crmsetup", "0002_members_and_invitations"),
        ("onboarding", "0002_question_decision_seq"),
    ]

    operations = [
        migrations.AlterField(
            "question",
            "responsible",
            models.ForeignKey(
                blank=True,
                limit_choices_to={"ended_at": None},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="crmsetup.membership",
                verbose_name="responsible",
            ),
        ),
        migrations.AlterField(
            "checklistitem",
            "responsible",
            models.ForeignKey(
                blank=True,
                limit_choices_to={"ended_at": None},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checklist_items",
                to="crmsetup.membership",
                verbose_name="responsible",
            ),
        ),
    ]
