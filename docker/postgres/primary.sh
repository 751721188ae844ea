#!/bin/bash
# Lets the standby follow. Runs once, when the database is made.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -c "alter role $POSTGRES_USER replication" -c "select pg_create_physical_replication_slot('db_2')"
echo "host replication $POSTGRES_USER all scram-sha-256" >>"$PGDATA/pg_hba.conf"
