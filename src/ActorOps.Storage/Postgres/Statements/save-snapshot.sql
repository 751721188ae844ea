with saved as (
  insert into snapshot(key, seq, payload)
  select distinct on (s.key, s.seq) s.key, s.seq, s.payload from unnest(@keys::text[], @seqs::bigint[], @payloads::text[]) with ordinality as s(key, seq, payload, n)
  order by s.key, s.seq, s.n desc
  on conflict (key, seq) do update set payload = excluded.payload
)
select 1;
delete from snapshot s
using (
  select key, seq from (select key, seq, row_number() over (partition by key order by seq desc) as place from snapshot where key = any(@keys)) ranked
  where place = @keep
) oldest
where s.key = oldest.key and s.seq < oldest.seq;
