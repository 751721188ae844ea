select
  (select max(seq) from journal where cmd_id = @command) as stored,
  (select seq from stream where stream = @stream) as head_seq,
  (select hash from stream where stream = @stream) as head_hash,
  (select epoch from grant_ where name = @grant) as grant_epoch,
  (select phase in ('active', 'draining') from grant_ where name = @grant) as grant_live,
  (select generation from store_meta) as generation;
