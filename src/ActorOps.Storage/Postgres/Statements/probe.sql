select pg_is_in_recovery(), case when pg_is_in_recovery() then '00000000' else pg_walfile_name(pg_current_wal_lsn()) end, clock_timestamp();
