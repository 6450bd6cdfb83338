from typing import Any

from django.db import migrations

GROUPS = ("viewer", "analyst", "resolver", "editor", "owner", "administrator")


def make(apps: Any, schema_editor: Any) -> None:
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    made = {name: groups.get_or_create(name=name)[0] for name in GROUPS}
    users = apps.get_model("forecasts", "User").objects.using(schema_editor.connection.alias)
    for user in users.filter(is_superuser=True):
        user.groups.add(made["administrator"])


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("forecasts", "0007_asking"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
