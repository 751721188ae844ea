create table snapshot_kept(
  key text not null,
  seq integer not null,
  payload text not null,
  primary key (key, seq)
) without rowid;
insert into snapshot_kept(key, seq, payload) select key, seq, payload from snapshot;
drop table snapshot;
alter table snapshot_kept rename to snapshot;
