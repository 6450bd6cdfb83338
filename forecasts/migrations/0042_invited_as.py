from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0041_owners_make_scenarios"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="invited_as",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="The name that whoever invited them wrote, until they come in: others are shown no more of them.",
                max_length=200,
            ),
        ),
    ]
