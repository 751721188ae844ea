insert into snapshot(key, seq, payload) values (@key, @seq, @payload)
on conflict(key) do update set seq = excluded.seq, payload = excluded.payload
where excluded.seq >= snapshot.seq;
