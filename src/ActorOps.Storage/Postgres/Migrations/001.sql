create table store_meta(
  only_row boolean primary key default true check (only_row),
  cluster text not null,
  store_id uuid not null,
  generation bigint not null,
  timeline bigint not null
);

create table node(
  node_id text primary key,
  incarnation bigint not null,
  session uuid not null,
  state text not null check (state in ('joining', 'up', 'leaving', 'down', 'removed')),
  beats bigint not null,
  ttl_ms bigint not null,
  renewed_at timestamptz not null,
  expires_at timestamptz not null,
  region text not null,
  roles text[] not null,
  address text not null,
  version text not null,
  protocol integer not null,
  oldest_protocol integer not null,
  weight double precision not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 200);

create table grant_(
  name text primary key,
  epoch bigint not null,
  phase text not null check (phase in ('free', 'active', 'draining')),
  node_id text,
  incarnation bigint,
  desired_node text
) with (fillfactor = 50);
create index grant_holder on grant_(node_id, incarnation) where node_id is not null;

create table stream(
  stream text primary key,
  seq bigint not null,
  hash bytea not null
) with (fillfactor = 70);

create table journal(
  gpos bigint generated always as identity,
  stream text not null,
  seq bigint not null,
  epoch bigint not null,
  grant_name text,
  kind text not null,
  cmd_id uuid not null,
  ordinal integer not null,
  payload text not null,
  hash bytea not null,
  trace_id text,
  drill boolean not null,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (stream, seq),
  constraint journal_command unique (cmd_id, ordinal)
);
create index journal_feed on journal(xid, gpos);

create table snapshot(
  key text not null,
  seq bigint not null,
  payload text not null,
  primary key (key, seq)
);

create table outbox(
  position bigint generated always as identity primary key,
  id uuid not null unique,
  destination text not null,
  payload text not null,
  outcome text
);
create index outbox_pending on outbox(destination, position) where outcome is null;
