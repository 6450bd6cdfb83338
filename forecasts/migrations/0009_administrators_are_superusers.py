from django.db import migrations

# Whoever adds somebody to the group, by whatever way, makes a superuser, and whoever removes them ends it.
FORWARDS = """
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
BACKWARDS = """
DROP TRIGGER reckoner_administrator ON forecasts_user_groups;
DROP FUNCTION reckoner_administrator();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0008_role_groups"),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
