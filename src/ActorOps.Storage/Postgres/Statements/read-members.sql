select node_id, incarnation, state, beats, ttl_ms, region, roles, address, version, protocol, oldest_protocol, weight,
  extract(epoch from clock_timestamp() - renewed_at) * 1000, expires_at <= clock_timestamp(), url
from node order by node_id;
