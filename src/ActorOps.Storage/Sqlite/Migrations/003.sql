create table node(
  node_id text primary key,
  incarnation integer not null,
  session blob not null,
  state text not null check (state in ('joining', 'up', 'leaving', 'down', 'removed')),
  beats integer not null,
  ttl_ms integer not null,
  renewed_at integer not null,
  expires_at integer not null,
  region text not null,
  roles text not null,
  address text not null,
  version text not null,
  protocol integer not null,
  oldest_protocol integer not null,
  weight real not null
) without rowid;

create table grant_(
  name text primary key,
  epoch integer not null,
  phase text not null check (phase in ('free', 'active', 'draining')),
  node_id text,
  incarnation integer,
  desired_node text
) without rowid;
