import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0002_prompting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Postponement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("until", models.DateTimeField(verbose_name="not knowable before")),
                ("reason", models.TextField()),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postponements",
                        to="forecasts.forecast",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postponements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("url", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                ("note", models.TextField(blank=True)),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="forecasts.forecast"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("forecast", "person"), name="report_once")],
            },
        ),
        migrations.AlterField(
            model_name="verdict",
            name="annulled_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("undecidable", "no source could decide it"),
                    ("unclear", "its criteria allow more than one reading"),
                    ("known_before", "the answer was known before it opened"),
                    ("wrong_premise", "it rests on something that is not so"),
                    ("source_gone", "its source stopped publishing"),
                    ("duplicate", "it asks what another forecast asks"),
                    ("other", "another reason, in the note"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["recorded_at"], name="verdict_recorded"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("takes_effect_at__isnull", False)),
                fields=["takes_effect_at"],
                name="verdict_takes_effect",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postponement",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="82aacbd191d5f90bc0d3507ab6ae7cb1e67bcef9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ac12d",
                    table="forecasts_postponement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f4d4135e4b80f44d2516a52b1f6d5af5a8c321d9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0a498",
                    table="forecasts_report",
                    when="BEFORE",
                ),
            ),
        ),
    ]
