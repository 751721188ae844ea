-- Transactions commit in another order than their rows are numbered: only what lies before the oldest running transaction is final.
select j.xid::text, j.gpos, j.stream, j.seq, j.epoch, j.kind, j.payload, j.cmd_id, j.ordinal, j.trace_id, j.drill, j.at, j.hash, m.generation
from journal j, store_meta m
where (j.xid, j.gpos) > (@xid::xid8, @gpos) and j.xid < pg_snapshot_xmin(pg_current_snapshot())
order by j.xid, j.gpos limit @limit;
