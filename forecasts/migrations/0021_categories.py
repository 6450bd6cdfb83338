"""Fields that hold a category ask the records for their choices, so that a new category needs no migration."""

from django.db import migrations, models

from forecasts.models.scenarios import categories


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0020_consensus_by_age"),
    ]

    operations = [
        migrations.AlterField("contribution", "category", models.CharField(choices=categories, max_length=30)),
        migrations.AlterField("forecast", "category", models.CharField(choices=categories, max_length=30)),
        migrations.AlterField(
            "statement", "category", models.CharField(choices=categories, default="other", max_length=30)
        ),
    ]
