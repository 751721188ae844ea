select state, incarnation, session, beats, expires_at <= @now from node where node_id = @node;
