import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import forecasts.models.preferences


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "identity",
                    models.CharField(help_text="Of the database server and the database in it.", max_length=200),
                ),
                ("paused_at", models.DateTimeField(blank=True, help_text="Since when no mail goes out.", null=True)),
                ("paused_because", models.TextField(blank=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="installation_is_one")],
            },
        ),
        migrations.CreateModel(
            name="Mute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(blank=True, help_text="Empty: for good.", null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mutes", to="forecasts.forecast"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mutes", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "forecast"), name="mute_once")],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.CharField(
                        choices=[
                            ("each", "each on its own, at once"),
                            ("daily", "one mail a day"),
                            ("weekly", "one mail a week"),
                        ],
                        default="each",
                        max_length=10,
                    ),
                ),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=9, help_text="Of the digest, 0 to 23, in the person's time zone."
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=forecasts.models.preferences.working_days,
                        help_text="Days on which mail goes out, Monday 0 to Sunday 6; a weekly digest goes on the first of them.",
                    ),
                ),
                (
                    "stopped",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("update", "update"),
                                ("closing_soon", "closing soon"),
                                ("resolve", "resolve"),
                                ("overdue", "overdue"),
                                ("result", "result"),
                                ("summary", "weekly summary"),
                                ("returned", "returned mail"),
                                ("invitation", "invitation"),
                                ("password_reset", "password reset"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="Kinds of prompts not wanted.",
                    ),
                ),
                ("absent_until", models.DateField(blank=True, help_text="No mail before this day.", null=True)),
                (
                    "calendar_key",
                    models.CharField(
                        blank=True,
                        help_text="SHA-256 of the secret in the calendar's address.",
                        max_length=64,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="preference_hour_of_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, unique=True)),
                ("made_at", models.DateTimeField()),
                ("reason", models.TextField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="prompt",
            name="prompt_waiting",
        ),
        migrations.AddField(
            model_name="prompt",
            name="send_after",
            field=models.DateTimeField(
                blank=True, help_text="When its recipient wants to hear of it; empty: at once.", null=True
            ),
        ),
        migrations.AddField(
            model_name="scenario",
            name="sooner_when_moved",
            field=models.PositiveSmallIntegerField(
                default=1500,
                help_text="Ask again at once when the consensus has moved this far since an analyst's last answer, in units of 1/10,000; 0: never.",
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="kind",
            field=models.CharField(
                choices=[
                    ("update", "update"),
                    ("closing_soon", "closing soon"),
                    ("resolve", "resolve"),
                    ("overdue", "overdue"),
                    ("result", "result"),
                    ("summary", "weekly summary"),
                    ("returned", "returned mail"),
                    ("invitation", "invitation"),
                    ("password_reset", "password reset"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="watch",
            name="kind",
            field=models.CharField(
                choices=[
                    ("update", "update"),
                    ("closing_soon", "closing soon"),
                    ("resolve", "resolve"),
                    ("overdue", "overdue"),
                    ("result", "result"),
                    ("summary", "weekly summary"),
                    ("returned", "returned mail"),
                    ("invitation", "invitation"),
                    ("password_reset", "password reset"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("content__isnull", False)), fields=["sent_at"], name="message_not_blanked"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["recipient", "-made_at"], name="message_recipient"),
        ),
        migrations.AddIndex(
            model_name="prompt",
            index=models.Index(
                condition=models.Q(("message__isnull", True), ("state", "planned")),
                fields=["send_after", "id"],
                name="prompt_waiting",
            ),
        ),
    ]
