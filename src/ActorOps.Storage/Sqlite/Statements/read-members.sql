select node_id, incarnation, state, beats, ttl_ms, region, roles, address, version, protocol, oldest_protocol, weight,
  @now - renewed_at, expires_at <= @now, url
from node order by node_id;
