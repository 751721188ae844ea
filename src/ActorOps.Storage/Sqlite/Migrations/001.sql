create table store_meta(
  key text primary key,
  value text not null
) without rowid;

create table journal(
  gpos integer primary key autoincrement,
  stream text not null,
  seq integer not null,
  epoch integer not null,
  grant_name text,
  kind text not null,
  cmd_id blob not null,
  ordinal integer not null,
  payload text not null,
  hash blob not null,
  trace_id text,
  drill integer not null,
  at integer not null
);
create unique index journal_stream on journal(stream, seq);
create unique index journal_command on journal(cmd_id, ordinal);

create table snapshot(
  key text primary key,
  seq integer not null,
  payload text not null
) without rowid;

create table outbox(
  position integer primary key autoincrement,
  id blob not null unique,
  destination text not null,
  payload text not null,
  outcome text
);
create index outbox_pending on outbox(destination, position) where outcome is null;
