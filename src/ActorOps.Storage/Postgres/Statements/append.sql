-- One round trip, one transaction. The lock on the grant's row conflicts with a takeover's FOR UPDATE: either this append is seen by the new
-- holder's recovery, or it finds the new epoch here and does nothing.
with fence as (
  select 1 from grant_
  where @grant::text is not null and name = @grant and epoch = @epoch and phase in ('active', 'draining')
    and exists (select 1 from store_meta where generation = @generation)
  for key share
), allowed as (
  select 1 from fence
  union all
  select 1 where @grant::text is null
), head as (
  insert into stream(stream, seq, hash)
  select @stream, @expected + cardinality(@kinds), @last
  where exists (select 1 from allowed) and (@expected = 0 or exists (select 1 from stream where stream = @stream))
  on conflict (stream) do update set seq = excluded.seq, hash = excluded.hash
    where stream.seq = @expected and stream.hash = @previous
  returning seq
), events as (
  insert into journal(stream, seq, epoch, grant_name, kind, cmd_id, ordinal, payload, hash, trace_id, drill, at)
  select @stream, @expected + e.n, @row_epoch, @grant, e.kind, @command, (e.n - 1)::integer, e.payload, e.hash, @trace, @drill, @at
  from head, unnest(@kinds::text[], @payloads::text[], @hashes::bytea[]) with ordinality as e(kind, payload, hash, n)
), messages as (
  insert into outbox(id, destination, payload)
  select m.id, m.destination, m.payload
  from head, unnest(@message_ids::uuid[], @destinations::text[], @messages::text[]) with ordinality as m(id, destination, payload, n)
  order by m.n
)
select (select seq from head), exists (select 1 from allowed);
