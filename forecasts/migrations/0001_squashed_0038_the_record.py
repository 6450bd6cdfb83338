"""All tables as they were after the first 38 migrations: a new installation needs these alone.

An older one goes on with the 38 themselves. They may go when none is left that has not applied the last of them.
"""

import datetime
import uuid
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import forecasts.models.mail_kinds
import forecasts.models.preferences
import forecasts.models.scenarios
import forecasts.models.tallies

GROUPS = ("viewer", "analyst", "resolver", "editor", "owner", "administrator")
# Whoever adds somebody to the group, by whatever way, makes a superuser, and whoever removes them ends it.
ADMINISTRATORS = """
CREATE FUNCTION reckoner_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.group_id IN (SELECT id FROM auth_group WHERE name = 'administrator') THEN
        UPDATE forecasts_user SET is_superuser = false WHERE id = OLD.user_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.group_id IN (SELECT id FROM auth_group WHERE name = 'administrator') THEN
        UPDATE forecasts_user SET is_superuser = true WHERE id = NEW.user_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER reckoner_administrator AFTER INSERT OR UPDATE OR DELETE ON forecasts_user_groups
    FOR EACH ROW EXECUTE FUNCTION reckoner_administrator();
"""
NO_ADMINISTRATORS = """
DROP TRIGGER reckoner_administrator ON forecasts_user_groups;
DROP FUNCTION reckoner_administrator();
"""
# Cells are changed far more often than added: with room on its page, a changed one needs no new index entry.
ROOM = "ALTER TABLE forecasts_cell SET (fillfactor = 50)"


def make_groups(apps: Any, schema_editor: Any) -> None:
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in GROUPS:
        groups.get_or_create(name=name)


def add_triggers(apps: Any, schema_editor: Any) -> None:
    """All at once: an operation each would have every model made anew, each time."""
    for model in apps.get_app_config("forecasts").get_models():
        for trigger in getattr(model._meta, "triggers", ()):
            schema_editor.execute(trigger.install_sql, params=None)


