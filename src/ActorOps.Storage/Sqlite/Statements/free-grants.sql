update grant_ set phase = 'free', node_id = null, incarnation = null, desired_node = null
where node_id = @node and incarnation = @incarnation;
