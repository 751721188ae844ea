-- The timeline is the first eight hexadecimal digits of the name of the log file that is written. The last column: nothing is acknowledged that a
-- standby does not have.
select generation, timeline, ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint,
  current_setting('synchronous_standby_names') <> '' and current_setting('synchronous_commit') in ('on', 'remote_apply')
from store_meta;
