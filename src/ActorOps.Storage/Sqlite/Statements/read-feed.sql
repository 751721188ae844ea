select gpos, stream, seq, epoch, kind, payload, cmd_id, ordinal, trace_id, drill, at, hash
from journal where gpos > @after order by gpos limit @limit;
