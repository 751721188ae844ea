insert into stream(stream, seq, hash) values (@stream, @seq, @hash)
on conflict(stream) do update set seq = excluded.seq, hash = excluded.hash;
