update node set beats = beats + 1, renewed_at = @now, expires_at = @now + ttl_ms
where node_id = @node and incarnation = @incarnation and state in ('joining', 'up', 'leaving');
