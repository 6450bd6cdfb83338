import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0033_calendar_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("log_in", "log-in"),
                            ("device", "log-in from a new browser"),
                            ("log_in_failed", "log-in failed"),
                            ("log_in_refused", "too many guesses"),
                            ("log_out", "log-out"),
                            ("sessions", "sessions ended"),
                            ("password", "new password"),
                            ("reset", "password reset asked for"),
                            ("factor", "factor added"),
                            ("factor_gone", "factor removed"),
                            ("codes", "recovery codes made"),
                            ("connected", "connected with the identity provider"),
                            ("token", "token made"),
                            ("token_gone", "token revoked"),
                            ("role", "role given"),
                            ("role_gone", "role taken"),
                            ("export", "export"),
                            ("erasure", "erasure"),
                            ("setting", "setting changed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("made_at", models.DateTimeField(db_index=True)),
                ("address", models.GenericIPAddressField(help_text="Where the request came from.", null=True)),
                ("detail", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Who did it; none at the command line.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Whose account; none where there is none of that address, or no account is concerned.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="security_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="securityevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5f35583d8bc4bdd42c36f27eeabfcb5fed08e035",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4d5f0",
                    table="forecasts_securityevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
