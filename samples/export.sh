#!/bin/sh
# Builds the two databases of the shop on the server that libpq's PG* variables name, and exports them
# to web/samples, which is what the page shows to a visitor without files.
#
#     samples/export.sh [PGPARITY]
#
# PGPARITY is the program; without it the one on the PATH. The databases shop_production and
# shop_development are dropped first if they are there, and afterwards.
set -eu
cd "$(dirname "$0")/.."
pgparity="${1:-pgparity}"
psql="psql -X -q -v ON_ERROR_STOP=1"
for pair in production:from development:to; do
    name="${pair%%:*}"
    database="shop_$name"
    $psql -d postgres -c "DROP DATABASE IF EXISTS $database" -c "CREATE DATABASE $database TEMPLATE template0"
    $psql -d "$database" -f "samples/shop/${pair##*:}.sql" >/dev/null
    $psql -d "$database" -c ANALYZE
    PGDATABASE="$database" "$pgparity" export --quiet --label "$name" -o "web/samples/$name.json"
    $psql -d postgres -c "DROP DATABASE $database"
    echo "web/samples/$name.json"
done
