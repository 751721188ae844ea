update node set weight = @weight where node_id = @node and incarnation = @incarnation and state in ('joining', 'up', 'leaving');
