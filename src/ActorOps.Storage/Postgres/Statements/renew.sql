-- A write, and not a look: a primary that was replaced still answers questions. No look at the expiry either: as long as nobody has evicted this
-- life its epochs are good, and a jump of the store's clock does not kill everybody.
update node set beats = beats + 1, renewed_at = clock_timestamp(), expires_at = clock_timestamp() + ttl_ms * interval '1 millisecond'
where node_id = @node and incarnation = @incarnation and state in ('joining', 'up', 'leaving');
