-- The timeline is the first eight hexadecimal digits of the name of the log file that is written.
select generation, timeline, ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint from store_meta;