class Migration(migrations.Migration):
    replaces = [
        ("forecasts", "0001_initial"),
        ("forecasts", "0002_prompting"),
        ("forecasts", "0003_reports_and_postponements"),
        ("forecasts", "0004_relations_and_drafts"),
        ("forecasts", "0005_erasures"),
        ("forecasts", "0006_kept_bands"),
        ("forecasts", "0007_asking"),
        ("forecasts", "0008_role_groups"),
        ("forecasts", "0009_administrators_are_superusers"),
        ("forecasts", "0010_delivery"),
        ("forecasts", "0011_review_acts"),
        ("forecasts", "0012_forecast_published_index"),
        ("forecasts", "0013_spare_indexes"),
        ("forecasts", "0014_unwritten_prompts"),
        ("forecasts", "0015_unchecked_cells"),
        ("forecasts", "0016_unchecked_contributions"),
        ("forecasts", "0017_departures"),
        ("forecasts", "0018_departures_before"),
        ("forecasts", "0019_rules_that_act"),
        ("forecasts", "0020_consensus_by_age"),
        ("forecasts", "0021_categories"),
        ("forecasts", "0022_mail_kinds"),
        ("forecasts", "0023_evidence"),
        ("forecasts", "0024_references"),
        ("forecasts", "0025_computed_verdicts"),
        ("forecasts", "0026_computed_estimates"),
        ("forecasts", "0027_statement_readings"),
        ("forecasts", "0028_situations"),
        ("forecasts", "0029_beyond_open_ends"),
        ("forecasts", "0030_mails_a_day"),
        ("forecasts", "0031_corrections"),
        ("forecasts", "0032_bounces"),
        ("forecasts", "0033_calendar_entries"),
        ("forecasts", "0034_security_events"),
        ("forecasts", "0035_tokens"),
        ("forecasts", "0036_tokens_before"),
        ("forecasts", "0037_names_and_texts_may_come_again"),
        ("forecasts", "0038_the_record"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="JoinedQuarter",
            fields=[
                ("quarter", models.CharField(max_length=140, primary_key=True, serialize=False)),
                ("situation", models.CharField(max_length=140)),
            ],
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        db_index=True,
                        help_text="Two may bear one name where nobody who adds to one sees the other.",
                        max_length=200,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("outlet", "news outlet"),
                            ("think_tank", "think tank"),
                            ("ministry", "ministry"),
                            ("organisation", "organisation"),
                            ("other", "other"),
                        ],
                        default="outlet",
                        max_length=20,
                    ),
                ),
                ("url", models.URLField(blank=True)),
                (
                    "scale",
                    models.CharField(
                        blank=True, help_text="The scale of likelihood words it says it uses.", max_length=20
                    ),
                ),
                ("scale_edition", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "ordering": ["name"],
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
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("finished_at", models.DateTimeField()),
                ("problem", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "This address has an account already."},
                        max_length=254,
                        unique=True,
                        verbose_name="e-mail",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("time_zone", models.CharField(default="UTC", help_text="Such as Europe/Berlin.", max_length=64)),
                ("is_demo", models.BooleanField(default=False, verbose_name="demonstration account")),
                ("is_staff", models.BooleanField(default=False, verbose_name="may enter the admin")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="user_email_lower_case",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NOT NEW."is_active" AND OLD."is_active")',
                            func="\n        INSERT INTO forecasts_departure (user_id, made_at) VALUES (NEW.id, coalesce(nullif(current_setting('reckoner.at', true), '')::timestamptz, clock_timestamp()));\n        RETURN NULL;\n    ",
                            hash="b2b90fd9d3ba618d8e26898c8b830878a3cb8e4f",
                            operation='UPDATE OF "is_active"',
                            pgid="pgtrigger_closes_6f0e0",
                            table="forecasts_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="superuser",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') AND pg_trigger_depth() < 2\n            AND NEW.is_superuser IS DISTINCT FROM (TG_OP = 'UPDATE' AND OLD.is_superuser) THEN\n            RAISE EXCEPTION 'the record: who is in the group of administrators is a superuser, and nobody else' USING ERRCODE = 'insufficient_privilege';\n        END IF;\n        RETURN NEW;\n    ",
                            hash="760dae96d1f98ed1ad115d564e5e021dbc1d600e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_superuser_621f6",
                            table="forecasts_user",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="forecasts.source"
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("authors", models.JSONField(blank=True, default=list)),
                ("url", models.URLField(blank=True, max_length=1000)),
                ("published_at", models.DateTimeField()),
                ("published_at_note", models.CharField(blank=True, help_text="Such as “inferred”.", max_length=200)),
                ("language", models.CharField(default="en", max_length=12)),
                ("body", models.TextField()),
                ("sha256", models.CharField(db_index=True, editable=False, max_length=64)),
                ("added_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="articles_added",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="What went wrong while its statements were sought, for its reviewers.",
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') AND (true) AND (TG_OP = 'DELETE' OR ((OLD.body, OLD.sha256, OLD.published_at, OLD.language) IS DISTINCT FROM (NEW.body, NEW.sha256, NEW.published_at, NEW.language))) THEN\n                RAISE EXCEPTION 'the record: articles stay as they were written' USING ERRCODE = 'insufficient_privilege';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="36d3830fc8f85dacffa3ca49ce699c4b83537c2f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stays_33e63",
                            table="forecasts_article",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("starts_at", models.DateTimeField()),
                ("title", models.TextField()),
                ("path", models.TextField()),
                ("text", models.TextField(blank=True)),
                ("is_cancelled", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
                ("sequence", models.PositiveIntegerField(default=0, help_text="How often it has changed.")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="calendar_entry_once")],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("operator", models.CharField(help_text="Who ran the command.", max_length=200)),
                ("reason", models.TextField()),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7859fc9c6548b5d0f03f83b6a2eaace8f67cd96c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c6b18",
                            table="forecasts_erasure",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Forecaster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("analyst", "analyst"),
                            ("consensus", "consensus"),
                            ("source", "source"),
                            ("reference", "reference"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forecaster",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forecasters",
                        to="forecasts.source",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        help_text="Of a consensus: how it is formed. Of a source: low, middle or high. Of a reference: its rule.",
                        max_length=40,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "analyst"), ("user__isnull", True)),
                        fields=("name",),
                        name="forecaster_imported_name_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "consensus")), fields=("method",), name="forecaster_consensus_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "reference")), fields=("method",), name="forecaster_reference_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "source")),
                        fields=("source", "method"),
                        name="forecaster_source_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "analyst"), ("source__isnull", True)),
                            models.Q(
                                ("kind__in", ["consensus", "reference"]),
                                ("source__isnull", True),
                                ("user__isnull", True),
                            ),
                            models.Q(("kind", "source"), ("source__isnull", False), ("user__isnull", True)),
                            _connector="OR",
                        ),
                        name="forecaster_kind_fits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("request_sha256", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("answer", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["made_at"], name="idempotency_key_age")],
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="idempotency_key_once")],
            },
        ),
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
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "address",
                    models.EmailField(
                        help_text="Where it goes: the recipient's address when it was rendered.", max_length=254
                    ),
                ),
                ("subject", models.CharField(max_length=500)),
                (
                    "content",
                    models.BinaryField(help_text="RFC 5322 bytes with CRLF; blanked 30 days after sending.", null=True),
                ),
                ("message_id", models.CharField(max_length=200, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("leased", "leased"),
                            ("sent", "sent"),
                            ("dead", "dead"),
                            ("cancelled", "cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(help_text="When to try next; of a leased message, when its lease runs out."),
                ),
                ("lease", models.UUIDField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, help_text="Why it is dead, cancelled or late.")),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "leased"])),
                        fields=["due_at", "id"],
                        name="message_due",
                    ),
                    models.Index(condition=models.Q(("state", "dead")), fields=["made_at"], name="message_dead"),
                    models.Index(
                        condition=models.Q(("content__isnull", False)), fields=["sent_at"], name="message_not_blanked"
                    ),
                    models.Index(fields=["recipient", "-made_at"], name="message_recipient"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease__isnull", False), ("state", "leased")),
                            models.Q(models.Q(("state", "leased"), _negated=True), ("lease__isnull", True)),
                            _connector="OR",
                        ),
                        name="message_lease_fits_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bounce", to="forecasts.message"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1d0c4737cfd3262a49326c585f377087fa2c4818",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_24302",
                            table="forecasts_bounce",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="forecasts.message"
                    ),
                ),
                ("lease", models.UUIDField(default=uuid.uuid4)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "indexes": [models.Index(fields=["made_at"], name="attempt_made")],
                "constraints": [models.UniqueConstraint(fields=("message", "lease"), name="attempt_once_a_lease")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="376eedc33afa5e4ef2092e4d0d9c63c4522529ba",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d0f93",
                            table="forecasts_attempt",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        default=forecasts.models.preferences.every_day,
                        help_text="Days on which mail goes out, Monday 0 to Sunday 6; a weekly digest on the first after days off.",
                    ),
                ),
                (
                    "stopped",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=forecasts.models.mail_kinds.choices, max_length=20),
                        blank=True,
                        default=list,
                        help_text="Kinds of prompts not wanted.",
                    ),
                ),
                (
                    "most_a_day",
                    models.PositiveSmallIntegerField(
                        default=3, help_text="Mails, but for what cannot wait; 0 for no limit."
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="preference_hour_of_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="forecasts.attempt"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("deferred", "deferred"),
                            ("refused", "refused"),
                            ("returned", "the recipient is refused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="51ee5c09278873542a3c5631855eefc256e11ad5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_98d73",
                            table="forecasts_receipt",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review_acts", to="forecasts.article"
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="Counts the acts on one article, from 1.")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("accept", "accepted"),
                            ("reject", "rejected"),
                            ("duplicate", "marked as a repeat"),
                            ("split", "split"),
                            ("add", "added"),
                            ("sort", "put into another category"),
                            ("undo", "undone"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "statements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="The ids of the statements it changed or made."
                    ),
                ),
                ("before", models.JSONField(default=dict, help_text="By id, the fields of a statement as they were.")),
                (
                    "made",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="The ids of the statements it made.",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="forecasts.reviewact",
                    ),
                ),
            ],
            options={
                "ordering": ["article", "number"],
                "constraints": [models.UniqueConstraint(fields=("article", "number"), name="review_act_number_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f903adda18959e45ca2a135761bcbbfb3d44543d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dcbe1",
                            table="forecasts_reviewact",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("title", models.CharField(max_length=300)),
                ("summary", models.TextField(blank=True)),
                (
                    "visibility",
                    models.CharField(
                        choices=[("all", "everybody with an account"), ("members", "its members")],
                        default="members",
                        max_length=10,
                    ),
                ),
                (
                    "blind_until_answered",
                    models.BooleanField(
                        default=False,
                        help_text="Hides the estimates of others, and the consensus, until one has answered.",
                    ),
                ),
                (
                    "two_people_resolve",
                    models.BooleanField(default=False, help_text="A second person confirms each resolution."),
                ),
                (
                    "cooling_off_hours",
                    models.PositiveSmallIntegerField(
                        default=24, help_text="Hours in which a resolution can be taken back before it is scored."
                    ),
                ),
                (
                    "sooner_when_moved",
                    models.PositiveSmallIntegerField(
                        default=1500,
                        help_text="Ask again at once when the consensus has moved this far since an analyst's last answer, in units of 1/10,000; 0: never.",
                    ),
                ),
                (
                    "is_pool",
                    models.BooleanField(
                        default=False,
                        help_text="What comes of one tells nothing of the others. Otherwise forecasts that opened in the same quarter count as one situation.",
                        verbose_name="a pool of unrelated questions",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="demonstration")),
                ("articles", models.ManyToManyField(blank=True, related_name="scenarios", to="forecasts.article")),
            ],
            options={
                "ordering": ["title"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="regroups",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."is_pool" IS DISTINCT FROM (NEW."is_pool"))',
                            func="UPDATE forecasts_settlement SET due_at = 'epoch' WHERE settled_at IS NOT NULL AND forecast_id IN (SELECT id FROM forecasts_forecast WHERE scenario_id = NEW.id); RETURN NULL;",
                            hash="7b8a0a32f70410289f11f2f5ee1cc959c67a95b7",
                            operation='UPDATE OF "is_pool"',
                            pgid="pgtrigger_regroups_053ca",
                            table="forecasts_scenario",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stays_strict",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NOT NEW."two_people_resolve" AND OLD."two_people_resolve")',
                            func="\n        UPDATE forecasts_forecast SET two_people_resolve = true\n            WHERE scenario_id = NEW.id AND published_at IS NOT NULL AND NOT two_people_resolve;\n        RETURN NULL;\n    ",
                            hash="bc125288399332cc5e16de3592459c3dc0ced73c",
                            operation='UPDATE OF "two_people_resolve"',
                            pgid="pgtrigger_stays_strict_271b8",
                            table="forecasts_scenario",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forecasts.scenario"
                    ),
                ),
                (
                    "forecaster_kind",
                    models.CharField(
                        choices=[
                            ("analyst", "analyst"),
                            ("consensus", "consensus"),
                            ("source", "source"),
                            ("reference", "reference"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("all", "all"),
                            ("forecaster", "forecaster"),
                            ("category", "category"),
                            ("source", "source"),
                            ("lead_time", "lead time"),
                            ("month", "month"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True, help_text="Such as a forecaster's id, a category or 2024-12.", max_length=40
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["dimension", "value", "forecaster_kind"], name="group_value")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scenario", "forecaster_kind", "dimension", "value"), name="group_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relations", to="forecasts.scenario"
                    ),
                ),
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
            ],
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "group",
                        "estimand",
                        "probability",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="forecasts.group",
                    ),
                ),
                (
                    "estimand",
                    models.CharField(
                        choices=[
                            ("last", "last"),
                            ("first", "first"),
                            ("time_weighted", "time-weighted"),
                            ("at:1d", "1 day before closing"),
                            ("at:7d", "7 days before closing"),
                            ("at:30d", "30 days before closing"),
                            ("at:90d", "90 days before closing"),
                            ("each_update", "each update"),
                        ],
                        max_length=13,
                    ),
                ),
                ("probability", models.PositiveSmallIntegerField(help_text="In units of 1/10,000.")),
                ("n", models.BigIntegerField()),
                ("k", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("k__gte", 0), ("n__gte", models.F("k"))), name="cell_counts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="forecasts.scenario"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "viewer"),
                            ("analyst", "analyst"),
                            ("resolver", "resolver"),
                            ("editor", "editor"),
                            ("owner", "owner"),
                        ],
                        default="analyst",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("scenario", "user"), name="membership_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="leaves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF TG_OP = 'DELETE' OR (NEW.role = 'viewer' AND OLD.role <> NEW.role) THEN\n            INSERT INTO forecasts_departure (user_id, scenario_id, made_at)\n            VALUES (OLD.user_id, OLD.scenario_id, coalesce(nullif(current_setting('reckoner.at', true), '')::timestamptz, clock_timestamp()));\n        END IF;\n        RETURN NULL;\n    ",
                            hash="3fd5fca6904951feb31625707cfaece7433122da",
                            operation='DELETE OR UPDATE OF "role"',
                            pgid="pgtrigger_leaves_b3663",
                            table="forecasts_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE about forecasts_membership;",
                            func="\n        about := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        IF TG_OP <> 'UPDATE' OR OLD.role IS DISTINCT FROM NEW.role THEN\n            INSERT INTO forecasts_membershipchange (scenario_id, user_id, before, after, made_at, made_by_id)\n            VALUES (\n                about.scenario_id, about.user_id,\n                CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.role END,\n                CASE WHEN TG_OP = 'DELETE' THEN '' ELSE NEW.role END,\n                coalesce(nullif(current_setting('reckoner.at', true), '')::timestamptz, clock_timestamp()), nullif(current_setting('reckoner.by', true), '')::bigint\n            );\n        END IF;\n        RETURN NULL;\n    ",
                            hash="6b697183d9267b5cd9dc7030dc20f3e661cb42f3",
                            operation='INSERT OR DELETE OR UPDATE OF "role"',
                            pgid="pgtrigger_changes_acfd6",
                            table="forecasts_membership",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scenario",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="forecasts.scenario",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("viewer", "viewer"),
                            ("analyst", "analyst"),
                            ("resolver", "resolver"),
                            ("editor", "editor"),
                            ("owner", "owner"),
                        ],
                        help_text="Empty: no member.",
                        max_length=10,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("viewer", "viewer"),
                            ("analyst", "analyst"),
                            ("resolver", "resolver"),
                            ("editor", "editor"),
                            ("owner", "owner"),
                        ],
                        help_text="Empty: no member.",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: the service, or an operator.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a8a9a9db83b68cedf672e4d6ecb99512c53f2fe2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a2d7a",
                            table="forecasts_membershipchange",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="None: the account was closed.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="forecasts.scenario",
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["scenario", "made_at"], name="departure_scenario")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42dedefee3f466bb449ef6bfee496e0a7a21b2d0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d953c",
                            table="forecasts_departure",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
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
                ("address", models.GenericIPAddressField(help_text="Where the request came from.", null=True)),
                ("detail", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5f35583d8bc4bdd42c36f27eeabfcb5fed08e035",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4d5f0",
                            table="forecasts_securityevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SituationSum",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "group", "estimand", "situation", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forecasts.group",
                    ),
                ),
                (
                    "estimand",
                    models.CharField(
                        choices=[
                            ("last", "last"),
                            ("first", "first"),
                            ("time_weighted", "time-weighted"),
                            ("at:1d", "1 day before closing"),
                            ("at:7d", "7 days before closing"),
                            ("at:30d", "30 days before closing"),
                            ("at:90d", "90 days before closing"),
                            ("each_update", "each update"),
                        ],
                        max_length=13,
                    ),
                ),
                ("situation", models.CharField(max_length=140)),
                (
                    "sums",
                    models.JSONField(
                        help_text="By score name, [n, S]; those of other kinds than yes-or-no after a colon."
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeptBands",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forecasts.snapshot"
                    ),
                ),
                ("slice", models.CharField(help_text="SHA-256 of what the slice is.", max_length=64)),
                ("bands", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "kept bands",
                "constraints": [models.UniqueConstraint(fields=("snapshot", "slice"), name="kept_bands_once")],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="forecasts.article"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        blank=True, help_text="Its name in the scenario folder, such as S1.", max_length=40
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("sentence_start", models.PositiveIntegerField()),
                ("sentence_end", models.PositiveIntegerField()),
                ("quote", models.TextField()),
                ("cue", models.CharField(max_length=200)),
                (
                    "category",
                    models.CharField(choices=forecasts.models.scenarios.categories, default="other", max_length=30),
                ),
                ("likelihood", models.CharField(default="unquantified", max_length=40)),
                ("scale", models.CharField(blank=True, max_length=20)),
                ("scale_edition", models.CharField(blank=True, max_length=20)),
                ("scale_is_assumed", models.BooleanField(default=False)),
                ("is_conditional", models.BooleanField(default=False, verbose_name="conditional")),
                ("attributed_to", models.CharField(blank=True, max_length=200)),
                (
                    "review",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("accepted", "accepted"),
                            ("rejected", "rejected"),
                            ("duplicate", "duplicate"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="Why it was rejected, or why it was found.")),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="duplicates",
                        to="forecasts.statement",
                    ),
                ),
                ("extractor", models.CharField(max_length=100)),
                ("extractor_version", models.CharField(max_length=100)),
                (
                    "extraction",
                    models.JSONField(blank=True, default=dict, help_text="What the extractor says of its own work."),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))), name="statement_start_before_end"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sentence_end__gte", models.F("end")), ("sentence_start__lte", models.F("start"))
                        ),
                        name="statement_inside_sentence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("review", "duplicate"), _negated=True),
                            ("duplicate_of__isnull", False),
                            _connector="OR",
                        ),
                        name="statement_duplicate_names_original",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("review", "rejected"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_rejected_has_reason",
                    ),
                    models.UniqueConstraint(fields=("article", "start", "end"), name="statement_span_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') AND (EXISTS (SELECT FROM forecasts_forecast f WHERE f.statement_id = OLD.id AND f.published_at IS NOT NULL)) AND (TG_OP = 'DELETE' OR ((OLD.article_id, OLD.start, OLD.\"end\", OLD.quote) IS DISTINCT FROM (NEW.article_id, NEW.start, NEW.\"end\", NEW.quote))) THEN\n                RAISE EXCEPTION 'the record: what a published forecast was made of stays' USING ERRCODE = 'insufficient_privilege';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="a93d79717eec442eec65c2dac75280660fc2479f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stays_18a28",
                            table="forecasts_statement",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="forecasts", to="forecasts.scenario"
                    ),
                ),
                ("key", models.SlugField(help_text="Its name in files, unique in the scenario.", max_length=200)),
                ("category", models.CharField(choices=forecasts.models.scenarios.categories, max_length=30)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("binary", "yes or no"),
                            ("multiple_choice", "multiple choice"),
                            ("numeric", "number"),
                            ("date", "date"),
                        ],
                        default="binary",
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("criteria", models.TextField(blank=True)),
                ("fine_print", models.TextField(blank=True)),
                ("background", models.TextField(blank=True)),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forecasts",
                        to="forecasts.statement",
                    ),
                ),
                (
                    "fidelity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "the same as the statement"),
                            ("narrower", "narrower than the statement"),
                            ("opposite", "the opposite of the statement"),
                        ],
                        max_length=10,
                    ),
                ),
                ("options_are_ordered", models.BooleanField(default=False)),
                ("unit", models.CharField(blank=True, max_length=60)),
                (
                    "range_lower",
                    models.FloatField(blank=True, help_text="A date counts in days since 1970-01-01 UTC.", null=True),
                ),
                ("range_upper", models.FloatField(blank=True, null=True)),
                ("lower_is_open", models.BooleanField(default=False)),
                ("upper_is_open", models.BooleanField(default=False)),
                (
                    "range_scale",
                    models.CharField(
                        choices=[("linear", "linear"), ("log", "logarithmic")], default="linear", max_length=10
                    ),
                ),
                (
                    "quantile_levels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        help_text="In units of 1/10,000, rising.",
                    ),
                ),
                (
                    "situation",
                    models.CharField(
                        blank=True,
                        help_text="Forecasts of one name resolve together, in whatever scenario. Empty: those of this scenario that opened in the same quarter.",
                        max_length=100,
                    ),
                ),
                ("resolution_source", models.CharField(blank=True, max_length=300)),
                ("resolution_source_url", models.URLField(blank=True, max_length=1000)),
                (
                    "resolution_source_lag",
                    models.CharField(blank=True, help_text="How long after the fact it publishes.", max_length=200),
                ),
                ("fallback_source", models.TextField(blank=True)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("drafted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="forecasts_drafted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                (
                    "resolves_at",
                    models.DateTimeField(blank=True, help_text="When the answer should be known.", null=True),
                ),
                ("review_every", models.DurationField(default=datetime.timedelta(days=7))),
                (
                    "resolver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="forecasts_to_resolve",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "backup",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="forecasts_to_back_up",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("two_people_resolve", models.BooleanField(default=False)),
                (
                    "is_imported",
                    models.BooleanField(default=False, help_text="Came from a file; nobody is asked about it."),
                ),
                (
                    "version",
                    models.PositiveSmallIntegerField(default=1, help_text="Of the criteria; each amendment adds one."),
                ),
                (
                    "overrides",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Resolvability checks that an editor overrode, with reasons.",
                    ),
                ),
                (
                    "assignees",
                    models.ManyToManyField(blank=True, related_name="assigned_forecasts", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["closes_at", "pk"],
                "indexes": [
                    models.Index(fields=["scenario", "closes_at"], name="forecast_scenario_closes"),
                    models.Index(
                        django.db.models.functions.comparison.Greatest("closes_at", "resolves_at"),
                        name="forecast_matures",
                    ),
                    models.Index(fields=["published_at"], name="forecast_published"),
                    models.Index(fields=["opens_at"], name="forecast_opens"),
                    models.Index(fields=["closes_at"], name="forecast_closes"),
                    models.Index(fields=["resolves_at"], name="forecast_resolves"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("scenario", "key"), name="forecast_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                        name="forecast_opens_before_it_closes",
                        violation_error_message="A forecast opens before it closes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__lte", models.F("resolves_at"))),
                        name="forecast_closes_before_it_resolves",
                        violation_error_message="A forecast closes before, or when, its answer should be known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(
                                ("closes_at__isnull", False),
                                ("opens_at__isnull", False),
                                ("resolves_at__isnull", False),
                                models.Q(
                                    models.Q(("criteria", ""), _negated=True), ("is_imported", True), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="forecast_published_is_complete",
                        violation_error_message="A published forecast has criteria and all its dates.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fidelity", ""), ("statement__isnull", True)),
                            models.Q(("statement__isnull", False), models.Q(("fidelity", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="forecast_fidelity_with_statement",
                        violation_error_message="A forecast of a statement says how faithful it is; a derived one does not.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="regroups",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="UPDATE forecasts_settlement SET due_at = 'epoch' WHERE settled_at IS NOT NULL AND forecast_id = NEW.id; RETURN NULL;",
                            hash="ac2d51385be809f7dfb76573ca26983f6210badf",
                            operation='UPDATE OF "situation", "scenario_id", "opens_at"',
                            pgid="pgtrigger_regroups_358c4",
                            table="forecasts_forecast",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="asks",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') OR OLD.published_at IS NULL THEN\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                END IF;\n                IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'the record: what was published stays' USING ERRCODE = 'insufficient_privilege'; END IF;\n                IF NEW.published_at IS DISTINCT FROM OLD.published_at\n                    OR NEW.version NOT IN (OLD.version, OLD.version + 1)\n                    OR (NEW.version = OLD.version AND ((OLD.scenario_id, OLD.key, OLD.category, OLD.kind, OLD.title, OLD.criteria, OLD.fine_print, OLD.statement_id, OLD.fidelity, OLD.options_are_ordered, OLD.unit, OLD.range_lower, OLD.range_upper, OLD.lower_is_open, OLD.upper_is_open, OLD.range_scale, OLD.quantile_levels, OLD.resolution_source, OLD.resolution_source_url, OLD.resolution_source_lag, OLD.fallback_source, OLD.time_zone, OLD.opens_at, OLD.closes_at, OLD.resolves_at) IS DISTINCT FROM (NEW.scenario_id, NEW.key, NEW.category, NEW.kind, NEW.title, NEW.criteria, NEW.fine_print, NEW.statement_id, NEW.fidelity, NEW.options_are_ordered, NEW.unit, NEW.range_lower, NEW.range_upper, NEW.lower_is_open, NEW.upper_is_open, NEW.range_scale, NEW.quantile_levels, NEW.resolution_source, NEW.resolution_source_url, NEW.resolution_source_lag, NEW.fallback_source, NEW.time_zone, NEW.opens_at, NEW.closes_at, NEW.resolves_at)))\n                    OR (NEW.version = OLD.version AND OLD.two_people_resolve AND NOT NEW.two_people_resolve)\n                THEN RAISE EXCEPTION 'the record: only an amendment changes what is asked' USING ERRCODE = 'insufficient_privilege'; END IF;\n                RETURN NEW;\n            ",
                            hash="13b2c75ddb72880c6128159bfd61c217d1ef9bde",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_asks_08a88",
                            table="forecasts_forecast",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="amended",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            declare="DECLARE said jsonb;",
                            func="\n                IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') OR OLD.published_at IS NULL OR OLD.version = NEW.version THEN RETURN NULL; END IF;\n                SELECT changes INTO said FROM forecasts_amendment\n                    WHERE forecast_id = NEW.id AND version = NEW.version;\n                IF said IS NULL OR (OLD.scenario_id IS DISTINCT FROM NEW.scenario_id AND NOT said ? 'scenario') OR (OLD.key IS DISTINCT FROM NEW.key AND NOT said ? 'key') OR (OLD.category IS DISTINCT FROM NEW.category AND NOT said ? 'category') OR (OLD.kind IS DISTINCT FROM NEW.kind AND NOT said ? 'kind') OR (OLD.title IS DISTINCT FROM NEW.title AND NOT said ? 'title') OR (OLD.criteria IS DISTINCT FROM NEW.criteria AND NOT said ? 'criteria') OR (OLD.fine_print IS DISTINCT FROM NEW.fine_print AND NOT said ? 'fine_print') OR (OLD.statement_id IS DISTINCT FROM NEW.statement_id AND NOT said ? 'statement') OR (OLD.fidelity IS DISTINCT FROM NEW.fidelity AND NOT said ? 'fidelity') OR (OLD.options_are_ordered IS DISTINCT FROM NEW.options_are_ordered AND NOT said ? 'options_are_ordered') OR (OLD.unit IS DISTINCT FROM NEW.unit AND NOT said ? 'unit') OR (OLD.range_lower IS DISTINCT FROM NEW.range_lower AND NOT said ? 'range_lower') OR (OLD.range_upper IS DISTINCT FROM NEW.range_upper AND NOT said ? 'range_upper') OR (OLD.lower_is_open IS DISTINCT FROM NEW.lower_is_open AND NOT said ? 'lower_is_open') OR (OLD.upper_is_open IS DISTINCT FROM NEW.upper_is_open AND NOT said ? 'upper_is_open') OR (OLD.range_scale IS DISTINCT FROM NEW.range_scale AND NOT said ? 'range_scale') OR (OLD.quantile_levels IS DISTINCT FROM NEW.quantile_levels AND NOT said ? 'quantile_levels') OR (OLD.resolution_source IS DISTINCT FROM NEW.resolution_source AND NOT said ? 'resolution_source') OR (OLD.resolution_source_url IS DISTINCT FROM NEW.resolution_source_url AND NOT said ? 'resolution_source_url') OR (OLD.resolution_source_lag IS DISTINCT FROM NEW.resolution_source_lag AND NOT said ? 'resolution_source_lag') OR (OLD.fallback_source IS DISTINCT FROM NEW.fallback_source AND NOT said ? 'fallback_source') OR (OLD.time_zone IS DISTINCT FROM NEW.time_zone AND NOT said ? 'time_zone') OR (OLD.opens_at IS DISTINCT FROM NEW.opens_at AND NOT said ? 'opens_at') OR (OLD.closes_at IS DISTINCT FROM NEW.closes_at AND NOT said ? 'closes_at') OR (OLD.resolves_at IS DISTINCT FROM NEW.resolves_at AND NOT said ? 'resolves_at') THEN RAISE EXCEPTION 'the record: an amendment says what it changes' USING ERRCODE = 'insufficient_privilege'; END IF;\n                RETURN NULL;\n            ",
                            hash="9dea72cf0f1d56ddc9e338fbd306328742c7b2fc",
                            operation='UPDATE OF "version"',
                            pgid="pgtrigger_amended_15f34",
                            table="forecasts_forecast",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="handed_over",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF OLD.published_at IS NOT NULL\n            AND (OLD.resolver_id, OLD.backup_id) IS DISTINCT FROM (NEW.resolver_id, NEW.backup_id) THEN\n            INSERT INTO forecasts_handover\n                (forecast_id, resolver_before, resolver_after, backup_before, backup_after, made_at, made_by_id, reason)\n            VALUES (NEW.id, OLD.resolver_id, NEW.resolver_id, OLD.backup_id, NEW.backup_id, coalesce(nullif(current_setting('reckoner.at', true), '')::timestamptz, clock_timestamp()), nullif(current_setting('reckoner.by', true), '')::bigint, coalesce(current_setting('reckoner.because', true), ''));\n        END IF;\n        RETURN NULL;\n    ",
                            hash="6feba47b2b8619fbd89e9054b7cd961cc93bf442",
                            operation='UPDATE OF "resolver_id", "backup_id"',
                            pgid="pgtrigger_handed_over_14671",
                            table="forecasts_forecast",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watches", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "forecast",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watches",
                        to="forecasts.forecast",
                    ),
                ),
                ("kind", models.CharField(choices=forecasts.models.mail_kinds.choices, max_length=20)),
                ("next_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "watches",
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)), fields=["next_at", "id"], name="watch_due"
                    ),
                    models.Index(fields=["forecast", "kind"], name="watch_forecast"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "forecast", "kind"), name="watch_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="forecasts.forecast"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(help_text="The version that this amendment made.")),
                (
                    "kind",
                    models.CharField(choices=[("clarifying", "clarifying"), ("material", "material")], max_length=10),
                ),
                ("changes", models.JSONField(help_text="Field name to its old and its new value.")),
                ("reason", models.TextField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["version"],
                "constraints": [models.UniqueConstraint(fields=("forecast", "version"), name="amendment_version_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="46db5f5ddf0aacd79616bcc652ed5432a2b10245",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4b399",
                            table="forecasts_amendment",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="forecasts.forecast"
                    ),
                ),
                ("resolver_before", models.BigIntegerField(null=True)),
                ("resolver_after", models.BigIntegerField(null=True)),
                ("backup_before", models.BigIntegerField(null=True)),
                ("backup_after", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        help_text="Empty: the service, or an operator.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="076d7645fb561d818d58256737efadda54e082b0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8fa4c",
                            table="forecasts_handover",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mutes", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mutes", to="forecasts.forecast"
                    ),
                ),
                ("until", models.DateTimeField(blank=True, help_text="Empty: for good.", null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "forecast"), name="mute_once")],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="forecasts.forecast"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=200)),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("forecast", "position"), name="option_position_once"),
                    models.UniqueConstraint(fields=("forecast", "label"), name="option_label_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') AND (EXISTS (SELECT FROM forecasts_forecast f WHERE f.id = OLD.forecast_id AND f.published_at IS NOT NULL)) AND (TG_OP = 'DELETE' OR ((OLD.forecast_id, OLD.position, OLD.label) IS DISTINCT FROM (NEW.forecast_id, NEW.position, NEW.label))) THEN\n                RAISE EXCEPTION 'the record: options that were published stay' USING ERRCODE = 'insufficient_privilege';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="a8c421565dd4bf7f6ecc611782849454d81dbd0e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stays_ebe70",
                            table="forecasts_option",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Postponement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("made_at", models.DateTimeField()),
                ("until", models.DateTimeField(verbose_name="not knowable before")),
                ("reason", models.TextField()),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="82aacbd191d5f90bc0d3507ab6ae7cb1e67bcef9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ac12d",
                            table="forecasts_postponement",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Prompt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prompts", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "forecast",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prompts",
                        to="forecasts.forecast",
                    ),
                ),
                ("kind", models.CharField(choices=forecasts.models.mail_kinds.choices, max_length=20)),
                ("slot", models.DateTimeField()),
                (
                    "send_after",
                    models.DateTimeField(
                        blank=True, help_text="When its recipient wants to hear of it; empty: at once.", null=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("sent", "sent"),
                            ("answered", "answered"),
                            ("cancelled", "cancelled"),
                            ("set_aside", "set aside"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="Why it was cancelled or set aside.")),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="prompts",
                        to="forecasts.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("message__isnull", True), ("state", "planned")),
                        fields=["send_after", "id"],
                        name="prompt_waiting",
                    ),
                    models.Index(fields=["forecast", "state"], name="prompt_forecast"),
                    models.Index(
                        condition=models.Q(("message__isnull", True), ("state", "set_aside")),
                        fields=["id"],
                        name="prompt_unwritten",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recipient", "forecast", "kind", "slot"), name="prompt_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Estimate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forecast",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="estimates",
                        to="forecasts.forecast",
                    ),
                ),
                (
                    "forecaster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="estimates", to="forecasts.forecaster"
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("update", "new value"),
                            ("reaffirm", "no change"),
                            ("withdraw", "withdrawn"),
                            ("decline", "not my area"),
                        ],
                        default="update",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "probability",
                    models.PositiveSmallIntegerField(blank=True, help_text="In units of 1/10,000.", null=True),
                ),
                (
                    "probabilities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        help_text="Of each option by position, in units of 1/10,000.",
                        null=True,
                    ),
                ),
                (
                    "quantiles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(),
                        blank=True,
                        help_text="At the forecast's levels; a date in days since 1970-01-01 UTC.",
                        null=True,
                    ),
                ),
                ("word", models.CharField(blank=True, help_text="The likelihood word chosen, if any.", max_length=40)),
                ("word_scale", models.CharField(blank=True, max_length=20)),
                ("word_scale_edition", models.CharField(blank=True, max_length=20)),
                ("rationale", models.TextField(blank=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "web"),
                            ("mail", "mail"),
                            ("api", "API"),
                            ("import", "import"),
                            ("computed", "computed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("criteria_version", models.PositiveSmallIntegerField(default=1)),
                (
                    "prompt",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="estimate",
                        to="forecasts.prompt",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        help_text="The slip whose place it takes: that one counts in no score.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="forecasts.estimate",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="demonstration")),
            ],
            options={
                "indexes": [models.Index(fields=["forecast", "forecaster", "made_at", "id"], name="estimate_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("probability__isnull", True), ("probability__lte", 10000), _connector="OR"),
                        name="estimate_probability_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("event__in", ["withdraw", "decline"]),
                                ("probabilities", None),
                                ("probability", None),
                                ("quantiles", None),
                            ),
                            models.Q(
                                ("event__in", ["update", "reaffirm"]),
                                ("probabilities", None),
                                ("probability__isnull", False),
                                ("quantiles", None),
                            ),
                            models.Q(
                                ("event__in", ["update", "reaffirm"]),
                                ("probabilities__isnull", False),
                                ("probability", None),
                                ("quantiles", None),
                            ),
                            models.Q(
                                ("event__in", ["update", "reaffirm"]),
                                ("probabilities", None),
                                ("probability", None),
                                ("quantiles__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="estimate_has_one_value",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="31204e28e844e1b4e7ffc47556c4b87718dde72f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_48fda",
                            table="forecasts_estimate",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RelationMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="forecasts.relation"
                    ),
                ),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relation_members",
                        to="forecasts.forecast",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("relation", "forecast"), name="relation_member_once")],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("made_at", models.DateTimeField()),
                ("url", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("forecast", "person"), name="report_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f4d4135e4b80f44d2516a52b1f6d5af5a8c321d9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0a498",
                            table="forecasts_report",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forecast",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="forecasts.forecast",
                    ),
                ),
                (
                    "forecaster",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="forecasts.forecaster",
                    ),
                ),
                (
                    "estimand",
                    models.CharField(
                        choices=[
                            ("last", "last"),
                            ("first", "first"),
                            ("time_weighted", "time-weighted"),
                            ("at:1d", "1 day before closing"),
                            ("at:7d", "7 days before closing"),
                            ("at:30d", "30 days before closing"),
                            ("at:90d", "90 days before closing"),
                            ("each_update", "each update"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "probabilities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), help_text="In units of 1/10,000."
                    ),
                ),
                (
                    "weights",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        help_text="Of each probability; 1,000,000 in all if time-weighted.",
                    ),
                ),
                (
                    "lead_times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=list,
                        help_text="Band of each probability's lead time.",
                    ),
                ),
                (
                    "outcome",
                    models.BooleanField(help_text="Of a binary forecast; null for the other kinds.", null=True),
                ),
                (
                    "score_sums",
                    models.JSONField(default=dict, help_text="Of the other kinds: exact sums of scores by name."),
                ),
                (
                    "withdrawn",
                    models.BooleanField(default=False, help_text="The forecaster had withdrawn by the cut-off."),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forecasts.scenario",
                    ),
                ),
                ("category", models.CharField(choices=forecasts.models.scenarios.categories, max_length=30)),
                ("source_id", models.BigIntegerField(null=True)),
                ("month", models.DateField(help_text="First day of the month in which the forecast matured, UTC.")),
                ("matured_at", models.DateTimeField()),
                (
                    "forecaster_kind",
                    models.CharField(
                        choices=[
                            ("analyst", "analyst"),
                            ("consensus", "consensus"),
                            ("source", "source"),
                            ("reference", "reference"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "situation",
                    models.CharField(default="", help_text="The forecast's, as it is tallied.", max_length=140),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["scenario", "estimand", "forecaster_kind", "category", "month"],
                        name="contribution_slice",
                    ),
                    models.Index(fields=["forecaster", "estimand", "month"], name="contribution_forecaster"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("forecast", "forecaster", "estimand"), name="contribution_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Spec",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="specs", to="forecasts.forecast"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="Counts the specs of one forecast, from 1.")),
                (
                    "feed",
                    models.CharField(blank=True, help_text="Empty where nothing is counted any more.", max_length=40),
                ),
                ("body", models.JSONField(default=dict, help_text="As `manage.py count` reads it.")),
                ("first_day", models.DateField(help_text="Of its window.", null=True)),
                ("last_day", models.DateField(null=True)),
                ("criteria_version", models.PositiveSmallIntegerField(default=1)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["forecast", "number"],
                "indexes": [models.Index(fields=["feed", "last_day"], name="spec_by_feed")],
                "constraints": [
                    models.UniqueConstraint(fields=("forecast", "number"), name="spec_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("feed", ""), ("first_day", None), ("last_day", None)),
                            models.Q(
                                models.Q(("feed", ""), _negated=True),
                                ("first_day__isnull", False),
                                ("first_day__lte", models.F("last_day")),
                                ("last_day__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="spec_has_a_window",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ddd14a7f24cf5231ea4982f4a46bba85e4e8ebe1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_72f12",
                            table="forecasts_spec",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reading", to="forecasts.statement"
                    ),
                ),
                ("said", models.JSONField(help_text="Slots, likelihood and proposition.")),
                ("version", models.CharField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("digest", models.CharField(max_length=128, primary_key=True, serialize=False)),
                ("token_key", models.CharField(db_index=True, max_length=25, verbose_name="begins with")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("created", models.DateTimeField()),
                ("expiry", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=100)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("read", "read"),
                                ("estimate", "estimate"),
                                ("write", "write"),
                                ("resolve", "resolve"),
                            ],
                            max_length=10,
                        )
                    ),
                ),
                ("used_at", models.DateTimeField(help_text="Last used, to within ten minutes.", null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scopes__contained_by", ["read", "estimate", "write", "resolve"]), ("scopes__len__gt", 0)
                        ),
                        name="token_scopes_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Total",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "group", "estimand", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="totals",
                        to="forecasts.group",
                    ),
                ),
                (
                    "estimand",
                    models.CharField(
                        choices=[
                            ("last", "last"),
                            ("first", "first"),
                            ("time_weighted", "time-weighted"),
                            ("at:1d", "1 day before closing"),
                            ("at:7d", "7 days before closing"),
                            ("at:30d", "30 days before closing"),
                            ("at:90d", "90 days before closing"),
                            ("each_update", "each update"),
                        ],
                        max_length=13,
                    ),
                ),
                ("pairs", models.BigIntegerField(default=0)),
                ("forecasts", models.BigIntegerField(default=0)),
                ("withdrawn", models.BigIntegerField(default=0)),
                (
                    "left_out",
                    models.BigIntegerField(
                        default=0, help_text="Pairs without an estimate in force at the asked time."
                    ),
                ),
                (
                    "sums",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=0, max_digits=60),
                        help_text="Six cluster sums for Brier, log, the outcome, and each bin of each offered bin set.",
                    ),
                ),
                (
                    "other_sums",
                    models.JSONField(default=dict, help_text="Six cluster sums by score name, of the other kinds."),
                ),
                (
                    "situation_sums",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=0, max_digits=60),
                        default=forecasts.models.tallies.no_sums,
                        help_text="The same as `sums`, clustered by situation.",
                    ),
                ),
                (
                    "other_situation_sums",
                    models.JSONField(default=dict, help_text="The same as `other_sums`, by situation."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vintage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("feed", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=60)),
                ("retrieved_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("covers_from", models.DateField()),
                ("covers_to", models.DateField()),
                ("rows", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(help_text="Of the file as it came.", max_length=64)),
                (
                    "file",
                    models.CharField(help_text="Where the file as it came is kept, below MEDIA_ROOT.", max_length=300),
                ),
                ("warnings", models.JSONField(default=list, help_text="What somebody should look at, in sentences.")),
            ],
            options={
                "indexes": [models.Index(fields=["feed", "-retrieved_at", "-id"], name="vintage_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("feed", "sha256"), name="vintage_once"),
                    models.CheckConstraint(
                        condition=models.Q(("covers_from__lte", models.F("covers_to"))), name="vintage_covers_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("retrieved_at__lte", models.F("recorded_at"))),
                        name="vintage_retrieved_first",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="95fc811b16a5cc96f7aa162cbd9a281b8c0d6a47",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_50192",
                            table="forecasts_vintage",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Count",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "spec",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="forecasts.spec"
                    ),
                ),
                (
                    "vintage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="forecasts.vintage"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "figure",
                    models.BigIntegerField(
                        help_text="Of the spec's measure; the number of events where it names none."
                    ),
                ),
                ("sums", models.JSONField(help_text="Every measure's sum that was needed.")),
                ("events", models.PositiveBigIntegerField()),
                (
                    "outcome",
                    models.JSONField(
                        help_text="yes, no, an option's label, a number, a day; null for none.", null=True
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="Why there is no outcome.", max_length=300)),
                ("is_complete", models.BooleanField(help_text="The vintage covers the window's last day.")),
                (
                    "neighbours",
                    models.JSONField(help_text="Name, figure, events and outcome under each neighbouring rule."),
                ),
                (
                    "agreeing",
                    models.PositiveSmallIntegerField(help_text="Neighbouring rules that come to the same outcome."),
                ),
                ("curve", models.JSONField(default=list, help_text="Day and sum so far, where the sum grows.")),
                ("rows_sha256", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("spec", "vintage"), name="count_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b4ac9a5da7f46ffac5007c88a54733fefd7b44c5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f9436",
                            table="forecasts_count",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="forecasts.forecast"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("propose", "proposed"),
                            ("confirm", "confirmed"),
                            ("dissent", "dissented"),
                            ("take_back", "taken back"),
                            ("supersede", "superseded"),
                            ("computed", "counted by the machine"),
                            ("refuse", "refused what was counted"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("option", "Option"),
                            ("value", "Value"),
                            ("below", "Below the range"),
                            ("above", "Above the range"),
                            ("annulled", "Annulled: the forecast was defective"),
                            ("ambiguous", "Ambiguous: reality stayed unclear"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forecasts.option",
                    ),
                ),
                (
                    "value",
                    models.FloatField(
                        blank=True, help_text="A number, or a date in days since 1970-01-01 UTC.", null=True
                    ),
                ),
                ("occurred_at", models.DateTimeField(blank=True, null=True)),
                ("known_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "takes_effect_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Set on the act that completes its round: recorded_at plus the cooling-off.",
                        null=True,
                    ),
                ),
                (
                    "annulled_because",
                    models.CharField(
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
                ("note", models.TextField(blank=True)),
                ("is_imported", models.BooleanField(default=False)),
                (
                    "count",
                    models.ForeignKey(
                        blank=True,
                        help_text="What the machine counted: of its own proposal, and of whoever confirms or refuses that.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="forecasts.count",
                    ),
                ),
            ],
            options={
                "ordering": ["forecast", "round", "recorded_at", "pk"],
                "indexes": [
                    models.Index(fields=["forecast", "-round"], name="verdict_newest_round"),
                    models.Index(fields=["recorded_at"], name="verdict_recorded"),
                    models.Index(
                        condition=models.Q(("takes_effect_at__isnull", False)),
                        fields=["takes_effect_at"],
                        name="verdict_takes_effect",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("act__in", ["propose", "supersede"])),
                        fields=("forecast", "round"),
                        name="verdict_opens_round_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("act", "computed")), fields=("count",), name="verdict_computed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "computed"), _negated=True),
                            models.Q(
                                ("count__isnull", False), ("person", None), ("round", 0), ("takes_effect_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="verdict_computed_by_nobody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("act", "take_back")),
                        fields=("forecast", "round"),
                        name="verdict_taken_back_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("takes_effect_at__isnull", False)),
                        fields=("forecast", "round"),
                        name="verdict_completes_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_at__isnull", True), ("known_at__lte", models.F("recorded_at")), _connector="OR"
                        ),
                        name="verdict_known_before_recorded",
                        violation_error_message="What is recorded now cannot have become known later.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("occurred_at__isnull", True),
                            ("known_at__isnull", True),
                            ("occurred_at__lte", models.F("known_at")),
                            _connector="OR",
                        ),
                        name="verdict_occurred_before_known",
                        violation_error_message="It cannot have become known before it occurred.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("option", None), ("outcome__in", ["", "annulled", "ambiguous"]), ("value", None)),
                            models.Q(
                                ("known_at__isnull", False),
                                ("option", None),
                                ("outcome__in", ["yes", "no", "below", "above"]),
                                ("value", None),
                            ),
                            models.Q(
                                ("known_at__isnull", False),
                                ("option__isnull", False),
                                ("outcome", "option"),
                                ("value", None),
                            ),
                            models.Q(
                                ("known_at__isnull", False),
                                ("option", None),
                                ("outcome", "value"),
                                ("value__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="verdict_outcome_fits",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7a310546194312e77fafe54b8cf2b43d63de86b8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6d17f",
                            table="forecasts_verdict",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                (
                    "forecast",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="settlement",
                        serialize=False,
                        to="forecasts.forecast",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forecasts.verdict"
                    ),
                ),
                (
                    "last_estimate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forecasts.estimate",
                    ),
                ),
                ("rules_version", models.PositiveSmallIntegerField(default=0)),
                ("settled_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at", "forecast"],
                        name="settlement_due",
                    ),
                    models.Index(
                        condition=models.Q(("settled_at__isnull", False)),
                        fields=["rules_version"],
                        name="settlement_rules_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="forecasts.verdict"
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                ("quote", models.TextField(blank=True, verbose_name="verbatim quote")),
                ("retrieved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "as_of",
                    models.DateTimeField(
                        blank=True,
                        help_text="The date that the figure speaks for.",
                        null=True,
                        verbose_name="speaks for",
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to="evidence/")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                "verbose_name_plural": "evidence",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6b1a651678634bc128e43f7d022d7d4b31a9bcb4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5ead4",
                            table="forecasts_evidence",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BaseRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "spec",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="base_rates", to="forecasts.spec"
                    ),
                ),
                (
                    "vintage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forecasts.vintage"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("windows", models.JSONField(help_text="First day, last day, figure and outcome, the oldest first.")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("spec", "vintage"), name="base_rate_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5f5fd1fb8c55c98f61633fea9eba288e38d98567",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_77772",
                            table="forecasts_baserate",
                            when="BEFORE",
                        ),
                    )
                ],
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
            model_name="scenario",
            name="members",
            field=models.ManyToManyField(
                related_name="scenarios", through="forecasts.Membership", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.RunPython(add_triggers, migrations.RunPython.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunSQL(ADMINISTRATORS, NO_ADMINISTRATORS),
        migrations.RunSQL(ROOM, migrations.RunSQL.noop),
    ]
