insert into snapshot(key, seq, payload) values (@key, @seq, @payload)
on conflict(key, seq) do update set payload = excluded.payload;
delete from snapshot
where key = @key and seq < (select seq from snapshot where key = @key order by seq desc limit 1 offset @keep - 1);
