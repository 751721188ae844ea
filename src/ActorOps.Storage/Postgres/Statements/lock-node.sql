select state, incarnation, session, beats, expires_at <= clock_timestamp() from node where node_id = @node for update;
