select stream, seq, epoch, grant_name, kind, cmd_id, ordinal, payload, hash, trace_id, drill, at
from journal order by xid, gpos;
