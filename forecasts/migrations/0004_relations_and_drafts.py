import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0003_reports_and_postponements"),
    ]

    operations = [
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("exclusive", "at most one of them happens"),
                            ("deadlines", "the same event by later and later dates"),
                            ("thresholds", "the same count over lower and lower thresholds"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relations", to="forecasts.scenario"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RelationMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relation_members",
                        to="forecasts.forecast",
                    ),
                ),
                (
                    "relation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="forecasts.relation"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("relation", "forecast"), name="relation_member_once")],
            },
        ),
        migrations.AddField(
            model_name="relation",
            name="forecasts",
            field=models.ManyToManyField(
                related_name="relations", through="forecasts.RelationMember", to="forecasts.forecast"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="added_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="article",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="articles_added",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="notice",
            field=models.TextField(
                blank=True,
                editable=False,
                help_text="What went wrong while its statements were sought, for its reviewers.",
            ),
        ),
        migrations.AddField(
            model_name="forecast",
            name="drafted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="forecast",
            name="drafted_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="forecasts_drafted",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="forecast",
            index=models.Index(fields=["opens_at"], name="forecast_opens"),
        ),
        migrations.AddIndex(
            model_name="forecast",
            index=models.Index(fields=["closes_at"], name="forecast_closes"),
        ),
        migrations.AddIndex(
            model_name="forecast",
            index=models.Index(fields=["resolves_at"], name="forecast_resolves"),
        ),
    ]
