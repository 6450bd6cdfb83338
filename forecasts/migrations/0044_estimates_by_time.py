from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Whoever answers meanwhile does not wait for the index.
    atomic = False

    dependencies = [("forecasts", "0043_what_is_left_and_what_sways")]

    operations = [
        AddIndexConcurrently("estimate", models.Index(fields=["made_at", "id"], name="estimate_made")),
    ]
