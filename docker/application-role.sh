#!/bin/sh
# Run once, by the database's own entry point: the role of the application, which owns nothing.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set password="$(cat /run/secrets/application_password)" <<'SQL'
CREATE ROLE reckoner_app LOGIN PASSWORD :'password';
SQL
