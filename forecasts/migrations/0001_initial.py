import datetime
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
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
                ("name", models.CharField(max_length=200, unique=True)),
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
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=500)),
                ("authors", models.JSONField(blank=True, default=list)),
                ("url", models.URLField(blank=True, max_length=1000)),
                ("published_at", models.DateTimeField()),
                ("published_at_note", models.CharField(blank=True, help_text="Such as “inferred”.", max_length=200)),
                ("language", models.CharField(default="en", max_length=12)),
                ("body", models.TextField()),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="forecasts.source"
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at"],
            },
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
            },
        ),
        migrations.CreateModel(
            name="Forecaster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("analyst", "analyst"), ("consensus", "consensus"), ("source", "source")],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        help_text="Of a consensus: how it is formed. Of a source: low, middle or high.",
                        max_length=40,
                    ),
                ),
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
                        condition=models.Q(("kind", "source")),
                        fields=("source", "method"),
                        name="forecaster_source_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "analyst"), ("source__isnull", True)),
                            models.Q(("kind", "consensus"), ("source__isnull", True), ("user__isnull", True)),
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
                ("key", models.CharField(max_length=200)),
                ("request_sha256", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("answer", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="idempotency_key_once")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "leased"])),
                        fields=["due_at", "id"],
                        name="message_due",
                    )
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
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lease", models.UUIDField(default=uuid.uuid4)),
                ("made_at", models.DateTimeField()),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="forecasts.message"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("message", "lease"), name="attempt_once_a_lease")],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("accepted", "accepted"), ("deferred", "deferred"), ("refused", "refused")],
                        max_length=10,
                    ),
                ),
                ("code", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="forecasts.attempt"
                    ),
                ),
            ],
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
                ("is_demo", models.BooleanField(default=False, verbose_name="demonstration")),
                ("articles", models.ManyToManyField(blank=True, related_name="scenarios", to="forecasts.article")),
            ],
            options={
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forecaster_kind",
                    models.CharField(
                        choices=[("analyst", "analyst"), ("consensus", "consensus"), ("source", "source")],
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
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forecasts.scenario"
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
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="forecasts.group"
                    ),
                ),
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
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="forecasts.scenario"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("scenario", "user"), name="membership_once")],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(
                        choices=[
                            ("escalation", "escalation"),
                            ("airstrikes", "airstrikes"),
                            ("displacement", "displacement"),
                            ("international_response", "international response"),
                            ("territorial_control", "territorial control"),
                            ("negotiation", "negotiation"),
                            ("humanitarian", "humanitarian"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=30,
                    ),
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
                ("extractor", models.CharField(max_length=100)),
                ("extractor_version", models.CharField(max_length=100)),
                (
                    "extraction",
                    models.JSONField(blank=True, default=dict, help_text="What the extractor says of its own work."),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="forecasts.article"
                    ),
                ),
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
            },
        ),
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(help_text="Its name in files, unique in the scenario.", max_length=200)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("escalation", "escalation"),
                            ("airstrikes", "airstrikes"),
                            ("displacement", "displacement"),
                            ("international_response", "international response"),
                            ("territorial_control", "territorial control"),
                            ("negotiation", "negotiation"),
                            ("humanitarian", "humanitarian"),
                            ("other", "other"),
                        ],
                        max_length=30,
                    ),
                ),
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
                ("resolution_source", models.CharField(blank=True, max_length=300)),
                ("resolution_source_url", models.URLField(blank=True, max_length=1000)),
                (
                    "resolution_source_lag",
                    models.CharField(blank=True, help_text="How long after the fact it publishes.", max_length=200),
                ),
                ("fallback_source", models.TextField(blank=True)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                (
                    "resolves_at",
                    models.DateTimeField(blank=True, help_text="When the answer should be known.", null=True),
                ),
                ("review_every", models.DurationField(default=datetime.timedelta(days=7))),
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
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="forecasts", to="forecasts.scenario"
                    ),
                ),
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
            ],
            options={
                "ordering": ["closes_at", "pk"],
                "indexes": [
                    models.Index(fields=["scenario", "closes_at"], name="forecast_scenario_closes"),
                    models.Index(
                        django.db.models.functions.comparison.Greatest("closes_at", "resolves_at"),
                        name="forecast_matures",
                    ),
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
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(help_text="The version that this amendment made.")),
                (
                    "kind",
                    models.CharField(choices=[("clarifying", "clarifying"), ("material", "material")], max_length=10),
                ),
                ("changes", models.JSONField(help_text="Field name to its old and its new value.")),
                ("reason", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="forecasts.forecast"
                    ),
                ),
            ],
            options={
                "ordering": ["version"],
                "constraints": [models.UniqueConstraint(fields=("forecast", "version"), name="amendment_version_once")],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=200)),
                ("added_at", models.DateTimeField()),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="forecasts.forecast"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("forecast", "position"), name="option_position_once"),
                    models.UniqueConstraint(fields=("forecast", "label"), name="option_label_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prompt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("update", "update"),
                            ("closing_soon", "closing soon"),
                            ("resolve", "resolve"),
                            ("overdue", "overdue"),
                            ("result", "result"),
                            ("summary", "weekly summary"),
                            ("invitation", "invitation"),
                            ("password_reset", "password reset"),
                        ],
                        max_length=20,
                    ),
                ),
                ("slot", models.DateTimeField()),
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
                    "forecast",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prompts",
                        to="forecasts.forecast",
                    ),
                ),
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
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prompts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("message__isnull", True), ("state", "planned")),
                        fields=["id"],
                        name="prompt_waiting",
                    ),
                    models.Index(fields=["forecast", "state"], name="prompt_forecast"),
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
                        choices=[("web", "web"), ("mail", "mail"), ("api", "API"), ("import", "import")], max_length=10
                    ),
                ),
                ("criteria_version", models.PositiveSmallIntegerField(default=1)),
                ("is_demo", models.BooleanField(default=False, verbose_name="demonstration")),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="estimates", to="forecasts.forecast"
                    ),
                ),
                (
                    "forecaster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="estimates", to="forecasts.forecaster"
                    ),
                ),
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
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "category",
                    models.CharField(
                        choices=[
                            ("escalation", "escalation"),
                            ("airstrikes", "airstrikes"),
                            ("displacement", "displacement"),
                            ("international_response", "international response"),
                            ("territorial_control", "territorial control"),
                            ("negotiation", "negotiation"),
                            ("humanitarian", "humanitarian"),
                            ("other", "other"),
                        ],
                        max_length=30,
                    ),
                ),
                ("source_id", models.BigIntegerField(null=True)),
                ("month", models.DateField(help_text="First day of the month in which the forecast matured, UTC.")),
                ("matured_at", models.DateTimeField()),
                (
                    "forecaster_kind",
                    models.CharField(
                        choices=[("analyst", "analyst"), ("consensus", "consensus"), ("source", "source")],
                        max_length=10,
                    ),
                ),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="forecasts.forecast",
                    ),
                ),
                (
                    "forecaster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="forecasts.forecaster",
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forecasts.scenario"
                    ),
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
            name="Total",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "group", "estimand", blank=True, editable=False, primary_key=True, serialize=False
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
                        help_text="Six cluster sums for Brier, for log, and for each bin of each offered bin set.",
                    ),
                ),
                (
                    "other_sums",
                    models.JSONField(default=dict, help_text="Six cluster sums by score name, of the other kinds."),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="totals", to="forecasts.group"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("propose", "proposed"),
                            ("confirm", "confirmed"),
                            ("dissent", "dissented"),
                            ("take_back", "taken back"),
                            ("supersede", "superseded"),
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
                            ("annulled", "Annulled: the forecast was defective"),
                            ("ambiguous", "Ambiguous: reality stayed unclear"),
                        ],
                        max_length=10,
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
                ("annulled_because", models.CharField(blank=True, max_length=40)),
                ("note", models.TextField(blank=True)),
                ("is_imported", models.BooleanField(default=False)),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="forecasts.forecast"
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
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["forecast", "round", "recorded_at", "pk"],
                "indexes": [models.Index(fields=["forecast", "-round"], name="verdict_newest_round")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("act__in", ["propose", "supersede"])),
                        fields=("forecast", "round"),
                        name="verdict_opens_round_once",
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
                                ("outcome__in", ["yes", "no"]),
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
                ("rules_version", models.PositiveSmallIntegerField(default=0)),
                ("settled_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "last_estimate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forecasts.estimate",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forecasts.verdict"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at", "forecast"],
                        name="settlement_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="forecasts.verdict"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("update", "update"),
                            ("closing_soon", "closing soon"),
                            ("resolve", "resolve"),
                            ("overdue", "overdue"),
                            ("result", "result"),
                            ("summary", "weekly summary"),
                            ("invitation", "invitation"),
                            ("password_reset", "password reset"),
                        ],
                        max_length=20,
                    ),
                ),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watches", to="forecasts.forecast"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watches", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "watches",
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)), fields=["next_at", "id"], name="watch_due"
                    ),
                    models.Index(fields=["forecast", "kind"], name="watch_forecast"),
                ],
                "constraints": [models.UniqueConstraint(fields=("user", "forecast", "kind"), name="watch_once")],
            },
        ),
        migrations.AddField(
            model_name="scenario",
            name="members",
            field=models.ManyToManyField(
                related_name="scenarios", through="forecasts.Membership", to=settings.AUTH_USER_MODEL
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="46db5f5ddf0aacd79616bcc652ed5432a2b10245",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4b399",
                    table="forecasts_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attempt",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="376eedc33afa5e4ef2092e4d0d9c63c4522529ba",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d0f93",
                    table="forecasts_attempt",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estimate",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="31204e28e844e1b4e7ffc47556c4b87718dde72f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_48fda",
                    table="forecasts_estimate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="51ee5c09278873542a3c5631855eefc256e11ad5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_98d73",
                    table="forecasts_receipt",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7a310546194312e77fafe54b8cf2b43d63de86b8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6d17f",
                    table="forecasts_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6b1a651678634bc128e43f7d022d7d4b31a9bcb4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5ead4",
                    table="forecasts_evidence",
                    when="BEFORE",
                ),
            ),
        ),
    ]
