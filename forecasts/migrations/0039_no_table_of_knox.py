"""knox makes a table for tokens, though ours are in another: where it was made after ours, it goes here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0038_the_record"),
        ("knox", "0009_extend_authtoken_field"),
    ]

    operations = [
        migrations.RunSQL("DROP TABLE IF EXISTS knox_authtoken", migrations.RunSQL.noop),
    ]
