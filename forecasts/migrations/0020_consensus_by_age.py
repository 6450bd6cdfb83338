"""The consensus weighs by age: the forecaster that stands for it takes the new name, and keeps its id."""

from django.db import migrations

RENAMED = """
    UPDATE forecasts_forecaster SET method = 'age_weighted', name = 'Consensus (age_weighted)'
    WHERE kind = 'consensus' AND method = 'recency_weighted'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0019_rules_that_act"),
    ]

    operations = [
        migrations.RunSQL(RENAMED, migrations.RunSQL.noop),
    ]
