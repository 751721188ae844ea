select j.xid::text, j.gpos, j.stream, j.seq, j.epoch, j.kind, j.payload, j.cmd_id, j.ordinal, j.trace_id, j.drill, j.at, j.hash, m.generation
from journal j, store_meta m
where j.stream = @stream and j.seq >= @from order by j.seq limit @limit;
