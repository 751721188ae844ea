insert into stream(stream, seq, hash)
select distinct on (stream) stream, seq, hash from journal order by stream, seq desc;
