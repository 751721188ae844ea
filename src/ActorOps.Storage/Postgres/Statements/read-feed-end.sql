select j.xid::text, j.gpos, m.generation
from journal j, store_meta m
where j.xid < pg_snapshot_xmin(pg_current_snapshot())
order by j.xid desc, j.gpos desc limit 1;
