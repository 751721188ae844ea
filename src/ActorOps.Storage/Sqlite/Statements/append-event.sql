insert into journal(stream, seq, epoch, grant_name, kind, cmd_id, ordinal, payload, hash, trace_id, drill, at)
values (@stream, @seq, @epoch, @grant, @kind, @command, @ordinal, @payload, @hash, @trace, @drill, @at);
