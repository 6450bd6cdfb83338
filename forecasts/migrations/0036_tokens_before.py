"""Tokens that were made before they had names, scopes and an end: they may do what they could, for another year."""

from django.db import migrations

TAKEN_OVER = """
    DO $$ BEGIN
        IF to_regclass('knox_authtoken') IS NOT NULL THEN
            INSERT INTO forecasts_token (digest, token_key, created, expiry, name, scopes, user_id)
            SELECT digest, token_key, created, coalesce(expiry, now() + interval '365 days'), 'Token',
                   ARRAY['read', 'estimate', 'write', 'resolve'], user_id
            FROM knox_authtoken;
            DROP TABLE knox_authtoken;
        END IF;
    END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0035_tokens"),
    ]

    operations = [
        migrations.RunSQL(TAKEN_OVER, migrations.RunSQL.noop),
    ]
