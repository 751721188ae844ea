insert into node(node_id, incarnation, session, state, beats, ttl_ms, renewed_at, expires_at, region, roles, address, version, protocol, oldest_protocol, weight, url)
values (@node, @incarnation, @session, 'joining', 0, @ttl, clock_timestamp(), clock_timestamp() + @ttl * interval '1 millisecond',
  @region, @roles, @address, @version, @protocol, @oldest, @weight, @url)
on conflict (node_id) do update set
  incarnation = excluded.incarnation, session = excluded.session, state = 'joining', beats = 0, ttl_ms = excluded.ttl_ms,
  renewed_at = excluded.renewed_at, expires_at = excluded.expires_at, region = excluded.region, roles = excluded.roles, address = excluded.address,
  version = excluded.version, protocol = excluded.protocol, oldest_protocol = excluded.oldest_protocol, weight = excluded.weight, url = excluded.url;
