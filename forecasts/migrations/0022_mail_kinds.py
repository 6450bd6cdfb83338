import django.contrib.postgres.fields
from django.db import migrations, models

import forecasts.models.mail_kinds


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0021_categories"),
    ]

    operations = [
        migrations.AlterField(
            model_name="preference",
            name="stopped",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=forecasts.models.mail_kinds.choices, max_length=20),
                blank=True,
                default=list,
                help_text="Kinds of prompts not wanted.",
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="kind",
            field=models.CharField(choices=forecasts.models.mail_kinds.choices, max_length=20),
        ),
        migrations.AlterField(
            model_name="watch",
            name="kind",
            field=models.CharField(choices=forecasts.models.mail_kinds.choices, max_length=20),
        ),
    ]
