import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0005_erasures"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptBands",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slice", models.CharField(help_text="SHA-256 of what the slice is.", max_length=64)),
                ("bands", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forecasts.snapshot"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "kept bands",
                "constraints": [models.UniqueConstraint(fields=("snapshot", "slice"), name="kept_bands_once")],
            },
        ),
    ]
