#!/bin/bash
# A hot standby that acknowledges each commit. Its password is in the file that PGPASSFILE names. To make it the primary: docker compose exec db-2 psql -U actorops -d postgres -c 'select pg_promote()'.
# End the old primary first: it must never answer beside the new one.
set -eu
export PGDATA=/var/lib/postgresql/data/db
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  until pg_basebackup -h "$PRIMARY" -U actorops -D "$PGDATA" -R -X stream -c fast -S "$NAME"; do
    rm -rf "$PGDATA"
    sleep 1
  done
  chmod 0700 "$PGDATA"
  sed -i "s/host=$PRIMARY/host=$PRIMARY application_name=$NAME/" "$PGDATA/postgresql.auto.conf"
fi
exec postgres -c hot_standby=on -c "listen_addresses=*"
